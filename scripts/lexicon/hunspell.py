"""Reads hunspell-sv: every word with the forms it takes, and how it may stand in a compound."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

SOURCE = Path("/usr/share/hunspell")
FIRST, MIDDLE, LAST, LINKING, FORBIDDEN, PERSON, DOING = "X", "U", "Y", "Z", "%", "T", "B"
INFLECTION = frozenset("ABCDEFGHIJKLMNOPQR")
GENDER, PLURAL, VERB = frozenset("BCDE"), frozenset("GHIJ"), frozenset("KN")
# Inflection and endings of what is made of other words (arbetare, meddelande, symbolisk), and of words that we add
PERSONS = "AEJ", ("", "n", "ns", "s")
DOINGS = "ACEF", ("", "s", "t", "ts", "n", "ns", "na", "nas")
THINGS = "ADGH", ("", "s", "en", "ens", "ar", "ars", "arna", "arnas", "er", "ers", "erna", "ernas")
QUALITIES = "OP", ("", "a", "t", "s", "as", "ts")
# How words end that begin compounds otherwise: varu and vara, tim and timme, föräldra and förälder
ENDINGS = "/e /a /me o/a u/a e/ e/a i/um e/um ra/er la/el er/ra el/la el/le"
ENDS = [tuple(pair.split("/")) for pair in ENDINGS.split(" ")]


@dataclass
class Word:
    """A headword of the dictionary. It may stand there several times, with other inflections each time."""

    paradigms: set[frozenset[str]] = field(default_factory=set)
    last: bool = False
    name: bool = True  # it is always written with a capital
    whole: bool = False  # we say that it is no compound
    forms: set[str] = field(default_factory=set)


@dataclass
class Dictionary:
    words: dict[str, Word] = field(default_factory=lambda: defaultdict(Word))
    # What begins a compound, and the words it may be of: "stjärn" -> {"stjärna"}
    heads: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    middles: set[str] = field(default_factory=set)  # what also stands between the first and the last

    def add_head(self, head: str, word: str, flags: str) -> None:
        self.heads[head].add(word)
        if MIDDLE in flags:
            self.middles.add(head)

    def is_word(self, text: str) -> bool:
        return text in self.words and not self.words[text].name and self.words[text].paradigms != {frozenset()}

    def word_of(self, head: str) -> str:
        """The word that begins a compound in this form: företags is of företag rather than of företaga, tim of timme."""
        known = sorted(self.heads.get(head, ()), key=lambda word: (word != head, word + "s" != head, word))
        guesses = [head.removesuffix(end) + word_end for end, word_end in ENDS if head.endswith(end)] if known else []
        return next(filter(self.is_word, [*known, *guesses]), next(iter(known), ""))


def suffixes(lines: list[str]) -> dict[str, list[tuple[str, str, str, re.Pattern]]]:
    """Of each flag: what falls off, what is put on, the flags that follow, and which words it is for."""
    found = defaultdict(list)
    for line in lines:
        match line.split():
            case ["SFX", flag, off, on, condition, *_] if flag not in "edT0123456789":
                on, _, following = on.partition("/")
                found[flag].append((off.strip("0"), on.strip("0"), following, re.compile(f"(?:{condition})$")))
    return found


def derived(word: str, flags: str, rules: dict) -> Iterator[tuple[str, str]]:
    for flag in flags:
        for off, on, following, condition in rules.get(flag, ()):
            if condition.search(word) and word.endswith(off):
                yield word[: len(word) - len(off)] + on, following


def read(folder: Path = SOURCE) -> Dictionary:
    rules = suffixes((folder / "sv_SE.aff").read_text(encoding="utf-8").splitlines())
    dictionary = Dictionary()
    for line in (folder / "sv_SE.dic").read_text(encoding="utf-8").splitlines():
        written, _, flags = line.split(maxsplit=1)[0].partition("/") if line.strip() else ("", "", "")
        if written.endswith("-") and not flags:  # gatu-
            written, flags = written[:-1], FIRST + LINKING
        if not written.isalpha() or FORBIDDEN in flags:
            continue
        lower = written.lower()
        if FIRST in flags or MIDDLE in flags:
            dictionary.add_head(lower, lower, flags)
        word = dictionary.words[lower] if LINKING not in flags else Word()
        word.paradigms.add(frozenset(flags) & INFLECTION)
        word.last |= LAST in flags
        word.name &= written != lower
        word.forms |= {lower, lower + "s"} if GENDER & frozenset(flags) and not VERB & frozenset(flags) else {lower}
        for form, following in derived(written, flags, rules):
            if following and form.isalpha():
                dictionary.add_head(form.lower(), lower, following)
            elif form.isalpha():
                word.forms.add(form.lower())
        add_derived(lower, flags, dictionary)
    return dictionary


def add_derived(word: str, flags: str, dictionary: Dictionary) -> None:
    if PERSON in flags and word.endswith("a"):
        add_word(word + "re", *PERSONS, LAST in flags, dictionary)
    elif PERSON in flags:
        add_word(word + "isk", *QUALITIES, LAST in flags, dictionary)
    if DOING in flags and word.endswith("a") and VERB & frozenset(flags):
        add_word(word + "nde", *DOINGS, LAST in flags, dictionary)


def add_word(word: str, paradigm: str, endings: tuple[str, ...], last: bool, dictionary: Dictionary) -> None:
    """A word that hunspell-sv takes for a form of another: arbetare of arbeta, meddelande of meddela, symbolisk of symbol."""
    new = dictionary.words[word]
    new.paradigms.add(frozenset(paradigm))
    new.last |= last
    new.name = False
    new.forms |= {word + ending for ending in endings}
    if word.endswith("re"):
        new.forms |= {word[:-1] + "na", word[:-1] + "nas"}
