"""What a preset looks like from afar: its blocks as lines, boxes and dots, one under the other."""

from collections.abc import Iterator
from typing import Any, NamedTuple

WIDTH, HEIGHT, MARGIN, GAP = 96, 128, 8, 6


class Shape(NamedTuple):
    kind: str  # what the style sheet knows: title, text, box, dot, bar
    x: float
    y: float
    width: float
    height: float


HEADINGS = {"heading"}
LISTS = {"question_list", "bullet_outcomes", "steps", "process", "section", "accordion", "programme", "item", "step"}
BOXES = {"summary", "factbox", "definition", "link_box", "image", "gallery", "film", "table"}
INNER = {"questions", "items", "steps", "rows"}


def drawn(fields: dict[str, Any]) -> list[Shape]:
    """The title, and then as much as there is room for."""
    found = [Shape("title", MARGIN, MARGIN, 52, 6)]
    y = MARGIN + 6 + GAP + 2
    for name, size in parts(fields):
        shapes = [Shape(kind, MARGIN + x, y + dy, width, height) for kind, x, dy, width, height in LOOKS[name](size)]
        bottom = max(shape.y + shape.height for shape in shapes)
        if bottom > HEIGHT - MARGIN:
            break
        found += shapes
        y = bottom + GAP
    return found


def parts(fields: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Each part that can be drawn, with how many lines it has."""
    for name, value in fields.items():
        if name == "lead":
            yield "text", 2
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for block in value:
                yield from part(*next(iter(block.items())))
        elif isinstance(value, dict) and name not in ("purpose", "source"):
            yield "text", 2


def part(name: str, value: Any) -> Iterator[tuple[str, int]]:
    if name == "chapter":
        yield "heading", 1
        for block in value["content"]:
            yield from part(*next(iter(block.items())))
    elif name in HEADINGS:
        yield "heading", 1
    elif name in LISTS:
        yield "list", next((len(value[inner]) for inner in INNER if inner in value), 1)
    elif name in BOXES:
        yield "box", 1
    else:
        yield ("quote", 1) if name == "quote" else ("text", 3)


def lines(count: int, x: int = 0, gap: int = 5) -> list[tuple]:
    inner = WIDTH - 2 * MARGIN - x
    return [("text", x, number * gap, inner * (0.6 if count > 1 and number == count - 1 else 1), 2) for number in range(count)]


LOOKS = {
    "text": lines,
    "heading": lambda size: [("heading", 0, 0, 40, 4)],
    "list": lambda size: [
        shape for n in range(min(size, 4)) for shape in (("dot", 0, n * 7, 3, 3), ("text", 7, n * 7 + 0.5, 60 - 8 * (n % 2), 2))
    ],
    "box": lambda size: [("box", 0, 0, WIDTH - 2 * MARGIN, 18), *((kind, x + 4, y + 5, w - 8, h) for kind, x, y, w, h in lines(2))],
    "quote": lambda size: [("bar", 0, 0, 2, 12), *((kind, x, y + 1, w, h) for kind, x, y, w, h in lines(2, x=6))],
}
