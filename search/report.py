"""What visitors search for, and what they do not find, with a way to mend it."""

import datetime

import django_filters
from django.db.models import Max, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from cms.languages import CHOICES
from search.models import Promotion, SearchCount, Synonym

DAYS = [("7", _("the last week")), ("30", _("the last month")), ("365", _("the last year"))]
NONE = "none"
TIMES, WITHOUT = "times", "without"


class SearchFilters(WagtailFilterSet):
    days = django_filters.ChoiceFilter(label=_("Period"), choices=DAYS, method="since")
    language = django_filters.ChoiceFilter(label=_("Language"), choices=CHOICES)
    hits = django_filters.ChoiceFilter(label=_("Hits"), choices=[(NONE, _("Nothing was found"))], method="found")

    class Meta:
        model = SearchCount
        fields = []

    def since(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(day__gt=timezone.localdate() - datetime.timedelta(days=int(value)))

    def found(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        return rows.filter(without__gt=0).order_by(f"-{WITHOUT}", "words")


class WaysToMend(Column):
    """To make a synonym of it, or to say what comes first, for those who may."""

    cell_template_name = "search/mend.html"

    def get_cell_context_data(self, instance: dict, parent_context) -> dict:
        user, asked = parent_context["request"].user, urlencode({name: instance[name] for name in ("language", "words")})
        ways = [(Synonym, _("Make a synonym")), (Promotion, _("Recommend a result"))]
        may = [(model._meta.model_name, label) for model, label in ways if user.has_perm(f"search.add_{model._meta.model_name}")]
        links = [(f"{reverse(f'wagtailsnippets_search_{name}:add')}?{asked}", label) for name, label in may]
        return super().get_cell_context_data(instance, parent_context) | {"links": links, "words": instance["words"]}


class SearchesReport(ReportView):
    model, header_icon = SearchCount, "search"
    page_title = _("What visitors search for")
    index_url_name, index_results_url_name = "searches_report", "searches_report_results"
    permission_policy = ModelPermissionPolicy(SearchCount)
    any_permission_required = ["view"]
    filterset_class = SearchFilters
    is_searchable = False
    list_export = ["words", "language", TIMES, WITHOUT, "clicks"]
    export_headings = {
        "words": _("Words"),
        "language": _("Language"),
        TIMES: _("Times"),
        WITHOUT: _("Nothing found"),
        "clicks": _("Followed a result"),
    }
    columns = [
        Column("words", label=_("Words")),
        Column("language", label=_("Language"), accessor=lambda row: dict(CHOICES)[row["language"]]),
        NumberColumn(TIMES, label=_("Times")),
        NumberColumn(WITHOUT, label=_("Nothing found")),
        NumberColumn("clicks", label=_("Followed a result")),
        WaysToMend("mend", label=_("Mend it")),
    ]

    def get_queryset(self) -> QuerySet:
        """Each question once, the most asked first. What few have asked, and might be their own, has no words and is not shown."""
        rows = SearchCount.objects.exclude(text="").values("language", "normal")
        counts = {TIMES: Sum("asked"), WITHOUT: Sum("empty"), "clicks": Sum("clicked")}
        return rows.annotate(words=Max("text"), **counts).order_by(f"-{TIMES}", "words")

    def get_base_queryset(self) -> QuerySet:
        return self.get_queryset()
