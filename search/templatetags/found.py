"""Shows why something was found."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def marked(text: str, words: list[str]) -> SafeString:
    """The text with every word that begins as one of the searched words marked so far."""
    if not words:
        return format_html("{}", text)
    longest_first = sorted(map(re.escape, words), key=len, reverse=True)
    parts = re.split(rf"(?<!\w)({'|'.join(longest_first)})", str(text), flags=re.IGNORECASE)
    pairs = zip(parts[::2], [*parts[1::2], ""], strict=True)
    return format_html_join("", "{}{}", ((plain, format_html("<mark>{}</mark>", found) if found else "") for plain, found in pairs))
