"""The share of AI among job cuts, by a definition: of events and of jobs, with low, point and high.

Pure. What is not known makes the interval wider, never the point: an event whose attribution is disputed, one whose
country is unknown where the definition asks for it, figures that are bounds. `low` takes each against
AI, `high` for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import add
from typing import Literal

from extract.attributions import Attribution
from extract.days import span
from extract.definitions import Definition
from extract.records import Event
from extract.totals import KEYS, NOT_COUNTED_REVIEW, NOT_COUNTED_STATUS, by_size, figure, in_time

By = Literal["month", "industry", "company", "country"]
BY: tuple[By, ...] = ("month", "industry", "company", "country")
Told = tuple[Event, Sequence[Attribution]]
Grade = Literal["no", "denied", "disputed", "sure"]

#: The grades that count as AI's, by end of the interval.
_COUNT: dict[str, frozenset[Grade]] = {
    "low": frozenset({"sure"}),
    "point": frozenset({"sure", "disputed"}),
    "high": frozenset({"sure", "disputed", "denied"}),
}


@dataclass(frozen=True, slots=True)
class Range:
    """A share between 0 and 1. None where there is nothing that it could be a share of."""

    low: float | None
    point: float | None
    high: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a definition gives for one group of events; `key` is None where the events do not say it."""

    key: str | None
    events: int  # counted, those of unknown country left out where the definition limits countries
    ai_events: int  # among them those that the definition attributes to AI
    share_of_events: Range
    jobs: int  # people, by the point of each event
    ai_jobs: int
    share_of_jobs: Range
    without_figure: int  # of `events`, those that give no number of people; they add nothing to jobs
    unknown_country: int  # events that might belong to it


@dataclass(frozen=True, slots=True)
class _Part:
    """One event as the definition sees it: how sure it is AI's, whether it is counted at all, all people and AI's."""

    grade: Grade
    sure: bool  # False: its country is unknown
    whole: tuple[int, int, int] | None  # low, point, high
    ai: tuple[int, int, int] | None


def belongs(event: Event, definition: Definition) -> bool | None:
    """Is the event among those that the definition counts? None where its country is not known.

    >>> from extract.definitions import load_definitions
    >>> [belongs(Event(country=c), load_definitions()["challenger"]) for c in ("US", "DE", None)]
    [True, False, None]
    """
    if event.status in NOT_COUNTED_STATUS or event.review_status in NOT_COUNTED_REVIEW:
        return False
    if event.action not in definition.actions:
        return False
    if not definition.countries or event.country in definition.countries:
        return True
    return None if event.country is None else False


def heard(voices: Iterable[Attribution], definition: Definition) -> list[Attribution]:
    """The voices by which the definition counts an event as AI's."""
    return [
        voice
        for voice in voices
        if voice.speaker in definition.speakers
        and voice.stance in definition.stances
        and voice.strength in definition.strengths
        and (voice.stance != "asserts" or voice.mechanism in definition.mechanisms)
    ]


