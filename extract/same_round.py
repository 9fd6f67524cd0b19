"""Do two tellings speak of the same round of cuts? Never by a window of days alone: figures, units and actions decide.

Measured on a hand-kept list, 6.5 % of a company's consecutive rounds lie within 30 days of each other, so nearness
in time only joins what nothing else holds apart.
"""

from __future__ import annotations

from enum import IntEnum

from extract.companies import owners
from extract.days import gap
from extract.records import Event
from extract.tellings import RUMOURS, Telling
from extract.units import unit_words

NEAR = 14  # days between tellings of one round that nothing holds apart
RETOLD = 200  # days within which the very same number is the same round told again
RETOLD_ROUND = 45  # the same for numbers so common that two rounds may share them by chance
REVISED = 0.75  # the lesser over the greater figure, from which one is a revision of the other
PART = 0.5  # the greatest share of a round's total that a site or team has; above it, it is a round of its own
RIVALS = 0.6  # the same where both are rumours of the same weeks
RUMOURED = 0.3  # the same where one is a rumour and the other the employer's word
TENTH = 0.1  # figures that differ by no more are the same
POINT = 1.0  # percentages that differ by no more are the same

_LIKE = ({"layoff", "closure", "other", "contract_end", "buyout", "attrition"}, {"hiring_freeze"}, {"furlough"})


class Match(IntEnum):
    """How well two tellings fit: not at all, by nothing but nearness, by figures, by the very same number."""

    NO = 0
    NEAR = 1
    FIGURE = 2
    NUMBER = 3


class Figure(IntEnum):
    """How the figures of two tellings stand: against each other, one unknown, compatible, the very same number."""

    CONFLICT = 0
    UNKNOWN = 1
    FITS = 2
    EQUAL = 3


def headcount_bounds(event: Event) -> tuple[float, float] | None:
    """Least and greatest number of people that the words can reasonably mean.

    "More than 1,000" is seldom more than half as much again, "up to 1,000" seldom less than half, "hundreds" no
    more than 2,000.
    """
    low, high = event.headcount_min, event.headcount_max
    if low is not None and high is not None:
        return low, high
    if low is not None:
        return low, low * (10 if event.headcount_relation == "vague" else 1.5)
    return None if high is None else (high * 0.5, high)


def pct_bounds(event: Event) -> tuple[float, float] | None:
    """The same for the share of the workforce, per cent."""
    low, high = event.pct_min, event.pct_max
    if low is not None:
        return low, high if high is not None else min(low * 1.5, 100)
    return None if high is None else (high * 0.5, high)


def figures(a: Event, b: Event) -> Figure:
    """Compare headcounts where both have one, else percentages, which may be of different bases."""
    one, other = headcount_bounds(a), headcount_bounds(b)
    shares = pct_bounds(a), pct_bounds(b)
    same_share = bool(shares[0] and shares[1]) and _apart(shares[0], shares[1]) <= POINT
    if one and other:
        if one == other and "vague" not in (a.headcount_relation, b.headcount_relation):
            return Figure.EQUAL
        fits = _apart(one, other) <= TENTH * max(one[0], other[0])
        return Figure.FITS if fits or same_share else Figure.CONFLICT
    if shares[0] and shares[1]:
        return Figure.FITS if same_share else Figure.CONFLICT
    return Figure.UNKNOWN


def _apart(one: tuple[float, float] | None, other: tuple[float, float] | None) -> float:
    assert one and other
    return max(one[0], other[0]) - min(one[1], other[1])


def actions_fit(a: Event, b: Event) -> bool:
    """A freeze or a furlough is no layoff; a layoff told as a closure is."""
    return a.action == b.action or any(a.action in group and b.action in group for group in _LIKE)


def statuses_fit(a: Event, b: Event) -> bool:
    """A denial belongs to a rumour; what is taken back had been announced."""
    states = {a.status, b.status}
    return "denied" not in states or states <= RUMOURS | {"denied"}


def units_fit(a: Event, b: Event) -> bool:
    """Is one limited to no unit, or are both limited to the same, told with more or fewer words?"""
    one, other = part_words(a), part_words(b)
    return one <= other or other <= one


def part_words(event: Event) -> frozenset[str]:
    """The telling words of the unit to which the event is limited; none where it is the whole employer's."""
    return unit_words(event.unit, event.company) if event.unit else frozenset()


def match(a: Telling, b: Telling) -> Match:
    """How well the two tellings of one house of companies fit as one round; the same for either order."""
    if a.employer != b.employer and not _same_house(a, b):
        return Match.NO
    if not (actions_fit(a.event, b.event) and statuses_fit(a.event, b.event)):
        return Match.NO
    days = gap(a.days, b.days) if a.days and b.days else None
    standing = figures(a.event, b.event)
    if standing is Figure.EQUAL and _same_number(a, b, days):
        return Match.NUMBER
    if days is None:
        return Match.FIGURE if standing is Figure.FITS and units_fit(a.event, b.event) else Match.NO
    if days > NEAR:
        return Match.NO
    if standing is Figure.CONFLICT:
        explained = _part(a.event, b.event) or _part(b.event, a.event) or _revision(a.event, b.event)
        return Match.NEAR if explained else Match.NO
    if not units_fit(a.event, b.event):
        return Match.NO
    return Match.NEAR if standing is Figure.UNKNOWN else Match.FIGURE


def _same_house(a: Telling, b: Telling) -> bool:
    """Do an owner and its subsidiary tell the very same number within days? Then the one speaks for the other."""
    related = a.employer in owners(b.employer) or b.employer in owners(a.employer)
    near = a.days is not None and b.days is not None and gap(a.days, b.days) <= NEAR
    return related and near and figures(a.event, b.event) is Figure.EQUAL


def _same_number(a: Telling, b: Telling, days: int | None) -> bool:
    if not units_fit(a.event, b.event):
        return days is not None and days <= NEAR
    if days is None or not (a.news and b.news):
        return True
    number = a.event.headcount_min or a.event.headcount_max or 0
    return days <= (RETOLD if number >= 1000 or number % 50 else RETOLD_ROUND)


def _part(part: Event, whole: Event) -> bool:
    """Is the one limited to a unit, the other not, and has the one no more than half of the other?"""
    if not part_words(part) or part_words(whole):
        return False
    one, other = headcount_bounds(part), headcount_bounds(whole)
    return one[0] <= PART * other[1] if one and other else True


def _revision(a: Event, b: Event) -> bool:
    if not units_fit(a, b):
        return False
    one, other = headcount_bounds(a), headcount_bounds(b)
    if not (one and other):
        one, other = pct_bounds(a), pct_bounds(b)
    assert one and other  # figures that conflict are known
    ratio = min(one[1], other[1]) / max(one[0], other[0], 1e-9)
    rumours = (a.status in RUMOURS) + (b.status in RUMOURS)
    return ratio >= (REVISED, RUMOURED, RIVALS)[rumours]
