"""The forms in which a word of the glossary is written: number, definiteness, genitive, and the adjectives before it.

A stemmer does not do: Snowball has one stem for "facilitation" and "facilitator", and three for "hållbar", "hållbart" and
"hållbara". The endings are those of the grammars. A form too many that nobody writes does no harm.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import product

# What a Swedish noun ends in; then, for so many letters taken away, what is put there. The first that fits is used.
SWEDISH_NOUNS: list[tuple[str, dict[int, str]]] = [
    ("are", {0: "n", 1: "na"}),
    ("ande|ende|else|ie|je", {0: "n t r na rna"}),
    ("e", {0: "n t na"}),
    ("a", {0: "n t na", 1: "or orna"}),
    ("é|[iouyåäö]", {0: "n t er erna r rna ar arna"}),
    ("um", {0: "et en ena", 2: "et er erna"}),
    ("m", {0: "en et ar arna er erna men met mar marna"}),
    ("el", {0: "n en et ar arna er erna", 2: "let len lar larna ler lerna"}),
    ("er", {0: "n s na et", 2: "ret ren rar rarna"}),
    ("an", {0: "en et ar arna er erna", 2: "ningar ningarna"}),
    ("verk|tal|drag|svar|stöd|råd|mål|prov|slut|håll", {0: "et en ena"}),  # "nätverkar" and "stöder" are verbs
    ("", {0: "en et ar arna er erna ena"}),
]
SWEDISH_PLURALS = {
    "bok": "böcker", "bonde": "bönder", "fot": "fötter", "hand": "händer", "land": "länder", "ledamot": "ledamöter",
    "man": "män", "natt": "nätter", "rot": "rötter", "stad": "städer", "strand": "stränder",
}  # fmt: skip
SWEDISH_ADJECTIVES: list[tuple[str, dict[int, str]]] = [
    ("ande|ende", {}),
    ("ad|at", {1: "d t de"}),
    ("en|el|er", {0: "t a", 1: "t", 2: "na la ra"}),
    ("et", {2: "en na"}),
    ("elt", {1: "", 3: "la"}),
    ("ert", {1: "", 3: "ra"}),
    ("tt", {1: "t a e", 2: " a e d da"}),
    ("t", {1: " a e d da na ma"}),
    ("[mn]", {0: "t a e ma na"}),
    ("a", {1: " t e"}),
    ("d", {0: "a e", 1: "t tt"}),
    ("", {0: "t a e"}),
]
ENGLISH_NOUNS: list[tuple[str, dict[int, str]]] = [
    ("human|german|roman", {0: "s"}),
    ("man", {2: "en"}),
    ("child", {0: "ren"}),
    ("sis", {2: "es"}),
    ("erion|menon", {2: "a"}),
    ("[^aeiou]y", {1: "ies"}),
    ("s|x|z|ch|sh", {0: "es"}),
    ("lf|af|ife", {1: "ves", 2: "ves"}),
    ("", {0: "s"}),
]
LINKING = {
    "sv": {"av", "från", "för", "hos", "i", "inom", "med", "mellan", "och", "om", "på", "som", "till", "utan", "vid"},
    "en": {"and", "between", "by", "for", "from", "in", "of", "on", "that", "to", "with", "within", "without"},
}


def forms_of(term: str, language: str) -> set[str]:
    """All that a term may look like, in small letters. What follows a preposition stays as it is."""
    words = term.casefold().split()
    head = next((number for number, word in enumerate(words) if number and word in LINKING[language]), len(words)) - 1
    inflect = {"sv": (adjective, noun), "en": (unchanged, english)}[language]
    parts = [inflect[number == head](word) if number <= head else {word} for number, word in enumerate(words)]
    return {" ".join(forms) for forms in product(*parts)} if words else set()


def abbreviated(acronym: str, language: str) -> set[str]:
    """An abbreviation with the endings that are set after it: APL:s, HEIs."""
    endings = ["s", "’s", "'s"] if language == "en" else [":s", ":n", ":en", ":et", ":er", ":erna", ":ens", ":ets"]
    return {acronym, *(acronym + ending for ending in endings)}


def noun(word: str) -> set[str]:
    """In number and definiteness, each also in the genitive."""
    plain = {word, *endings(word, SWEDISH_NOUNS)}
    for last, plural in SWEDISH_PLURALS.items():
        if word.endswith(last):
            stem = word.removesuffix(last)
            plain |= {stem + plural, f"{stem}{plural}{'nen' if plural.endswith('n') else 'na'}"}
    return plain | {f"{form}s" for form in plain if form[-1] not in "sxz"}


def adjective(word: str) -> set[str]:
    return {word, *endings(word, SWEDISH_ADJECTIVES)}


def unchanged(word: str) -> set[str]:
    return {word}


def english(word: str) -> set[str]:
    plain = {word, *endings(word, ENGLISH_NOUNS)}
    return plain | {f"{form}{mark}s" for form in plain for mark in "'’"}


def endings(word: str, kinds: Iterable[tuple[str, dict[int, str]]]) -> Iterator[str]:
    changes = next(changes for ending, changes in kinds if re.search(f"(?:{ending})$", word))
    for letters, added in changes.items():
        stem = word[: len(word) - letters]
        yield from (stem + ending for ending in added.split(" "))
