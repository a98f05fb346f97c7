"""Draws the demo's film: ten seconds in which people who do not know one another become a network.

Run again only when the drawing changes: ``.venv/bin/python scripts/film.py``. It needs ffmpeg, which the portal does not; the
film itself is committed.
"""

import math
import random
import shutil
import subprocess
import sys
from pathlib import Path

from PIL import Image, ImageDraw

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cms.demo.palette import DEEP, FOAM, HAIR, MIST, MOSS, PAPER, PLUM, ROCK, SEA, mix  # noqa: E402 found by the line above

TARGET = ROOT / "cms/demo/content/files/samtal-till-samarbete.webm"
WIDTH, HEIGHT, RATE, SECONDS, SMOOTH = 640, 360, 20, 10, 2
MEETING, TALKING, NETWORK, PARTNERS = 2.0, 4.0, 6.0, 8.0  # when each part begins


def eased(now: float, start: float, length: float) -> float:
    """From 0 to 1, slowly at both ends."""
    share = min(1.0, max(0.0, (now - start) / length))
    return share * share * (3 - 2 * share)


class Person:
    """A dot that wanders, finds its place in the circle, and then in the network."""

    def __init__(self, number: int, chance: random.Random):
        self.alone = (chance.uniform(40, WIDTH - 40), chance.uniform(40, HEIGHT - 40))
        turn = 2 * math.pi * number / 12
        self.met = (WIDTH / 2 + 90 * math.cos(turn), HEIGHT / 2 + 90 * math.sin(turn))
        far = 1 if number % 2 else 0.62
        self.placed = (WIDTH / 2 + 250 * far * math.cos(turn), HEIGHT / 2 + 140 * far * math.sin(turn))
        self.colour, self.phase = (SEA, MOSS, PLUM)[number % 3], chance.uniform(0, 6)

    def at(self, now: float) -> tuple[float, float]:
        near, spread = eased(now, 1.2, 1.6), eased(now, NETWORK - 0.6, 1.4)
        sway = 6 * (1 - near)
        points = [a + (b - a) * near + (c - b) * spread for a, b, c in zip(self.alone, self.met, self.placed, strict=True)]
        return points[0] + sway * math.sin(now * 1.7 + self.phase), points[1] + sway * math.cos(now * 1.3 + self.phase)


def frame(now: float, people: list[Person]) -> Image.Image:
    image = Image.new("RGB", (WIDTH * SMOOTH, HEIGHT * SMOOTH), PAPER)
    pen = ImageDraw.Draw(image)
    places = [tuple(SMOOTH * part for part in person.at(now)) for person in people]
    for one, other in ((a, b) for a in range(12) for b in range(a)):
        neighbours = (one - other) in (1, 11)
        begins = MEETING + 0.12 * other if neighbours else TALKING + 0.03 * (one * 5 + other * 3) if (one + other) % 4 == 0 else 99
        strength = eased(now, begins, 0.8)
        if strength:
            pen.line([places[other], places[one]], mix(PAPER, ROCK if neighbours else HAIR, strength), width=2 * SMOOTH)
    bond = eased(now, PARTNERS, 0.8)
    if bond:
        pen.line([places[0], places[6]], mix(PAPER, DEEP, bond), width=round(7 * bond) * SMOOTH)
    for number, (person, (x, y)) in enumerate(zip(people, places, strict=True)):
        size = SMOOTH * (10 + 6 * bond * (number in (0, 6)))
        halo = SMOOTH * 18 * eased(now, TALKING - 0.4, 1) * (1 - eased(now, NETWORK, 1))
        if halo > size:
            pen.ellipse([x - halo, y - halo, x + halo, y + halo], fill=mix(MIST, FOAM, 0.5))
        pen.ellipse([x - size, y - size, x + size, y + size], fill=person.colour)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def main() -> None:
    ffmpeg = shutil.which("ffmpeg")
    if ffmpeg is None:
        sys.exit("Install ffmpeg first.")
    chance = random.Random(7)  # noqa: S311 a drawing, the same each time
    people = [Person(number, chance) for number in range(12)]
    picture = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-"]
    coding = [
        "-c:v",
        "libvpx-vp9",
        "-pix_fmt",
        "yuv420p",
        "-crf",
        "38",
        "-b:v",
        "0",
        "-fflags",
        "+bitexact",
        "-flags:v",
        "+bitexact",
    ]
    with subprocess.Popen([ffmpeg, "-y", "-loglevel", "error", *picture, *coding, str(TARGET)], stdin=subprocess.PIPE) as encoder:
        for number in range(RATE * SECONDS):
            encoder.stdin.write(frame(number / RATE, people).tobytes())
        encoder.stdin.close()
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
