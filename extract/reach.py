"""Which articles of a house of companies can bear on which, so that a new one costs its neighbours' work only.

Clustering (extract/clusters.py) joins what matches and nothing else. So tellings that no chain of possible matches
ties together can be decided apart, and come out as if the whole house had been decided. What is called a possible match
here is wider than `extract.same_round.match`, never narrower.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extract.days import Span, gap, span
from extract.records import Event
from extract.same_round import NEAR, Figure, figures, headcount_bounds, pct_bounds


@dataclass(frozen=True)
class Outline:
    """Of a telling what its matches depend on: its article, the day of publication ("" unknown), date and figures."""

    article: str
    published: str
    event: Event

    @cached_property
    def days(self) -> Span | None:
        """First and last day that the date covers; None where undated."""
        return span(self.event.date)

    @property
    def bare(self) -> bool:
        """Has it neither date nor figure? Then it belongs to the latest round before its publication."""
        return self.days is None and not headcount_bounds(self.event) and not pct_bounds(self.event)


def reached(told: Sequence[Outline], seeds: Iterable[str]) -> set[str] | None:
    """The articles that bear on those of `seeds`, these included; None where the whole house does."""
    found = set(seeds)
    ties = _Ties(told)
    waiting = [one for one in told if one.article in found]
    while waiting:
        for other in ties.of(waiting.pop()):
            if other not in found:
                found.add(other)
                waiting += ties.articles[other]
    return None if _backs(told, found) else found


def _backs(told: Sequence[Outline], found: set[str]) -> bool:
    """May a bare telling, in whatever article, belong to a round of the articles found, or be one of theirs?"""
    earliest = min((one.days[0] for one in told if one.article in found and one.days), default=dt.date.max).isoformat()
    return any(one.article in found or not one.published or one.published >= earliest for one in told if one.bare)


class _Ties:
    """The possible matches among the tellings of a house."""

    def __init__(self, told: Sequence[Outline]) -> None:
        self.articles: dict[str, list[Outline]] = defaultdict(list)
        self.numbers: dict[object, list[str]] = defaultdict(list)
        self.told = told
        self.undated = [one for one in told if one.days is None]
        for one in told:
            self.articles[one.article].append(one)
            if bounds := headcount_bounds(one.event):
                self.numbers[bounds].append(one.article)
        self.chains = dict(_chains(told))

    def of(self, one: Outline) -> Iterator[str]:
        """The articles of the tellings that may match it; those of its days and of its number once only."""
        for same in (self.chains.get(id(one), []), self.numbers.get(headcount_bounds(one.event), [])):
            yield from same
            same.clear()
        for other in self.told if one.days is None else self.undated:
            if figures(one.event, other.event) >= Figure.FITS:
                yield other.article


def _chains(told: Sequence[Outline]) -> Iterator[tuple[int, list[str]]]:
    """For each dated telling, by id(), the articles of all that days near each other tie to it."""
    chain: list[str] = []
    reach: Span | None = None
    for one in sorted((t for t in told if t.days), key=lambda t: t.days or ()):
        assert one.days
        if reach is None or gap(reach, one.days) > NEAR:
            chain, reach = [], one.days
        reach = (reach[0], max(reach[1], one.days[1]))
        chain.append(one.article)
        yield id(one), chain
