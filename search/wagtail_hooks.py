from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from search import upkeep
from search.models import Synonym, Word

MINUTE, DAY = 60, 86400


@hooks.register("register_jobs")
def keep_the_index() -> list[tuple]:
    return [
        ("search index", 2, upkeep.keep),
        ("search server", 2, upkeep.keep_server),
        ("search index: what time changes", MINUTE, upkeep.follow_time),
        ("search index: mend", DAY, upkeep.mend),
    ]


class InSearch(SnippetViewSet):
    search_backend_name = None  # part of a word is enough to find it
    copy_view_enabled = False
    list_per_page = chooser_per_page = 50


class SynonymViewSet(InSearch):
    model, icon = Synonym, "resubmit"
    menu_label = _("Synonyms")
    list_display = ["words", "language", "others", "other_language", BooleanColumn("both_ways", label=_("both ways"))]
    list_filter = ["language", "other_language"]
    search_fields = ["words", "others"]


class WordViewSet(InSearch):
    model, icon = Word, "doc-full"
    menu_label = _("Words in the search")
    list_display = ["word", "language", "kind", "value"]
    list_filter = ["language", "kind"]
    search_fields = ["word", "value"]


@register_snippet
class SearchGroup(SnippetViewSetGroup):
    menu_label, menu_icon, menu_order = _("Site search"), "search", 620
    items = (SynonymViewSet, WordViewSet)
