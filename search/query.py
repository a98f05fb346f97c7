"""What a visitor's words find. The only place that asks the index for visitors, and it knows what is public alone."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Model, Q
from django.utils.functional import cached_property

from cms import frame
from cms.kinds import kinds
from cms.public import as_own_types, public_pages
from search.across import as_one, as_written, beyond
from search.answering import ask
from search.documents import PLAIN_PAGE
from search.engines import engine
from search.engines.base import DETAILED, Engine, Hit
from search.files.keeping import KIND as DOCUMENT
from search.files.keeping import findable
from search.planning import LONGEST, MOST_WORDS, Question
from search.ranking import Ranking
from search.synonyms import NONE as NO_SYNONYMS
from search.synonyms import Synonyms

__all__ = ["LONGEST", "MOST_HITS", "MOST_WORDS", "PLAIN_PAGE", "Answer", "find", "items_of"]

MOST_HITS = 10_000  # so far one can leaf through what was found
PAGE = "wagtailcore.page"
Filters = Mapping[str, tuple[str, ...]]


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
    filters: Filters | None = None,
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
        question = as_written(question)
        _by, answer = ask(lambda index: answered_by(index, question, filters or {}, facets, slice(start, stop)))
        return answer


def answered_by(index: Engine, question: Question, filters: Filters, facets: tuple[str, ...], wanted: slice) -> Answer:
    """The best are looked at again, and what the other language has stands among them; what comes after them stays as it is."""
    found = index.search(question.plan(filters=filters, facets=facets, size=DETAILED))
    looked = Ranking(question).of(found.hits)
    others = beyond(question, index, filters)
    best = as_one(question, looked, others)
    hits, after = best[wanted], max(wanted.start, len(best))
    if len(looked) < found.total and wanted.stop > after:
        start = after - len(best) + len(looked)
        hits += index.search(question.plan(filters=filters, start=start, size=wanted.stop - after)).hits
    whole = max((each.whole for each in (*looked, *others)), default=0)
    return Answer(question, hits, found.total + len(best) - len(looked), found.facets, whole, index.name)


def items_of(hits: list[Hit], language: str) -> dict[str, Model]:
    """By key, in the order of the hits: only what anybody may see, a line of a list at a cost that does not grow with it."""
    found: dict[str, Model] = {}
    of_pages = [hit for hit in hits if hit.key.startswith(f"{PAGE}:")]
    if of_pages:
        here = Q(pk__in=[int(hit.pk) for hit in of_pages])
        foreign = {hit.translation_key for hit in of_pages if hit.locale != language}
        versions = Q(translation_key__in=foreign, locale__language_code=language) if foreign else Q()
        pages, locales = as_own_types(public_pages().filter(here | versions)), frame.current().locales
        for page in pages:
            page.locale = locales[page.locale_id]
        by_pk = {page.pk: page for page in pages}
        in_language = {str(page.translation_key): page for page in pages if page.locale.language_code == language}
        shown = {hit.key: in_language.get(hit.translation_key) or by_pk.get(int(hit.pk)) for hit in of_pages}
        found |= {key: page for key, page in shown.items() if page}
    for kind in kinds().values():
        if keys := {} if kind.is_page else {hit.pk: hit.key for hit in hits if hit.kind == kind.name}:
            found |= {keys[str(row.pk)]: row for row in kind.for_list(kind.public(language).filter(pk__in=[*keys]))}
    if files := {int(hit.pk): hit.key for hit in hits if hit.kind == DOCUMENT}:
        found |= {files[document.pk]: document for document in findable().filter(pk__in=files)}
    return {hit.key: found[hit.key] for hit in hits if hit.key in found}
