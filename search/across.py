"""The same question asked of what is written in the other language, and how the two answers become one."""

from collections.abc import Sequence
from functools import cached_property

from search.analysis import Token
from search.asked import telling
from search.engines.base import DETAILED, Concept, Engine, Hit
from search.planning import Question, Term
from search.ranking import Looked, Ranking
from search.translations import other, translations

MOST = 10  # of the other language, so many and no more
LEAST = 0.6  # how much of the question one of them must have
SMOOTH = 10  # of reciprocal rank: the greater, the less the first places count
LESS = 0.5  # what a place in the other language is worth, if the reader's own answers all of the question


class Foreign(Question):
    """A question in the other language: by what its words are called there, and as they were typed, if they are words there."""

    def __init__(self, own: Question):
        super().__init__(own.meant or own.text, other(own.language), own.literal, own.synonyms)
        self.own = own

    @cached_property
    def tokens(self) -> list[Token]:
        return telling(self.own.read, self.plain)

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
                found.append(Term(token.word, concept, df=self.own.vocabulary.df(token.word), asks=token.normal in asks))
        return found

    def as_it_stands(self, token: Token) -> list[tuple[str, ...]]:
        if self.read.is_stop(token.word):
            return []
        parts = self.read.parts(token.word)
        return [(self.read.normal(token.word),), *([parts] if parts else [])]


def beyond(question: Question, index: Engine) -> list[Looked]:
    """What the other language has that answers; nothing for words that must stand there as they were typed."""
    if question.literal or question.phrases or question.excluded:
        return []
    foreign = Foreign(question)
    ranking = Ranking(foreign)
    needed = tuple(concept for concept, weight in ranking.concepts if 1 - weight / ranking.total < LEAST)
    found = index.search(foreign.plan(needed=needed, size=DETAILED)).hits if foreign.terms else []
    return [each for each in ranking.of(found) if each.whole >= LEAST][:MOST]


def as_one(own: Sequence[Looked], others: Sequence[Looked]) -> list[Hit]:
    """Both in one order, by reciprocal rank in that of the two where it stands better.

    A page that is found in both languages is there once, in the reader's.
    """
    whole = max((each.whole for each in own), default=0)
    scores: dict[str, float] = {}
    hits: dict[str, Hit] = {}
    for looked, worth in ((own, whole**2), (others, LESS if whole == 1 else 1)):
        for rank, each in enumerate(looked):
            same = each.hit.translation_key or each.hit.key
            hits.setdefault(same, each.hit)
            scores[same] = max(scores.get(same, 0), worth / (SMOOTH + rank))
    return sorted(hits.values(), key=lambda hit: -scores[hit.translation_key or hit.key])
