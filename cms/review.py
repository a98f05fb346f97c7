"""What one person submits for review another approves, and what else Wagtail's rights leave open."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.coreutils import find_available_slug
from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester


def waits_for_others(instance: Page, user) -> bool:
    """Whether a user must leave a page, or an organisation, that is in review to somebody else: it is their own submission."""
    state = instance.current_workflow_state
    return not settings.SELF_APPROVAL and state is not None and state.requested_by_id == user.pk


class PageForm(WagtailAdminPageForm):
    """Says that something was changed only when it was, since an approval counts for the text as it was submitted.

    Django compares a field whose default is called with a hidden field of its own, which Wagtail's panels do not show.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.show_hidden_initial = False
        if self.is_bound:
            self.ask_for_rows()

    def ask_for_rows(self) -> None:
        """A draft may lack the rows that its type needs; what is published may not."""
        for name, message in self.instance.needed_rows.items():
            if rows := self.formsets.get(name):
                rows.min_num, rows.validate_min = 1, True
                rows.error_messages["too_few_forms"] = message

    def clean_slug(self) -> str:
        """A preview, which follows no page for anybody, is shown whoever has the address; whoever saves hears that it is taken."""
        slug = self.cleaned_data["slug"]
        return slug if self.subscription else find_available_slug(self.parent_page, slug, ignore_page_id=self.instance.pk)

    def clean(self):
        """Whoever dates a review is the one who made it."""
        if "reviewed_on" in self.changed_data:
            self.instance.reviewed_by = self.for_user if self.cleaned_data.get("reviewed_on") else None
        return super().clean()


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by somebody in a group who did not submit the text. ``SELF_APPROVAL=1`` allows one's own, for an office of one."""

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve"] if waits_for_others(obj, user) else actions

    @classmethod
    def get_description(cls):
        return _("Members of the chosen groups approve what others have submitted")

    class Meta:
        app_label = "cms"
        verbose_name, verbose_name_plural = _("review"), _("reviews")


class PageRights(PagePermissionTester):
    """As Wagtail has them, but whoever may not write new pages, a translator for instance, may not remove any either."""

    def can_delete(self, ignore_bulk=False):
        return super().can_delete(ignore_bulk) and (self.user.is_superuser or "add" in self.permissions)
