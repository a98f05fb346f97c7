"""A plan as Elasticsearch and OpenSearch read it. Nothing here but what both have in their core."""

import re
from collections.abc import Iterable, Iterator, Mapping

from search.engines.base import COLUMNS, DETAILED, KEYWORDS, TITLE, Concept, Plan
from search.engines.elastic.schema import facet

WEIGHTS = {"t": 16, "k": 12, "h": 2, "b": 1}
AGAIN = 0.2  # what a word in the title or among the keywords is worth beside that
MOST_VALUES = 10_000  # of one facet
LONGEST = 255  # letters of a word, as the analyzer has it
SHORT = ["key", "locale", "kind", "title", "translation_key", "date"]
BEST_FIRST = [{"_score": "desc"}, {"key": "asc"}]
NEWEST_FIRST = [{"date": "desc"}, {"key": "asc"}]


def body(plan: Plan) -> dict:
    """Without where it starts and how much is wanted."""
    asked: dict = {"query": query(plan), "sort": BEST_FIRST if words(plan) else NEWEST_FIRST, "_source": wanted(plan)}
    filters = {name: in_any(name, values) for name, values in plan.filters.items()}
    if plan.facets:
        asked["post_filter"] = {"bool": {"filter": [*filters.values()]}}
        asked["aggs"] = {name: counted(name, filters) for name in plan.facets}
    else:
        asked["query"]["bool"]["filter"] += filters.values()
    return asked


def wanted(plan: Plan) -> list[str]:
    return [*SHORT, "text", *COLUMNS] if plan.size is not None and plan.start < DETAILED else SHORT


def words(plan: Plan) -> bool:
    return bool(plan.concepts or plan.phrases or plan.beginnings)


def query(plan: Plan) -> dict:
    fields = [f"{name}^{WEIGHTS[name]}" for name in COLUMNS if name in plan.columns]
    concepts = plan.concepts or [Concept((word,)) for phrase in plan.phrases for word in phrase]
    found = [of_concept(concept, fields) for concept in concepts]
    must = found if plan.every else [{"bool": {"should": found, "minimum_should_match": 1}}] if found else []
    names = [name for name in (TITLE, KEYWORDS) if name in plan.columns]
    return {
        "bool": {
            "must": [*must, *(begins(word) for word in plan.beginnings)],
            "should": [{"dis_max": {"boost": AGAIN, "queries": [*in_names(each, names)]}} for each in concepts] if names else [],
            "filter": [in_a_row(phrase, plan.columns) for phrase in plan.phrases],
            "must_not": [of_concept(concept, fields) for concept in plan.excluded],
        }
    }


def of_concept(concept: Concept, fields: list[str]) -> dict:
    """One of its forms, or all parts of a compound: whatever is worth most."""
    whole = [has(word, fields) for word in concept.alternatives]
    made_of = [{"bool": {"must": [has(part, fields) for part in parts]}} for parts in concept.parts if parts]
    return {"dis_max": {"queries": [*whole, *made_of]}} if whole or made_of else NOTHING


NOTHING: dict = {"match_none": {}}


def in_names(concept: Concept, names: list[str]) -> Iterator[dict]:
    yield NOTHING
    for word in (*concept.alternatives, *(part for parts in concept.parts for part in parts)):
        yield has(word, names)


def has(word: str, fields: list[str]) -> dict:
    return {"combined_fields": {"query": sane(word), "fields": fields, "operator": "and"}}


def in_a_row(phrase: Iterable[str], columns: Iterable[str]) -> dict:
    row = sane(" ".join(phrase))
    return {"bool": {"should": [{"match_phrase": {name: row}} for name in columns], "minimum_should_match": 1}}


def begins(word: str) -> dict:
    return {"prefix": {"starts": sane(word)}} if 0 < len(sane(word)) <= LONGEST else NOTHING


def sane(word: str) -> str:
    return word.replace("\0", "").encode(errors="ignore").decode()


def in_any(name: str, values: Iterable[str]) -> dict:
    return {"terms": {"facets": [facet(name, sane(value)) for value in values]}}


def counted(name: str, filters: Mapping[str, dict]) -> dict:
    """How many there are of each value, the facet's own filter left aside."""
    others = [each for other, each in filters.items() if other != name]
    values = {"field": "facets", "include": f"{re.escape(facet(name, ''))}.*", "size": MOST_VALUES}
    return {"filter": {"bool": {"filter": others}}, "aggs": {"values": {"terms": values}}}
