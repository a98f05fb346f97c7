"""A visitor's words as the index is asked for them: what each may stand for, what must be there, and what must not."""

import math
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice

from search.analysis import Analyzer, Token
from search.analysis.text import words_in
from search.asked import concept_of, telling
from search.edition import reader
from search.engines import engine
from search.engines.base import Concept, Plan, Vocabulary
from search.spelling import Typed, together
from search.synonyms import NONE as NO_SYNONYMS
from search.synonyms import Phrase, Synonyms
from search.translations import Words, other, translations

LONGEST, MOST_WORDS = 200, 16
QUOTES = '"“”„‟«»'
MINUS = "(?<!\\S)[-\u2212]"
SIGNED = re.compile(rf"(?P<minus>{MINUS})?[{QUOTES}](?P<phrase>[^{QUOTES}]*)[{QUOTES}]|{MINUS}(?P<word>\w\S*)")
MANY = 1_000  # documents: a word that stands in so many tells little

# What a question is asked with. It begins with one of the first, or ends with its sign; the others then say little.
ASKS = {
    "sv": "hur vad var vart vem vems vilka vilken vilket varför varifrån när kan får finns ska måste",
    "en": "how what where who whose whom which why when can may do does is are should must",
}
ASKED_WITH = {
    "sv": "hitta finna gå komma fungera funka behöva betyda mena innebära heta kalla veta börja sätt bäst gälla hjälpa hjälp",
    "en": "find get go come work need mean call know start begin way best help tell happen take make use",
}
SAYS_LITTLE = 0.3


@dataclass(frozen=True)
class Term:
    """A word that is looked for. ``meant`` is what it is read as, if nobody has written it as it was typed.

    ``also`` is what else it is called, as staff say.
    """

    word: str
    concept: Concept
    meant: str = ""
    df: int = 0
    asks: bool = False
    also: tuple[Phrase, ...] = ()

    @property
    def weight(self) -> float:
        """A rare word tells more; one that a question is asked with tells little."""
        return math.log(1 + MANY / (self.df + 0.5)) * (SAYS_LITTLE if self.asks else 1)


