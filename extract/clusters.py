"""The tellings of one company, or of one house of companies, put together round by round."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.days import Span, gap
from extract.records import Event
from extract.same_round import (
    Figure,
    Match,
    actions_fit,
    figures,
    headcount_bounds,
    match,
    part_words,
    pct_bounds,
    statuses_fit,
    units_fit,
)
from extract.tellings import Telling

FRESH = 28  # days from a round's first report within which a telling with another figure, or none, may be of it


@dataclass
class Cluster:
    """Tellings of one round. Its heart is the telling of the day that most of them name."""

    members: list[Telling] = field(default_factory=list)
    faces: dict[tuple[object, ...], Telling] = field(default_factory=dict)  # one telling for each way to tell it
    days: Counter[Span] = field(default_factory=Counter)
    first: str = ""  # day of the first report, "" where unknown
    _heart: Telling | None = None  # found already

    def add(self, telling: Telling) -> None:
        """Take one telling in."""
        self.members.append(telling)
        self._heart = None
        self.faces.setdefault(_face(telling), telling)
        if telling.days:
            self.days[telling.days] += 1
        if telling.published:
            self.first = min(self.first or telling.published, telling.published)

    def join(self, other: Cluster) -> None:
        """Take all of another's tellings in."""
        for telling in other.members:
            self.add(telling)

    @property
    def heart(self) -> Telling:
        """The first telling of the most told day; the first of all where none is dated."""
        if self._heart is None:
            day = min(self.days, key=lambda days: (-self.days[days], days), default=None)
            self._heart = next(telling for telling in self.members if day is None or telling.days == day)
        return self._heart

    def fit(self, other: Cluster) -> tuple[Match, int]:
        """How well another's tellings fit, and minus the days between the two hearts.

        A figure may agree with any member's; what only nearness joins is measured from heart to heart, so that a
        chain of near tellings never ties two rounds together. Nothing fits that one article tells apart, nor what
        was first reported long before or after: the retelling of an old round would draw the next one in.
        """
        mine, its = self.heart, other.heart
        days = gap(mine.days, its.days) if mine.days and its.days else 10_000
        if not _fresh(self, other) or _told_apart(self, other):
            return Match.NO, -days
        by_figure = (match(a, b) for a in self.faces.values() for b in other.faces.values() if _agree(a.event, b.event))
        return max(match(mine, its), max(by_figure, default=Match.NO)), -days


def _face(telling: Telling) -> tuple[object, ...]:
    event = telling.event
    figure = (event.headcount_min, event.headcount_max, event.headcount_relation, event.pct_min, event.pct_max)
    return (telling.employer, *figure, event.date, event.unit, event.action, event.status, telling.news)


def _agree(a: Event, b: Event) -> bool:
    return figures(a, b) >= Figure.FITS and "vague" not in (a.headcount_relation, b.headcount_relation)


def _fresh(one: Cluster, other: Cluster) -> bool:
    if not one.first or not other.first or not all(any(t.news for t in c.members) for c in (one, other)):
        return True
    first, last = sorted((one.first, other.first))
    return (dt.date.fromisoformat(last) - dt.date.fromisoformat(first)).days <= FRESH


def _told_apart(one: Cluster, other: Cluster) -> bool:
    """Does an article tell two different numbers, one of each, as two rounds?"""
    numbers = [{t.article.url: t.event for t in c.members if _number(t.event)} for c in (one, other)]
    shared = numbers[0].keys() & numbers[1].keys()
    return any(figures(numbers[0][url], numbers[1][url]) is not Figure.EQUAL for url in shared)


def _number(event: Event) -> bool:
    return headcount_bounds(event) is not None and event.headcount_relation != "vague"


def clusters(told: Iterable[Telling]) -> list[list[Telling]]:
    """The rounds, each with its tellings.

    First what tells the very same number comes together. Then each such group, and each telling without a number,
    joins the round that it fits best or begins one: the best told exact totals first, then other figures, then the
    rest, the undated last. Those with neither date nor figure look for a home when all rounds are there. So the order
    in which tellings come changes nothing, nor do tellings that match none of a round's (extract/reach.py).
    """
    groups = sorted(_by_number(told), key=_worth)
    rounds: list[Cluster] = []
    for group in groups:
        if not bare(group.heart):
            _join(rounds, group, _best(group, rounds))
    homes = [*rounds]
    for group in groups:
        if bare(group.heart):
            _join(rounds, group, _background(group.heart, homes))
    return [one.members for one in rounds]


def _join(rounds: list[Cluster], group: Cluster, home: Cluster | None) -> None:
    if home is None:
        rounds.append(group)
    else:
        home.join(group)


def _best(group: Cluster, rounds: Sequence[Cluster]) -> Cluster | None:
    """The round that the group fits best, the first of equals; None where it fits none."""
    (best, _), index = max(((one.fit(group), -index) for index, one in enumerate(rounds)), default=((Match.NO, 0), 0))
    return None if best is Match.NO else rounds[-index]


def _by_number(told: Iterable[Telling]) -> list[Cluster]:
    """The groups of tellings of the very same number, which can only lie among those of the same bounds."""
    numbers: dict[object, list[Telling]] = {}
    for index, telling in enumerate(sorted(told, key=lambda t: (not t.news, t.event.date or "", t.order))):
        bounds = headcount_bounds(telling.event) if telling.event.headcount_relation != "vague" else None
        numbers.setdefault(bounds or index, []).append(telling)
    return [group for same in numbers.values() for group in _of_one_number(same)]


def _of_one_number(told: Sequence[Telling]) -> list[Cluster]:
    groups: list[Cluster] = []
    for telling in told:
        same = [g for g in groups if any(match(telling, face) is Match.NUMBER for face in g.faces.values())]
        new = Cluster()
        new.add(telling)
        for group in same:
            new.join(group)
        groups = [group for group in groups if not any(group is old for old in same)] + [new]
    for group in groups:
        group.members.sort(key=lambda t: t.order)
        group._heart = None
    return groups


def _worth(group: Cluster) -> tuple[object, ...]:
    publishers = len({telling.publisher for telling in group.members})
    doubts, first = min((_doubts(telling), telling.order) for telling in group.members)
    return doubts, -publishers, group.heart.event.date or "", first


def _doubts(telling: Telling) -> tuple[bool, ...]:
    event = telling.event
    exact = event.headcount_min is not None and event.headcount_min == event.headcount_max
    figure = headcount_bounds(event) or pct_bounds(event)
    vague = "vague" in (event.headcount_relation, event.pct_relation)
    coarse = telling.days is None or (telling.days[1] - telling.days[0]).days > 31
    return coarse, not telling.news, not exact, not figure or vague, bool(part_words(event))


def bare(telling: Telling) -> bool:
    """Has it neither date nor figure ("Acme, which has cut staff")? Then nothing but its publication places it."""
    return not (telling.days or headcount_bounds(telling.event) or pct_bounds(telling.event))


def _background(telling: Telling, rounds: Sequence[Cluster]) -> Cluster | None:
    """The latest round before publication, for a telling that is bare."""
    hearts = [one.heart for one in rounds]
    homes = [(heart.days[0], -i) for i, heart in enumerate(hearts) if heart.days and _backed(telling, heart)]
    return rounds[-max(homes)[1]] if homes else None


def _backed(telling: Telling, heart: Telling) -> bool:
    if telling.employer != heart.employer:
        return False
    before = not telling.published or (heart.days is not None and heart.days[0].isoformat() <= telling.published)
    fits = (actions_fit, statuses_fit, units_fit)
    return before and all(fit(telling.event, heart.event) for fit in fits)
