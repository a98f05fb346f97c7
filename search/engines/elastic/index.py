"""Writing to an index on a server.

There are no transactions over documents there. Instead each writer draws a ticket before it reads what it writes, and what has a
higher ticket is never replaced: a request that comes late does no harm. Where in the outbox the index is, is written last.
"""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import batched, product

from cms.languages import CODES
from search.engines.base import PUBLIC, STAFF, Busy, Document, Unavailable, Unreachable
from search.engines.elastic.schema import ABOUT, SETS, Names, source
from search.engines.elastic.server import WRITE_SECONDS, Conflict, Server, in_json

logger = logging.getLogger(__name__)

PIECE = 4 * 2**20  # bytes of one request
PAGE = 1_000  # documents read at once
TRIES = 20
REPLACED = "A new index was published just now."


@dataclass(frozen=True)
class About:
    """What an index knows of itself, and which state of it this is."""

    names: Names
    position: str = ""
    ticket: int = 0
    state: str = ""


@dataclass
class Batch:
    """What is written together."""

    about: About
    lines: list[bytes] = field(default_factory=list)
    position: str | None = None

    def add(self, action: str, name: str, key: str, document: dict | None = None) -> None:
        target = {
            "_index": self.about.names.written(name),
            "_id": key,
            "version": self.about.ticket,
            "version_type": "external_gte",
        }
        line = in_json({action: target})
        self.lines.append(line if document is None else line + b"\n" + in_json(document))

    def pieces(self) -> Iterator[list[bytes]]:
        piece: list[bytes] = []
        for line in self.lines:
            if piece and sum(map(len, piece)) + len(line) > PIECE:
                yield piece
                piece = []
            piece.append(line)
        if piece:
            yield piece


class ElasticIndex:
    """What an engine and a generation being filled have in common.

    ``patience`` is how many seconds a search may take; ``fresh`` makes what is written be found at once, for tests.
    """

    def __init__(self, server: Server, names: Names, patience: float, fresh: bool):
        self.server, self.names, self.patience, self.fresh = server, names, patience, fresh
        self.local = threading.local()

    def place(self, name: str) -> str:
        """What an index is asked under."""
        return self.names.index(name) if self.names.generation else self.names.asked(name)

    # What is known about it

    def about(self, seconds: float = WRITE_SECONDS) -> About:
        found = self.server.ask("GET", f"/{self.place(ABOUT)}/_doc/{ABOUT}", seconds=seconds)
        names = self.names.of(found.get("_index", ""))
        if names is None or not found["found"]:
            raise Unavailable("The index is not made yet.")
        state = f"if_seq_no={found['_seq_no']}&if_primary_term={found['_primary_term']}"
        return About(names, found["_source"]["position"], found["_source"]["ticket"], state)

    def put_about(self, about: About) -> None:
        """Unless somebody has written it since it was read: ``Conflict``."""
        path = f"/{about.names.written(ABOUT)}/_doc/{ABOUT}?require_alias=true&{about.state or 'op_type=create'}"
        try:
            self.server.ask("PUT", path, {"position": about.position, "ticket": about.ticket})
        except Unreachable:
            raise
        except Unavailable as error:
            raise Busy(REPLACED) from error

    def ticket(self) -> About:
        for _ in range(TRIES):
            about = self.about()
            about = replace(about, ticket=about.ticket + 1)
            try:
                self.put_about(about)
            except Conflict:
                continue
            return about
        raise Busy("Many write to the index just now.")

    @property
    def position(self) -> str:
        return self.about(self.patience).position

    def move(self, position: str) -> None:
        with self.writing():
            self.local.batch.position = position

    # Documents

    @contextmanager
    def writing(self, wait: float = 5) -> Iterator[None]:
        if getattr(self.local, "batch", None):
            yield
            return
        self.local.batch = Batch(self.ticket())
        try:
            yield
            self.send(self.local.batch)
        finally:
            self.local.batch = None

    def upsert(self, documents: Iterable[Document]) -> None:
        with self.writing():
            for each in documents:
                other = STAFF if each.access == PUBLIC else PUBLIC
                self.local.batch.add("index", f"{each.locale}-{each.access}", each.key, source(each))
                self.local.batch.add("delete", f"{each.locale}-{other}", each.key)

    def delete(self, keys: Iterable[str]) -> None:
        with self.writing():
            for key, locale, access in product(keys, CODES, (PUBLIC, STAFF)):
                self.local.batch.add("delete", f"{locale}-{access}", key)

    def send(self, batch: Batch) -> None:
        refresh = "&refresh=true" if self.fresh else ""
        for piece in batch.pieces():
            answer = self.server.bulk(f"/_bulk?require_alias=true{refresh}", piece)
            for item in answer["items"] if answer["errors"] else ():
                for action in item.values():
                    check(action)
        for _ in range(TRIES if batch.lines or batch.position is not None else 0):
            about = self.about()
            if about.names != batch.about.names:
                raise Busy(REPLACED)
            if batch.position is None:
                return
            try:
                return self.put_about(replace(about, position=batch.position))
            except Conflict:
                continue

    def refresh(self, seconds: float = WRITE_SECONDS) -> None:
        """Whatever was written until now is found from now on."""
        self.server.ask("POST", f"/{self.all_sets()}/_refresh", seconds=seconds)

    def all_sets(self) -> str:
        return ",".join(map(self.place, SETS))

    def referring(self, refs: Iterable[str]) -> set[str]:
        self.refresh()
        found: set[str] = set()
        for some in batched(refs, 500):
            found |= {hit["_id"] for hit in self.every({"terms": {"refs": some}}, ["key"])}
        return found

    def every(self, query: dict, fields: list[str]) -> Iterator[dict]:
        """All documents that a query finds, in the order of their keys."""
        asked = {"query": query, "_source": fields, "sort": [{"key": "asc"}, {"locale": "asc"}]}
        yield from self.pages(self.all_sets(), asked)

    def pages(self, where: str, asked: dict) -> Iterator[dict]:
        last: dict = {}
        while hits := self.server.ask("POST", f"/{where}/_search", {**asked, **last, "size": PAGE})["hits"]["hits"]:
            yield from hits
            if len(hits) < PAGE:
                return
            last = {"search_after": hits[-1]["sort"]}


def check(action: dict) -> None:
    """A document that is refused holds up no other; a newer one that is there already is as good."""
    error = action.get("error")
    if not error or action["status"] == 409:
        return
    if error["type"] == "index_not_found_exception":
        raise Busy(REPLACED)
    if action["status"] == 429 or action["status"] >= 500:
        raise Unreachable(f"{action['status']} {error['type']}: {error['reason']}")
    logger.error("%s is refused by the search server, and will not be found there: %s", action["_id"], error["reason"])
