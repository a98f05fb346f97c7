"""The engine for large sites: Elasticsearch or OpenSearch, of which it uses what both have in common."""

import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

from cms.languages import CODES
from search.engines.base import COLUMNS, Found, Health, Hit, Plan, Stored, Unavailable, Unreachable
from search.engines.elastic.asking import body
from search.engines.elastic.index import About, ElasticIndex
from search.engines.elastic.schema import ALL, Names, definition, facet
from search.engines.elastic.server import MAKE_SECONDS, SEARCH_SECONDS, Server
from search.engines.locks import only_one

EVERYTHING: dict = {"match_all": {}}


class ElasticEngine(ElasticIndex):
    """``prefix`` is what the names of its indexes begin with; ``lock`` a file by which one new index is made at a time."""

    name = "elastic"

    def __init__(self, server: Server, prefix: str, lock: Path, patience: float = SEARCH_SECONDS, fresh: bool = False):
        super().__init__(server, Names(prefix), patience, fresh)
        self.lock = lock

    def search(self, plan: Plan) -> Found:
        where = ",".join(self.place(f"{plan.locale}-{access}") for access in plan.access)
        asked = body(plan)
        if plan.size is None:
            hits = list(self.pages(where, asked))[plan.start :]
            return Found([hit_of(each) for each in hits], plan.start + len(hits))
        asked |= {"from": plan.start, "size": plan.size, "track_total_hits": True, "timeout": f"{self.patience * 1000:.0f}ms"}
        found = self.server.ask("POST", f"/{where}/_search", asked, self.patience)
        if found["timed_out"]:
            raise Unreachable("It takes too long.")
        return Found([hit_of(each) for each in found["hits"]["hits"]], found["hits"]["total"]["value"], counts(plan, found))

    # Looking after it

    def stored(self, kinds: tuple[str, ...] = ()) -> Iterator[Stored]:
        self.refresh()
        fields = ["key", "locale", "kind", "access", "digest"]
        for hit in self.every({"terms": {"kind": kinds}} if kinds else EVERYTHING, fields):
            yield Stored(*(hit["_source"][name] for name in fields))

    def begin_generation(self) -> "ElasticGeneration":
        return ElasticGeneration(self)

    def health(self) -> Health:
        counted = {"size": 0, "aggs": {"locales": {"terms": {"field": "locale"}}}}
        try:
            about = self.about(self.patience)
            found = self.server.ask("POST", f"/{self.all_sets()}/_search", counted)
            size = self.server.ask("GET", f"/{self.all_sets()}/_stats/store")["_all"]["total"]["store"]["size_in_bytes"]
        except Unavailable as error:
            return Health(problem=str(error))
        documents = {each["key"]: each["doc_count"] for each in found["aggregations"]["locales"]["buckets"]}
        return Health("", about.position, {code: documents.get(code, 0) for code in CODES}, size)


def hit_of(hit: dict) -> Hit:
    told = hit["_source"]
    short = [told[name] for name in ("locale", "kind", "title", "translation_key", "date")]
    columns = {name: told[name] for name in COLUMNS if name in told}
    return Hit(told["key"], hit["_score"] or 0.0, *short, text=told.get("text", ""), columns=columns)


def counts(plan: Plan, found: dict) -> dict[str, dict[str, int]]:
    return {
        name: {
            each["key"].removeprefix(facet(name, "")): each["doc_count"]
            for each in found["aggregations"][name]["values"]["buckets"]
        }
        for name in plan.facets
    }


class ElasticGeneration(ElasticIndex):
    """New indexes beside those that are asked."""

    def __init__(self, engine: ElasticEngine):
        super().__init__(engine.server, Names(engine.names.prefix, secrets.token_hex(6)), engine.patience, engine.fresh)
        self.making = only_one(engine.lock)
        self.making.__enter__()
        try:
            self.remove(self.unpublished())
            for name in ALL:
                aliases = {"aliases": {self.names.written(name): {}}}
                self.server.ask(
                    "PUT", f"/{self.names.index(name)}?wait_for_active_shards=0", definition(name) | aliases, MAKE_SECONDS
                )
            self.put_about(About(self.names))
        except BaseException:
            self.making.__exit__(None, None, None)
            raise

    def there(self) -> dict[str, set[str]]:
        """The indexes of all generations, each with its aliases."""
        found = self.server.ask("GET", f"/{self.names.prefix}-*/_alias")
        return {index: set(about["aliases"]) for index, about in found.items() if self.names.of(index)}

    def unpublished(self) -> list[str]:
        asked = {self.names.asked(name) for name in ALL}
        return [index for index, aliases in self.there().items() if aliases.isdisjoint(asked)]

    def remove(self, indexes: Iterable[str]) -> None:
        if names := ",".join(indexes):
            self.server.ask("DELETE", f"/{names}?ignore_unavailable=true", seconds=MAKE_SECONDS)

    def publish(self) -> None:
        """All names lead to the new indexes in one step."""
        self.refresh(MAKE_SECONDS)
        there, asked = self.there(), [self.names.asked(name) for name in ALL]
        old = [(index, alias) for index, aliases in there.items() for alias in aliases.intersection(asked)]
        actions = [{"remove": {"index": index, "alias": alias}} for index, alias in old]
        actions += [{"add": {"index": self.names.index(name), "alias": self.names.asked(name)}} for name in ALL]
        self.server.ask("POST", "/_aliases", {"actions": actions}, MAKE_SECONDS)
        self.remove(index for index in there if self.names.of(index) != self.names)
        self.making.__exit__(None, None, None)

    def drop(self) -> None:
        try:
            self.remove(map(self.names.index, ALL))
        finally:
            self.making.__exit__(None, None, None)
