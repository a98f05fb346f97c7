"""How the indexes are, for staff: what is in them, what is not there yet, and what went wrong last."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from cms.events import settled
from cms.languages import CHOICES
from search import troubles
from search.edition import Position
from search.engines import engines
from search.engines.base import Engine, Health

LABELS = {"sqlite": _("Beside the portal"), "elastic": _("On the search server")}
MAY_SEE = "search.view_searchcount"


@dataclass(frozen=True)
class State:
    label: str | Promise
    health: Health
    waiting: int = 0
    since: datetime | None = None
    trouble: troubles.Trouble | None = None
    to_be_made_anew: bool = False

    @property
    def documents(self) -> list[tuple[str | Promise, int]]:
        return [(name, self.health.documents.get(code, 0)) for code, name in CHOICES]


def state_of(index: Engine) -> State:
    health, trouble = index.health(), troubles.last(index.name)
    if health.problem:
        return State(LABELS[index.name], health, trouble=trouble)
    position = Position.read(health.position)
    events = settled().filter(pk__gt=position.event)
    oldest = events.values_list("at", flat=True).first()
    return State(LABELS[index.name], health, events.count(), oldest, trouble, not position.is_ours())


class IndexesReport(WagtailAdminTemplateMixin, View):
    template_name = "search/indexes.html"
    page_title, header_icon = _("Search indexes"), "site"
    _show_breadcrumbs = True
    breadcrumbs_items = [*WagtailAdminTemplateMixin.breadcrumbs_items, {"url": "", "label": page_title}]

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(MAY_SEE):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"states": [state_of(index) for index in engines()]}
