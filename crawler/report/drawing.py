"""The site's charts of the ledger: jobs over time, AI's share over time, a company's rounds, each in two widths."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from crawler.report.bands import Band, Portion, Quoted, band
from crawler.report.book import Book
from crawler.report.charts import WIDTHS, Bucket, Columns, columns
from crawler.report.paths import event_path, month_path
from crawler.report.sums import added
from crawler.report.timelines import Round, Timeline, timeline
from crawler.report.words import MONTHS, plain_date, plainly, size
from extract.days import span
from extract.records import Event
from extract.series import Grain, bucket, grain_of, stretches
from extract.totals import counted, figure
from pipelines.attributions import Counted
from pipelines.snapshot import Line

HEIGHT = 280
STRAGGLERS = 0.02  # share of the rounds that a chart may leave out at its beginning, so as not to shrink the rest
T = TypeVar("T")


def in_both_widths(draw: Callable[[int], T]) -> dict[str, T]:
    """The chart for wide windows and for phones."""
    return {name: draw(width) for name, width in WIDTHS.items()}


class Series:
    """The stretches of time of a chart: months, quarters or years, from the first event to the last."""

    def __init__(self, book: Book, months: Mapping[str, Sequence[Line]], name: str) -> None:
        self.book = book
        self.name = name
        shown = _lately(months, book.begun, book.as_of)
        self.grain: Grain = grain_of(shown)
        self.months = months
        self.groups: dict[str, list[str]] = {}  # stretch -> its months
        for month in shown:
            if key := bucket(month, self.grain):
                self.groups.setdefault(key, []).append(month)
        self.keys = stretches(self.groups, self.grain)
        drawn = {month for found in self.groups.values() for month in found}
        #: Undated, dated less exactly than the stretches, before the articles begin, long before the others, or ahead.
        self.rest = [month for month in months if month not in drawn]

    def buckets(self) -> list[Bucket]:
        """A bucket for each stretch."""
        return [self._bucket(place, key) for place, key in enumerate(self.keys)]

    def _bucket(self, place: int, key: str) -> Bucket:
        sums = self._sums(key, self.groups.get(key, ()))
        days, as_of = span(key), span(self.book.as_of)
        going_on = bool(days and as_of and days[1] > as_of[1])
        points = (sums["low"], sums["point"], sums["high"])
        return Bucket(
            plain_date(key), _tick(key, first=place == 0), _href(key, self.grain), points, sums["rounds"], going_on
        )

    @property
    def outside(self) -> int:
        """How many rounds are not drawn."""
        return sum(len(self.months[month]) for month in self.rest)

    def whole(self) -> dict[str, Any]:
        """The sums of all its rounds, drawn or not."""
        return added(self._sums(key, months) for key, months in [*self.groups.items(), ("rest", self.rest)])

    def _sums(self, key: str, months: Sequence[str]) -> dict[str, Any]:
        """The sums of a stretch: of the whole ledger from those of its months, which other pages need as well."""
        if self.months is self.book.months or not months:
            return self.book.total(months)
        return self.book.sums(f"{self.name} {key}", [line for month in months for line in self.months[month]])

    def columns(self) -> dict[str, Columns]:
        """Jobs over time."""
        found = self.buckets()
        return in_both_widths(lambda width: columns(found, width, HEIGHT))

    def shares(self) -> list[tuple[Bucket, Mapping[str, Any] | None]]:
        """Each stretch of the whole ledger with the shares of AI in it."""
        return [
            (one, self.book.shares(self.groups[key]) if key in self.groups else None)
            for key, one in zip(self.keys, self.buckets(), strict=True)
        ]

    def place(self, period: str) -> float | None:
        """Where the middle of a period lies among the stretches; None outside them."""
        first, _, last = period.partition("/")
        begin, end = span(first), span(last or first)
        if not begin or not end or not self.keys:
            return None
        middle = begin[0] + (end[1] - begin[0]) / 2
        for number, key in enumerate(self.keys):
            days = span(key)
            if days and days[0] <= middle <= days[1]:
                return number + ((middle - days[0]).days + 0.5) / ((days[1] - days[0]).days + 1) - 0.5
        return None


def _lately(months: Mapping[str, Sequence[Line]], first: str | None, as_of: str | None) -> list[str]:
    """The months (quarters, years) to draw: begun by the newest article, without a few stragglers long before.

    Nor is anything from before the month of the first article drawn: of that time the ledger has but what articles
    told later, and a chart would show it as a time of few cuts.
    """
    begun = sorted(
        (days[0], key) for key in months if (days := span(key)) and (as_of is None or days[0].isoformat() <= as_of)
    )
    since = first[:7] if first else ""
    begun = [one for one in begun if one[0].isoformat()[:7] >= since] or begun
    spare = STRAGGLERS * sum(len(months[key]) for _, key in begun)
    while begun and len(months[begun[0][1]]) <= spare:
        spare -= len(months[begun[0][1]])
        begun.pop(0)
    return [key for _, key in begun]


def share_charts(
    shares: Sequence[tuple[Bucket, Mapping[str, Any] | None]], names: Iterable[str], quoted: Sequence[Quoted]
) -> dict[str, dict[str, Band]]:
    """Definition -> its chart of the share of jobs; all have one scale, so that they can be compared."""
    found = {name: [_portion(one, said, name) for one, said in shares] for name in names}
    highest = [p.share[2] for portions in found.values() for p in portions if p.share]
    most = min(100.0, max([5.0, *highest, *(q.value for q in quoted)]))
    return {
        name: in_both_widths(lambda width, portions=portions: band(portions, quoted, width, HEIGHT, most))  # type: ignore[misc]
        for name, portions in found.items()
    }


def _portion(one: Bucket, said: Mapping[str, Any] | None, name: str) -> Portion:
    low, point, high = said[name]["of_jobs"] if said else (None, None, None)
    if low is None or point is None or high is None:
        return Portion(one, None)
    return Portion(one, (100 * low, 100 * point, 100 * high))


def quoted_shares(counts: Iterable[Counted], series: Series) -> list[Quoted]:
    """The shares of the whole economy that others published, at their places in time."""
    found = []
    for one in counts:
        place = series.place(one.period)
        if one.share is not None and one.sector is None and place is not None:
            name = one.publisher.split(",")[0]
            label = f"{name} {100 * one.share:.3g} %"
            numbers = f"{plainly(one.ai_value or 0)} of {plainly(one.value or 0)}"
            title = f"{one.publisher}, {period_words(one.period)}: {numbers}"
            found.append(Quoted(place, 100 * one.share, label, title))
    return found[-12:]


def period_words(period: str) -> str:
    """A period of a count in words.

    >>> period_words("2026-01/2026-04"), period_words("2026-Q1"), period_words("2023/..")
    ('January 2026 to April 2026', 'first quarter of 2026', 'since 2023')
    """
    first, mark, last = period.partition("/")
    if not mark:
        return plain_date(first)
    return f"since {plain_date(first)}" if last == ".." else f"{plain_date(first)} to {plain_date(last)}"


def _tick(key: str, *, first: bool) -> str:
    """The label below the axis: the year at its beginning, months and quarters between."""
    if "-" not in key:
        return key
    if "Q" in key:
        return f"{key[5:]} {key[:4]}" if key.endswith("Q1") or first else key[5:]
    month = int(key[5:7])
    return f"{MONTHS[month - 1][:3]} {key[:4]}" if month == 1 or first else MONTHS[month - 1][:3]


def _href(key: str, grain: Grain) -> str:
    if grain == "month":
        return month_path(key)
    days = span(key)
    return f"events.html#from={days[0]}&to={days[1]}" if days else ""


def company_timeline(events: Sequence[Event]) -> dict[str, Timeline]:
    """The dated rounds of a company, oldest first."""
    dated = sorted(((days, event) for event in events if (days := span(event.date))), key=lambda one: one[0])
    if not dated:
        return {}
    first, last = _ends([days for days, _ in dated])
    whole = (last - first).days
    rounds = [_round(days[0] + (days[1] - days[0]) / 2, event, first, whole) for days, event in dated]
    ticks = [((day - first).days / whole, label) for day, label in _calendar(first, last)]
    return in_both_widths(lambda width: timeline(rounds, ticks, width, 220))


def _round(middle: dt.date, event: Event, first: dt.date, whole: int) -> Round:
    known = figure(event)
    words = str(size(event, plainly))
    title = f"{plain_date(event.date)}: {words}"
    tied = event.ai in ("company", "third_party")
    place = (middle - first).days / whole
    people, label = (known[1], plainly(known[1])) if known else (None, "")
    return Round(place, people, label, title, event_path(event.event_id or ""), tied, counted(event))


def _ends(spans: Sequence[tuple[dt.date, dt.date]]) -> tuple[dt.date, dt.date]:
    """The time that a time line covers: whole years, of rounds within one year whole months."""
    first, last = min(days[0] for days in spans), max(days[1] for days in spans)
    if (last - first).days > 400:
        return dt.date(first.year, 1, 1), dt.date(last.year, 12, 31)
    begin = first.replace(day=1)
    return begin, max(last, begin + dt.timedelta(days=180))


def _calendar(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    if (last - first).days > 1200:
        return [(dt.date(year, 1, 1), str(year)) for year in range(first.year, last.year + 1)]
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    step = 1 if len(months) <= 13 else 3
    shown = [month for month in months if month % step == 0 or month == months[0]]
    named = {month: f" {month // 12}" for month in shown if month % 12 == 0 or month == months[0]}
    return [(dt.date(m // 12, m % 12 + 1, 1), MONTHS[m % 12][:3] + named.get(m, "")) for m in shown]