class Question:
    """What somebody asks for in a language. ``literal`` takes each word as it is typed.

    Words in quotation marks must stand in that order; a word after a minus must not be there.
    """

    def __init__(self, text: str, language: str, literal: bool = False, synonyms: Synonyms = NO_SYNONYMS):
        self.text, self.language, self.literal, self.synonyms = cut(text), language, literal, synonyms
        self.plain = SIGNED.sub(" ", self.text)

    @cached_property
    def read(self) -> Analyzer:
        return reader(self.language)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return engine().vocabulary(self.language)

    @cached_property
    def tokens(self) -> list[Token]:
        return telling(self.read, self.plain)

    @cached_property
    def phrases(self) -> tuple[tuple[str, ...], ...]:
        return tuple(row for match in SIGNED.finditer(self.text) if not match["minus"] and (row := self.row(match["phrase"])))

    @cached_property
    def excluded(self) -> tuple[Concept, ...]:
        """Each word with a minus before it; of a phrase, what has all of its words."""
        found = list(SIGNED.finditer(self.text))
        words = [Concept((word,)) for match in found for word in self.row(match["word"])]
        return (*words, *(Concept((), (row,)) for match in found if match["minus"] and (row := self.row(match["phrase"]))))

    def row(self, text: str | None) -> tuple[str, ...]:
        return tuple(token.normal for token in self.read.tokens(text or ""))

    @cached_property
    def terms(self) -> list[Term]:
        """The words outside quotation marks, those that say nothing left out unless nothing else is there."""
        words = [token.word for token in self.read.tokens(self.plain)]
        joined = {} if self.literal else together(words, self.vocabulary)
        found = []
        for token, phrases in zip(self.tokens, self.called, strict=True):
            others = [whole for pair, whole in joined.items() if token.word in pair]
            found += [self.as_typed(token)] if self.literal else self.in_parts(token, self.as_meant(token, others, phrases))
        return found

    def in_parts(self, token: Token, term: Term) -> list[Term]:
        """Of a compound that nobody has written each part for itself: what has some of them answers too."""
        if term.concept.parts != (token.parts,) or any(map(self.vocabulary.of_normal, term.concept.alternatives)):
            return [term]
        concepts = [Concept((part, *self.read.related(part))) for part in token.parts]
        return [replace(term, concept=concept, df=self.often(concept)) for concept in concepts]

    @cached_property
    def called(self) -> list[list[Phrase]]:
        """What else each of the words is called, as staff say."""
        return self.synonyms.of([token.word for token in self.tokens], self.language)

    @property
    def also(self) -> list[str]:
        """What is looked for beside what was typed, because staff say it means the same."""
        return list(dict.fromkeys(" ".join(phrase) for term in self.terms for phrase in term.also))

    def as_typed(self, token: Token) -> Term:
        concept = concept_of(token)
        return Term(token.word, concept, df=self.often(concept), asks=token.normal in self.asked_with)

    def often(self, concept: Concept) -> int:
        """In how many documents stands what a word is looked for by."""
        of = self.vocabulary.of_normal
        whole = (of(word) for word in concept.alternatives)
        return max([*whole, *(min(map(of, parts)) for parts in concept.parts)], default=0)

    def as_meant(self, token: Token, others: list[str], phrases: list[Phrase]) -> Term:
        typed = Typed(token.word, self.vocabulary, self.read)
        foreign = [] if typed.is_known else self.called_elsewhere(token)
        meant = [] if (phrases or foreign) and not typed.is_known else self.guesses(typed)
        phrases = [*phrases, *(each for found in self.synonyms.of(meant[:1], self.language) for each in found)]
        words = [*meant, *others, *(phrase[0] for phrase in phrases if len(phrase) == 1)]
        normals = [token.normal, *self.read.related(token.normal), *map(self.read.normal, words)]
        normals += [row[0] for row in foreign if len(row) == 1]
        parts = [token.parts, *map(self.read.parts, words), tuple(map(self.read.normal, typed.apart))]
        parts += [tuple(map(self.read.normal, phrase)) for phrase in phrases if len(phrase) > 1]
        parts += [row for row in foreign if len(row) > 1]
        concept = Concept(tuple(dict.fromkeys(normals)), tuple(dict.fromkeys(filter(None, parts))))
        return Term(
            token.word,
            concept,
            meant=meant[0] if meant and not typed.is_known else "",
            df=self.often(concept),
            asks=token.normal in self.asked_with,
            also=tuple(phrases),
        )

    def called_elsewhere(self, token: Token) -> list[Words]:
        """What a word of the other language is called here: a visitor may write in either."""
        theirs = other(self.language)
        return [row for each in reader(theirs).tokens(token.word) for row in translations(theirs).of(each)]

    def guesses(self, typed: Typed) -> list[str]:
        """With its dots and rings, or else the one word that is written almost so; of words with a hyphen, piece by piece."""
        if "-" not in typed.word:
            return typed.restored or typed.corrected[:1]
        pieces = [Typed(piece, self.vocabulary, self.read) for piece in typed.word.split("-")]
        whole = "-".join((self.guesses(piece) or [piece.word])[0] for piece in pieces)
        return [whole] if whole != typed.word else []

    @cached_property
    def asked_with(self) -> set[str]:
        """Normal forms that say little here; none unless this is a question."""
        first, _, _ = self.text.lower().partition(" ")
        asks = first in ASKS[self.language].split() or self.text.endswith("?")
        normals = {self.read.normal(word) for word in ASKED_WITH[self.language].split()} if asks else set()
        return normals if any(token.normal not in normals for token in self.tokens) else set()

    @property
    def meant(self) -> str:
        """The question as it is read, if that is otherwise than it was typed."""
        meant = {term.word: term.meant for term in self.terms if term.meant}
        pieces, last = [], 0
        for token in self.read.tokens(self.text) if meant else ():
            pieces += [self.text[last : token.start], meant.get(token.word, self.text[token.start : token.end])]
            last = token.end
        return "".join([*pieces, self.text[last:]]) if meant else ""

    def knows(self, token: Token) -> bool:
        """A dictionary or the site has the word, or what it is made of."""
        return bool(token.parts or self.read.is_word(token.word) or self.read.is_stop(token.word) or self.vocabulary.df(token.word))

    def __bool__(self):
        """There is something to look for."""
        return bool(self.tokens or self.phrases)

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """What is looked for, each word of a phrase for itself too."""
        return (*(term.concept for term in self.terms), *(Concept((word,)) for row in self.phrases for word in row))

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Normal forms of all words that answer."""
        return frozenset(self.words_of_concepts())

    def words_of_concepts(self) -> Iterator[str]:
        for concept in self.concepts:
            yield from concept.alternatives
            for parts in concept.parts:
                yield from parts

    def plan(self, **more) -> Plan:
        concepts = tuple(term.concept for term in self.terms if not term.asks)
        return Plan(self.language, concepts=concepts, phrases=self.phrases, excluded=self.excluded, **more)


def cut(text: str) -> str:
    """What of a text is read: so many letters, and so many words."""
    text = unicodedata.normalize("NFC", text[:LONGEST].replace("\0", " ")).strip()[:LONGEST]
    beyond = next(islice(words_in(text), MOST_WORDS, None), None)
    return text[: beyond[1]].strip() if beyond else text
