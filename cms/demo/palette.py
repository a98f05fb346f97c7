"""The colours of the demo's pictures: granite, water, and what grows. The one bright yellow is kept for the pages."""

from PIL import ImageColor

PAPER, GRANITE, HAIR, ROCK = "#FBFAF7", "#F1ECE6", "#DDD3C9", "#8A7F75"
INK, SLATE, SEA, DEEP, MIST, FOAM = "#13252D", "#46565C", "#0B4F5C", "#083A44", "#BFE3EA", "#E3EEF0"
MOSS, PLUM = "#2F6540", "#5A3670"


def mix(one: str, other: str, share: float) -> str:
    """The colour that has gone `share` (0 to 1) of the way from one to the other."""
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in pairs)


def ramp(steps: int, *colours: str) -> list[str]:
    """So many even steps through the colours, from the first to the last."""
    places = [step * (len(colours) - 1) / (steps - 1) for step in range(steps)]
    return [mix(colours[int(p)], colours[min(int(p) + 1, len(colours) - 1)], p % 1) for p in places]
