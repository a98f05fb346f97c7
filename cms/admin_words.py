"""The few words that Wagtail's admin has in no catalogue, or reads from one only once, when a process begins."""

from collections.abc import Callable
from functools import wraps

from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowContentTypeForm
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.models import Page
from wagtail.sites.views import IndexView
from wagtail.snippets.widgets import AdminSnippetChooser

CHOOSER = {
    "choose_one_text": _("Choose"),
    "choose_another_text": _("Choose another"),
    "edit_item_text": _("Edit"),
    "search_tab_label": _("Search"),
    "create_action_label": _("Create"),
}
SITES = {"site_name": _("Site name"), "root_page": _("Root page")}


def say_in_every_language() -> None:
    for column in IndexView.columns:
        column.label = SITES.get(column.name, column.label)
    WorkflowContentTypeForm.base_fields["content_types"].label = _("Content types")
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = _("Type")
    kind.extra |= {"choices": [(True, _("Permanent")), (False, _("Temporary"))], "empty_label": _("All")}
    for name, text in CHOOSER.items():
        setattr(ChooserViewSet, name, text)
    afterwards(AdminSnippetChooser, buttons_of_rows)
    afterwards(AdminPageChooser, buttons_of_pages)


def afterwards(chooser: type[BaseChooser], say: Callable[[BaseChooser], None]) -> None:
    """Wagtail makes the words of a chooser with ``%`` and ``+``, so they stay in the language of whoever opened its form first."""
    made = chooser.__init__

    @wraps(made)
    def init(self, *args, **kwargs):
        made(self, *args, **kwargs)
        say(self)

    chooser.__init__ = init


def buttons_of_rows(chooser: BaseChooser) -> None:
    name = chooser.model._meta.verbose_name
    chooser.choose_one_text = format_lazy(_("Choose {object}"), object=name)
    chooser.choose_another_text = format_lazy(_("Choose another {object}"), object=name)
    chooser.link_to_chosen_text = format_lazy(_("Edit this {object}"), object=name)


def buttons_of_pages(chooser: BaseChooser) -> None:
    if chooser.model is not Page:
        name = capfirst(chooser.model._meta.verbose_name)
        chooser.choose_one_text = format_lazy("{} ({})", type(chooser).choose_one_text, name)
