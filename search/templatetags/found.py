"""Shows why something was found."""

import re

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def marked(text: str, words: list[str]) -> SafeString:
    """The text with every word that begins as one of the searched words marked so far."""
    if not words:
        return conditional_escape(text)
    beginnings = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))})", re.IGNORECASE)
    parts = beginnings.split(str(text))
    return mark_safe("".join(format_html("<mark>{}</mark>", part) if place % 2 else conditional_escape(part) for place, part in enumerate(parts)))
