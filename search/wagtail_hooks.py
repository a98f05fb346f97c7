from django.db.models import Model
from django.urls import path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import BooleanColumn, Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import CreateView, SnippetViewSet, SnippetViewSetGroup

from cms.checks import Finding
from cms.languages import CODES
from search import learning, statistics, upkeep
from search.files import keeping
from search.indexes import MAY_SEE, IndexesReport
from search.models import Promotion, Synonym, Word
from search.models.synonyms import LONGEST_FIELD
from search.report import SearchesReport

MINUTE, DAY = 60, 86400


@hooks.register("register_jobs")
def keep_the_index() -> list[tuple]:
    return [
        ("search index", 2, upkeep.keep),
        ("search server", 2, upkeep.keep_server),
        ("search index: what time changes", MINUTE, upkeep.follow_time),
        ("search index: mend", DAY, upkeep.mend),
        ("search: what words are called in the other language", MINUTE, learning.go_on),
        ("text of files", 10, keeping.read_next),
        ("searches: count", MINUTE, statistics.count),
        ("searches: forget", DAY, statistics.forget),
    ]


@hooks.register("register_content_checks")
def files_that_cannot_be_read(page) -> list[Finding]:
    return list(keeping.unreadable_on(page))


@hooks.register("register_admin_urls")
def report() -> list:
    return [
        path("reports/searches/", SearchesReport.as_view(), name="searches_report"),
        path("reports/search-indexes/", IndexesReport.as_view(), name="search_indexes"),
        path("reports/searches/results/", SearchesReport.as_view(results_only=True), name="searches_report_results"),
    ]


class SearchesItem(MenuItem):
    def is_shown(self, request) -> bool:
        return request.user.has_perm(MAY_SEE)


@hooks.register("register_reports_menu_item")
def in_the_menu() -> MenuItem:
    return SearchesItem(SearchesReport.page_title, reverse_lazy("searches_report"), name="searches", icon_name="search", order=300)


@hooks.register("register_reports_menu_item")
def indexes_in_the_menu() -> MenuItem:
    return SearchesItem(
        IndexesReport.page_title, reverse_lazy("search_indexes"), name="search-indexes", icon_name="site", order=310
    )


class Prefilled(CreateView):
    """Begins with what the report of searches gives in the address."""

    model: type[Model]

    def get_initial_form_instance(self):
        asked = self.request.GET
        language = asked.get("language") if asked.get("language") in CODES else CODES[0]
        return self.model(language=language, words=asked.get("words", "")[:LONGEST_FIELD])


class InSearch(SnippetViewSet):
    search_backend_name = None  # part of a word is enough to find it
    copy_view_enabled = False
    list_per_page = chooser_per_page = 50


class SynonymViewSet(InSearch):
    model, icon, add_view_class = Synonym, "resubmit", Prefilled
    menu_label = _("Synonyms")
    list_display = ["words", "language", "others", "other_language", BooleanColumn("both_ways", label=_("Both ways"))]
    list_filter = ["language", "other_language"]
    search_fields = ["words", "others"]


class PromotionViewSet(InSearch):
    model, icon, add_view_class = Promotion, "pick", Prefilled
    menu_label = _("Recommended results")
    list_display = ["words", "language", "starts", "ends", Column("status", label=_("Status"))]
    list_filter = ["language"]
    search_fields = ["words"]


class WordViewSet(InSearch):
    model, icon = Word, "doc-full"
    menu_label = _("Words in the search")
    list_display = ["word", "language", "kind", "value"]
    list_filter = ["language", "kind"]
    search_fields = ["word", "value"]


@register_snippet
class SearchGroup(SnippetViewSetGroup):
    menu_label, menu_icon, menu_order = _("Site search"), "search", 620
    items = (SynonymViewSet, PromotionViewSet, WordViewSet)
