"""Sums over events that respect what is not known: low, point and high, and how many events have no figure.

Pure. A share of the workforce never becomes a number of people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from extract.days import precision, span
from extract.records import Event

By = Literal["month", "company", "industry", "country", "ai"]

#: What stays out of totals unless asked for: cuts that did not or may not happen, and what makes nobody leave.
NOT_COUNTED_STATUS = ("denied", "cancelled", "considered")
NOT_COUNTED_ACTION = ("hiring_freeze", "attrition")
NOT_COUNTED_REVIEW = ("rejected",)
LEFT_OUT = (*NOT_COUNTED_STATUS, *NOT_COUNTED_ACTION, *NOT_COUNTED_REVIEW)


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """One group of events. `low <= point <= high`, in people; `key` is None where the events do not say it."""

    key: str | None
    events: int
    low: int
    point: int
    high: int
    without_figure: int  # events among them that give no number of people; they add nothing


def counted(event: Event, wanted: Iterable[str] = ()) -> bool:
    """Does the event belong to a total? `wanted` names what of LEFT_OUT is to be counted all the same.

    >>> counted(Event()), counted(Event(status="denied")), counted(Event(status="denied"), ["denied"])
    (True, False, True)
    """
    out = set(LEFT_OUT) - set(wanted)
    return not out & {event.status, event.action, event.review_status}


def figure(event: Event) -> tuple[int, int, int] | None:
    """Low, point and high of one event; None where it gives no number of people.

    A missing low is the point, a missing high the point; "hundreds" has no point and counts as its least number.

    >>> figure(Event(headcount=900, headcount_min=900)), figure(Event(headcount_min=200)), figure(Event(pct_min=12))
    ((900, 900, 900), (200, 200, 200), None)
    """
    point, least, most = event.headcount, event.headcount_min, event.headcount_max
    known = [number for number in (point, least, most) if number is not None]
    if not known:
        return None
    point = known[0] if point is None else point
    return min(point if least is None else least, point), point, max(point if most is None else most, point)


def totals(events: Iterable[Event], by: By) -> list[Total]:
    """A total for each group that has events: months in their order, anything else by the point, greatest first."""
    groups: dict[str | None, list[Event]] = {}
    for event in events:
        groups.setdefault(KEYS[by](event), []).append(event)
    found = [total(members, key) for key, members in groups.items()]
    if by == "month":
        return sorted(found, key=lambda one: in_time(one.key))
    return sorted(found, key=lambda one: by_size(one.key, one.point, one.events))


def total(events: Iterable[Event], key: str | None = None) -> Total:
    """The sum of all the events."""
    figures = [figure(event) for event in events]
    known = [one for one in figures if one]
    low, point, high = (sum(one[i] for one in known) for i in range(3))
    return Total(
        key=key, events=len(figures), low=low, point=point, high=high, without_figure=len(figures) - len(known)
    )


def _month(event: Event) -> str | None:
    """The month; of a date that is only known as a quarter or a year, that, since any month would be a guess.

    >>> _month(Event(date="2026-03-09")), _month(Event(date="2026-Q1")), _month(Event())
    ('2026-03', '2026-Q1', None)
    """
    known = precision(event.date)
    return event.date[:7] if event.date and known else None


KEYS: dict[By, Callable[[Event], str | None]] = {
    "month": _month,
    "company": lambda event: event.company,
    "industry": lambda event: event.industry,
    "country": lambda event: event.country,
    "ai": lambda event: event.ai,
}


def in_time(key: str | None) -> tuple[bool, str, str]:
    """Sort key of months, quarters and years: by their first day, undated last."""
    days = span(key)
    return days is None, days[0].isoformat() if days else "", key or ""


def by_size(key: str | None, jobs: int, events: int) -> tuple[bool, int, int, str]:
    """Sort key of any other group: most jobs first, then most events, unknown last."""
    return key is None, -jobs, -events, key or ""
