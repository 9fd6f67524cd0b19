"""What events add up to: jobs of what counts, and how many leave something open; and several such sums as one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from extract.records import Event
from extract.totals import counted, total

UNSURE = 0.7  # a row that is less sure is doubtful


def sums(events: Sequence[Event]) -> dict[str, Any]:
    """What a list of events adds up to: jobs of what counts, and how many events do not, or leave something open.

    >>> found = sums([Event(headcount=90, headcount_min=90, headcount_max=90, date="2026-03"), Event(status="denied")])
    >>> found["point"], found["rounds"], found["left_out"], found["unknown"]["industry"]
    (90, 1, {'denied': 1}, 1)
    """
    chosen = [event for event in events if counted(event)]
    one = total(chosen)
    left = Counter(_why_left_out(event) for event in events if not counted(event))
    unknown = {
        "figure": one.without_figure,
        "day": sum(event.date_precision != "day" for event in chosen),
        "industry": sum(event.industry is None for event in chosen),
        "country": sum(event.country is None for event in chosen),
        "unsure": sum(event.confidence is not None and event.confidence < UNSURE for event in chosen),
        "contested": sum(event.contested for event in chosen),
        "single": sum(event.n_independent == 1 for event in chosen),
    }
    return {
        "events": len(events), "rounds": one.events, "low": one.low, "point": one.point, "high": one.high,
        "left_out": dict(sorted(left.items())), "unknown": unknown,
    }  # fmt: skip


def _why_left_out(event: Event) -> str:
    return event.action if event.action in ("hiring_freeze", "attrition") else event.status


def added(found: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Several sums as one."""
    whole = sums([])
    for one in found:
        for name in ("events", "rounds", "low", "point", "high"):
            whole[name] += one[name]
        for name in ("left_out", "unknown"):
            for word, count in one[name].items():
                whole[name][word] = whole[name].get(word, 0) + count
    return whole
