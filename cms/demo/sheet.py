"""What the demo's pictures are drawn with: soft hills, cells, and a paper that takes lines and charts."""

from collections.abc import Callable, Iterable
from math import cos, pi, sin, sqrt, tau
from random import Random

from PIL import Image, ImageChops, ImageColor, ImageDraw

WIDTH, HEIGHT = 1600, 1000
FINE = 3  # drawn this much larger, then shrunk: Pillow's own edges are jagged
GRID = 10  # a landscape is measured once in so many pixels

Point = tuple[float, float]
Landscape = Callable[[float, float], float]


def dice(seed: str) -> Random:
    """Chance that falls the same way each time."""
    return Random(seed)  # noqa: S311 a drawing, not a secret


def swell(seed: str, length: float, lean: float = 0, stretch: float = 1) -> Landscape:
    """Soft hills some `length` pixels apart, mostly between -2 and 2 high, drawn out along `lean` (radians)."""
    chance, waves = dice(seed), []
    for _ in range(22):
        angle, pace = chance.uniform(0, pi), chance.uniform(0.5, 1.25) * tau / length
        along, across = pace * cos(angle) / stretch, pace * sin(angle)
        turned = along * cos(lean) - across * sin(lean), along * sin(lean) + across * cos(lean)
        waves.append((*turned, chance.uniform(0, tau)))
    return lambda x, y: sqrt(2 / len(waves)) * sum(sin(a * x + b * y + phase) for a, b, phase in waves)


def ease(start: Point, end: Point) -> list[Point]:
    """A line that leaves and arrives level."""
    (left, top), (right, bottom) = start, end
    shares = [step / 80 for step in range(81)]
    return [(left + (right - left) * t, top + (bottom - top) * t * t * (3 - 2 * t)) for t in shares]


def peaks(land: Landscape, height: float) -> list[Point]:
    """The hilltops above the height, well inside the picture."""
    spots = [(x, y) for y in range(60, HEIGHT - 40, 20) for x in range(60, WIDTH - 40, 20) if land(x, y) > height]
    around = [(dx, dy) for dx in (-20, 0, 20) for dy in (-20, 0, 20)]
    return [(x, y) for x, y in spots if all(land(x, y) >= land(x + dx, y + dy) for dx, dy in around)]


def ground_of(seed: Point, neighbours: list[Point]) -> list[Point]:
    """The corners of the ground that lies nearer to the seed than to its neighbours, at most 150 pixels away."""
    x, y = seed
    corners = [(x - 150, y - 150), (x + 150, y - 150), (x + 150, y + 150), (x - 150, y + 150)]
    for a, b in neighbours:
        beyond = [(p - (x + a) / 2) * (a - x) + (q - (y + b) / 2) * (b - y) for p, q in corners]
        kept = []
        for i, (p, q) in enumerate(corners):
            if beyond[i - 1] * beyond[i] < 0:
                share, (r, s) = beyond[i - 1] / (beyond[i - 1] - beyond[i]), corners[i - 1]
                kept.append((r + (p - r) * share, s + (q - s) * share))
            if beyond[i] <= 0:
                kept.append((p, q))
        corners = kept
    return corners


class Sheet:
    """A paper to draw on, measured in the pixels of the finished picture."""

    def __init__(self, ground: str, width: int = WIDTH, height: int = HEIGHT):
        self.image = Image.new("RGB", (width * FINE, height * FINE), ground)
        self.pen = ImageDraw.Draw(self.image)

    def line(self, points: Iterable[Point], colour: str, weight: float = 1.5) -> None:
        self.pen.line([(x * FINE, y * FINE) for x, y in points], colour, round(weight * FINE), joint="curve")

    def shape(self, points: Iterable[Point], fill: str) -> None:
        self.pen.polygon([(x * FINE, y * FINE) for x, y in points], fill)

    def ring(self, at: Point, radius: float, fill: str | None, edge: str | None = None, weight: float = 1.5) -> None:
        self.pen.circle((at[0] * FINE, at[1] * FINE), radius * FINE, fill, edge, round(weight * FINE))

    def chart(self, land: Landscape, low: float, high: float, tints: list[str], curves: list[str]) -> None:
        """Tint the heights between low and high in even steps; `curves` are the lines below each step."""
        wide, tall = self.image.width // FINE // GRID, self.image.height // FINE // GRID
        heights = Image.new("F", (wide + 1, tall + 1))
        places = ((x * GRID, y * GRID) for y in range(tall + 1) for x in range(wide + 1))
        heights.putdata([max(0, land(x, y) - low) / (high - low) * len(tints) for x, y in places])
        smooth = heights.resize(self.image.size, Image.Resampling.BICUBIC, (0.5, 0.5, wide + 0.5, tall + 0.5))
        steps = smooth.convert("L").point([min(step, len(tints) - 1) for step in range(256)])
        upper = steps
        for dx, dy in ((2, 0), (-2, 0), (0, 2), (0, -2)):
            upper = ImageChops.lighter(upper, steps.crop((dx, dy, steps.width + dx, steps.height + dy)))
        rises = ImageChops.difference(upper, steps).point([0] + [255] * 255)
        self.image.paste(_painted(steps, tints))
        self.image.paste(_painted(upper, curves), mask=rises)

    def finished(self) -> Image.Image:
        return self.image.reduce(FINE)


def _painted(steps: Image.Image, colours: list[str]) -> Image.Image:
    palette = [channel for colour in colours for channel in ImageColor.getrgb(colour)]
    steps = steps.copy()
    steps.putpalette(palette)
    return steps.convert("RGB")
