"""Words that Wagtail's search is asked for, as one language reads them."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

from search.analysis import Analyzer, Token, analyzer
from search.documents import words_begun
from search.edition import reader
from search.engines import engine
from search.engines.base import Concept, Plan

ALIKE = 0.75  # from 0 to 1, as difflib measures it


def telling(read: Analyzer, text: str) -> list[Token]:
    """The words of a text without those that say nothing, unless nothing else is there."""
    tokens = list(read.tokens(text))
    return [token for token in tokens if not read.is_stop(token.word)] or tokens


def concept_of(token: Token) -> Concept:
    return Concept((token.normal,), (token.parts,) if token.parts else ())


@dataclass(frozen=True)
class Asked:
    """``every`` word of it, or any; words that are almost so if ``fuzzy``; as a ``phrase``, all of them in their order."""

    text: str
    language: str
    every: bool = True
    fuzzy: bool = False
    phrase: bool = False

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        read = reader(self.language)
        if self.phrase:
            return tuple(Concept((token.normal,)) for token in read.tokens(self.text))
        found = [(concept_of(token), self.alike(token.word)) for token in telling(read, self.text)]
        return tuple(Concept((*concept.alternatives, *alike), concept.parts) for concept, alike in found)

    def alike(self, word: str) -> list[str]:
        if not self.fuzzy:
            return []
        read = analyzer(self.language)
        near = engine().vocabulary(self.language).near(word)
        return [read.normal(each) for each in get_close_matches(word, near, n=5, cutoff=ALIKE)]

    def plan(self, **more) -> Plan | None:
        """None if there is no word in it."""
        if not self.concepts:
            return None
        if self.phrase:
            return Plan(self.language, phrases=(tuple(concept.alternatives[0] for concept in self.concepts),), **more)
        return Plan(self.language, concepts=self.concepts, every=self.every, **more)

    def stands_in(self, texts: Iterable[str]) -> bool:
        """Whether some texts, rather than all that is known of an object, answer."""
        tokens = [token for text in texts for token in analyzer(self.language).tokens(text)]
        if self.phrase:
            row = [concept.alternatives[0] for concept in self.concepts]
            there = [token.normal for token in tokens]
            return any(there[at : at + len(row)] == row for at in range(len(there)))
        words = {word for token in tokens for word in (token.normal, *token.parts)}
        return (all if self.every else any)(
            not words.isdisjoint(concept.alternatives) or any(words.issuperset(parts) for parts in concept.parts)
            for concept in self.concepts
        )

    @property
    def beginnings(self) -> list[str]:
        return list(words_begun([self.text]))

    def begins_in(self, texts: Iterable[str]) -> bool:
        words = list(words_begun(texts))
        return (all if self.every else any)(any(word.startswith(begun) for word in words) for begun in self.beginnings)
