"""A drawing of what joins a thing to others: one node in the middle, the others on both sides of it.

Everything is in the units of the drawing's own view box, so that no style is needed. Names are wrapped and rows grow with
them, so there is no largest number.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi
from textwrap import wrap

from directory.models.ties import Tie

WIDTH, MIDDLE = 900, 450
LETTERS, LINE, SPACE = 25, 19, 34  # letters that fit beside a node, the height of a line, the air between rows
REACH, BOW = 196, 26  # from the middle to the nodes of the first row, and how much further out those half-way stand
LEVELS_IN_DOTS = {"associate", "funder"}


@dataclass(frozen=True)
class Node:
    """One end: where it stands, on which side, and the lines of words beside it."""

    tie: Tie
    x: float
    y: float
    side: int
    name: list[tuple[float, str]]
    role: list[tuple[float, str]]

    @property
    def anchor(self) -> str:
        return "end" if self.side < 0 else "start"

    @property
    def text_x(self) -> float:
        return round(self.x + 20 * self.side, 1)

    @property
    def line(self) -> str:
        """How the line to it is drawn: solid, dashed for what joins more loosely, dotted for what is over."""
        return "dot" if self.tie.is_former else "dash" if self.tie.level in LEVELS_IN_DOTS else ""


@dataclass(frozen=True)
class Drawing:
    height: int
    middle: float
    nodes: list[Node]
    name: list[tuple[float, str]]


def draw(name: str, ties: Sequence[Tie]) -> Drawing | None:
    """The ties of a thing, in their order down the left side and then down the right. One alone says nothing when drawn."""
    if len(ties) < 2:
        return None
    half = (len(ties) + 1) // 2
    sides = [(-1, ties[:half]), (1, ties[half:])]
    words = {tie.key: (wrap(tie.name, LETTERS), wrap(tie.role_in_words, LETTERS + 3)) for tie in ties}
    row = max(len(name) + len(role) for name, role in words.values()) * LINE + SPACE
    height = max(half * row, 110)
    nodes = [
        node(tie, words[tie.key], side, number, height, len(on_side))
        for side, on_side in sides
        for number, tie in enumerate(on_side)
    ]
    middle = height / 2
    caption = beneath(middle + 40, wrap(name, LETTERS))
    return Drawing(max(height, int(caption[-1][0]) + 12) if caption else height, middle, nodes, caption)


def node(tie: Tie, words: tuple[list[str], list[str]], side: int, number: int, height: int, count: int) -> Node:
    share = (number + 0.5) / count
    y = round(share * height, 1)
    x = round(MIDDLE + side * (REACH + BOW * cos((share - 0.5) * pi)), 1)
    name, role = words
    top = y - (len(name) + len(role)) * LINE / 2 + LINE * 0.75
    return Node(tie, x, y, side, beneath(top, name), beneath(top + len(name) * LINE, role))


def beneath(top: float, lines: list[str]) -> list[tuple[float, str]]:
    return [(round(top + number * LINE, 1), line) for number, line in enumerate(lines)]
