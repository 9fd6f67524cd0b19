"""Geometry of the site's charts: from figures to places in an SVG, which templates draw. Pure; lengths in SVG units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

#: Widths at which every chart is drawn: one for wide windows, one for a phone, so that its words stay legible.
WIDTHS = {"wide": 920, "narrow": 360}
LABEL = 6.4  # width of a character of a label


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the grid or a mark of the axis, with its label."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a chart inside its margins."""

    width: int
    height: int
    left: int = 8
    right: int = 8
    top: int = 26
    bottom: int = 24

    @property
    def inner(self) -> int:
        """Width between the margins."""
        return self.width - self.left - self.right

    @property
    def floor(self) -> int:
        """Where zero lies."""
        return self.height - self.bottom

    def y(self, value: float, most: float) -> float:
        """Height of a value on a scale that ends at `most`."""
        return round(self.floor - (self.floor - self.top) * (value / most if most else 0), 1)


def ceiling(most: float) -> float:
    """The end of a scale for values up to `most`: 1, 2, 2.5 or 5 times a power of ten, times up to four steps.

    >>> ceiling(930), ceiling(1200), ceiling(0), ceiling(41000)
    (1000.0, 1500.0, 1.0, 45000.0)
    """
    if most <= 0:
        return 1.0
    step = step_of(most)
    return step * math.ceil(most / step - 1e-9)


def step_of(most: float, steps: int = 3) -> float:
    """A round distance between grid lines, so that there are about `steps` of them."""
    rough = most / steps
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * nice for nice in (1, 1.5, 2, 2.5, 5, 10) if power * nice >= rough * 0.999)


def grid(most: float, frame: Frame, unit: str = "") -> list[Tick]:
    """The grid lines above zero up to the end of the scale."""
    if most <= 0:
        return []
    step = step_of(most)
    count = math.floor(ceiling(most) / step + 1e-9)
    return [
        Tick(frame.y(step * n, ceiling(most)), short(step * n) + (unit if n == count else ""))
        for n in range(1, count + 1)
    ]


def margin(most: float) -> int:
    """Room at the left for the labels of the scale, so that no column stands on them; the topmost has none below it.

    >>> margin(930), margin(150_000)
    (29, 54)
    """
    step = step_of(most) if most > 0 else 0.0
    inner = range(1, math.floor(ceiling(most) / step + 1e-9)) if step else ()
    return 9 + math.ceil(LABEL * max((len(short(step * n)) for n in inner), default=0))


def short(number: float) -> str:
    """A number for an axis.

    >>> short(45_000), short(1_500_000), short(900), short(2.5)
    ('45,000', '1.5m', '900', '2.5')
    """
    return f"{number / 1e6:,.6g}m" if number >= 1e6 else f"{number:,.6g}"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stretch of time with its figures: a month, a quarter or a year; `points` are low, point and high."""

    label: str  # for people: March 2026
    tick: str  # below the axis, empty for none
    href: str  # the page that tells more, empty for none
    points: tuple[int, int, int]
    events: int
    open: bool = False  # its time has not ended in the data


@dataclass(frozen=True, slots=True)
class Bar:
    """One column with its whisker from low to high."""

    x: float
    width: float
    y: float
    height: float
    middle: float
    low: float
    high: float
    spread: bool
    bucket: Bucket


@dataclass(frozen=True, slots=True)
class Note:
    """Words written into a chart."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of jobs over time."""

    frame: Frame
    bars: list[Bar]
    grid: list[Tick]
    ticks: list[Tick]
    notes: list[Note] = field(default_factory=list)


def columns(buckets: Sequence[Bucket], width: int, height: int, unit: str = " jobs") -> Columns:
    """A column a bucket, as high as its point; the highest and the last are labelled."""
    most = max((b.points[2] for b in buckets), default=0)
    frame = Frame(width, height, left=margin(most))
    top = ceiling(most)
    slot = frame.inner / max(len(buckets), 1)
    wide = min(slot * 0.72, 46)
    bars = []
    for place, bucket in enumerate(buckets):
        middle = frame.left + slot * (place + 0.5)
        low, point, high = (frame.y(value, top) for value in bucket.points)
        left, tall, spread = round(middle - wide / 2, 1), round(frame.floor - point, 1), low - high >= 1.5
        bars.append(Bar(left, round(wide, 1), point, tall, round(middle, 1), low, high, spread, bucket))
    return Columns(frame, bars, grid(most, frame, unit), labels(buckets, frame, slot), _notes(bars, frame))


def labels(buckets: Sequence[Bucket], frame: Frame, slot: float) -> list[Tick]:
    """Labels below the axis, as many as fit; those that name a year before the others."""
    found: list[tuple[float, float, Tick]] = []
    named = sorted(enumerate(buckets), key=lambda one: not any(c.isdigit() for c in one[1].tick))
    for place, bucket in named:
        half = len(bucket.tick) * LABEL / 2
        at = min(max(frame.left + slot * (place + 0.5), half), frame.width - half)
        if bucket.tick and all(abs(at - other) > half + width + 8 for other, width, _ in found):
            found.append((at, half, Tick(round(at, 1), bucket.tick)))
    return [tick for _, _, tick in sorted(found, key=lambda one: one[0])]


def _notes(bars: Sequence[Bar], frame: Frame) -> list[Note]:
    told = [bar for bar in bars if bar.bucket.points[1]]
    if not told:
        return []
    best = max(told, key=lambda bar: (bar.bucket.points[1], bar.x))
    notes: list[Note] = []
    for bar in dict.fromkeys((best, told[-1])):
        text = f"{bar.bucket.points[1]:,}"
        half = len(text) * LABEL / 2
        x = min(max(bar.middle, frame.left + half), frame.width - half)
        y = min(bar.y, bar.high) - 7
        hidden = any(abs(o.middle - x) < half + o.width / 2 and min(o.y, o.high) < y for o in bars if o is not bar)
        if not notes or not hidden:
            notes.append(Note(round(x, 1), round(y, 1), text))
    return notes
