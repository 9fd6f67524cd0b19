"""The ledger as the site is laid out: its events by company, industry, month and year, and the sums of any of them.

Sums are kept with the mark of the events they were worked out from (`manifest.Manifest.result`), so that a build after
a few new articles adds up the months that changed and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cache, cached_property, partial
from typing import Any

from crawler.report.manifest import Manifest
from crawler.report.paths import event_path
from crawler.report.sums import added, sums
from crawler.report.words import slug
from extract.days import day, span
from extract.definitions import Definition
from extract.records import Event
from extract.shares import Range, Tally, share_of, tally
from extract.totals import in_time
from pipelines.export import newest_first
from pipelines.snapshot import Line, Snapshot, joined, mark_of

Shares = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Options:
    """What a person chose for the site."""

    base: str = ""  # its address on the web, ending in "/"; empty where it is not known
    contact: str = ""  # where errors are reported: a mail or web address
    sources: Sequence[Mapping[str, Any]] = ()
    accuracy: str = ""  # the block of docs/accuracy.md that `scrapy evaluate` writes


class Book:
    """The events in their groups."""

    def __init__(
        self, ledger: Snapshot, manifest: Manifest, definitions: Mapping[str, Definition], options: Options
    ) -> None:
        self.ledger = ledger
        self.manifest = manifest
        self.definitions = definitions
        self.options = options
        self._sums: dict[str, dict[str, Any]] = {}  # by name: within a build a name is of one group
        self._tallies: dict[str, dict[str, Tally]] = {}
        self._jobs: dict[str, list[int]] = {}
        self._by_month: dict[str, dict[str, list[Line]]] = {}
        marks = manifest.marks_in("event/", ".html")  # by ids, but for those that no file's name can be
        self.lines = ledger.lines(manifest.ledger, lambda key: marks.get(key) or manifest.old.get(event_path(key)))
        self.companies = _grouped(self.lines, lambda line: line.company_id)
        named = [line for line in self.lines if line.industry]
        self.industries = _grouped(named, lambda line: _slug(line.industry or ""))
        months = _grouped(self.lines, lambda line: _month(line.date))
        self.months = {key: months[key] for key in sorted(months, key=lambda key: in_time(key or None))}
        self.parts = _latest_first({key or "undated": lines for key, lines in self.months.items()})
        self.years = _latest_first(self._of_years())

    def _of_years(self) -> dict[str, list[Line]]:
        found: dict[str, list[Line]] = defaultdict(list)
        for key, lines in self.months.items():
            found[key[:4] or "undated"] += lines
        return found

    @cached_property
    def as_of(self) -> str | None:
        """The day of the newest article."""
        return day(self.ledger.size["last"])

    @cached_property
    def begun(self) -> str | None:
        """The day of the first article."""
        return day(self.ledger.size["first"])

    @property
    def reach(self) -> tuple[str | None, str | None]:
        """The days of the first and the newest article: what charts over time hang on."""
        return self.begun, self.as_of

    @cached_property
    def year(self) -> list[str]:
        """The keys of the last twelve months with events, from the month of the first article to that of the newest;
        of all where there are none."""
        months = [key for key in self.months if len(key) == 7 and "Q" not in key]
        keys = [key for key in months if self.begun is None or key >= self.begun[:7]] or months
        if not keys:
            return [key for key in self.months if key]
        last = min(keys[-1], self.as_of[:7]) if self.as_of else keys[-1]
        number = int(last[:4]) * 12 + int(last[5:])
        return [key for key in keys if number - 12 < int(key[:4]) * 12 + int(key[5:]) <= number] or keys[-1:]

    @property
    def packages(self) -> list[str]:
        """The tables of events, a month each, the latest first."""
        return [f"package/{part}/events.csv" for part in self.parts]

    @staticmethod
    def mark(lines: Iterable[Line]) -> str:
        """By what a group of events is known."""
        return joined([line.mark for line in lines])

    @cached_property
    def whole(self) -> str:
        """The mark of all events."""
        return self.mark(self.lines)

    def mark_of_companies(self, lines: Sequence[Line]) -> str:
        """By what a group of events and their employers is known: the name of one may come from other events."""
        owners = sorted({line.company_id for line in lines})
        return joined([*(line.mark for line in lines), *(self._employers[owner] for owner in owners)])

    @cached_property
    def _employers(self) -> dict[str, str]:
        return {key: mark_of(row) for key, row in self.ledger.companies.items()}

    def events(self, lines: Sequence[Line]) -> list[Event]:
        """The events of these lines, newest first."""
        return newest_first(self.ledger.events(lines))

    def latest(self, most: int, months: Mapping[str, Sequence[Line]] | None = None) -> list[Line]:
        """The lines of the newest dated events, newest first; none dated after the newest article."""
        groups = self.months if months is None else months
        found: list[Line] = []
        for key in sorted((key for key in groups if key and self._begun(key)), key=in_time, reverse=True):
            found += [line for line in groups[key] if self._begun(line.date)]
            if len(found) >= most:
                break
        lines = {line.event_id: line for line in found}
        return [lines[event.event_id or ""] for event in self.events(found)][:most]

    def _begun(self, date: str | None) -> bool:
        days = span(date)
        return bool(days and (self.as_of is None or days[0].isoformat() <= self.as_of))

    def sums(self, name: str, lines: Sequence[Line]) -> dict[str, Any]:
        """Low, point and high of the group's jobs, its rounds, and what is not known of them."""
        if name not in self._sums:
            work = partial(self._added, lines)
            self._sums[name] = self.manifest.result(f"sums {name}", self.mark(lines), work)
        return self._sums[name]

    def jobs(self, company: str) -> tuple[int, int]:
        """Jobs and rounds of a company that count."""
        if company not in self._jobs:
            lines = self.companies[company]
            self._jobs[company] = self.manifest.result(
                f"jobs {company}", self.mark(lines), partial(self._counted, lines)
            )
        jobs, rounds = self._jobs[company]
        return jobs, rounds

    def _counted(self, lines: Sequence[Line]) -> list[int]:
        found = sums(self.ledger.events(lines))
        return [found["point"], found["rounds"]]

    def _added(self, lines: Sequence[Line]) -> dict[str, Any]:
        return sums(self.ledger.events(lines))

    def by_month(self, key: str) -> dict[str, list[Line]]:
        """The events of an industry, or those of no known one (an empty key), month by month."""
        if key not in self._by_month:
            lines = self.industries[key] if key else [line for line in self.lines if line.industry is None]
            self._by_month[key] = _grouped(lines, lambda line: _month(line.date))
        return self._by_month[key]

    def shares_of(self, lines: Sequence[Line], names: Iterable[str] | None = None) -> Shares:
        """Definition -> the share of AI in these events; of all definitions, or of these."""
        return {name: told(found) for name, found in self._tally(lines, names).items()}

    def shares(self, months: Iterable[str]) -> Shares:
        """Definition -> the share of AI in several months together; each month's counts are kept for the next build."""
        parts = [self._of_month(key) for key in months]
        return {name: told(sum((part[name] for part in parts), Tally())) for name in self.definitions}

    def _of_month(self, key: str) -> dict[str, Tally]:
        if key not in self._tallies:
            self._tallies[key] = self.kept_tally(key, self.months[key])
        return self._tallies[key]

    def kept_tally(self, name: str, lines: Sequence[Line]) -> dict[str, Tally]:
        """Definition -> the counts of a share in these events, kept for the next build."""
        kept = self.manifest.result(
            f"tally {name}", self.mark(lines), lambda: {n: astuple(one) for n, one in self._tally(lines).items()}
        )
        return {name: Tally(*map(tuple, counts)) for name, counts in kept.items()}

    def _tally(self, lines: Sequence[Line], names: Iterable[str] | None = None) -> dict[str, Tally]:
        voices = self.ledger.voices([line.event_id for line in lines])
        told = [(event, voices.get(event.event_id or "", ())) for event in self.ledger.events(lines)]
        return {name: tally(told, self.definitions[name]) for name in (self.definitions if names is None else names)}

    def inside(self, period: str) -> list[str]:
        """The months (quarters, years) that lie in an ISO period or interval (`2026-01/2026-04`)."""
        first, _, last = period.partition("/")
        begin, end = span(first), span(last or first)
        return [
            key for key in self.months
            if (days := span(key)) and begin and days[0] >= begin[0] and (end is None or days[1] <= end[1])
        ]  # fmt: skip

    def total(self, months: Iterable[str]) -> dict[str, Any]:
        """The sums of several months together."""
        return added(self.sums(f"month {key}", self.months[key]) for key in months)


def told(found: Tally) -> dict[str, Any]:
    """A share as pages say it."""
    one = share_of(found)
    return {
        "events": one.events, "ai_events": one.ai_events, "jobs": one.jobs, "ai_jobs": one.ai_jobs,
        "of_events": _range(one.share_of_events), "of_jobs": _range(one.share_of_jobs),
    }  # fmt: skip


def _range(one: Range) -> list[float | None]:
    return [None if value is None else round(value, 6) for value in (one.low, one.point, one.high)]


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return dict(sorted(groups.items()))


def _latest_first(groups: Mapping[str, list[Line]]) -> dict[str, list[Line]]:
    """Groups of months or years, the undated last."""
    return {key: groups[key] for key in sorted(groups, key=lambda key: (key != "undated", key), reverse=True)}


_slug = cache(slug)  # of few industries, each many times


def _month(date: str | None) -> str:
    """The month, or the quarter or year where no more is known; empty for undated."""
    return (date or "")[:7]
