"""Where a text uses a word of the glossary, and how that word becomes a link.

The words are looked for when a page is published. What is found is kept as places: which text, where in it, which word. To
show a page then only takes putting links at those places.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.html import format_html
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

from knowledge.inflection import abbreviated, forms_of

TAG = re.compile(r"(<[^>]*>)")
SILENT = re.compile(r"<(/?)(a|h[1-6]|blockquote|code|pre|span)\b", re.IGNORECASE)  # a span is in another language
WORD = re.compile(r"(?<![\w@/-])(?<!\w\.)\w+(?:[-:'’]\w+)*(?![\w@-])(?!\.\w)")  # no part of a compound or of an address


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
    """The words of a glossary in one language, in all their forms. ``terms`` are (key, word, abbreviation)."""

    def __init__(self, terms: Iterable[tuple[int, str, str]], language: str):
        self.keys: dict[str, int] = {}
        self.abbreviations: dict[str, int] = {}
        for key, word, acronym in terms:
            for form in forms_of(word, language):
                self.keys.setdefault(form, key)
            self.abbreviations |= dict.fromkeys(abbreviated(acronym, language) if acronym else (), key)
        self.longest = max((form.count(" ") + 1 for form in self.keys), default=1)

    def uses_in(self, text: Text) -> Iterator[Use]:
        """The first use of each term in a text."""
        if text.shown is not None:
            yield Use(text.place, 0, "", text.shown.pk)
        seen: set[int] = set()
        for start, words in spoken(text.source):
            for first, end, key in self.found_in(words):
                if key not in seen:
                    seen.add(key)
                    yield Use(text.place, start + first, words[first:end], key)

    def found_in(self, words: str) -> Iterator[tuple[int, int, int]]:
        """Every use of a term in running text: where it begins and ends, and which it is. The longest wins, and holds no other."""
        tokens, number = list(WORD.finditer(words)), 0
        while number < len(tokens):
            start, length = tokens[number].start(), 1
            for taken in range(min(self.longest, len(tokens) - number), 0, -1):
                end = tokens[number + taken - 1].end()
                if (key := self.term_of(words[start:end])) is not None:
                    yield start, end, key
                    length = taken
                    break
            number += length

    def term_of(self, phrase: str) -> int | None:
        return self.abbreviations.get(phrase, self.keys.get(" ".join(phrase.casefold().split())))


def spoken(html: str) -> Iterator[tuple[int, str]]:
    """The pieces of running text, with where each begins: nothing of a link, a heading, a quotation or another language."""
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
