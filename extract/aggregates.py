"""Totals that articles quote from those who count: "217,362 job cuts in the first quarter, according to Challenger".

Such a total is of a country or an industry, never of an employer. It is kept beside the events, to be compared with
them, and never becomes one. Pure: an article in, aggregates out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from extract import vocabulary
from extract.bounds import sentences
from extract.counts import Count, counts
from extract.days import day
from extract.periods import Period, periods
from extract.records import Aggregate, Article, Field

Key = tuple[str, str, str, str | None]  # publisher, period, measure, sector

#: Sentences behind the one that names the counter in which "it", "the report" or nobody goes on with its figures.
REACH = 3
#: Characters of a sentence; longer ones are tables and lists that lost their line breaks.
LONGEST = 1000
#: Characters that may lie between a figure and the period or the mention of AI that belongs to it.
NEAR = 110
#: Opens a sentence of a part of the figure just told, whose period is that figure's.
PART = re.compile(r"(?i)\W*(?:some\s+)?of\s+(?:these|those|them|that|the total)\b")


@dataclass(frozen=True, slots=True)
class _Place:
    """A sentence, and the counter whose figures it gives."""

    field: Field
    start: int
    words: str
    counter: tuple[str, str | None]  # publisher, sector
    named: tuple[int, int] | None  # where in this sentence it is named; None where a sentence before does


def aggregates(article: Article) -> tuple[Aggregate, ...]:
    """The totals that the article quotes, in the order of the text; each publisher's period and measure once."""
    found: dict[Key, Aggregate] = {}
    for one in _read(article):
        key = (one.publisher, one.period, one.measure, one.sector)
        known = found.get(key)
        if known is None:
            _merge_ai(found, key, one)
        elif known.value is None and one.value is not None:
            found[key] = replace(one, ai_value=one.ai_value if one.ai_value is not None else known.ai_value)
        elif known.ai_value is None and one.ai_value is not None:
            found[key] = replace(known, ai_value=one.ai_value)
    return tuple(found.values())


def _merge_ai(found: dict[Key, Aggregate], key: Key, one: Aggregate) -> None:
    """A number for AI alone belongs to the total of the same publisher and period, whatever its noun."""
    same = ((k, known) for k, known in found.items() if k[:2] == key[:2])
    totals = [k for k, known in same if known.value is not None and known.ai_value is None]
    if one.value is None and totals and (found[totals[0]].value or 0) >= (one.ai_value or 0):
        found[totals[0]] = replace(found[totals[0]], ai_value=one.ai_value)
    else:
        found[key] = one


def _read(article: Article) -> Iterator[Aggregate]:
    if not _names().search(f"{article.title}\n{article.text}"):
        return
    published = day(article.published)
    today = dt.date.fromisoformat(published) if published else None
    last: Period | None = None
    for place in _places(article):
        when = periods(place.words, today)
        for count in counts(place.words, place.named):
            goes_on = count.ai and not place.named and (not when or PART.match(place.words))
            period = last if goes_on and last else _period_of(count, when)
            if period is not None:
                yield _aggregate(place, count, period)
                last = period if not count.compared else last


def _aggregate(place: _Place, count: Count, period: Period) -> Aggregate:
    publisher, sector = place.counter
    return Aggregate(
        publisher=publisher, period=period.iso, to_date=period.to_date, measure=count.measure,
        sector=count.sector or sector, value=None if count.ai else count.value,
        ai_value=count.value if count.ai else None, relation=count.relation, field=place.field, start=place.start,
        end=place.start + len(place.words), quote=place.words,
    )  # fmt: skip


def _places(article: Article) -> Iterator[_Place]:
    """The sentences that name a counter, and the few behind them that go on with its figures."""
    fields: tuple[Field, Field] = ("title", "text")
    for field in fields:
        counter, since = None, 0
        for start, end in sentences(article[field]):
            words = article[field][start:end]
            named = _names().search(words)
            if named:
                counter, since = _counters()[named[0]], 0
            elif counter is not None:
                since += 1
            if counter is not None and since <= REACH and len(words) <= LONGEST:
                yield _Place(field, start, words, counter, named.span() if named else None)


def _period_of(count: Count, when: list[Period]) -> Period | None:
    """The period told behind the figure before the next one, else before it, else the only one of the sentence."""
    behind = [p for p in when if count.end <= p.start < count.until]
    if behind and behind[0].start - count.end <= NEAR:
        return behind[0]
    if count.compared:  # "up from 75,139": of another time, which is told beside it or not at all
        return None
    before = [p for p in when if p.end <= count.start]
    return before[-1] if before else (when[0] if len(when) == 1 else None)


@cache
def _counters() -> dict[str, tuple[str, str | None]]:
    return {row["name"]: (row["publisher"], row["sector"] or None) for row in vocabulary.table("counters.csv")}


@cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_counters(), key=len, reverse=True)
    return re.compile(rf"(?<![\w@])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])(?!\s+(?:banks?|brands?)\b)")
