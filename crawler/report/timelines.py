"""Geometry of a company's time line: a stem for each round. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crawler.report.charts import LABEL, Frame, Note, Tick, ceiling, grid, margin


@dataclass(frozen=True, slots=True)
class Round:
    """A round on a company's time line: its place in time from 0 to 1, its people, and words for it."""

    place: float
    people: int | None
    label: str
    title: str
    href: str
    ai: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Stem:
    """A round drawn: a stem from the axis with a head."""

    x: float
    y: float
    note: Note | None
    round: Round


@dataclass(frozen=True, slots=True)
class Timeline:
    """The rounds of a company."""

    frame: Frame
    stems: list[Stem]
    grid: list[Tick]
    ticks: list[Tick]


def timeline(rounds: Sequence[Round], ticks: Sequence[tuple[float, str]], width: int, height: int) -> Timeline:
    """Stems as high as the people of each round; the greatest are labelled where there is room."""
    most = max((r.people or 0 for r in rounds), default=0)
    frame = Frame(width, height, left=margin(most) + 6, right=12, top=34)
    top = ceiling(most)
    placed: list[Note] = []
    notes: dict[int, Note] = {}
    for number in sorted(range(len(rounds)), key=lambda n: (-(rounds[n].people or 0), rounds[n].place)):
        one = rounds[number]
        if one.people is None:
            continue
        half = len(one.label) * LABEL / 2
        x = min(max(frame.left + frame.inner * one.place, half + 2), frame.width - half - 2)
        note = Note(round(x, 1), round(frame.y(one.people, top) - 10, 1), one.label)
        if all(abs(note.x - o.x) > half + len(o.text) * LABEL / 2 + 5 or abs(note.y - o.y) > 13 for o in placed):
            placed.append(note)
            notes[number] = note
    stems = [
        Stem(round(frame.left + frame.inner * r.place, 1), frame.y(r.people or 0, top), notes.get(n), r)
        for n, r in enumerate(rounds)
    ]
    marks: list[Tick] = []
    for place, label in ticks:
        half = len(label) * LABEL / 2
        at = round(min(max(frame.left + frame.inner * place, half), frame.width - half), 1)
        if not marks or at - marks[-1].at > half + len(marks[-1].label) * LABEL / 2 + 10:
            marks.append(Tick(at, label))
    return Timeline(frame, stems, grid(most, frame, " jobs"), marks)
