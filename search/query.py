"""What a visitor's words find. The only place that asks the index for visitors, and it knows what is public alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Model
from django.utils.functional import cached_property

from cms.kinds import kinds
from cms.public import as_own_types, public_pages
from search.answering import ask
from search.documents import PLAIN_PAGE
from search.engines import engine
from search.engines.base import DETAILED, Found, Hit
from search.planning import LONGEST, MOST_WORDS, Question
from search.ranking import Ranking
from search.synonyms import NONE as NO_SYNONYMS
from search.synonyms import Synonyms

__all__ = ["LONGEST", "MOST_HITS", "MOST_WORDS", "PLAIN_PAGE", "Answer", "find", "items_of"]

MOST_HITS = 10_000  # so far one can leaf through what was found
PAGE = "wagtailcore.page"


@dataclass(frozen=True)
class Answer:
    """What was found for a question: ``hits`` in order, of ``total``. ``facets`` say how many there are of each value."""

    question: Question
    hits: list[Hit] = field(default_factory=list)
    total: int = 0
    facets: dict[str, dict[str, int]] = field(default_factory=dict)
    whole: float = 0  # how much of the question the best of the hits have, from 0 to 1
    engine: str = ""  # who answered

    @cached_property
    def items(self) -> dict[str, Model]:
        """The pages and rows themselves by key, in order. The database has the last word on who may see them."""
        return items_of(self.hits, self.question.language)


def find(
    text: str,
    language: str,
    *,
    filters: Mapping[str, tuple[str, ...]] | None = None,
    facets: tuple[str, ...] = (),
    start: int = 0,
    size: int = 10,
    literal: bool = False,
    synonyms: Synonyms = NO_SYNONYMS,
) -> Answer:
    """What the index has for some words in "sv" or "en", the best first: ``find("mötesplats", "sv").hits[0].key``.

    Needs no request and asks no database, so that it can be judged on any collection. Values of one filter are alternatives,
    filters are added to each other. ``literal`` mends no word. Raises ``Busy`` and ``Unavailable`` as the engine does.
    """
    question = Question(text, language, literal, synonyms)
    stop = min(start + size, MOST_HITS)
    if not question or start >= stop:
        return Answer(question)
    with engine().searching():
        first = 0 if start < DETAILED else start
        plan = question.plan(filters=filters or {}, facets=facets, start=first, size=max(DETAILED, stop) - first)
        by, found = ask(lambda index: index.search(plan))
        return replace(in_order(question, found, slice(start - first, stop - first), first == 0), engine=by.name)


def in_order(question: Question, found: Found, wanted: slice, from_the_first: bool) -> Answer:
    """The best are looked at again; what comes after them stays as the engine has it."""
    looked = Ranking(question).of(found.hits[:DETAILED]) if from_the_first else []
    hits = [*(each.hit for each in looked), *found.hits[len(looked) :]][wanted]
    return Answer(question, hits, found.total, found.facets, max((each.whole for each in looked), default=1))


def items_of(hits: list[Hit], language: str) -> dict[str, Model]:
    """By key, in the order of the hits: only what anybody may see, a line of a list at a cost that does not grow with it."""
    found: dict[str, Model] = {}
    if pks := [int(hit.pk) for hit in hits if hit.key.startswith(f"{PAGE}:")]:
        pages = public_pages(language).select_related("locale").filter(pk__in=pks)
        found |= {f"{PAGE}:{page.pk}": page for page in as_own_types(pages)}
    for kind in kinds().values():
        if keys := {} if kind.is_page else {hit.pk: hit.key for hit in hits if hit.kind == kind.name}:
            found |= {keys[str(row.pk)]: row for row in kind.for_list(kind.public(language).filter(pk__in=[*keys]))}
    return {hit.key: found[hit.key] for hit in hits if hit.key in found}
