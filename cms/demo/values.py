"""From readable content files to what the fields of a page hold, in one language at a time."""

import datetime
import re
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any

from django.utils import timezone
from wagtail import blocks

LINK = re.compile(r'<a href="page:([a-z0-9-]+)">')
MARK = re.compile(r'<a href="lang:([a-z]{2})">(.*?)</a>')
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Lookup = Callable[[Any, str], int | None]


@cache
def markdown():
    from markdown_it import MarkdownIt  # a server has presets, but seldom writes one

    return MarkdownIt("commonmark", {"html": False, "typographer": False})


def in_language(value: Any, language: str) -> Any:
    """The side of a text that is in a language; anything else as it is."""
    return value[language] if isinstance(value, dict) and set(value) == {"sv", "en"} else value


def in_time(value: Any) -> Any:
    """``{in_days: 12, weekday: thursday, at: "13:00"}``: the first such weekday so many days after the loading, by Swedish clocks.

    Nobody meets around Christmas: a weekday then becomes the first such after it. Without ``weekday`` the very day, without ``at``
    the day alone. A fixed date and time is by Swedish clocks too; anything else is given back as it is.
    """
    here = timezone.get_default_timezone()
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=here)
    if not isinstance(value, dict) or "in_days" not in value:
        return value
    day = timezone.localdate() + datetime.timedelta(days=value["in_days"])
    if "weekday" in value:
        day += datetime.timedelta(days=(WEEKDAYS.index(value["weekday"]) - day.weekday()) % 7)
        while (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6):
            day += datetime.timedelta(days=7)
    return datetime.datetime.combine(day, datetime.time.fromisoformat(value["at"]), here) if "at" in value else day


def throughout(value: Any, language: str) -> Any:
    """The same, in all that a value is made of: the cells of a table, for instance."""
    value = in_language(value, language)
    if isinstance(value, dict):
        return {name: throughout(part, language) for name, part in value.items()}
    return [throughout(part, language) for part in value] if isinstance(value, list) else value


def rich(text: str, find: Lookup) -> str:
    """Markdown as Wagtail's rich text; ``page:ID`` links to the page with that id in the content files, ``lang:en`` marks words."""
    html = (
        markdown()
        .render(text)
        .strip()
        .replace("<strong>", "<b>")
        .replace("</strong>", "</b>")
        .replace("<em>", "<i>")
        .replace("</em>", "</i>")
    )
    html = MARK.sub(r'<span lang="\1">\2</span>', html)
    return LINK.sub(lambda match: f'<a linktype="page" id="{find("wagtailcore.Page", match[1])}">', html)


class BlockValues:
    """Turns a list of ``block: value`` into the stored form of a StreamField in one language.

    ``find`` gives the primary key of a row by model and code. The same content has the same block ids in both languages and at
    every loading, as a translation needs.
    """

    def __init__(self, language: str, seed: uuid.UUID, find: Lookup):
        self.language, self.seed, self.find = language, seed, find

    def identity(self, place: str) -> str:
        return str(uuid.uuid5(self.seed, place))

    def stream(self, block: blocks.BaseStreamBlock, entries: list[dict], place: str) -> list[dict]:
        found = []
        for number, entry in enumerate(entries):
            (name, value), here = next(iter(entry.items())), f"{place}.{number}"
            child = block.child_blocks[name]
            found.append({"type": name, "value": self.of(child, value, f"{here}.{name}"), "id": self.identity(here)})
        return found

    def of(self, block: blocks.Block, value: Any, place: str) -> Any:
        if isinstance(block, blocks.BaseStreamBlock):
            return self.stream(block, value, place)
        value = in_language(value, self.language)
        if isinstance(block, blocks.RichTextBlock):
            return rich(value, self.find)
        if isinstance(block, blocks.BaseStructBlock):
            unknown = set(value) - set(block.child_blocks)
            if unknown:
                raise ValueError(f"{place}: {', '.join(unknown)} is no part of this block")
            unsaid = {
                name: "" for name, child in block.child_blocks.items() if isinstance(child, blocks.CharBlock | blocks.TextBlock)
            }
            return unsaid | {name: self.of(block.child_blocks[name], part, f"{place}.{name}") for name, part in value.items()}
        if isinstance(block, blocks.ListBlock):
            return [
                {
                    "type": "item",
                    "value": self.of(block.child_block, item, f"{place}.{number}"),
                    "id": self.identity(f"{place}.{number}"),
                }
                for number, item in enumerate(value)
            ]
        if isinstance(block, blocks.ChooserBlock):
            return self.find(block.model_class._meta.label, value)
        return throughout(value, self.language)