def grade(voices: Sequence[Attribution], definition: Definition) -> Grade:
    """How the definition sees an event: not AI's, AI's though the employer denies it, disputed by anyone, or sure."""
    if not heard(voices, definition):
        return "no"
    if definition.denied == "in":
        return "sure"
    if definition.denied == "out" and any(voice.own and voice.stance == "denies" for voice in voices):
        return "denied"
    return "disputed" if any(voice.stance != "asserts" for voice in voices) else "sure"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts that shares are worked out from. Those of the parts of a time add up to those of the whole."""

    counts: tuple[int, ...] = (0,) * 6  # events, AI's; jobs, AI's; events without a figure; of unknown country
    events: tuple[int, ...] = (0,) * 6  # AI's and the rest, at low, point and high
    jobs: tuple[int, ...] = (0,) * 6

    def __add__(self, other: Tally) -> Tally:
        both = ((self.counts, other.counts), (self.events, other.events), (self.jobs, other.jobs))
        return Tally(*(tuple(map(add, one, two)) for one, two in both))


def tally(told: Iterable[Told], definition: Definition) -> Tally:
    """The counts over all these events."""
    parts = [part for event, voices in told if (part := _part(event, voices, definition))]
    sure = [part for part in parts if part.sure]
    counts = (
        len(sure),
        sum(part.grade in _COUNT["point"] for part in sure),
        sum(part.whole[1] for part in sure if part.whole),
        sum(part.ai[1] for part in sure if part.ai and part.grade in _COUNT["point"]),
        sum(part.whole is None for part in sure),
        len(parts) - len(sure),
    )
    events, jobs = (tuple(n for end in _COUNT for n in of(parts, end)) for of in (_of_events, _of_jobs))
    return Tally(counts, events, jobs)


def share_of(found: Tally, key: str | None = None) -> Share:
    """The share that the counts give."""
    events, ai_events, jobs, ai_jobs, without_figure, unknown_country = found.counts
    return Share(
        key=key, events=events, ai_events=ai_events, share_of_events=_range(found.events), jobs=jobs, ai_jobs=ai_jobs,
        share_of_jobs=_range(found.jobs), without_figure=without_figure, unknown_country=unknown_country,
    )  # fmt: skip


def _range(counts: Sequence[int]) -> Range:
    return Range(*(ai / (ai + rest) if ai + rest else None for ai, rest in zip(counts[::2], counts[1::2], strict=True)))


def share(told: Iterable[Told], definition: Definition, key: str | None = None) -> Share:
    """The share over all these events."""
    return share_of(tally(told, definition), key)


def shares(told: Iterable[Told], definition: Definition, by: By) -> list[Share]:
    """A share for each group that has counted events: months in their order, else the one with most jobs first."""
    groups: dict[str | None, list[Told]] = {}
    for event, voices in told:
        if belongs(event, definition) is not False:
            groups.setdefault(KEYS[by](event), []).append((event, voices))
    found = [share(members, definition, key) for key, members in groups.items()]
    if by == "month":
        return sorted(found, key=lambda one: in_time(one.key))
    return sorted(found, key=lambda one: by_size(one.key, one.jobs, one.events))


def of_period(told: Iterable[Told], period: str) -> list[Told]:
    """The events whose date lies in an ISO month, quarter, year or interval such as 2026-01/2026-04 (".." is open).

    >>> dates = ("2026-03-09", "2026-04", "2026", None)
    >>> [event.date for event, _ in of_period([(Event(date=date), ()) for date in dates], "2026-01/2026-03")]
    ['2026-03-09']
    """
    first, _, last = period.partition("/")
    begin, end = span(first), span(last or first)
    inside = []
    for event, voices in told:
        days = span(event.date)
        if days and begin and days[0] >= begin[0] and (end is None or days[1] <= end[1]):
            inside.append((event, voices))
    return inside


def _part(event: Event, voices: Sequence[Attribution], definition: Definition) -> _Part | None:
    inside = belongs(event, definition)
    if inside is False:
        return None
    whole = figure(event)
    return _Part(grade(voices, definition), bool(inside), whole, _of_ai(whole, heard(voices, definition), definition))


def _of_ai(
    whole: tuple[int, int, int] | None, voices: Sequence[Attribution], definition: Definition
) -> tuple[int, int, int] | None:
    """The people whose jobs go to AI: the number told for them alone, if the definition takes it; else the whole."""
    if definition.jobs == "whole" or whole is None:
        return whole
    stated = next((v for v in voices if v.low is not None or v.high is not None), None)
    if stated is None:
        return whole
    low = stated.low if stated.low is not None else 0
    high = stated.high if stated.high is not None else max(low, whole[2])
    point = stated.low if stated.low is not None else high
    return min(low, whole[0]), min(point, whole[1]), min(high, whole[2])


def _ours(part: _Part, end: str) -> bool:
    """Does the event count as AI's at this end of the interval?"""
    return part.grade in _COUNT[end] and (part.sure or end == "high")


def _rest(part: _Part, end: str) -> bool:
    """Does it count as not AI's at this end? An event of unknown country only where that makes the interval wider."""
    return part.grade not in _COUNT[end] and (part.sure or end == "low")


def _of_events(parts: Sequence[_Part], end: str) -> tuple[int, int]:
    return sum(_ours(part, end) for part in parts), sum(_rest(part, end) for part in parts)


def _of_jobs(parts: Sequence[_Part], end: str) -> tuple[int, int]:
    """AI's people and the others at this end: AI's least and the others' most for low, the reverse for high."""
    own, other = {"low": (0, 2), "point": (1, 1), "high": (2, 0)}[end]
    ai = rest = 0
    for part in parts:
        if part.whole is None or part.ai is None:
            continue
        if _ours(part, end):
            ai += part.ai[own]
            rest += 0 if part.ai == part.whole else max(part.whole[other] - part.ai[own], 0)
        elif _rest(part, end):
            rest += part.whole[other]
    return ai, rest
