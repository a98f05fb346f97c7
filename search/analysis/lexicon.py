"""What is known of a language's words, read from packed files that stay on disk until a word is looked up.

``scripts/lexicon`` makes them: a trie of words, a number for each word, and a table with what the numbers stand for.
"""

import mmap
import struct
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import marisa_trie  # ty: ignore[import-not-found]  compiled

FOLDER = Path(__file__).parent / "data"
ROW = struct.Struct("<BHBHBBB")
BY_RULE = 255  # in place of a number of letters: the stemmer knows


class Entry(NamedTuple):
    """How a word becomes its normal form, alone and as the beginning of a compound; and what it costs to find it
    first, in the middle or last in one (0: it does not stand there)."""

    off: int
    on: int
    head_off: int
    head_on: int
    first: int
    middle: int
    last: int


class Lexicon:
    def __init__(self, name: str, folder: Path = FOLDER):
        self.name, self.folder = name, folder
        self.rows: dict[int, Entry] = {}

    @cached_property
    def trie(self) -> marisa_trie.Trie:
        return marisa_trie.Trie().mmap(str(self.folder / f"{self.name}.trie"))

    @cached_property
    def numbers(self) -> memoryview:
        return mapped(self.folder / f"{self.name}.numbers").cast("H")

    @cached_property
    def table(self) -> memoryview:
        return mapped(self.folder / f"{self.name}.table")

    @cached_property
    def endings(self) -> list[str]:
        return (self.folder / f"{self.name}.endings").read_text(encoding="utf-8").split("\n")

    def entry(self, key: int) -> Entry:
        number = self.numbers[key]
        if number not in self.rows:
            self.rows[number] = Entry(*ROW.unpack_from(self.table, number * ROW.size))
        return self.rows[number]

    def get(self, word: str) -> Entry | None:
        key = self.trie.get(word)
        return None if key is None else self.entry(key)

    def beginnings(self, text: str) -> Iterator[tuple[int, Entry]]:
        """The words that the text begins with, by their length."""
        for word, key in self.trie.iter_prefixes_with_ids(text):
            yield len(word), self.entry(key)

    def changed(self, word: str, off: int, on: int) -> str:
        return word[: len(word) - off] + self.endings[on]


def mapped(path: Path) -> memoryview:
    with path.open("rb") as file:
        return memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
