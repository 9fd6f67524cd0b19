"""Geometry of the chart of shares: a line with its range, and the shares that others published. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.report.charts import LABEL, Bucket, Frame, Note, Tick, ceiling, grid, labels, margin


@dataclass(frozen=True, slots=True)
class Dot:
    """A share that somebody else published, at its place in time."""

    x: float
    y: float
    label: str
    anchor: str
    title: str
    row: float


@dataclass(frozen=True, slots=True)
class Band:
    """The share of AI over time: a line with the room from low to high around it."""

    frame: Frame
    areas: list[str]
    lines: list[str]
    marks: list[tuple[float, float, str]]
    dots: list[Dot]
    grid: list[Tick]
    ticks: list[Tick]
    notes: list[Note]


@dataclass(frozen=True, slots=True)
class Portion:
    """A share of a bucket, per cent: low, point, high; None where there is nothing to be a share of."""

    bucket: Bucket
    share: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class Quoted:
    """A share as others published it: its place between the buckets (0 the first), per cent, and who."""

    place: float
    value: float
    label: str
    title: str


def band(portions: Sequence[Portion], quoted: Sequence[Quoted], width: int, height: int, most: float) -> Band:
    """The chart; `most` is the end of its scale, per cent, the same for all definitions that a reader may compare."""
    frame = Frame(width, height, right=14, left=margin(most))
    slot = frame.inner / max(len(portions), 1)
    top = ceiling(most)
    known: list[list[tuple[float, tuple[float, float, float], Bucket]]] = [[]]
    for place, portion in enumerate(portions):
        at = round(frame.left + slot * (place + 0.5), 1)
        if portion.share is None:
            known.append([])
        else:
            known[-1].append((at, tuple(frame.y(v, top) for v in portion.share), portion.bucket))  # type: ignore[arg-type]
    runs = [run for run in known if run]
    areas = [_area(run, slot) for run in runs]
    lines = ["M" + "L".join(f"{x} {ys[1]}" for x, ys, _ in run) for run in runs if len(run) > 1]
    marks = [(x, ys[1], bucket.label) for run in runs for x, ys, bucket in run]
    ticks = labels([p.bucket for p in portions], frame, slot)
    dots = _dots(quoted, frame, slot, top)
    return Band(frame, areas, lines, marks, dots, grid(most, frame, " % of jobs"), ticks, _last(runs, portions, frame))


def _area(run: Sequence[tuple[float, tuple[float, float, float], Bucket]], slot: float) -> str:
    """The outline of a stretch from low to high; of a single bucket as wide as half its slot."""
    if len(run) == 1:
        x, ys, _ = run[0]
        reach = round(slot / 4, 1)
        corners = [(x - reach, ys[2]), (x + reach, ys[2]), (x + reach, ys[0]), (x - reach, ys[0])]
    else:
        corners = [(x, ys[2]) for x, ys, _ in run] + [(x, ys[0]) for x, ys, _ in reversed(run)]
    return "M" + "L".join(f"{round(x, 1)} {y}" for x, y in corners) + "Z"


def _last(
    runs: Sequence[Sequence[tuple[float, tuple[float, float, float], Bucket]]],
    portions: Sequence[Portion],
    frame: Frame,
) -> list[Note]:
    if not runs:
        return []
    x, ys, _ = runs[-1][-1]
    share = next(p.share for p in reversed(portions) if p.share is not None)
    text = f"{share[1]:.0f} %"
    x = min(x, frame.width - len(text) * LABEL / 2)
    return [Note(round(x, 1), round(max(ys[1] - 9, 12), 1), text)]


def _dots(quoted: Sequence[Quoted], frame: Frame, slot: float, top: float) -> list[Dot]:
    """Others' shares, each labelled on the side where there is room, one above the other where they crowd."""
    found: list[Dot] = []
    for one in sorted(quoted, key=lambda q: (q.place, -q.value)):
        x = round(frame.left + slot * (one.place + 0.5), 1)
        y = frame.y(min(one.value, top), top)
        anchor = "end" if x > frame.width / 2 else "start"
        row = y + 4
        while any(abs(row - dot.row) < 13 and abs(x - dot.x) < 110 for dot in found):
            row -= 13
        found.append(Dot(x, y, one.label, anchor, one.title, round(row, 1)))
    return found
