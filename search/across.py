"""The same question asked of what is written in the other language, and how the two answers become one."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import accumulate

from search.analysis import Token
from search.asked import telling
from search.engines import engine
from search.engines.base import DETAILED, Concept, Engine, Hit
from search.planning import Question, Term
from search.ranking import Looked, Ranking
from search.spelling import OFTENER
from search.translations import other, translations

MOST = 10  # of the other language, so many and no more
LEAST = 0.6  # how much of the question one of them must have
SMOOTH = 10  # of reciprocal rank: the greater, the less the first places count
LESS = 0.5  # what a place in the other language is worth, unless the question is written in that


class Foreign(Question):
    """A question in the other language: by what its words are called there, and as they were typed, if they are words there."""

    def __init__(self, own: Question):
        super().__init__(own.text, other(own.language), own.literal, own.synonyms)
        self.own = own

    @cached_property
    def tokens(self) -> list[Token]:
        return telling(self.own.read, self.own.meant or self.plain)

    @cached_property
    def terms(self) -> list[Term]:
        called = self.synonyms.of([token.word for token in self.tokens], self.language)
        asks = self.own.asked_with
        found = []
        for token, phrases in zip(self.tokens, called, strict=True):
            rows = [*translations(self.own.language).of(token), *(tuple(map(self.read.normal, phrase)) for phrase in phrases)]
            rows += self.as_it_stands(token)
            if rows or not self.read.is_stop(token.word):
                concept = Concept(tuple(row[0] for row in rows if len(row) == 1), tuple(row for row in rows if len(row) > 1))
                found.append(Term(token.word, concept, df=self.often(concept), asks=token.normal in asks))
        return found

    def as_it_stands(self, token: Token) -> list[tuple[str, ...]]:
        if self.read.is_stop(token.word):
            return []
        parts = self.read.parts(token.word)
        return [(self.read.normal(token.word),), *([parts] if parts else [])]

    @property
    def meant(self) -> str:
        return self.own.meant


def as_written(question: Question) -> Question:
    """The same to the same pages, translated if it is written in the other language."""
    there = Question(question.text, other(question.language), question.literal, question.synonyms)
    is_foreign = is_translated(question) and words_of(there, question) > words_of(question, there)
    return Foreign(there) if is_foreign else question


def is_translated(question: Question) -> bool:
    """Not if words must stand there as they were typed."""
    return not (question.literal or question.phrases or question.excluded)


def words_of(one: Question, another: Question) -> int:
    """How many of the words are far more usual in the language of the first."""
    words = {token.word for token in one.read.tokens(one.plain)}
    return sum(one.vocabulary.df(word) + 1 >= OFTENER * (another.vocabulary.df(word) + 1) for word in words)


def abroad(question: Question) -> Question:
    """The same to the pages in the other language."""
    return question.own if isinstance(question, Foreign) else Foreign(question)


def beyond(question: Question, index: Engine, filters: Mapping[str, tuple[str, ...]]) -> list[Looked]:
    """What the other language has that answers."""
    there = abroad(question) if is_translated(question) else None
    return Ranking(there).of(index.search(there.plan(filters=filters, size=DETAILED)).hits) if there and there.terms else []


def as_one(question: Question, own: Sequence[Looked], others: Sequence[Looked]) -> list[Hit]:
    """Both in one order, by reciprocal rank in both; what is there in one language alone would stand alike in the other.

    A page that is found in both languages is there once, in the reader's.
    """
    good = [each for each in others[:MOST] if each.whole >= LEAST]
    hits = {same(each.hit): each.hit for each in (*good, *own)}
    here, there = shares(own), shares(others)
    worth = 1 if isinstance(question, Foreign) else LESS
    in_both = engine().in_both(hits) if others else set()

    def score(key: str) -> float:
        alone = 0 if key in in_both else max(here.get(key, 0), there.get(key, 0))
        return here.get(key, alone) + worth * there.get(key, alone)

    return [hits[key] for key in sorted(hits, key=score, reverse=True)]


def shares(found: Sequence[Looked]) -> dict[str, float]:
    """Of each its reciprocal rank, less if it has not all of the question."""
    wholes = accumulate((each.whole for each in found), min)
    return {same(each.hit): whole**2 / (SMOOTH + rank) for rank, (each, whole) in enumerate(zip(found, wholes, strict=True))}


def same(hit: Hit) -> str:
    """The same for a page in both languages."""
    return hit.translation_key or hit.key
