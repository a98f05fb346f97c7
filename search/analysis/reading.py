"""Reads a text word by word. Every word gets a normal form, the same for all its inflections."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

import Stemmer  # ty: ignore[import-not-found]  compiled, without stubs

from search.analysis.english import british, one_spelling
from search.analysis.lexicon import Lexicon
from search.analysis.rules import Reading, Rule, Rules
from search.analysis.stopwords import STOP_WORDS
from search.analysis.text import LONGEST, WORD, as_compared, words_in

STEMMERS = {"sv": "swedish", "en": "english"}
BAR = re.compile("...+bar(?=(?:a|t|are|aste?|het(?:en|er|erna)?)?s?$)")
KEPT = 3_000  # words kept in memory once they are read, twice so many at most: 2 MB


class Token(NamedTuple):
    """A word of a text, as it is read. ``start`` and ``end`` are where it stands there."""

    word: str
    normal: str
    parts: tuple[str, ...]
    start: int
    end: int


class Analyzer:
    """The words of one language. It takes any text whatever, and raises nothing."""

    def __init__(self, language: str, rules: Iterable[Rule] = (), kept: int = KEPT):
        self.language = language
        self.stop_words = STOP_WORDS[language]
        self.stem = stemmer(language)
        self.forms = Lexicon(f"forms-{language}")
        self.rules = Rules(rules, self.by_lexicon)
        self.readings = Readings(self.read, kept)

    def tokens(self, text: str) -> Iterator[Token]:
        """Every word of a text, stop words too."""
        for written, start, end in words_in(text):
            yield Token(*self.readings[written], start, end)

    def words(self, text: str) -> list[Reading]:
        """The same without places, for whole indexes: twice as fast."""
        return list(map(self.readings.__getitem__, WORD.findall(text)))

    def is_stop(self, word: str) -> bool:
        return word in self.stop_words or as_compared(word) in self.stop_words

    def normal(self, word: str) -> str:
        """What is indexed of a word, the same for all its forms."""
        return self.readings[word].normal

    def is_word(self, word: str) -> bool:
        """A dictionary has it, so it is rightly spelled."""
        return bool(self.forms.get(word))

    def parts(self, word: str) -> tuple[str, ...]:
        """The normal forms of what a compound is made of; nothing for other words."""
        return self.readings[word].parts

    def related(self, normal: str) -> tuple[str, ...]:
        """Normal forms of words that are made of the same: utvärdering and utvärdera. The stemmer knows them in English."""
        return ()

    def read(self, written: str) -> Reading:
        word = as_compared(written[:LONGEST])
        bare = word.partition(":")[0].removesuffix("'s").replace("'", "-")
        found = [self.plain(each) for each in bare.split("-") if each]
        if len(found) < 2:
            return (found[0] if found else Reading(bare, bare, ()))._replace(word=word)
        parts = [part for each in found for part in each.parts or (each.normal,)]
        telling = [part for part in parts if part not in self.stop_words] or parts
        return Reading(word, "".join([*(each.word for each in found[:-1]), found[-1].normal]), tuple(dict.fromkeys(telling)))

    def plain(self, word: str) -> Reading:
        """A word without signs in it."""
        return self.rules.apply(self.by_lexicon(word))

    def by_lexicon(self, word: str) -> Reading:
        return Reading(word, self.inflected(word), ())

    def inflected(self, word: str) -> str:
        form = self.forms.get(word)
        return self.forms.changed(word, form.off, form.on) if form else self.stem(word)


class Readings(dict):
    """What each word is read as. What was not asked for while so many others were is forgotten."""

    def __init__(self, read: Callable[[str], Reading], kept: int):
        super().__init__()
        self.read, self.kept = read, kept
        self.older: dict[str, Reading] = {}

    def __missing__(self, written: str) -> Reading:
        if len(self) >= self.kept:
            self.older = dict(self)
            self.clear()
        reading = self.older.get(written) or self.read(written)
        self[reading.word if reading.word == written else written[:LONGEST]] = reading
        return reading


def stemmer(language: str) -> Callable[[str], str]:
    """Snowball's stemmer, and what it does not know."""
    stem = Stemmer.Stemmer(STEMMERS[language], 0).stemWord
    if language == "en":
        return lambda word: one_spelling(stem(british(word)))
    return lambda word: found[0] if (found := BAR.match(word)) else stem(word)  # hållbar is no plural
