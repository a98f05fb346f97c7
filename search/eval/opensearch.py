"""What OpenSearch gives with its own analyzers: those for a language, and the best that can be put together without this portal."""

import json
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import batched
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from search.eval.collection import Entry
from search.eval.controls import Answers, fields
from search.eval.marks import BUILT_IN, NATIVE
from search.eval.queries import Query

WEIGHED = ["title^16", "keywords^12", "headings^2", "body^1"]
FOLDED = [field.replace("^", ".folded^") for field in WEIGHED]
NAMES = {"sv": "swedish", "en": "english"}
SHOWN, CHUNK, SECONDS = 10, 500, 120
DECOMPOUNDER = {  # what scripts/search_servers puts beside the server
    "type": "hyphenation_decompounder",
    "word_list_path": "analysis/words-sv.txt",
    "hyphenation_patterns_path": "analysis/hyphens-sv.xml",
}


def ask(url: str, method: str, path: str, body: dict | str | None = None) -> dict:
    data = body if isinstance(body, str) else json.dumps(body) if body is not None else None
    headers = {"Content-Type": "application/x-ndjson" if isinstance(body, str) else "application/json"}
    request = Request(f"{url}/{path}", method=method, data=data.encode() if data else None, headers=headers)  # noqa: S310
    try:
        with urlopen(request, timeout=SECONDS) as response:  # noqa: S310 the address is the operator's own
            return json.load(response)
    except HTTPError as error:
        raise RuntimeError(f"{url}/{path}: {error.read().decode()[:500]}") from error


def in_lines(things: Iterable[dict]) -> str:
    return "".join(json.dumps(thing) + "\n" for thing in things)


def opensearch(url: str, entries: list[Entry], queries: list[Query]) -> dict[str, Answers]:
    answers: dict[str, Answers] = {BUILT_IN: {}, NATIVE: {}}
    for language in NAMES:
        some = [query for query in queries if query.language == language]
        with filled(url, language, entries) as index:
            for name, body in ((BUILT_IN, built_in), (NATIVE, native)):
                asked = in_lines(line for query in some for line in ({"index": index}, {"size": SHOWN, "query": body(query.text)}))
                found = ask(url, "POST", "_msearch", asked)["responses"] if some else []
                answers[name] |= {query: names(result) for query, result in zip(some, found, strict=True)}
    return answers


def timed(url: str, entries: list[Entry], queries: list[Query]) -> Iterator[float]:
    """How many seconds one waits for its answer to each query, with the language's own analyzer."""
    for language in NAMES:
        with filled(url, language, entries) as index:
            for query in queries:
                if query.language == language:
                    began = time.perf_counter()
                    ask(url, "POST", f"{index}/_search", {"size": SHOWN, "query": built_in(query.text)})
                    yield time.perf_counter() - began


@contextmanager
def filled(url: str, language: str, entries: list[Entry]) -> Iterator[str]:
    """The name of an index with the pages of a language, for as long as it is wanted."""
    index = f"samverka-eval-{language}"
    ask(url, "PUT", index, {"settings": settings(language), "mappings": {"properties": mapping(language)}})
    try:
        fill(url, index, [each for each in entries if each.locale == language])
        yield index
    finally:
        ask(url, "DELETE", index)


def fill(url: str, index: str, entries: list[Entry]) -> None:
    for some in batched(entries, CHUNK):
        done = ask(
            url,
            "POST",
            f"{index}/_bulk",
            in_lines(line for each in some for line in ({"index": {}}, {"name": each.name, **fields(each)})),
        )
        if done["errors"]:
            raise RuntimeError(f"OpenSearch did not take a page: {json.dumps(done)[:500]}")
    ask(url, "POST", f"{index}/_refresh")


def names(result: dict) -> list[str]:
    return [hit["_source"]["name"] for hit in result["hits"]["hits"]]


def settings(language: str) -> dict:
    """The language's own analyzer, with compounds cut in Swedish; and one that folds, for what is misspelt."""
    name = NAMES[language]
    filters = {
        "own_stop": {"type": "stop", "stopwords": f"_{name}_"},
        "own_stemmer": {"type": "stemmer", "language": name},
        **({"cut": DECOMPOUNDER} if language == "sv" else {}),
    }
    cut = ["cut"] if language == "sv" else []
    analyzers = {
        "best": {"tokenizer": "standard", "filter": ["lowercase", "own_stop", *cut, "own_stemmer"]},
        "folded": {"tokenizer": "standard", "filter": ["lowercase", "own_stop", "asciifolding"]},
    }
    return {"number_of_shards": 1, "number_of_replicas": 0, "analysis": {"filter": filters, "analyzer": analyzers}}


def mapping(language: str) -> dict:
    text = {
        "type": "text",
        "analyzer": NAMES[language],
        "fields": {"best": {"type": "text", "analyzer": "best"}, "folded": {"type": "text", "analyzer": "folded"}},
    }
    return {"name": {"type": "keyword"}, **dict.fromkeys(("title", "keywords", "headings", "body"), text)}


def built_in(text: str) -> dict:
    return {"combined_fields": {"query": text, "fields": WEIGHED}}


def native(text: str) -> dict:
    best = {"combined_fields": {"query": text, "fields": [field.replace("^", ".best^") for field in WEIGHED]}}
    folded = {"multi_match": {"query": text, "fields": FOLDED, "fuzziness": "AUTO", "boost": 0.3}}
    return {"bool": {"should": [best, folded]}}
