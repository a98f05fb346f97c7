"""What the admin asks of those who look after the directory."""

from wagtail.admin.forms import WagtailAdminModelForm


class PersonForm(WagtailAdminModelForm):
    """Files a person anew when the name changes, unless somebody has decided where."""

    def clean(self):
        super().clean()
        if {"given_name", "family_name"} & set(self.changed_data) and "sort_name" not in self.changed_data:
            self.cleaned_data["sort_name"] = ""
        return self.cleaned_data
