"""What somebody may have meant who types a word that nobody has written: asked of the words that are in the index."""

import math
from collections.abc import Iterator
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from search.analysis import Analyzer, fold
from search.analysis.text import as_compared

SHORTEST, LONGEST = 4, 40  # letters of a word that is mended
LOOKED_AT, GUESSES = 40, 3
OFTENER = 3  # so many times more documents must have the word with its dots and rings, if the word without is one too
SOUNDS = "ae ei iy uy ou cs sz ck kq gj vw bp dt mn fv"  # letters that are taken for each other
INFLECTIONS = """
a an ans ar arna arnas as at ats ad ade ades are aren arens ast aste e en ens er erna ernas ers et ets n ns na nas or orna ornas
ors r rna rnas s t ts te tes de des es ing ed
"""
ALIKE = frozenset(map(frozenset, SOUNDS.split()))
ENDINGS = frozenset(["", *INFLECTIONS.split()])


class Vocabulary(Protocol):
    """The words of an index as they are written."""

    def df(self, word: str) -> int:
        """In how many documents it stands."""
        ...

    def by_fold(self, fold: str) -> list[str]:
        """All words that look so without their diacritics."""
        ...

    def near(self, word: str, limit: int = LOOKED_AT) -> list[str]:
        """Words that share the most letter triples with one, folded; the most alike first."""
        ...


class Typed:
    """A word as somebody typed it, and what may be meant by it."""

    def __init__(self, word: str, vocabulary: Vocabulary, analyzer: Analyzer):
        self.word, self.vocabulary, self.analyzer = as_compared(word), vocabulary, analyzer
        self.plain = fold(self.word)

    @cached_property
    def df(self) -> int:
        return self.vocabulary.df(self.word)

    @cached_property
    def normal(self) -> str:
        return self.analyzer.normal(self.word)

    @cached_property
    def near(self) -> list[str]:
        mendable = SHORTEST <= len(self.plain) <= LONGEST and self.plain.isalpha()
        return self.vocabulary.near(self.word, LOOKED_AT) if mendable else []

    @cached_property
    def is_known(self) -> bool:
        """It is written somewhere, in this form or in another."""
        return bool(self.df) or any(self.analyzer.normal(each) == self.normal for each in self.near)

    @cached_property
    def restored(self) -> list[str]:
        """The same with dots and rings: sakerhet, säkerhet. Who types some of them means them."""
        is_word = self.analyzer.is_word(self.word)
        if is_word and self.word != self.plain:
            return []
        found = [each for each in self.vocabulary.by_fold(self.plain) if each != self.word]
        if not (found or is_word or self.is_known):
            found = [each for each in self.near if each != fold(each) and differ_in_ending(self.plain, fold(each))]
        least = OFTENER * self.df if self.is_known else 0
        return self.best({each: -df for each in found if (df := self.vocabulary.df(each)) >= least})

    @cached_property
    def corrected(self) -> list[str]:
        """What is written almost so, the likeliest first. A right word is left alone, however rare it is."""
        if self.is_known or self.restored or self.analyzer.is_word(self.word):
            return []
        most = tolerance(self.plain) / (2 if self.analyzer.parts(self.word) else 1)
        found = {each: self.unlikeness(each, most) for each in self.near}
        likely = {each: value for each, value in found.items() if value < math.inf}
        least = min(likely.values(), default=0)
        return self.best({each: value for each, value in likely.items() if value < least + 0.5})

    def unlikeness(self, word: str, most: float) -> float:
        """How much must have gone wrong, and how rare it is. What has other endings is compared without them."""
        plain = fold(word)
        wrong = distance(self.plain, plain, most)
        if wrong > most:
            wrong = distance(fold(self.normal), fold(self.analyzer.normal(word)), most) + 0.1
        if wrong > most:
            return math.inf
        return wrong + (0 if plain[0] == self.plain[0] else 0.5) - 0.12 * math.log10(1 + self.vocabulary.df(word))

    @cached_property
    def apart(self) -> tuple[str, ...]:
        """Two words of the site that make up one that no dictionary knows: qvibmöte, qvib and möte."""
        if self.is_known or self.restored or self.analyzer.parts(self.word) or not 7 <= len(self.word) <= LONGEST:
            return ()
        return max(self.cuts(), default=(0, ()))[1]

    def cuts(self) -> Iterator[tuple[int, tuple[str, str]]]:
        for at in range(3, len(self.word) - 2):
            head, last = self.word[:at], self.word[at:]
            if often := self.vocabulary.df(last):
                for first in (head, head.removesuffix("s")):
                    if len(first) > 2 and (times := self.vocabulary.df(first)) and len(first) + len(last) > 6:
                        yield min(often, times), (first, last)

    def best(self, scores: dict[str, float]) -> list[str]:
        """One word for each normal form, and none for that of the word itself."""
        by_normal: dict[str, str] = {}
        for word in sorted(scores, key=lambda each: (scores[each], each)):
            by_normal.setdefault(self.analyzer.normal(word), word)
        return [word for normal, word in by_normal.items() if normal != self.normal][:GUESSES]


def together(words: list[str], vocabulary: Vocabulary) -> dict[tuple[str, str], str]:
    """Neighbours that are written as one on the site: "kunskaps utbyte", "samverkan arena"."""
    found = {}
    for pair in pairwise(words):
        joined = (f"{pair[0]}{link}{pair[1]}" for link in ("", "s"))
        if word := next((each for each in joined if len(each) <= LONGEST and vocabulary.df(each)), ""):
            found[pair] = word
    return found


def differ_in_ending(one: str, other: str) -> bool:
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return same >= max(SHORTEST, 0.6 * len(one)) and one[same:] in ENDINGS and other[same:] in ENDINGS


def tolerance(plain: str) -> float:
    return 1 if len(plain) < 6 else 1.6 if len(plain) < 9 else 2


def distance(one: str, other: str, most: float) -> float:
    """How many slips make one word of another: a letter wrong, missing, too many, or two swapped; twice or sounding alike is half
    a slip. Above ``most`` it says no more than that."""
    if abs(len(one) - len(other)) > 2 * most:
        return math.inf
    before: list[float] = []
    row = [0.0]
    for at in range(len(other)):
        row.append(row[-1] + slip(other, at))
    for i, letter in enumerate(one):
        new = [row[0] + slip(one, i)]
        for j, another in enumerate(other):
            price = 0 if letter == another else 0.6 if frozenset((letter, another)) in ALIKE else 1
            best = min(row[j] + price, row[j + 1] + slip(one, i), new[j] + slip(other, j))
            if i and j and letter == other[j - 1] and another == one[i - 1] and letter != another:
                best = min(best, before[j - 1] + 0.8)
            new.append(best)
        if min(new) > most:
            return math.inf
        before, row = row, new
    return row[-1]


def slip(word: str, at: int) -> float:
    """What it costs to leave out a letter: less if it is there twice."""
    return 0.5 if at and word[at] == word[at - 1] else 1
