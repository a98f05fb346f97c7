"""What one person submits for review another approves, and what else Wagtail's rights leave open."""

from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.modal_workflow import render_modal_workflow
from wagtail.blocks import StreamBlockValidationError
from wagtail.coreutils import find_available_slug
from wagtail.fields import StreamField
from wagtail.models import AbstractGroupApprovalTask, Page, PagePermissionTester

MOST_NAMED = 5


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


class Unfinished(ValidationError):
    """Something that is not published, because it lacks what everything of its kind must have."""

    def __init__(self, message: str | list[str], instance: Model):
        super().__init__(message)
        self.instance = instance


def faults_of(instance: Model) -> list[str]:
    """What keeps a page or a row from being published, each fault in a sentence that names its field."""
    found = stream_faults(instance)
    try:
        instance.full_clean()
    except ValidationError as error:
        found |= error.message_dict
    sentences = found.pop(NON_FIELD_ERRORS, [])
    labels = {name: capfirst(str(instance._meta.get_field(name).verbose_name)) for name in found}
    sentences += [f"{labels[name]}: {' '.join(faults)}" for name, faults in found.items()]
    needed = getattr(instance, "needed_rows", {})
    return sentences + [str(message) for name, message in needed.items() if not getattr(instance, name).exists()]


def stream_faults(instance: Model) -> dict[str, list[str]]:
    """Blocks are looked at by the forms of the admin alone, so they are asked here."""
    found = {}
    for field in instance._meta.concrete_fields:
        if isinstance(field, StreamField):
            try:
                field.stream_block.clean(getattr(instance, field.name))
            except StreamBlockValidationError as error:
                within = [gettext("A part of it is not right: open the page and publish it there.")] if error.block_errors else []
                found[field.name] = [*map(str, error.non_block_errors), *within]
    return found


def refuse_unfinished(instances: Iterable[Model]) -> None:
    """Raises if any of what is to be published lacks something, and says what for the first few."""
    faults = [(instance, found) for instance in instances if (found := faults_of(instance))]
    if faults:
        raise Unfinished(
            [
                gettext("“%(title)s” cannot be published yet. %(faults)s") % {"title": instance, "faults": " ".join(found)}
                for instance, found in faults[:MOST_NAMED]
            ],
            faults[0][0],
        )


class RefusalMiddleware(MiddlewareMixin):
    """Whoever publishes what is unfinished, by whichever way through the admin, is told so and led to it."""

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Unfinished):
            return None
        for sentence in exception.messages:
            messages.error(request, sentence)
        address = AdminURLFinder().get_edit_url(exception.instance)
        if request.headers.get("x-requested-with") == "XMLHttpRequest":
            return render_modal_workflow(request, "", None, {}, json_data={"step": "success", "redirect": address})
        return redirect(address)


class ReviewTask(AbstractGroupApprovalTask):
    """Approval by somebody in a group who did not submit the text. ``SELF_APPROVAL=1`` allows one's own, for an office of one."""

    def get_actions(self, obj, user):
        actions = super().get_actions(obj, user)
        return [action for action in actions if action[0] != "approve"] if waits_for_others(obj, user) else actions

    def on_action(self, task_state, user, action_name, **kwargs):
        if action_name == "approve":
            refuse_unfinished([task_state.workflow_state.content_object.get_latest_revision_as_object()])
        return super().on_action(task_state, user, action_name, **kwargs)

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
