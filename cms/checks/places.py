"""Where something stands on a page: the field, and in a body the nearest block that an editor can go to."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any, NamedTuple

from django.db import models
from django.utils.html import strip_tags
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.media import PortalDocument, PortalImage

END_OF_LINE = re.compile(r"</(?:p|li)>|<br/?>")
END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
NOT_TEXT = (models.SlugField, models.URLField, models.EmailField)


class Place(NamedTuple):
    """``kind`` is the type of a block or the name of one of its parts; outside bodies that of the field."""

    field: str
    block: str
    kind: str
    value: Any

    @property
    def text(self) -> str:
        if isinstance(self.value, RichText):
            return unescape(strip_tags(END_OF_LINE.sub("\n", self.value.source))).strip()
        return self.value if isinstance(self.value, str) else ""

    @property
    def sentences(self) -> list[str]:
        return [sentence for sentence in END_OF_SENTENCE.split(self.text) if sentence]

    @property
    def where(self) -> dict[str, str]:
        return {"field": self.field, "block": self.block}


def places(page: Page) -> Iterator[Place]:
    """Everything on a page that a reader meets, in the order of its fields: blocks, and what they are made of."""
    for field in page._meta.concrete_fields:
        if isinstance(field, StreamField):
            yield from in_stream(field.name, getattr(page, field.name))
        elif isinstance(field, RichTextField):
            yield Place(field.name, "", field.name, RichText(getattr(page, field.name)))
        elif (isinstance(field, models.ForeignKey) and field.related_model in (PortalImage, PortalDocument)) or is_text(field):
            yield Place(field.name, "", field.name, getattr(page, field.name))


def is_text(field: models.Field) -> bool:
    written = isinstance(field, models.CharField | models.TextField) and not isinstance(field, NOT_TEXT)
    return written and field.editable and not field.choices


def in_stream(field: str, stream: StreamValue) -> Iterator[Place]:
    for child in stream:
        yield from inside(Place(field, child.id or "", child.block_type, child.value))


def inside(place: Place) -> Iterator[Place]:
    yield place
    if isinstance(place.value, StreamValue):
        yield from in_stream(place.field, place.value)
    elif isinstance(place.value, StructValue):
        for name, part in place.value.items():
            yield from inside(place._replace(kind=name, value=part))
    elif isinstance(place.value, ListValue):
        for item in place.value.bound_blocks:
            yield from inside(place._replace(block=item.id or place.block, value=item.value))
