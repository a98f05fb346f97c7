"""Whether structured data keeps to schema.org, as a library has the vocabulary that is not ours."""

import datetime
import re
from collections.abc import Iterator
from typing import Any

from schema_org.registry import ENUM_BY_SCHEMA, ancestry, get_model

OTHERS = {"query-input"}  # what search engines have added to it
DURATION = re.compile(r"PT(\d+H)?(\d+M)?")


def types_of(node: dict) -> list[str]:
    found = node.get("@type", [])
    return [found] if isinstance(found, str) else found


def faults(node: dict, where: str = "") -> Iterator[str]:
    """What is wrong with a node and all below it."""
    types = types_of(node)
    if not types:
        if set(node) != {"@id"}:
            yield f"{where}: no type"
        return
    known = {prop.schema_name: prop for each in types for prop in get_model(each).SCHEMA_PROPERTIES}
    for name, value in node.items():
        if name.startswith("@") or name in OTHERS:
            continue
        if name not in known:
            yield f"{where}: {types} has no {name}"
            continue
        if known[name].superseded_by:
            yield f"{where}: {name} is now {known[name].superseded_by}"
        for part in value if isinstance(value, list) else [value]:
            yield from fault_of(part, known[name].ranges, f"{where}/{types[0]}.{name}")


def fault_of(value: Any, ranges: tuple[str, ...], where: str) -> Iterator[str]:
    if isinstance(value, dict):
        above = {name for each in types_of(value) for name in (each, *ancestry(each))}
        if above and not above & set(ranges):
            yield f"{where}: {types_of(value)} is none of {ranges}"
        yield from faults(value, where)
    elif value in (None, ""):
        yield f"{where}: says nothing"
    elif not any(fits(value, each) for each in ranges):
        yield f"{where}: {value!r} is none of {ranges}"


def fits(value: Any, kind: str) -> bool:
    if kind in ENUM_BY_SCHEMA:
        return value in list(ENUM_BY_SCHEMA[kind])
    match kind:
        case "Boolean":
            return isinstance(value, bool)
        case "Integer" | "Number" | "Float":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "Date" | "DateTime":
            return isinstance(value, str) and is_moment(value, whole_day=kind == "Date")
        case "Duration":
            return isinstance(value, str) and bool(DURATION.fullmatch(value))
        case "URL":
            return isinstance(value, str) and value.startswith(("https://", "http://"))
        case "Text":
            return isinstance(value, str)
    return False


def is_moment(value: str, whole_day: bool) -> bool:
    try:
        found = datetime.date.fromisoformat(value) if whole_day else datetime.datetime.fromisoformat(value)
    except ValueError:
        return False
    return whole_day or found.tzinfo is not None
