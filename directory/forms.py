"""What the admin asks of those who look after the directory."""

from wagtail.admin.forms import WagtailAdminModelForm


class PersonForm(WagtailAdminModelForm):
    """Files a person anew when the name changes, unless somebody has decided where."""

    def clean(self):
        cleaned = super().clean()
        if {"given_name", "family_name"} & set(self.changed_data) and "sort_name" not in self.changed_data:
            cleaned["sort_name"] = ""
        return cleaned
