"""What is printed as cards: four A6 or two A5 on each sheet of A4, to be cut apart. A kind that has a ``card_template`` can be."""

from collections.abc import Callable, Sequence

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

from cms.models import BasePage

PER_SHEET = {"a6": 4, "a5": 2}
MOST = 60  # at once; a list has facets to choose fewer


def asked_for(request: HttpRequest) -> bool:
    return request.GET.get("view") == "cards"


def card_context(request: HttpRequest, items: Sequence[BasePage], address: Callable[..., str]) -> dict:
    """What ``cards.html`` shows: sheets of cards in the size that the visitor asks for. ``address`` gives this view's own."""
    size = request.GET.get("size") if request.GET.get("size") in PER_SHEET else "a6"
    cards = [
        {"item": item, "address": (url := item.get_full_url(request)).split("//")[1], "code": code(url)} for item in items[:MOST]
    ]
    sheets = [cards[first : first + PER_SHEET[size]] for first in range(0, len(cards), PER_SHEET[size])]
    sizes = [{"name": name.upper(), "url": address(view="cards", size=name), "current": name == size} for name in PER_SHEET]
    return {"sheets": sheets, "size": size, "sizes": sizes, "more": len(items) > MOST}


def code(address: str) -> SafeString:
    """An address as a QR code, an SVG without style of its own."""
    return mark_safe(segno.make(address, error="m").svg_inline(omitsize=True, border=0, svgclass="qr", lineclass=None))  # noqa: S308 drawn by segno
