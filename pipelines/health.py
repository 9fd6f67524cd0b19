"""Is a source still alive? Judged from its visits: the gap since its last new entry against its own usual gap. Pure.

Three states: fine, silent, unknown. Unknown is never counted as fine. Beside them warnings of a source that talks but
says nothing of use: an empty list, an answer that is no list, pages that are all the same, that hold much less than
they did, or that have lost their dates.
"""

from __future__ import annotations

import datetime as dt
import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal

State = Literal["fine", "silent", "unknown"]
#: Of a source that somebody should look at: whether it was fine at the visit before; and of one that was not, whether
#: this is its first visit of an ISO week, with which whoever has not looked is reminded.
Alarm = Literal["new", "reminder", "standing"]
Row = Mapping[str, Any]

#: Gaps that make a history; with fewer the gap that the file of sources expects must do.
ENOUGH = 5
#: A gap may be this much longer than the usual one (the 90th percentile) before it is silence: a tenth are longer.
SLACK = 1.5
#: Pages, entries or articles from which a share or a median says something.
SOME = 3
#: Visits that the latest are compared with.
BEFORE = 10
#: A share or a size that has fallen below this part of what it was is a warning.
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Health:
    """A source's state, with the reason in words where it is not fine."""

    source_id: str
    state: State
    told: str | None = None  # why silent or unknown
    warnings: tuple[str, ...] = ()
    last_new: str | None = None  # day of the last new entry
    gap_days: int | None = None  # days from there to the latest visit
    usual_gap_days: float | None = None
    alarm: Alarm = "new"  # says something where it is alarming

    @property
    def alarming(self) -> bool:
        """Whether somebody should look."""
        return self.state == "silent" or bool(self.warnings)

    @property
    def due(self) -> bool:
        """Whether somebody should be told so today, and not only whoever asks."""
        return self.alarming and self.alarm != "standing"


def judge(source_id: str, visits: Sequence[Row], expected: float | None, today: dt.date) -> Health:
    """The health of a source after its `visits` (rows of source_runs with their day `at`, the oldest first)."""
    health = _judged(source_id, visits, expected, today)
    if not health.alarming or len(visits) < 2:
        return health
    day = dt.date.fromisoformat(visits[-2]["at"][:10])
    before = _judged(source_id, visits[:-1], expected, day)
    if not before.alarming or (before.state != "silent" and health.state == "silent"):
        return health
    return replace(health, alarm="standing" if day.isocalendar()[:2] == today.isocalendar()[:2] else "reminder")


def _judged(source_id: str, visits: Sequence[Row], expected: float | None, today: dt.date) -> Health:
    days = [day for v in visits if (day := new_day(v))]
    last_new = max(days, default=None)
    usual = usual_gap(days) or expected
    first = last_new or (dt.date.fromisoformat(visits[0]["at"][:10]) if visits else today)
    gap = (today - first).days
    state, told = _state(visits, usual, gap, last_new)
    return Health(
        source_id, state, told, _warnings(visits), last_new.isoformat() if last_new else None,
        gap if last_new else None, usual,
    )  # fmt: skip


def new_day(visit: Row) -> dt.date | None:
    """The day of the newest entry that a visit found for the first time: its own date, but never after the visit."""
    if not visit["new"]:
        return None
    day = dt.date.fromisoformat(visit["at"][:10])
    return min(day, dt.date.fromisoformat(visit["newest"][:10])) if visit["newest"] else day


def usual_gap(days: Sequence[dt.date]) -> float | None:
    """The 90th percentile of the gaps between days with something new; None where there are too few.

    >>> week = [dt.date(2026, 11, n) for n in (2, 3, 4, 5, 6, 9, 10, 11, 12, 13, 16)]
    >>> usual_gap(week), usual_gap(week[:4])
    (3, None)
    """
    gaps = sorted((later - earlier).days for earlier, later in pairwise(sorted(set(days))))
    return gaps[math.ceil(0.9 * len(gaps)) - 1] if len(gaps) >= ENOUGH else None


def _state(visits: Sequence[Row], usual: float | None, gap: int, last_new: dt.date | None) -> tuple[State, str | None]:
    if not visits:
        return "unknown", "never visited"
    last = visits[-1]
    why = f": {last['reason']}" if last["reason"] else ""
    if usual is not None and gap > SLACK * usual:
        since = f"since {last_new}" if last_new else f"in {gap} days of visits"
        return "silent", f"nothing new {since}, usual gap {usual:g} d" + (f"; {last['outcome']}{why}" if why else "")
    if last["outcome"] not in {"read", "not modified"}:
        return "unknown", f"{last['outcome']}{why}"
    if last_new is None:
        return "unknown", "nothing listed yet"
    if usual is None:
        return "unknown", "too short a history"
    return "fine", None


def _warnings(visits: Sequence[Row]) -> tuple[str, ...]:
    if not visits:
        return ()
    last = visits[-1]
    found = [
        f"answers with something else: {last['reason']}" if last["outcome"] == "not read" else None,
        "the list is empty" if last["outcome"] == "read" and not last["listed"] else None,
        _alike(last),
        _shrunk([v for v in visits if v["pages"] and v["prose"] is not None]),
        _undated([v for v in visits if v["listed"]], "entries", "listed", lambda v: v["dated"]),
        _undated([v for v in visits if v["articles"]], "articles", "articles", lambda v: v["articles"] - v["undated"]),
    ]
    return tuple(warning for warning in found if warning)


def _alike(last: Row) -> str | None:
    """Pages that are one and the same, as of a site that answers everything with an error page and status 200."""
    if last["alike"] >= SOME and last["alike"] > HALF * last["pages"]:
        return f"{last['alike']} of {last['pages']} pages are the same page"
    return None


def _shrunk(visits: Sequence[Row]) -> str | None:
    recent, before = _split(visits, "pages")
    if not recent or not before:
        return None
    now, then = (statistics.median(v["prose"] for v in part) for part in (recent, before))
    return f"pages hold {now:,.0f} bytes of prose, before {then:,.0f}" if now < HALF * then else None


def _undated(visits: Sequence[Row], what: str, count: str, dated: Any) -> str | None:
    recent, before = _split(visits, count)
    if not recent or not before:
        return None
    now, then = (sum(map(dated, part)) / sum(v[count] for v in part) for part in (recent, before))
    return f"{now:.0%} of the {what} dated, before {then:.0%}" if now < HALF * then else None


def _split(visits: Sequence[Row], count: str) -> tuple[Sequence[Row], Sequence[Row]]:
    """The latest visits, as many as it takes to have SOME of what is counted, and those before; empty if too few."""
    total, at = 0, len(visits)
    while at and total < SOME:
        at -= 1
        total += visits[at][count]
    before = visits[max(0, at - BEFORE) : at]
    enough = total >= SOME and sum(v[count] for v in before) >= SOME
    return (visits[at:], before) if enough else ((), ())
