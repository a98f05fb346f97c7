"""Which documents have which value of which facet: one long integer for each value, a bit for each document.

Filters and counts are then a matter of microseconds. A process keeps them, and reads only what changed since.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import or_
from threading import Lock

ONE = ord("1")


def mask_of(numbers: Iterable[int]) -> int:
    numbers = list(numbers)
    bits = bytearray(b"0") * (max(numbers, default=0) + 1)
    for number in numbers:
        bits[number] = ONE
    return int(bits[::-1], 2)


def numbers_in(mask: int) -> list[int]:
    bits, found = f"{mask:b}"[::-1], []
    at = bits.find("1")
    while at >= 0:
        found.append(at)
        at = bits.find("1", at + 1)
    return found


class Masks:
    """The masks of one file."""

    def __init__(self):
        self.seen, self.lock = 0, Lock()
        self.values: dict[str, dict[str, int]] = {}

    def refresh(self, connection: sqlite3.Connection) -> None:
        with self.lock:
            stamp = int(connection.execute("SELECT value FROM about WHERE name = 'changed'").fetchone()[0])
            if stamp <= self.seen:
                return
            rows = connection.execute("SELECT id, key, kind, facets FROM documents WHERE changed > ?", (self.seen,)).fetchall()
            gone = connection.execute("SELECT id FROM gone WHERE changed > ?", (self.seen,)).fetchall()
            self.values = self.after({number for (number,) in gone} | {row[0] for row in rows}, rows)
            self.seen = stamp

    def after(self, changed: set[int], rows: list[tuple]) -> dict[str, dict[str, int]]:
        """New masks beside the old ones, which others may be reading."""
        having: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, key, kind, facets in rows:
            for name, values in {**json.loads(facets), "kind": [kind], "model": [key.partition(":")[0]]}.items():
                for value in values:
                    having[name, value].append(number)
        kept = ~mask_of(changed)
        values = {name: {value: mask & kept for value, mask in masks.items()} for name, masks in self.values.items()}
        for (name, value), numbers in having.items():
            masks = values.setdefault(name, {})
            masks[value] = masks.get(value, 0) | mask_of(numbers)
        return values

    def matching(self, filters: Mapping[str, tuple[str, ...]], but: str = "") -> int:
        """What passes all filters, or all but one. Minus one is every document."""
        mask = -1
        for name, values in filters.items():
            if name != but:
                masks = self.values.get(name, {})
                mask &= reduce(or_, (masks.get(value, 0) for value in values), 0)
        return mask

    def counted(self, name: str, among: int) -> dict[str, int]:
        counts = {value: (mask & among).bit_count() for value, mask in self.values.get(name, {}).items()}
        return {value: count for value, count in counts.items() if count}
