"""Where a text uses a word of the glossary, and how that word becomes a link.

The words are looked for when a page is published. What is found is kept as places: which text, where in it, which word. To
show a page then only takes putting links at those places.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.html import format_html
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

TAG = re.compile(r"(<[^>]*>)")
SILENT = re.compile(r"<(/?)(a|h[1-6]|blockquote|code|pre)\b", re.IGNORECASE)
SWEDISH_ENDINGS = "(?:ar|er|n|en|et|t|na|arna|erna)?s?"
ENGLISH_ENDINGS = "(?:s|es)?(?:['’]s?)?"


class Text(NamedTuple):
    """A rich text of a page: under which name it is kept, and whose attribute it is. A row that a block shows has no text."""

    place: str
    holder: Any
    name: str
    shown: Model | None = None

    @property
    def source(self) -> str:
        return getattr(self.holder, self.name) if self.holder is not None else ""


class Use(NamedTuple):
    """A word at a place of a text. In a block that shows the term itself there is no word to link."""

    place: str
    start: int
    word: str
    term: int


def texts_below(value: Any, place: str, row: type[Model], block: Any = None) -> Iterator[Text]:
    """Every rich text below a value of a stream, in order; but none of blocks that speak with the words of others."""
    if not getattr(getattr(block, "meta", None), "links_terms", True):
        shown = next((part for part in value.values() if isinstance(part, row)), None) if isinstance(value, StructValue) else None
        if shown is not None:
            yield Text(place, None, "", shown)
    elif isinstance(value, StreamValue):
        for child in value:
            yield from texts_below(child.value, child.id or "", row, child.block)
    elif isinstance(value, StructValue):
        for name, part in value.items():
            yield from texts_below(part, f"{place}.{name}", row, value.block.child_blocks[name])
    elif isinstance(value, ListValue):
        for child in value.bound_blocks:
            yield from texts_below(child.value, child.id or "", row, child.block)
    elif isinstance(value, RichText):
        yield Text(place, value, "source")


class Words:
    """The words of a glossary in one language. ``terms`` are (key, word, abbreviation)."""

    def __init__(self, terms: Iterable[tuple[int, str, str]], language: str):
        self.language = language
        self.entries = [(key, *entry) for key, *words in terms for entry in zip(words, (False, True), strict=True) if entry[0]]

    @cached_property
    def pattern(self) -> re.Pattern | None:
        """Finds any of the words, the longest first, in capitals or not, in its plain forms; never a part of another word."""
        longest_first = sorted(self.entries, key=lambda entry: -len(entry[1]))
        words = [f"({re.escape(word) if exact else self.forms(word)})" for _key, word, exact in longest_first]
        self.keys = [key for key, _word, _exact in longest_first]
        return re.compile(rf"(?<![\w@/-])(?:{'|'.join(words)})(?![\w@-])") if words else None

    def forms(self, term: str) -> str:
        """A word with the endings of number and form that cost nothing to know; in Swedish also of the adjectives before it."""
        *before, last = (re.escape(word) for word in term.split())
        if self.language == "en":
            last = f"(?:{last}{ENGLISH_ENDINGS}|{last[:-1]}ies)" if last.endswith("y") else f"{last}{ENGLISH_ENDINGS}"
        else:
            before = [f"{word.removesuffix('t')}(?:t|a)?" for word in before]
            last = f"(?:{last}{SWEDISH_ENDINGS}|{last[:-1]}(?:or|orna)s?)" if last.endswith("a") else f"{last}{SWEDISH_ENDINGS}"
        return rf"(?i:{r'\s+'.join([*before, last])})"

    def uses_in(self, text: Text) -> Iterator[Use]:
        """The first use of each term in a text."""
        if text.shown is not None:
            yield Use(text.place, 0, "", text.shown.pk)
        seen: set[int] = set()
        for start, words in spoken(text.source) if self.pattern else ():
            for match in self.pattern.finditer(words):
                key = self.keys[(match.lastindex or 1) - 1]
                if key not in seen:
                    seen.add(key)
                    yield Use(text.place, start + match.start(), match[0], key)


def spoken(html: str) -> Iterator[tuple[int, str]]:
    """The pieces of running text, with where each begins: nothing of a link, a heading or a quotation."""
    place, silent = 0, 0
    for piece in TAG.split(html):
        if tag := SILENT.match(piece):
            silent = max(0, silent + (-1 if tag[1] else 1))
        elif not silent and not piece.startswith("<"):
            yield place, piece
        place += len(piece)


def put_links(texts: Iterable[Text], uses: Iterable[Use], addresses: dict[int, str]) -> None:
    """The first use of each term in what is shown becomes a link; one that moved since it was found stays plain."""
    by_place: dict[str, list[Use]] = {}
    for use in uses:
        by_place.setdefault(use.place, []).append(use)
    linked: set[int] = set()
    for text in texts:
        source, found = text.source, []
        for use in by_place.get(text.place, []):
            stands = use.word and source[use.start : use.start + len(use.word)] == use.word
            if use.term in addresses and use.term not in linked and (stands or text.shown is not None):
                linked.add(use.term)
                found += [use] if stands else []
        if found:
            setattr(text.holder, text.name, with_links(source, found, addresses))


def with_links(source: str, uses: list[Use], addresses: dict[int, str]) -> str:
    for use in sorted(uses, key=lambda use: use.start, reverse=True):
        end = use.start + len(use.word)
        opening = format_html('<a class="term" href="{}">', addresses[use.term])
        source = f"{source[: use.start]}{opening}{use.word}</a>{source[end:]}"
    return source
