"""Packs what was learned into the files that the search reads."""

from dataclasses import dataclass
from pathlib import Path

import marisa_trie  # ty: ignore[import-not-found]  compiled

from search.analysis.lexicon import BY_RULE, ROW, Entry


@dataclass
class Draft:
    """What is to be said of one word. Normal forms are "" where the stemmer gives them."""

    normal: str = ""
    head: str = ""
    first: int = 0
    middle: int = 0
    last: int = 0


def pack(name: str, drafts: dict[str, Draft], folder: Path) -> None:
    endings = {"": 0}
    trie = marisa_trie.Trie(sorted(drafts))
    rows: dict[Entry, int] = {}
    numbers = bytearray(2 * len(trie))
    for word in sorted(drafts):
        draft = drafts[word]
        entry = Entry(
            *change(word, draft.normal, endings), *change(word, draft.head, endings), draft.first, draft.middle, draft.last
        )
        number = rows.setdefault(entry, len(rows))
        numbers[2 * trie[word] : 2 * trie[word] + 2] = number.to_bytes(2, "little")
    trie.save(str(folder / f"{name}.trie"))
    (folder / f"{name}.numbers").write_bytes(numbers)
    (folder / f"{name}.table").write_bytes(b"".join(ROW.pack(*entry) for entry in rows))
    (folder / f"{name}.endings").write_text("\n".join(endings), encoding="utf-8")


def change(word: str, normal: str, endings: dict[str, int]) -> tuple[int, int]:
    """What falls off the end of a word and what is put on it instead."""
    if not normal:
        return BY_RULE, 0
    same = next((at for at, (a, b) in enumerate(zip(word, normal, strict=False)) if a != b), min(len(word), len(normal)))
    return len(word) - same, endings.setdefault(normal[same:], len(endings))
