"""What nobody means to ask: words of the site, operators of search engines, and any characters at all."""

from collections.abc import Iterator
from random import Random

PARTS = [
    *("meeting", "partnerskap", "AND", "OR", "NOT", "NEAR(", '"', "'", "*", ":", "(", ")", "^", "{", "}", "-", "+", "\\", "\0"),
    *("%", "%s", "&", "|", "!", "<->", ":*", " ", "\t", "\n", "å", "\ud800"),
]
ANY = 0.3  # of the pieces are one character, whichever


def hostile(number: int) -> Iterator[str]:
    """So many, the same every time."""
    draw = Random(20261122)  # noqa: S311 nothing depends on its being hard to guess
    for _ in range(number):
        pieces = [
            chr(draw.randrange(0x11_0000)) if draw.random() < ANY else draw.choice(PARTS) for _ in range(draw.randrange(1, 30))
        ]
        yield draw.choice(["", " "]).join(pieces)
