"""The chapters of a guide: where each one lies, and how long it takes to read."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from math import ceil

from wagtail.blocks import StreamValue

from cms.slugs import plain_slug

WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class ChapterPlace:
    """A chapter where the reader meets it. ``url`` is its own page, ``minutes`` its reading time."""

    id: str
    number: int
    title: str
    summary: str
    address: str
    url: str
    minutes: int


def outline(chapters: StreamValue) -> dict[str, dict]:
    """Each chapter's title and summary by its id, read without building what the chapters hold."""
    return {raw["id"]: raw["value"] for raw in chapters.get_prep_value()}


def titles_of(chapters: StreamValue) -> dict[str, str]:
    return {chapter: value.get("title", "") for chapter, value in outline(chapters).items()}


def minutes_of(chapters: StreamValue) -> dict[str, int]:
    values = zip(outline(chapters), (chapter.value for chapter in chapters), strict=True)
    return {chapter: reading_minutes(value["title"], value["summary"], value["content"]) for chapter, value in values}


def part_of(chapters: StreamValue, chapter: str) -> StreamValue:
    """One chapter alone, so that the others need not be built."""
    return chapters.stream_block.to_python([raw for raw in chapters.get_prep_value() if raw["id"] == chapter])


def addresses(titles: dict[str, str], frozen: dict[str, str]) -> dict[str, str]:
    """The address part of each chapter by its id: as it was first published, else made from its title."""
    found = {chapter: frozen[chapter] for chapter in titles if chapter in frozen}
    for number, (chapter, title) in enumerate(titles.items(), start=1):
        if chapter not in found:
            taken = set(found.values())
            found[chapter] = next(address for address in candidates(plain_slug(title) or str(number)) if address not in taken)
    return found


def candidates(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in count(2))


def reading_minutes(*texts: str | StreamValue) -> int:
    """Whole minutes, at least one, for the words that a reader sees."""
    words = 0
    for text in texts:
        parts = text.stream_block.get_searchable_content(text) if isinstance(text, StreamValue) else [text]
        words += sum(len(str(part).split()) for part in parts)
    return max(1, ceil(words / WORDS_A_MINUTE))
