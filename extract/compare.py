"""The events held against another list of job cuts: what both have, where they differ, what either lacks.

Pure. Nothing of the list enters the events.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.days import Span, gap, span
from extract.records import Event
from extract.resolve import company_key

#: Percentage points that two shares may differ: lists round to whole per cent.
ROUNDING = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the other list; None is unknown. `date` as Event has it, `pct` is per cent of the workforce."""

    line: int  # of the file, the header is 1
    company: str
    date: str | None
    headcount: int | None = None
    pct: float | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """A row and the event that tells of the same round; `differs` names the columns in which they disagree."""

    entry: Entry
    event: Event
    days: int | None  # between their dates; None where one has none
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """`missing_here` are rows without an event, `missing_there` events of the list's time without a row."""

    matched: list[Pair] = field(default_factory=list)
    differing: list[Pair] = field(default_factory=list)
    missing_here: list[Entry] = field(default_factory=list)
    missing_there: list[Event] = field(default_factory=list)


def compare(entries: Sequence[Entry], events: Iterable[Event], days: int) -> Comparison:
    """Pair rows and events of the same employer, at most `days` days apart, and sort them.

    Pairs that agree come first, then the nearer in time; each row and each event is paired once. A row that is left
    is the further part of a round (lists of sites have several rows a round) where an event of its employer lies in
    reach, and then differs from it. A date that is missing on one side fits only where the figures are the same.
    """
    held = list(events)
    pairs = sorted(_pairs(entries, held, days), key=lambda one: one[0])
    given: dict[int, Pair] = {}
    taken: set[int] = set()
    for _, row, number, pair in pairs:
        if row not in given and number not in taken:
            given[row] = pair
            taken.add(number)
    for _, row, _, pair in pairs:
        given.setdefault(row, pair)
    return _sorted(entries, held, given, taken)


def _sorted(entries: Sequence[Entry], held: list[Event], given: dict[int, Pair], taken: set[int]) -> Comparison:
    whole, found = _covered(entries), Comparison()
    for row, entry in enumerate(entries):
        if row not in given:
            found.missing_here.append(entry)
        else:
            (found.differing if given[row].differs else found.matched).append(given[row])
    for number, event in enumerate(held):
        when = span(event.date)
        if number not in taken and whole and when and gap(when, whole) == 0:
            found.missing_there.append(event)
    return found


def _pairs(
    entries: Sequence[Entry], held: list[Event], days: int
) -> Iterable[tuple[tuple[bool, int, int, int], int, int, Pair]]:
    """(how good, index of the row, index of the event, the pair) for all that can be the same round."""
    by_company: dict[str, list[int]] = {}
    for number, event in enumerate(held):
        by_company.setdefault(company_key(event.company), []).append(number)
    for row, entry in enumerate(entries):
        for number in by_company.get(company_key(entry.company), ()):
            apart, differs = _apart(entry, held[number]), differences(entry, held[number])
            same = entry.headcount is not None and entry.headcount == held[number].headcount
            if same if apart is None else apart <= days:
                pair = Pair(entry, held[number], apart, differs)
                yield (bool(differs), days + 1 if apart is None else apart, row, number), row, number, pair


def differences(entry: Entry, event: Event) -> tuple[str, ...]:
    """The columns that both know and in which they disagree; a number within the event's bounds agrees.

    >>> differences(Entry(line=2, company="Acme", date=None, headcount=90), Event(headcount=80, headcount_min=80))
    ()
    >>> differences(Entry(line=2, company="Acme", date=None, pct=12), Event(pct_min=10, pct_max=10))
    ('pct',)
    """
    people = _within(entry.headcount, event.headcount_min, event.headcount_max, event.headcount, 0)
    share = _within(entry.pct, event.pct_min, event.pct_max, None, ROUNDING)
    return tuple(name for name, fits in (("headcount", people), ("pct", share)) if not fits)


def _within(value: float | None, low: float | None, high: float | None, point: float | None, slack: float) -> bool:
    if value is None or (low is None and high is None and point is None):
        return True  # one of them does not say
    if value == point:
        return True
    if low is None and high is None:
        return False
    return (low is None or value >= low - slack) and (high is None or value <= high + slack)


def _apart(entry: Entry, event: Event) -> int | None:
    one, other = span(entry.date), span(event.date)
    return gap(one, other) if one and other else None


def _covered(entries: Sequence[Entry]) -> Span | None:
    """The time from the list's first day to its last."""
    spans = [days for entry in entries if (days := span(entry.date))]
    return (min(first for first, _ in spans), max(last for _, last in spans)) if spans else None
