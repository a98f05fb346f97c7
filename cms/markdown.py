"""Texts and blocks as Markdown: what a page says, without how it looks."""

import re
from collections.abc import Iterable, Mapping
from textwrap import indent
from typing import Any

from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.html import escape, linebreaks
from markdownify import MarkdownConverter
from wagtail.blocks import BoundBlock, StreamValue, StructValue

SIGNS = re.compile(r"([\\`*_\[\]<])")
AT_START = re.compile(r"^(\s*)(?:([#>+-])|(\d{1,9})([.)]))(?=\s)", re.M)  # what begins a heading, a list or a quotation
LINE = re.compile(r"(?<!  )\n\s*")  # of the source; one that the text has begins with two blanks
HEADING = re.compile(r"^(#{1,5} )", re.M)


class Converter(MarkdownConverter):
    """Whole addresses, bold where a box or a definition has its heading, and nothing of what only adorns."""

    def convert_soup(self, soup: BeautifulSoup) -> str:
        for tag, name in (("a", "href"), ("img", "src"), ("source", "src"), ("video", "poster")):
            for element in soup.find_all(tag, attrs={name: re.compile("^/")}):
                element[name] = settings.BASE_URL + str(element[name])
        return super().convert_soup(soup)

    def escape(self, text: str, parent_tags) -> str:
        return AT_START.sub(lambda found: f"{found[1]}{found[3] or ''}\\{found[2] or found[4]}", SIGNS.sub(r"\\\1", text or ""))

    def convert_img(self, el, text: str, parent_tags) -> str:
        return "" if el.get("src", "").startswith("data:") else super().convert_img(el, text, parent_tags)

    def convert_p(self, el, text: str, parent_tags) -> str:
        text = LINE.sub(" ", text)
        bold = "h" in el.get("class", []) and text.strip() and "**" not in text
        return super().convert_p(el, f"**{text.strip()}**" if bold else text, parent_tags)

    def convert_hN(self, n: int, el, text: str, parent_tags) -> str:
        """A list has no headings in it."""
        return super().convert_hN(n, el, text, parent_tags) if "li" not in parent_tags else f"\n\n**{text.strip()}**\n\n"

    def convert_span(self, el, text: str, parent_tags) -> str:
        """A reason after a link, and a word that marks a name, are set apart by their looks alone."""
        classes = el.get("class", [])
        return f": {text.strip()}" if "why" in classes else f"({text.strip()})" if "tag" in classes else text

    def convert_sup(self, el, text: str, parent_tags) -> str:
        """The number of a note is a note of Markdown's."""
        number = el.find("a", href=re.compile("^#note-"))
        return f"[^{number.get_text()}]" if number else text

    def convert_dfn(self, el, text: str, parent_tags) -> str:
        return f"\n\n**{text.strip()}**\n\n"

    def convert_summary(self, el, text: str, parent_tags) -> str:
        return f"\n\n{text.strip()}\n\n"

    def convert_svg(self, el, text: str, parent_tags) -> str:
        return ""


def from_html(html: str) -> str:
    return Converter(heading_style="ATX", bullets="-", keep_inline_images_in=["a"]).convert(html).strip()


def bare(html: str) -> str:
    """The words alone, on one line."""
    return " ".join(BeautifulSoup(html, "html.parser").get_text(" ").split())


def plain(text: Any) -> str:
    """Text that is not HTML: what it says means nothing to Markdown."""
    return from_html(f"<p>{escape(str(text))}</p>")


def lines(text: Any) -> str:
    """Text that is not HTML, with its paragraphs and lines."""
    return from_html(linebreaks(str(text or ""), autoescape=True))


def from_stream(stream: Iterable[BoundBlock], context: Mapping) -> str:
    return paragraphs(*(from_block(bound, context) for bound in stream))


def from_block(bound: BoundBlock, context: Mapping) -> str:
    """What a block says: as it knows itself (``in_markdown``), else its parts if it has no template, else from its HTML."""
    block, value = bound.block, bound.value
    if own := getattr(block, "in_markdown", None):
        return own(value, context)
    if isinstance(value, StreamValue):
        return from_stream(value, context)
    if isinstance(value, StructValue) and not getattr(block.meta, "template", None):
        return from_stream(value.bound_blocks.values(), context)
    return from_html(bound.render(context))


# How a text is put together


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def document(title: Any, lead: Any, *parts: str) -> str:
    return paragraphs(f"# {plain(title)}", plain(lead or ""), *parts)


def section(title: Any, text: str, level: int = 2) -> str:
    """A text under its heading; the headings in it follow that one. Nothing if there is no text."""
    return paragraphs(f"{'#' * level} {plain(title)}", deeper(text, level - 1)) if text.strip() else ""


def deeper(text: str, by: int = 1) -> str:
    """With all headings so much lower, none below the sixth level."""
    for _ in range(by):
        text = HEADING.sub(r"#\1", text)
    return text


def facts(pairs: Iterable[tuple[Any, Any]]) -> str:
    return "\n".join(f"- {plain(label)}: {plain(value)}" for label, value in pairs if value not in (None, ""))


def link(text: Any, address: str, why: Any = "") -> str:
    """A link, or only its text if it leads nowhere; and what it is good for."""
    linked = f"[{plain(text)}]({address})" if address else plain(text)
    return f"{linked}: {plain(why)}" if why else linked


def listed(item: str) -> str:
    """One item of a list; what belongs to it is indented below it."""
    return "- " + indent(item.strip(), "  ").strip()


def numbered(items: Iterable[str], first: int = 1) -> str:
    """One after the other; what belongs to an item is indented below it."""
    return "\n".join(f"{number}. " + indent(item.strip(), "   ").strip() for number, item in enumerate(items, start=first))
