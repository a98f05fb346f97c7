"""What a visitor's words find. The only place that asks the index; what it gives, anybody may see."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet
from wagtail.models import Page
from wagtail.search.backends import get_search_backend
from wagtail.search.index import class_is_indexed

from cms.kinds import Kind, kind_of, kinds
from cms.public import as_own_types, public_pages

LONGEST, MOST_WORDS, MOST_HITS = 200, 16, 10_000
PLAIN_PAGE = "page"
LONG_AGO = datetime.datetime.min.replace(tzinfo=datetime.UTC)


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, and what decides its place. A row is at hand; a page is fetched when it is shown."""

    kind: str
    pk: int
    title: str
    at: datetime.datetime = LONG_AGO
    row: Model | None = None


def words_of(text: str) -> list[str]:
    """The plain words of a query: no sign is left that a search engine could take for an order."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text[:LONGEST]))[:MOST_WORDS]


def find(words: list[str], language: str, operator: str = "and") -> list[Hit]:
    """Public pages in a language, and public rows, that have all of the words (or any, with "or"); the best first.

    The index's own ranking takes time that grows with the square of the hits, and lets short titles win; here what has
    the words in its title comes first, and then what is newest.
    """
    if not words:
        return []
    text = " ".join(words)
    hits = [*pages_with(text, language, operator), *rows_with(text, language, operator)]
    return sorted(hits, key=lambda hit: place(hit, words))


def place(hit: Hit, words: list[str]) -> tuple:
    title = unicodedata.normalize("NFC", hit.title).casefold()
    matches = sum(word.casefold() in title for word in words)
    return -matches, len(title) if matches else 0, -hit.at.timestamp() if hit.at > LONG_AGO else 0, hit.kind, hit.pk


def matching(text: str, everything: QuerySet, operator: str) -> QuerySet:
    """What of a queryset has the words; the index is asked for nothing but keys, so any queryset will do."""
    model = everything.model
    found = get_search_backend().search(text, model.objects.all(), operator=operator, order_by_relevance=False)
    return everything.filter(pk__in=found.get_queryset().order_by().values("pk"))


def pages_with(text: str, language: str, operator: str) -> Iterator[Hit]:
    pages = matching(text, public_pages(language), operator).order_by("-first_published_at", "pk")
    names = {}
    for pk, title, at, content_type in pages.values_list("pk", "title", "first_published_at", "content_type")[:MOST_HITS]:
        if content_type not in names:
            model = ContentType.objects.get_for_id(content_type).model_class()
            kind = kind_of(model) if model else None
            names[content_type] = kind.name if kind else PLAIN_PAGE
        yield Hit(names[content_type], pk, title, at or LONG_AGO)


def rows_with(text: str, language: str, operator: str) -> Iterator[Hit]:
    """Organisations, people and whatever other kinds are no pages."""
    for kind in searched_rows():
        for row in matching(text, kind.public(language), operator)[:MOST_HITS]:
            yield Hit(kind.name, row.pk, row.title, row=row)


def searched_rows() -> list[Kind]:
    return [kind for kind in kinds().values() if not kind.is_page and class_is_indexed(kind.cls)]


def items_of(hits: list[Hit]) -> list[Model]:
    """The pages and rows themselves, in the order of the hits."""
    pages = Page.objects.select_related("locale").filter(pk__in=[hit.pk for hit in hits if hit.row is None])
    by_pk = {page.pk: page for page in as_own_types(pages)} if hits else {}
    return [item for hit in hits if (item := hit.row or by_pk.get(hit.pk))]
