"""The demo's pictures: sea charts, rock, and lines that meet. Drawn here, so they are free for anybody to use."""

from math import atan2, cos, dist, exp, hypot, pi, sin, sqrt, tau
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFont

from cms.demo.palette import DEEP, FOAM, GRANITE, HAIR, INK, MIST, MOSS, PAPER, PLUM, ROCK, SEA, SLATE, mix, ramp
from cms.demo.sheet import FINE, HEIGHT, WIDTH, Point, Sheet, dice, ease, ground_of, peaks, swell

PORTRAIT = 600
LETTERS = Path(__file__).parents[1] / "static/cms/fonts/familjen-grotesk-latin-wght-normal.woff2"


def archipelago() -> Sheet:
    sheet, hub = Sheet(MIST), (700, 590)
    wide, fine = swell("bohuslän 4", 300, 2.05, 2.4), swell("skerries", 120, 2.05, 2)

    def land(x: float, y: float) -> float:
        return wide(x, y) + 0.3 * fine(x, y)

    water, rock = ramp(8, mix(MIST, FOAM, 0.2), PAPER), ramp(4, HAIR, mix(HAIR, ROCK, 0.55))
    depths, heights = [mix(tint, SEA, 0.3) for tint in water], [mix(tint, ROCK, 0.4) for tint in rock]
    sheet.chart(land, -1.3, 2.3, water + rock, [*depths, mix(ROCK, INK, 0.3), *heights[1:]])
    tops = sorted(peaks(land, 1.35), key=lambda top: dist(top, hub))
    for top in tops[:8]:
        sheet.line([hub, top], INK, 2)
        sheet.ring(top, 8, PAPER, INK, 2.5)
    sheet.ring(hub, 19, PAPER, INK, 3.5)
    return sheet


def strata() -> Sheet:
    sheet, chance = Sheet(GRANITE), dice("strata")
    fold, ripple = swell("fold", 1500), swell("ripple", 210, 0, 2)
    rock = [GRANITE, HAIR, mix(HAIR, ROCK, 0.35), mix(HAIR, ROCK, 0.7), mix(GRANITE, HAIR, 0.5), ROCK]
    top, level = -160.0, 0
    while top < HEIGHT + 160:
        tint = chance.choice(rock)
        tint = {4: SLATE, 11: SEA, 17: INK}.get(level, tint)
        thick = 14 if level in (4, 11, 17) else chance.choice([18, 26, 40, 60, 95])
        seam = [(x, top + 62 * fold(x, top * 0.5) + 7 * ripple(x, top)) for x in range(-10, WIDTH + 20, 10)]
        sheet.shape([*seam, (WIDTH, HEIGHT), (0, HEIGHT)], tint)
        for grain in range(12, thick - 8, 13):
            sheet.line([(x, y + grain) for x, y in seam], mix(tint, INK, 0.1), 1)
        top, level = top + thick, level + 1
    sheet.line([(1120, -5), (1120, 690)], INK, 2.5)
    for depth in (170, 402):
        sheet.ring((1120, depth), 8, PAPER, INK, 2.5)
    sheet.ring((1120, 690), 20, PAPER, INK, 3)
    return sheet


def deep() -> Sheet:
    sheet, floor = Sheet(DEEP), swell("trench", 620)
    bottom = (1010, 610)

    def height(x: float, y: float) -> float:
        return hypot((x - bottom[0]) * 0.8, (y - bottom[1]) * 1.15) / 95 + 0.75 * floor(x, y)

    tints = ramp(14, "#03181D", DEEP, SEA, mix(SEA, MIST, 0.28))
    sheet.chart(height, 0, 11, tints, [mix(tint, MIST, 0.3) for tint in tints])
    sheet.line([(bottom[0], -5), bottom], PAPER, 2)
    for sounding in range(1, 6):
        sheet.line([(bottom[0] - 9, sounding * 100), (bottom[0] + 9, sounding * 100)], PAPER, 2)
    sheet.ring(bottom, 18, PAPER)
    return sheet


