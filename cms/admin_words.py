"""The few words that Wagtail's admin has in no catalogue, or reads from one only once, when a process begins."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.workflows import WorkflowContentTypeForm
from wagtail.contrib.redirects.filters import RedirectsReportFilterSet
from wagtail.sites.views import IndexView

SITES = {"site_name": _("Site name"), "root_page": _("Root page")}


def say_in_every_language() -> None:
    for column in IndexView.columns:
        column.label = SITES.get(column.name, column.label)
    WorkflowContentTypeForm.base_fields["content_types"].label = _("Content types")
    kind = RedirectsReportFilterSet.base_filters["is_permanent"]
    kind.label = _("Type")
    kind.extra |= {"choices": [(True, _("Permanent")), (False, _("Temporary"))], "empty_label": _("All")}
