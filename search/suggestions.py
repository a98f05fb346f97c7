"""What a visitor may be about to write: whatever has a name with words that begin so, in any order."""

from django.http import HttpRequest

from cms.languages import active
from search.documents import words_begun
from search.engines import engine
from search.planning import cut
from search.query import items_of
from search.results import label_of

FEWEST, MOST = 2, 8  # letters; suggestions


def suggestions(text: str, request: HttpRequest) -> list[dict[str, str]]:
    """Title, kind and address of each. The database has the last word on who may see it."""
    begun = " ".join(words_begun([cut(text)]))
    if len(begun) < FEWEST:
        return []
    items = items_of(engine().suggest(begun, active(), size=MOST), active())
    return [
        {"title": item.title, "kind": str(label_of(item)), "url": item.get_url(request), "lang": lang_of(item)}
        for item in items.values()
    ]


def lang_of(item) -> str:
    """The language of a name that is not there in the reader's."""
    own = getattr(item, "lang", "")
    return own if own != active() else ""
