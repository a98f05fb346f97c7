"""The queries: files that people write, one query a line, with the pages that answer it."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "queries"
ACROSS = "across"  # asked in the other language than that of the pages
UNTRANSLATED = "across, untranslated"  # the same, when the pages are there in their own language alone
FOREIGN = {ACROSS, UNTRANSLATED}


@dataclass(frozen=True)
class Query:
    """``relevant`` names pages, any of which answers. ``language`` is that of the pages it is asked of."""

    language: str
    group: str
    held: bool
    text: str
    relevant: frozenset[str]

    def place(self, found: Iterable[str]) -> int:
        """Where the first that answers stands, from 1; 0 if it is not there."""
        return next((place for place, name in enumerate(found, 1) if name in self.relevant), 0)


def read(path: Path) -> list[Query]:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [Query(row["language"], row["group"], row["held"] == "held", row["query"], relevant(row)) for row in rows]


def relevant(row: dict[str, str]) -> frozenset[str]:
    return frozenset(row["relevant"].split())


def untranslated(queries: Iterable[Query]) -> list[Query]:
    return [replace(query, group=UNTRANSLATED) for query in queries if query.group == ACROSS]
