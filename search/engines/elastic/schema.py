"""How a generation of the index lies on a server: an index for each language and for each of whom it is for, and one about itself.

Words come as they are compared, so the analyzer that is built into every server is enough and nothing is installed there.
Whoever searches asks under names that are the same for every generation; whoever writes, under names of a generation's own.
"""

import re
from dataclasses import dataclass
from itertools import product

from cms.languages import CODES
from search.engines.base import COLUMNS, PUBLIC, STAFF, Document

ABOUT = "about"
SETS = [f"{locale}-{access}" for locale, access in product(CODES, (PUBLIC, STAFF))]
ALL = [*SETS, ABOUT]

WORDS = {"type": "text", "analyzer": "whitespace"}
KEPT = {"type": "text", "index": False}
EXACT = {"type": "keyword"}
SETTINGS = {
    "index": {
        "number_of_shards": 1,
        "auto_expand_replicas": "0-1",
        "refresh_interval": "1s",
        "gc_deletes": "10m",  # so long it is known that something was deleted, for a request that comes late
        "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.5}},
    }
}
DOCUMENTS = {
    **dict.fromkeys(("key", "locale", "kind", "access", "date", "facets", "refs"), EXACT),
    **dict.fromkeys(("title", "text", "translation_key", "digest"), KEPT),
    **dict.fromkeys(COLUMNS, WORDS),
    "starts": {**WORDS, "index_prefixes": {"min_chars": 1, "max_chars": 12}},
}
ITSELF = {"position": KEPT, "ticket": {"type": "long"}}


def definition(name: str) -> dict:
    properties = ITSELF if name == ABOUT else DOCUMENTS
    return {"settings": SETTINGS, "mappings": {"dynamic": "strict", "properties": properties}}


@dataclass(frozen=True)
class Names:
    """Of one generation, or without one, of that which is asked."""

    prefix: str
    generation: str = ""

    def asked(self, name: str) -> str:
        return f"{self.prefix}-{name}"

    def index(self, name: str) -> str:
        return f"{self.prefix}-{self.generation}-{name}"

    def written(self, name: str) -> str:
        """A name that is gone with the index, and under which none is made by accident."""
        return f"{self.index(name)}-written"

    def of(self, index: str) -> "Names | None":
        """Those of the generation that an index belongs to, if it is one of ours."""
        found = re.match(rf"{re.escape(self.prefix)}-([0-9a-f]{{12}})-", index)
        return Names(self.prefix, found[1]) if found else None


def facet(name: str, value: str) -> str:
    return f"{name}={value}"


def source(document: Document) -> dict:
    facets = {**document.facets, "kind": (document.kind,), "model": (document.model,)}
    return {
        **{name: getattr(document, name) for name in ("key", "locale", "kind", "access", "date", "title", "text", "starts")},
        **{name: document.columns.get(name, "") for name in COLUMNS},
        "translation_key": document.translation_key,
        "digest": document.digest,
        "facets": [facet(name, value) for name, values in facets.items() for value in values],
        "refs": sorted(document.refs),
    }
