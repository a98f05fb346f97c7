"""What a visitor's words find. The only place that asks the index for visitors; what it gives, anybody may see."""

import datetime
import re
import unicodedata
from dataclasses import dataclass

from django.db.models import Model
from django.utils.dateparse import parse_date
from wagtail.models import Page

from cms.kinds import Kind, kinds
from cms.public import as_own_types, public_pages
from search.asked import Asked
from search.documents import PLAIN_PAGE
from search.engines import base, engine

__all__ = ["LONGEST", "PLAIN_PAGE", "Hit", "find", "items_of", "words_of"]

LONGEST, MOST_WORDS, MOST_HITS = 200, 16, 10_000


@dataclass(frozen=True)
class Hit:
    """Something found: what it is, and what decides its place. A row is at hand; a page is fetched when it is shown."""

    kind: str
    pk: int
    title: str
    at: datetime.date | None = None
    score: float = 0
    row: Model | None = None


def words_of(text: str) -> list[str]:
    """The plain words of a query: no sign is left that a search engine could take for an order."""
    return re.findall(r"[^\W_]+", unicodedata.normalize("NFC", text[:LONGEST]))[:MOST_WORDS]


def find(words: list[str], language: str, operator: str = "and") -> list[Hit]:
    """Public pages in a language, and public rows, that have all of the words (or any, with "or"); the best first."""
    plan = Asked(" ".join(words), language, every=operator == "and").plan(size=MOST_HITS)
    if plan is None:
        return []
    found = engine().search(plan).hits
    hits = [*pages_among(found, language), *rows_among(found, language)]
    return sorted(hits, key=lambda hit: place(hit, words))


def place(hit: Hit, words: list[str]) -> tuple:
    title = unicodedata.normalize("NFC", hit.title).casefold()
    matches = sum(word.casefold() in title for word in words)
    return -matches, -hit.score, -hit.at.toordinal() if hit.at else 0, hit.kind, hit.pk


def pages_among(found: list[base.Hit], language: str) -> list[Hit]:
    """The database has the last word on who may see a page."""
    hits = {int(hit.pk): hit for hit in found if hit.key.startswith("wagtailcore.page:")}
    public = public_pages(language).filter(pk__in=[*hits]).values_list("pk", flat=True)
    return [Hit(hits[pk].kind, pk, hits[pk].title, parse_date(hits[pk].date), hits[pk].score) for pk in public]


def rows_among(found: list[base.Hit], language: str) -> list[Hit]:
    """Organisations, people and whatever other kinds are no pages."""
    found_rows = []
    for kind in searched_rows():
        hits = {hit.pk: hit for hit in found if hit.kind == kind.name}
        rows = kind.public(language).filter(pk__in=[*hits])
        found_rows += [Hit(kind.name, row.pk, row.title, score=hits[str(row.pk)].score, row=row) for row in rows]
    return found_rows


def searched_rows() -> list[Kind]:
    return [kind for kind in kinds().values() if not kind.is_page]


def items_of(hits: list[Hit]) -> list[Model]:
    """The pages and rows themselves, in the order of the hits."""
    pages = Page.objects.select_related("locale").filter(pk__in=[hit.pk for hit in hits if hit.row is None])
    by_pk = {page.pk: page for page in as_own_types(pages)} if hits else {}
    return [item for hit in hits if (item := hit.row or by_pk.get(hit.pk))]
