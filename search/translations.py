"""What words of one language are called in the other, as the site's own translations tell.

Kept beside the index in packed files, one for each direction, that stay on disk until a word is looked up.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import product
from pathlib import Path

import marisa_trie  # ty: ignore[import-not-found]  compiled
from django.conf import settings

from search.analysis import Token

Words = tuple[str, ...]  # normal forms that together mean it
Learned = Mapping[str, Iterable[tuple[str, float]]]  # normal forms of the other language with how sure it is, the surest first
SEVERAL = 2  # translations of each part of a compound that are tried


def other(language: str) -> str:
    return "en" if language == "sv" else "sv"


def path_of(language: str) -> Path:
    return Path(settings.SEARCH_ROOT) / f"from-{language}.trie"


class Translations:
    """From one language to the other."""

    def __init__(self, trie: marisa_trie.BytesTrie):
        self.trie = trie

    def of(self, token: Token) -> list[Words]:
        """Normal forms in the other language; of a compound that was never met, what its parts are called."""
        if whole := self.of_normal(token.normal):
            return [(word,) for word in whole]
        parts = [self.of_normal(part)[:SEVERAL] for part in token.parts]
        return [*product(*parts)] if parts and all(parts) else []

    def of_normal(self, normal: str) -> list[str]:
        return [word for value in self.trie.get(normal, ()) for word in value.decode().split()]


NOTHING = Translations(marisa_trie.BytesTrie())


def translations(language: str) -> Translations:
    """Those of now: what was learned since is taken up at once."""
    path = path_of(language)
    try:
        stat = path.stat()
    except OSError:
        return NOTHING
    return read(path, stat.st_mtime_ns, stat.st_ino)


@cache
def read(path: Path, changed: int, number: int) -> Translations:
    if read.cache_info().currsize > 8:
        read.cache_clear()
    return Translations(marisa_trie.BytesTrie().mmap(str(path)))


def keep(language: str, learned: Learned) -> None:
    """From now on this is what is known of a language's words; whoever reads the old file reads on."""
    path = path_of(language)
    rows = ((normal, " ".join(word for word, _sure in found).encode()) for normal, found in sorted(learned.items()))
    new = path.with_suffix(f".{os.getpid()}")
    path.parent.mkdir(parents=True, exist_ok=True)
    marisa_trie.BytesTrie(rows).save(str(new))
    new.replace(path)
