"""Our search, asked of an index of its own."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from itertools import batched
from tempfile import TemporaryDirectory

from django.conf import settings
from django.test.utils import override_settings

from search.edition import Position
from search.engines import engines, server
from search.engines.base import Engine, Generation, Unavailable
from search.eval.collection import Entry
from search.eval.queries import UNTRANSLATED, Query
from search.learning import learn, pairs_in
from search.query import find

CHUNK, SHOWN = 500, 10
PATIENCE = 60  # seconds for a search: what is found is judged here, not how soon


class Ours:
    def __init__(self, entries: list[Entry]):
        self.entries = entries
        self.names = {each.document.key: each.name for each in entries}

    def ask(self, query: Query) -> list[str]:
        """The names of the ten best."""
        with self.without_translations(query) if query.group == UNTRANSLATED else nullcontext():
            answer = find(query.text, query.language, size=2 * SHOWN)
        if answer.engine not in ("", engines()[-1].name):
            raise Unavailable("The search server has not answered.")
        return list(dict.fromkeys(self.names[hit.key] for hit in answer.hits))[:SHOWN]

    @contextmanager
    def without_translations(self, query: Query) -> Iterator[None]:
        """As if what answers a query were there in its own language only. What was learned from it before is still known."""
        answering = [each.document for each in self.entries if each.name in query.relevant]
        gone = [document for document in answering if document.locale != query.language]
        for index in engines():
            with index.writing():
                index.delete({document.key for document in gone})
                index.upsert([document for document in answering if document.locale == query.language])
        yield
        for index in engines():
            with index.writing():
                index.upsert(gone)


@contextmanager
def indexed(entries: list[Entry]) -> Iterator[Ours]:
    """On the search server too, if there is one: then that is judged, under names of its own."""
    prefix = f"{settings.SEARCH_PREFIX}-eval"
    with TemporaryDirectory(prefix="samverka-eval-") as folder, override_settings(SEARCH_ROOT=folder, SEARCH_PREFIX=prefix):
        if judged := server():
            judged.patience, judged.fresh = PATIENCE, True
        made = [generation_of(index, entries) for index in engines()]
        for _ in learn(pairs_in(each.document for each in entries if not each.name.startswith("distractor/"))):
            pass
        try:
            yield Ours(entries)
        finally:
            for generation in made:
                generation.drop()


def generation_of(index: Engine, entries: list[Entry]) -> Generation:
    generation = index.begin_generation()
    for some in batched(entries, CHUNK):
        with generation.writing():
            generation.upsert([each.document for each in some])
    generation.move(str(Position.now()))
    generation.publish()
    return generation
