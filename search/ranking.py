"""A second look at the best that the index gives: is all there that was asked for, is it in a heading, and side by side?

Whatever has more of what was asked for comes first; the weights were found with ``search_eval``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cms.kinds import kinds
from search.engines.base import BARRIER, BODY, COLUMNS, HEADINGS, KEYWORDS, TITLE, Concept, Hit
from search.planning import Question

COVERED, TOGETHER, NAMED, IN_TITLE = 2, 1, 1, 0.5  # beside the engine's score, from 0 to 1
TITLE_SAYS, SIDE_BY_SIDE, EXACT = 0.3, 0.6, 1
PASSAGE = 30  # words that are read as one
BELOW_TITLE = 0.7  # what standing side by side elsewhere is worth
Places = dict[int, str]  # of the words of a column that were asked for


@dataclass(frozen=True)
class Looked:
    """A hit as it is looked at again. ``whole`` is how much of the question it has, from 0 to 1."""

    hit: Hit
    score: float
    whole: float
    is_named_so: bool


class Ranking:
    """The order of some hits for a question; the best first."""

    def __init__(self, question: Question):
        self.question, self.wanted = question, question.wanted
        self.whole = {word for concept in question.concepts for word in concept.alternatives}
        weights = [term.weight for term in question.terms]
        phrases = [1.0] * sum(map(len, question.phrases))
        self.concepts = [*zip(question.concepts, [*weights, *phrases], strict=True)]
        self.total = sum(weight for _, weight in self.concepts) or 1
        self.named = {kind.name for kind in kinds().values() if kind.schema_org in ("Person", "Organization")}

    def of(self, hits: Sequence[Hit]) -> list[Looked]:
        best = max((hit.score for hit in hits), default=0) or 1
        return sorted((self.look(hit, best) for hit in hits), key=lambda each: (not each.is_named_so, -each.score))

    def look(self, hit: Hit, best: float) -> Looked:
        columns = {name: hit.columns.get(name, "").split() for name in COLUMNS}
        places = {name: self.places(words) for name, words in columns.items()}
        title = {*places[TITLE].values()}
        named = title.union(places[KEYWORDS].values(), places[HEADINGS].values())
        whole, in_title, said = self.share(named.union(places[BODY].values())), self.share(title), self.said_by(hit.title)
        score = hit.score / best + COVERED * whole + NAMED * self.share(named) + IN_TITLE * in_title + TITLE_SAYS * said
        score += TOGETHER * self.together(places[BODY], title)
        score += SIDE_BY_SIDE * self.side_by_side(places) + EXACT * (in_title == said == 1)
        return Looked(hit, score, whole, hit.kind in self.named and self.is_name(columns[TITLE]))

    def places(self, words: list[str]) -> Places:
        return {at: word for at, word in enumerate(words) if word in self.wanted}

    def share(self, words: set[str]) -> float:
        return sum(weight for concept, weight in self.concepts if answers(concept, words)) / self.total

    def together(self, places: Places, title: set[str]) -> float:
        """How much of the question one passage has under its title. Where parts of compounds stand in the text is not known."""
        parts = {word for word in places.values() if word not in self.whole}
        last: dict[str, int] = {}
        passages = {frozenset[str]()}
        for at, word in places.items():
            last[word] = at
            passages.add(frozenset(each for each, there in last.items() if at - there < PASSAGE))
        return max(self.share({*passage, *parts, *title}) for passage in passages)

    def said_by(self, title: str) -> float:
        """How much of the title was asked for."""
        read, wanted = self.question.read, self.wanted
        tokens = [token for token in read.tokens(title) if not read.is_stop(token.word)]
        return sum(not wanted.isdisjoint((token.normal, *token.parts)) for token in tokens) / (len(tokens) or 1)

    def side_by_side(self, places: dict[str, Places]) -> float:
        """How many neighbours of the question are neighbours here; of a single word, whether it stands in the title."""
        pairs = list(pairwise(concept for concept, _ in self.concepts))
        if not pairs:
            return float(any(answers(concept, {*places[TITLE].values()}) for concept, _ in self.concepts))
        return max(
            worth * sum(adjoin(pair, places[name]) for pair in pairs) / len(pairs)
            for name, worth in ((TITLE, 1), (HEADINGS, BELOW_TITLE), (BODY, BELOW_TITLE))
        )

    def is_name(self, title: list[str]) -> bool:
        """Whether somebody is asked for by name and nothing else: in full, or by an acronym, in any order of words."""
        concepts = [concept for concept, _ in self.concepts]
        return any(
            len(name) == len(concepts)
            and all(answers(concept, {*name}) for concept in concepts)
            and all(any(word in concept.alternatives for concept in concepts) for word in name)
            for name in texts_of(title)
        )


def answers(concept: Concept, words: set[str]) -> bool:
    return not words.isdisjoint(concept.alternatives) or any(words.issuperset(parts) for parts in concept.parts)


def adjoin(pair: tuple[Concept, Concept], places: Places) -> bool:
    first, second = (concept.alternatives for concept in pair)
    return any(word in first and places.get(at + 1) in second for at, word in places.items())


def texts_of(words: list[str]) -> list[list[str]]:
    """The texts of a column, and the parts of each compound."""
    texts: list[list[str]] = [[]]
    for word in words:
        if word == BARRIER:
            texts.append([])
        else:
            texts[-1].append(word)
    return texts
