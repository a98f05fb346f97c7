"""A method’s minutes and a project’s years drawn to scale. Places are in percent of the whole line, so no style is needed."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

WHOLE_RULER = 180
LETTERS_IN_WHOLE = 158  # so many small letters fit side by side where a scale shows names
LETTERS_IN_LINE, LINE = 66, 29  # of the text beside a stem on a wide screen; a line in pixels
UNITS = ((1, 5, 10), (5, 15, 30), (15, 30, 60), (60, 120, 240), (240, 480, 960))


def percent(minutes: float, whole: float) -> float:
    return round(min(minutes / whole, 1) * 100, 2)


@dataclass(frozen=True)
class Ruler:
    """The line on a card, always three hours long: a node where each step begins, dashed where it may take longer."""

    ticks: list[float]
    steps: list[float]
    end: float
    longest: float | None


def ruler(minutes: list[int], shortest: int, longest: int) -> Ruler:
    starts = [sum(minutes[:n]) for n in range(len(minutes))] if all(minutes) else []
    return Ruler(
        ticks=[percent(tick, WHOLE_RULER) for tick in range(0, WHOLE_RULER + 1, 30)],
        steps=[percent(start, WHOLE_RULER) for start in starts if start < shortest],
        end=percent(shortest, WHOLE_RULER),
        longest=percent(longest, WHOLE_RULER) if shortest < longest and shortest < WHOLE_RULER else None,
    )


@dataclass(frozen=True)
class Part:
    """One step on the scale; ``name`` is empty where it would not fit."""

    number: int
    name: str
    start: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.start + self.width / 2, 2)


@dataclass(frozen=True)
class Tick:
    """A mark on the scale, longer for every few minutes, with its number where there is room."""

    at: float
    end: int
    label: int | None


@dataclass(frozen=True)
class Scale:
    """All steps beside one another, as wide as they are long."""

    parts: list[Part]
    ticks: list[Tick]
    total: int


def scale(steps: list[tuple[str, int]]) -> Scale | None:
    """None where a step has no minutes: then nothing can be drawn to scale."""
    total = sum(minutes for _, minutes in steps if minutes)
    if len(steps) < 2 or not all(minutes for _, minutes in steps):
        return None
    parts, start = [], 0
    for number, (name, minutes) in enumerate(steps, start=1):
        width = percent(minutes, total)
        parts.append(Part(number, name if len(name) < width / 100 * LETTERS_IN_WHOLE else "", percent(start, total), width))
        start += minutes
    small, middle, large = next((unit for unit in UNITS if total <= 75 * unit[0]), UNITS[-1])
    ticks = [
        Tick(
            percent(n, total),
            98 if n % large == 0 else 91 if n % middle == 0 else 86,
            n if n % large == 0 and n < total * 0.95 else None,
        )
        for n in range(0, total + 1, small)
    ]
    return Scale(parts, ticks, total)


@dataclass(frozen=True)
class Stem:
    """The line beside one step, as tall as it is long; in pixels."""

    height: int
    ticks: list[tuple[float, int]]


def stems(steps: list[tuple[int, int]]) -> list[Stem]:
    """One scale for all steps, each given as minutes and letters of text.

    Eleven pixels a minute at most, fewer where a line would be taller than its text.
    """
    minute = min(11.0, *((55 + letters // LETTERS_IN_LINE * LINE) / minutes for minutes, letters in steps))
    small, middle, _ = next((unit for unit in UNITS if unit[0] * minute >= 5), UNITS[-1])
    return [
        Stem(
            max(18, round(minutes * minute)),
            [(round(9 + n * minute, 1), 22 if n % middle == 0 else 15) for n in range(small, minutes, small)],
        )
        for minutes, _ in steps
    ]


@dataclass(frozen=True)
class Timeline:
    """A period from its first day to its last: where each year begins, and today if it lies between."""

    years: list[tuple[float, int]]
    now: float | None
    over: bool


def timeline(first: datetime.date, last: datetime.date) -> Timeline:
    today, days = timezone.localdate(), max((last - first).days, 1)
    begins = [datetime.date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    marks = [(percent((day - first).days, days), day.year) for day in begins]
    now = percent((today - first).days, days) if first <= today <= last else None
    return Timeline([mark for mark in marks if 3 < mark[0] < 97], now, last < today)
