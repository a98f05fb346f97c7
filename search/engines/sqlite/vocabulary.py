"""The words of what everybody may see, for whoever asks how a word is spelled.

Words are only ever added to the list; in how many documents one stands is asked of these, so that a word that was taken away
or closed is not known any more.
"""

import sqlite3
from collections.abc import Callable, Iterable
from itertools import batched

from search.analysis import fold
from search.engines.base import PUBLIC
from search.engines.sqlite.schema import sql

EDGES = "\ue001", "\ue002"
KNOWN = "SELECT word FROM $vocabulary WHERE word IN (?)"
OFTEN = "(SELECT doc FROM $frequencies WHERE term = word)"
FOLDED = f"SELECT word, {OFTEN} FROM $vocabulary WHERE fold = ?"  # noqa: S608 names of tables
NEAR = f"""SELECT word, fold, {OFTEN} FROM (SELECT word, fold FROM $triples JOIN $vocabulary ON id = $triples.rowid
    WHERE $triples MATCH ? ORDER BY rank LIMIT ?)"""  # noqa: S608 names of tables
SHORTEST = 3  # letters of a word that is looked for among others


def triples(word: str) -> list[str]:
    """Each three letters in a row, with where the word begins and ends."""
    whole = EDGES[0] + word + EDGES[1]
    return list(dict.fromkeys(whole[at : at + 3] for at in range(len(whole) - 2)))


def learn(connection: sqlite3.Connection, locale: str, number: int, words: Iterable[str], known: set[str] | None) -> None:
    """Note which words a document has. ``known`` is what the list has already, where somebody keeps account of it."""
    whole = sorted(word for word in words if word.isalnum())
    connection.execute(sql("INSERT INTO $written (rowid, w) VALUES (?, ?)", locale), (number, " ".join(whole)))
    new = {*whole} - (known_among(connection, locale, whole) if known is None else known)
    for word in sorted(new):
        plain = fold(word)
        added = connection.execute(sql("INSERT INTO $vocabulary (word, fold) VALUES (?, ?)", locale), (word, plain)).lastrowid
        if len(plain) >= SHORTEST and plain.isalpha():
            connection.execute(sql("INSERT INTO $triples (rowid, g) VALUES (?, ?)", locale), (added, " ".join(triples(plain))))
    if known is not None:
        known |= new


def known_among(connection: sqlite3.Connection, locale: str, words: list[str]) -> set[str]:
    known: set[str] = set()
    for some in batched(words, 500):
        statement = sql(KNOWN, locale).replace("(?)", f"({', '.join('?' * len(some))})")
        known.update(word for (word,) in connection.execute(statement, some))
    return known


class SqliteVocabulary:
    """For one question: how often words are written is asked once."""

    def __init__(self, locale: str, ask: Callable[[str, tuple], list[tuple]]):
        self.locale, self.ask = locale, ask
        self.often: dict[str, int] = {}
        self.normals: dict[str, int] = {}

    def df(self, word: str) -> int:
        if word not in self.often:
            rows = self.ask(sql("SELECT doc FROM $frequencies WHERE term = ?", self.locale), (sane(word),))
            self.often[word] = rows[0][0] if rows else 0
        return self.often[word]

    def of_normal(self, normal: str) -> int:
        if normal not in self.normals:
            rows = self.ask(sql("SELECT doc FROM $normals WHERE term = ?", self.locale, PUBLIC), (sane(normal),))
            self.normals[normal] = rows[0][0] if rows else 0
        return self.normals[normal]

    def by_fold(self, fold: str) -> list[str]:
        rows = self.ask(sql(FOLDED, self.locale), (sane(fold),))
        self.often |= {word: df or 0 for word, df in rows}
        return [word for word, df in rows if df]

    def near(self, word: str, limit: int = 60) -> list[str]:
        plain = fold(word)
        if not plain.isalnum():
            return []
        wanted = triples(plain)
        rows = self.ask(sql(NEAR, self.locale), (" OR ".join(f'"{triple}"' for triple in wanted), 2 * limit))
        self.often |= {word: df or 0 for word, _, df in rows}
        ranked = sorted(rows, key=lambda row: (-likeness(set(wanted), row[1]), row[0]))
        return [word for word, _, df in ranked if df][:limit]


def sane(word: str) -> str:
    return word.encode(errors="ignore").decode()


def likeness(wanted: set[str], other: str) -> float:
    """From 0 to 1: the share of letter triples that two words have in common."""
    there = set(triples(other))
    return len(wanted & there) / len(wanted | there)