def lines() -> Sheet:
    sheet, node = Sheet(FOAM), (960, 430)
    colours = [SEA] * 5 + [mix(SEA, MIST, 0.45)] * 3 + [MOSS, PLUM, ROCK]
    chance = dice("lines")
    for start in range(-220, HEIGHT + 320, 30):
        sheet.line(ease((-40, start), node), chance.choice(colours), chance.choice([1.5, 1.5, 2.5]))
    for end, colour in zip(range(130, 900, 150), [MOSS, SEA, SEA, PLUM, SEA, INK], strict=True):
        sheet.line(ease(node, (1430, end)), colour, 3)
        sheet.ring((1430, end), 12, colour)
    sheet.ring(node, 26, PAPER, INK, 4)
    return sheet


def meeting() -> Sheet:
    sheet, middle = Sheet(PAPER), (850, 492)
    circles = [((610, 560), 420, SEA), ((1110, 600), 360, PLUM), ((900, 300), 270, MOSS)]
    for at, radius, colour in circles:
        water = Sheet("#FFFFFF")
        water.ring(at, radius, mix(colour, PAPER, 0.72))
        for ripple in range(radius, 0, -30):
            water.ring(at, ripple, None, mix(colour, PAPER, 0.25 + 0.4 * ripple / radius), 2)
        sheet.image.paste(ImageChops.multiply(sheet.image, water.image))
    for at, _, _ in circles:
        sheet.line([at, middle], INK, 2.5)
        sheet.ring(at, 9, PAPER, INK, 2.5)
    sheet.ring(middle, 22, PAPER, INK, 4)
    return sheet


def shore() -> Sheet:
    sheet, coast, wave = Sheet(SEA), swell("coast", 560), swell("wave", 260)

    def depth(x: float, y: float) -> float:
        out = (x * 0.62 - y + 420) / 110
        return out + 0.9 * coast(x, y) + 0.22 * wave(x, y)

    tints = [*ramp(6, ROCK, HAIR, GRANITE), PAPER, *ramp(12, FOAM, MIST, mix(SEA, MIST, 0.4), SEA, DEEP)]
    curves = [mix(tint, INK, 0.12) for tint in tints[:7]] + [mix(tint, PAPER, 0.45) for tint in tints[7:]]
    sheet.chart(depth, -6, 10, tints, curves)
    return sheet


def islands() -> Sheet:
    sheet, coast, rough = Sheet(SEA), swell("islands", 330, 0.5, 1.5), swell("rough", 130, 0.5, 1.5)
    isles = [(290, 290, 140), (850, 650, 175), (1270, 260, 125), (1420, 810, 85), (720, 170, 62), (290, 830, 80)]

    def height(x: float, y: float) -> float:
        hills = (exp(-(((x - a - (y - b) * 0.5) / 1.35) ** 2 + (y - b) ** 2) / r**2) for a, b, r in isles)
        return sum(hills) + 0.13 * coast(x, y) + 0.05 * rough(x, y)

    water, rock = ramp(3, SEA, mix(SEA, MIST, 0.22)), ramp(5, GRANITE, mix(GRANITE, MOSS, 0.75))
    curves = [mix(tint, MIST, 0.3) for tint in water] + [PAPER] + [mix(tint, MOSS, 0.5) for tint in rock[1:]]
    sheet.chart(height, 0.1, 1.0, water + rock, curves)
    quay = isles[1][:2]
    for isle in isles:
        route = ease(isle[:2], quay)
        for step in range(0, 80, 2):
            sheet.line(route[step : step + 2], MOSS if height(*route[step]) > 0.42 else PAPER, 3)
        sheet.ring(isle[:2], 9, PAPER, INK, 3)
    sheet.ring(quay, 20, PAPER, INK, 4)
    return sheet


