"""What search does with words: the same for what is indexed and for what is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer  # ty: ignore[import-not-found]  compiled, without stubs

from search.analysis.stopwords import STOP_WORDS
from search.analysis.text import LONGEST, as_compared, fold, words_in

__all__ = ["Analyzer", "Token", "analyzer", "fold"]

STEMMERS = {"sv": "swedish", "en": "english"}
KEPT = 16_384  # analysed words kept in memory, some 4 MB


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text. ``start`` and ``end`` are where it stands there."""

    word: str
    normal: str
    parts: tuple[str, ...]
    start: int
    end: int


class Analyzer:
    """The words of one language. It takes any text whatever, and raises nothing."""

    def __init__(self, language: str):
        self.language = language
        self.stop_words = STOP_WORDS[language]
        self.stemmer = Stemmer.Stemmer(STEMMERS[language])
        self.analysed = lru_cache(KEPT)(self._analyse)

    def tokens(self, text: str) -> Iterator[Token]:
        for word, start, end in words_in(text):
            normal, parts = self.analysed(word)
            yield Token(word, normal, parts, start, end)

    def is_stop(self, word: str) -> bool:
        return word in self.stop_words or as_compared(word) in self.stop_words

    def normal(self, word: str) -> str:
        """What is indexed of a word, the same for all its forms."""
        return self.analysed(as_compared(word))[0]

    def parts(self, word: str) -> tuple[str, ...]:
        """The normal forms of what a compound is made of; nothing for other words."""
        return self.analysed(as_compared(word))[1]

    def _analyse(self, word: str) -> tuple[str, tuple[str, ...]]:
        word = word[:LONGEST].encode(errors="ignore").decode().partition(":")[0]
        pieces = [piece for piece in word.replace("'s", "").replace("'", "-").split("-") if piece]
        normals = tuple(self.stemmer.stemWord(piece) for piece in pieces)
        if len(normals) < 2:
            return "".join(normals), ()
        return "".join([*pieces[:-1], normals[-1]]), normals


@cache
def analyzer(language: str) -> Analyzer:
    """The analyzer of Swedish ("sv") or English ("en"), kept for the process."""
    return Analyzer(language)
