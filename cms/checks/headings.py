"""Headings are the way through a text for those who cannot see it whole."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _
from wagtail.blocks import StructValue
from wagtail.models import Page
from wagtail.rich_text import RichText

from .findings import Finding, Severity
from .places import Place, places

BOLD_LINE = re.compile(r"<p[^>]*>\s*<(?:b|strong)>([^<]{2,80})(?<![.:!?…])</(?:b|strong)>\s*</p>")


def heading_order(page: Page) -> Iterator[Finding]:
    """No level is left out, in the page or in any of its chapters; and what looks like a heading is one."""
    above, part = 1, ""
    for place in places(page):
        if place.kind == "chapter" or place.field != part:
            above, part = 1, place.field
        if is_heading(place):
            level = int(place.value["level"][1:])
            if level > above + 1:
                yield skipped(place)
            above = level
        elif isinstance(place.value, RichText):
            yield from only_bold(place)


def is_heading(place: Place) -> bool:
    return place.kind == "heading" and isinstance(place.value, StructValue) and bool(place.value.get("level"))


def skipped(place: Place) -> Finding:
    return Finding(
        "heading-order",
        Severity.WARNING,
        what=_("“%(heading)s” is a subheading with no heading above it.") % {"heading": place.value["text"]},
        why=_("Those who listen to the page jump from heading to heading, and wonder what they have missed."),
        how=_("Set its level to “Heading”, or write a heading before it."),
        **place.where,
    )


def only_bold(place: Place) -> Iterator[Finding]:
    for text in BOLD_LINE.findall(place.value.source):
        yield Finding(
            "bold-heading",
            Severity.WARNING,
            what=_("“%(text)s” is bold text that looks like a heading.") % {"text": text},
            why=_("Those who listen to the page, and search engines, do not see that something new begins here."),
            how=_("Put a “Heading” block in its place."),
            **place.where,
        )