def current() -> Sheet:
    sheet, drift = Sheet(MIST), swell("drift", 700, 0, 1.8)
    rocks = [(470, 430, 105), (1090, 600, 150), (1330, 250, 60)]

    def stream(x: float, y: float) -> float:
        flow = y + 46 * drift(x, y)
        for a, b, r in rocks:
            flow -= (y - b) * r * r / max(r * r, (x - a) ** 2 + (y - b) ** 2)
        return flow

    chance, calm = dice("current"), [mix(SEA, MIST, share) for share in (0.1, 0.3, 0.5, 0.7, 0.85, 1)] + [FOAM]
    tints = [chance.choice(calm) for _ in range(70)]
    sheet.chart(stream, -200, 1200, tints, tints)
    for a, b, r in rocks:
        sheet.ring((a, b), r, GRANITE, INK, 2)
    return sheet


def granite() -> Sheet:
    sheet, chance, vein = Sheet(HAIR), dice("granite"), swell("vein", 900)
    reddish, grey = mix(HAIR, PLUM, 0.28), mix(HAIR, ROCK, 0.4)
    rock = [GRANITE, GRANITE, HAIR, HAIR, grey, reddish, reddish, ROCK, SLATE]
    rows = [(x, y) for y in range(-80, 1120, 62) for x in range(-80, 1720, 84)]
    seeds = [(x + chance.uniform(-42, 42), y + chance.uniform(-31, 31)) for x, y in rows]
    for x, y in seeds:
        near = sorted((seed for seed in seeds if abs(seed[0] - x) < 180), key=lambda seed: dist(seed, (x, y)))
        corners, quartz = ground_of((x, y), near[1:15]), abs(y - 250 - 0.3 * x - 60 * vein(x, y)) < 48
        tint = mix(PAPER, MIST, chance.random() * 0.4) if quartz else chance.choice(rock)
        for (a, b), (c, d) in zip(corners, corners[1:] + corners[:1], strict=True):
            slope = sin(atan2((b + d) / 2 - y, (a + c) / 2 - x) + 0.7)
            lit = mix(tint, INK, 0.13 * slope) if slope > 0 else mix(tint, PAPER, -0.45 * slope)
            sheet.shape([(x, y), (a, b), (c, d)], lit)
    return sheet


def harbour() -> Sheet:
    sheet, chance, quay = Sheet(PAPER), dice("harbour"), 640
    for height, tint in ((150, GRANITE), (70, HAIR)):
        hills = swell(tint, 520)
        ridge = [(x, quay - height - 40 * hills(x, 0)) for x in range(0, WIDTH + 10, 10)]
        sheet.shape([(0, quay), *ridge, (WIDTH, quay)], tint)
    sheet.shape([(0, quay), (WIDTH, quay), (WIDTH, HEIGHT), (0, HEIGHT)], MIST)
    for berth in range(13):
        x, tall = 92 + berth * 118 + chance.randint(-8, 8), chance.randint(190, 540)
        colour, top = (SEA, ROCK, MOSS, SEA, INK, PLUM, SEA)[berth % 7], (x, quay - tall)
        sheet.line([(x - 46, quay - 20), top, (x + 52, quay - 20)], mix(colour, PAPER, 0.5), 1.5)
        sheet.line([(x, quay), top], colour, 3.5)
        sheet.shape([(x - 50, quay - 22), (x + 58, quay - 26), (x + 36, quay + 4), (x - 40, quay + 4)], colour)
        sheet.ring(top, 8, PAPER, colour, 3)
        for dip in range(12, int(tall * 0.62), 11):
            half, sway = (38 - dip * 0.6 if dip < 36 else 4 + dip * 0.05), chance.uniform(-1, 1) * dip * 0.07
            left, right, down = x + sway - half, x + sway + half, quay + dip
            sheet.line([(left, down), (right, down)], mix(colour, MIST, dip / tall), 4)
    return sheet


def lichen() -> Sheet:
    sheet, chance, crusts = Sheet(HAIR), dice("lichen"), []
    for _ in range(5000):
        speck = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        sheet.ring(speck, chance.uniform(1, 3), mix(HAIR, ROCK, chance.random()))
    for size in [250] * 20 + [170] * 30 + [110] * 80 + [60] * 200 + [32] * 300 + [16] * 300:
        at = chance.uniform(0, WIDTH), chance.uniform(0, HEIGHT)
        if all(dist(at, other) > (size + taken) * 0.94 for other, taken in crusts):
            crusts.append((at, size))
            _crust(sheet, chance, at, size)
    return sheet


