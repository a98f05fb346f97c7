"""What waits for somebody: a panel on the first page of the admin, and behind each number the list of exactly that.

Parts of the portal and plugins add theirs in the hook ``register_to_do``, which gives a list of ``ToDo``.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, F, IntegerField, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import PageReportView, ReportView
from wagtail.models import Page, Revision, TaskState, WorkflowState, get_page_models
from wagtail.permissions import policy_registry
from wagtail_localize.models import Translation

from cms.kinds import Label
from cms.media import Consent, PortalImage
from cms.models import BasePage
from cms.navigation import editors_guide
from cms.plugins import call_hooks
from cms.public import counted

SOON = {"planned": datetime.timedelta(days=7), "consent": datetime.timedelta(days=30)}


@dataclass(frozen=True)
class ToDo:
    """``items`` gives what waits for a user, only what they may act on; None if they have nothing to do with such things.

    ``name`` stands in the address of the list. ``columns`` are fields that the list of rows shows; a list of pages needs none.
    """

    name: str
    label: Label
    icon: str
    items: Callable[[Model], QuerySet | None]
    model: type[Model] = Page
    columns: tuple[str, ...] = ()

    @property
    def address(self) -> str:
        return reverse(f"to_do_{self.name}")


# What one may act on


def mine_to(action: str, user, model: type[Model] = Page) -> QuerySet | None:
    policy = policy_registry.get_by_type(model)
    return policy.instances_user_has_permission_for(user, action) if policy.user_has_any_permission(user, [action]) else None


def of_all_types(**asked) -> Q:
    """A question about fields that every page of the portal has, each type in a table of its own."""
    models = [model for model in get_page_models() if issubclass(model, BasePage)]
    return reduce(or_, (Q(**{f"{model._meta.model_name}__{name}": value for name, value in asked.items()}) for model in models))


def keys_of(rows: QuerySet, field: str) -> QuerySet:
    """Keys of pages that stand as text in rows about objects of any kind."""
    return rows.values(key=Cast(field, IntegerField()))


# What waits


def drafts(user) -> QuerySet | None:
    """What the user changed last, is not published, and waits neither for a reviewer nor for its time."""
    pages = mine_to("change", user)
    in_review = keys_of(WorkflowState.objects.filter(status=WorkflowState.STATUS_IN_PROGRESS), "object_id")
    planned = keys_of(Revision.page_revisions.exclude(approved_go_live_at=None), "object_id")
    if pages is None:
        return None
    unpublished = pages.filter(has_unpublished_changes=True, latest_revision__user=user)
    return unpublished.exclude(pk__in=in_review).exclude(pk__in=planned)


def reviews(user) -> QuerySet | None:
    """What others have submitted to somebody like the user."""
    states = TaskState.objects.reviewable_by(user)
    if not settings.SELF_APPROVAL:
        states = states.exclude(workflow_state__requested_by=user)
    pages = mine_to("publish", user)
    return None if pages is None else pages.filter(pk__in=keys_of(states, "workflow_state__object_id"))


def translations(user) -> QuerySet | None:
    """Public pages that are to be in both languages, and whose other language is missing, not public, or behind."""
    pages = mine_to("change", user)
    if pages is None:
        return None
    there = Page.objects.filter(translation_key=OuterRef("translation_key"), live=True).exclude(locale=OuterRef("locale"))
    behind = Translation.objects.filter(
        source__object_id=OuterRef("translation_key"),
        source__locale=OuterRef("locale"),
        source__last_updated_at__lt=OuterRef("last_published_at"),
        enabled=True,
    )
    return pages.filter(of_all_types(language_policy="both"), ~Exists(there) | Exists(behind), live=True)


def planned(user) -> QuerySet | None:
    pages, until = mine_to("change", user), timezone.now() + SOON["planned"]
    due = keys_of(Revision.page_revisions.filter(approved_go_live_at__lte=until), "object_id")
    return None if pages is None else pages.filter(pk__in=due)


def overdue(user) -> QuerySet | None:
    pages = mine_to("change", user)
    return None if pages is None else pages.filter(of_all_types(next_review_on__lt=timezone.localdate()), live=True)


def wordless(user) -> QuerySet | None:
    images = mine_to("change", user, PortalImage)
    return None if images is None else images.filter(Q(alt_sv="") | Q(alt_en=""), is_decorative=False)


def consents(user) -> QuerySet | None:
    """Pictures of people who have not answered, or whose consent has run out or soon will."""
    images, until = mine_to("change", user, PortalImage), timezone.localdate() + SOON["consent"]
    asked_again = Q(consent_status=Consent.GIVEN, consent_until__lte=until) | Q(consent_status=Consent.MISSING)
    return None if images is None else images.filter(asked_again)


OWN = [
    ToDo("drafts", _("Your drafts"), "draft", drafts),
    ToDo("reviews", _("For you to review"), "glasses", reviews),
    ToDo("translations", _("Awaiting translation"), "globe", translations),
    ToDo("planned", _("To be published within a week"), "calendar", planned),
    ToDo("overdue", _("Overdue for review"), "time", overdue),
    ToDo("wordless-pictures", _("Pictures without alternative text"), "image", wordless, PortalImage, ("alt_sv", "alt_en")),
    ToDo("consents", _("Pictures whose consent needs renewal"), "user", consents, PortalImage, ("consent_status", "consent_until")),
]


def all_to_do() -> list[ToDo]:
    return [*OWN, *call_hooks("register_to_do")]


class ToDoPanel(Component):
    """How much of each waits for the one who looks; all is counted in one question."""

    name, order = "to_do", 120
    template_name = "editing/to_do.html"

    def get_context_data(self, parent_context) -> dict:
        request = parent_context["request"]
        user = request.user
        waiting = {todo.name: items for todo in all_to_do() if (items := todo.items(user)) is not None}
        counts = counted(waiting)
        rows = [(todo, counts[todo.name]) for todo in all_to_do() if todo.name in waiting]
        return {"rows": rows, "guide": editors_guide(request)}


# The lists


class Listed:
    """The list behind a number."""

    todo: ToDo | None = None

    def get_queryset(self) -> QuerySet:
        items = self.todo.items(self.request.user)
        return self.model._default_manager.none() if items is None else self.in_order(items)


class PagesToDo(Listed, PageReportView):
    def in_order(self, pages: QuerySet) -> QuerySet:
        shown = pages.prefetch_workflow_states().annotate_approved_schedule().select_related("content_type", "locale")
        return shown.order_by(F("latest_revision_created_at").desc(nulls_last=True), "pk")


class RowsToDo(Listed, ReportView):
    is_searchable = False

    def in_order(self, rows: QuerySet) -> QuerySet:
        return rows.order_by("pk")

    @property
    def columns(self) -> list[Column]:
        finder = AdminURLFinder(self.request.user)
        fields = [(name, self.model._meta.get_field(name)) for name in self.todo.columns]
        shown = [Column(f"get_{name}_display" if field.choices else name, label=field.verbose_name) for name, field in fields]
        return [TitleColumn("__str__", label=_("Title"), get_url=finder.get_edit_url), *shown]


def addresses() -> list[URLPattern]:
    return [pattern for todo in all_to_do() for pattern in addresses_of(todo)]


def addresses_of(todo: ToDo) -> list[URLPattern]:
    names = {"index_url_name": f"to_do_{todo.name}", "index_results_url_name": f"to_do_{todo.name}_results"}
    base = RowsToDo if todo.columns else PagesToDo
    options = {"todo": todo, "model": todo.model, "page_title": todo.label, "header_icon": todo.icon, **names}
    return [
        path(f"to-do/{todo.name}/", base.as_view(**options), name=names["index_url_name"]),
        path(f"to-do/{todo.name}/results/", base.as_view(**options, results_only=True), name=names["index_results_url_name"]),
    ]
