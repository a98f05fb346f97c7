"""A link says where it leads, also to those who hear only the links of a page."""

import re
from collections.abc import Iterator
from html import unescape

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from .findings import Finding, Severity
from .places import Place, places
from .words import EMPTY_LINKS

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)
ADDRESS = re.compile(r"(?:https?://\S+|(?:[\w-]+\.)+[a-z]{2,}(?:/\S*)?)", re.IGNORECASE)
NAMES_OF_LINKS = {("call_to_action", "text"), ("link_box", "heading")}


def link_text(page: Page) -> Iterator[Finding]:
    block = ""
    for place in places(page):
        if isinstance(place.value, RichText):
            for inner in LINK.findall(place.value.source):
                yield from judged(unescape(strip_tags(inner)).strip(), place)
        elif isinstance(place.value, str) and (block, place.kind) in NAMES_OF_LINKS:
            yield from judged(place.value.strip(), place)
        else:
            block = place.kind


def judged(text: str, place: Place) -> Iterator[Finding]:
    if ADDRESS.fullmatch(text):
        what = _("The link “%(text)s” is only an address.") % {"text": text}
    elif text.lower().strip(" .:!…»>→") in EMPTY_LINKS:
        what = _("The link “%(text)s” does not say where it leads.") % {"text": text}
    else:
        return
    yield Finding(
        "link-text",
        Severity.WARNING,
        what=what,
        why=_("Many read only the links, or hear them in a list. Then there is no text around them to explain."),
        how=_("Name what the reader finds there: the title of the page, or what one can do."),
        **place.where,
    )
