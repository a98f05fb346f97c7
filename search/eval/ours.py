"""Our search, asked of an index of its own."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from tempfile import TemporaryDirectory

from django.test.utils import override_settings

from search.edition import Position
from search.engines import engine
from search.eval.collection import Entry
from search.query import find

CHUNK, SHOWN = 500, 10


class Ours:
    name = "ours"

    def __init__(self, entries: Iterable[Entry]):
        self.names = {each.document.key: each.name for each in entries}

    def ask(self, text: str, language: str) -> list[str]:
        """The names of the ten best."""
        names = [self.names[hit.key] for hit in find(text, language, size=2 * SHOWN).hits]
        return list(dict.fromkeys(names))[:SHOWN]


@contextmanager
def indexed(entries: list[Entry]) -> Iterator[Ours]:
    with TemporaryDirectory(prefix="samverka-eval-") as folder, override_settings(SEARCH_ROOT=folder):
        generation = engine().begin_generation()
        for some in batched(entries, CHUNK):
            with generation.writing():
                generation.upsert([each.document for each in some])
        generation.move(str(Position.now()))
        generation.publish()
        yield Ours(entries)
