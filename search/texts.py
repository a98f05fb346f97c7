"""What the ``search_fields`` of a model say of an object, in one language: which words, and how much they weigh."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from django.db.models import Manager, Model, QuerySet
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue, StructValue
from wagtail.rich_text import RichText
from wagtail.search.index import AutocompleteField, RelatedFields, SearchField

from cms.blocks.text import Heading
from cms.languages import CODES
from cms.references import values_in
from search.engines.base import BODY, HEADINGS, KEYWORDS, TITLE

HEADING = "<h[2-6][^>]*>(.*?)</h[2-6]>"
NOT_SHOWN = {"search_description"}  # searched, but no part of what a result shows


@dataclass
class Said:
    """Texts in one language: ``columns`` as they are searched, ``shown`` as a result shows them, ``starts`` for first letters."""

    columns: dict[str, list[str]] = field(default_factory=lambda: {TITLE: [], KEYWORDS: [], HEADINGS: [], BODY: []})
    shown: list[str] = field(default_factory=list)
    starts: list[str] = field(default_factory=list)


class Texts(Said):
    """What an object says."""

    def __init__(self, item: Model, language: str):
        super().__init__()
        self.language = language
        self.read(item, item.get_search_fields())

    def read(self, item: Model, fields: Iterable, related: bool = False) -> None:
        for each in fields:
            if isinstance(each, RelatedFields):
                for other in many(each.get_value(item)):
                    self.read(other, each.fields, related=True)
            elif isinstance(each, SearchField):
                column = column_of(each, related)
                texts = list(self.in_language(item, each))
                self.columns[column] += texts
                self.columns[HEADINGS] += headings_among(texts, getattr(item, each.field_name, None))
                if column == TITLE:
                    self.columns[KEYWORDS] += self.in_other_languages(item, each)
                elif each.field_name not in NOT_SHOWN:
                    self.shown += texts
            elif isinstance(each, AutocompleteField):
                self.starts += self.in_language(item, each)

    def in_language(self, item: Model, field) -> Iterator[str]:
        """A field that is there in each language is read in this one, or in another if it is empty."""
        name, language = language_of(field.field_name)
        if language is None:
            yield from plain(field.get_value(item))
        elif language == self.language:
            values = (getattr(item, f"{name}_{code}", "") for code in (language, *CODES))
            yield from plain(next(filter(None, values), ""))

    def in_other_languages(self, item: Model, field) -> Iterator[str]:
        """A name is known under its other name too."""
        if language_of(field.field_name)[1] not in (None, self.language):
            yield from plain(field.get_value(item))


def language_of(field_name: str) -> tuple[str, str | None]:
    name, _, code = field_name.rpartition("_")
    return (name, code) if name and code in CODES else (field_name, None)


def column_of(field: SearchField, related: bool) -> str:
    """Names weigh most, then what is marked ``keyword=True``, then what has a boost."""
    boost = field.boost or 1
    if field.kwargs.get("keyword"):
        return KEYWORDS
    if not related and (field.field_name == "title" or boost >= 3):
        return TITLE
    return HEADINGS if boost > 1 else BODY


def many(value: Any) -> Iterable[Model]:
    if isinstance(value, Manager):
        return value.all()
    return value if isinstance(value, QuerySet) else [value] if value is not None else []


def plain(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple | set):
        for part in value:
            yield from plain(part)
    elif value is not None and (text := str(value).replace("\0", " ").strip()):
        yield text


def headings_among(texts: list[str], body: Any) -> list[str]:
    """What of a body's headings is searched: what stands there for the other language only is not."""
    whole = "\n".join(texts)
    return [heading for heading in headings_of(body) if heading in whole]


def headings_of(value: Any) -> Iterator[str]:
    """The headings in a body: blocks of their own, and those in rich text."""
    if not isinstance(value, StreamValue):
        return
    for holder, key, part in values_in(value):
        if isinstance(part, RichText):
            yield from plain([unescape(strip_tags(found)) for found in re.findall(HEADING, part.source)])
        elif isinstance(part, str) and isinstance(holder, StructValue) and is_heading(holder, key):
            yield from plain(part)


def is_heading(holder: StructValue, key: str) -> bool:
    return key in ("title", "heading") or (key == "text" and isinstance(holder.block, Heading))