def _crust(sheet: Sheet, chance: Random, at: Point, size: float) -> None:
    """A lichen that has grown outwards year by year, with its fruits in the middle."""
    tint = chance.choice([MOSS, MOSS, mix(MOSS, MIST, 0.5), SLATE, mix(PLUM, ROCK, 0.5)])
    lobes = [(wave, chance.uniform(0, tau), 0.16 / wave**0.5) for wave in (2, 3, 5, 9, 14, 23)]
    for year in range(6):
        grown = size * (1 - 0.15 * year)
        rim = []
        for turn in (step * tau / 200 for step in range(200)):
            reach = grown * (0.9 + sum(share * sin(wave * turn + phase) for wave, phase, share in lobes) * 0.5)
            rim.append((at[0] + reach * cos(turn), at[1] + reach * sin(turn)))
        sheet.shape(rim, mix(tint, PAPER, (0.82, 0.5, 0.62, 0.4, 0.5, 0.3)[year]))
    for _ in range(int(size / 6)):
        turn, reach = chance.uniform(0, tau), size * 0.45 * chance.random()
        fruit = at[0] + reach * cos(turn), at[1] + reach * sin(turn)
        sheet.ring(fruit, chance.uniform(2, 2 + size / 30), mix(tint, INK, 0.5), mix(tint, PAPER, 0.7), 1.5)


def nexus() -> Sheet:
    sheet, hub, turn = Sheet(PLUM), (960, 500), pi * (3 - sqrt(5))
    seeds = [(hub[0] + 47 * sqrt(i) * cos(i * turn), hub[1] + 47 * sqrt(i) * sin(i * turn)) for i in range(95)]
    for stride, light in ((5, 0.15), (13, 0.3), (8, 0.6)):
        for one, other in zip(seeds[1:], seeds[1 + stride :], strict=False):
            sheet.line([one, other], mix(PLUM, PAPER, light), 2)
    for i, seed in enumerate(seeds[1:]):
        sheet.ring(seed, 4 + sqrt(i) * 0.8, PAPER if i % 8 == 5 else PLUM, PAPER, 2)
    for seed in seeds[1:9]:
        sheet.line([hub, seed], PAPER, 2)
    sheet.line([(0, hub[1]), hub], PAPER, 3)
    sheet.ring(hub, 24, PAPER)
    return sheet


DRAWN = (archipelago, strata, deep, lines, meeting, shore, islands, current, granite, harbour, lichen, nexus)
DRAWINGS = {drawing.__name__: drawing for drawing in DRAWN}
NAMES = tuple(DRAWINGS)


def draw(name: str) -> Image.Image:
    """The picture of that name, the same to the last pixel each time."""
    return DRAWINGS[name]().finished()


def draw_portrait(initials: str, seed: str) -> Image.Image:
    """A face for somebody without a photo: their initials on a disc of still water."""
    sheet, middle, reach = Sheet(PAPER, PORTRAIT, PORTRAIT), PORTRAIT / 2, PORTRAIT / 2 - 4
    tint = dice(f"tint {seed}").choice([SEA, MOSS, PLUM, ROCK])
    tints = ramp(8, mix(tint, PAPER, 0.86), mix(tint, PAPER, 0.62))
    sheet.chart(swell(seed, 420), -1.6, 1.6, tints, [mix(step, tint, 0.25) for step in tints])
    letters = ImageFont.truetype(LETTERS, 230 * FINE)
    letters.set_variation_by_axes([560])
    sheet.pen.text((middle * FINE, (middle + 75) * FINE), initials, INK, letters, anchor="ms")
    water = Image.new("L", sheet.image.size)
    ImageDraw.Draw(water).circle((middle * FINE, middle * FINE), reach * FINE, 255)
    sheet.image = Image.composite(sheet.image, Image.new("RGB", water.size, PAPER), water)
    sheet.pen = ImageDraw.Draw(sheet.image)
    sheet.ring((middle, middle), reach, None, INK, 5)
    return sheet.finished()
