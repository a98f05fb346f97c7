"""What people say of words that the dictionaries do not know, or know otherwise."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from search.analysis.text import as_compared

SPLIT, WHOLE, SAME = "split", "whole", "same"


class Rule(NamedTuple):
    """split: samverkansarena, "samverkan + arena"; whole: a word that is no compound; same: hen, "person"."""

    kind: str
    word: str
    value: str = ""


class Reading(NamedTuple):
    """What a word is taken for: itself, its normal form, and the normal forms of its parts if it is a compound."""

    word: str
    normal: str
    parts: tuple[str, ...]


class Cut(NamedTuple):
    """A compound in all its forms: how it begins, and the normal form of what comes last."""

    begins: str
    last: str
    normal: str
    parts: tuple[str, ...]


class Rules:
    def __init__(self, rules: Iterable[Rule], read: Callable[[str], Reading]):
        self.read = read
        self.cuts: list[Cut] = []
        self.known: dict[str, tuple[str, tuple[str, ...]]] = {}
        for rule in rules:
            self.take(rule._replace(word=as_compared(rule.word), value=as_compared(rule.value)))

    def take(self, rule: Rule) -> None:
        words = [self.read(word.strip()) for word in rule.value.split("+") if word.strip()]
        normal = self.read(rule.word).normal
        if rule.kind == WHOLE:
            self.known[normal] = normal, ()
        elif rule.kind == SAME and words:
            self.known[normal] = words[0].normal, words[0].parts
        elif rule.kind == SPLIT and words:
            parts = tuple(part for word in words for part in word.parts or (word.normal,))
            self.known[normal] = normal, parts
            if rule.word.endswith(words[-1].word):
                self.cuts.append(Cut(rule.word.removesuffix(words[-1].word), words[-1].normal, normal, parts))

    def apply(self, reading: Reading) -> Reading:
        if known := self.known.get(reading.normal):
            return Reading(reading.word, *known)
        for cut in self.cuts:
            if reading.word.startswith(cut.begins) and self.read(reading.word.removeprefix(cut.begins)).normal == cut.last:
                return Reading(reading.word, cut.normal, cut.parts)
        return reading
