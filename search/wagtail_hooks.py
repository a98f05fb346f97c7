from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search import upkeep
from search.models import Word

MINUTE, DAY = 60, 86400


@hooks.register("register_jobs")
def keep_the_index() -> list[tuple]:
    return [
        ("search index", 2, upkeep.keep),
        ("search index: what time changes", MINUTE, upkeep.follow_time),
        ("search index: mend", DAY, upkeep.mend),
    ]


@register_snippet
class WordViewSet(SnippetViewSet):
    model, icon = Word, "search"
    menu_label, menu_order, add_to_settings_menu = _("Words in the search"), 800, True
    list_display = ["word", "language", "kind", "value"]
    list_filter = ["language", "kind"]
    search_fields = ["word", "value"]
    search_backend_name = None  # part of a word is enough to find it
    copy_view_enabled = False
    list_per_page = chooser_per_page = 50
