"""Marks dates and resolves them against the day of publication, to the precision that the words have.

What they mean is read in `extract/relative.py`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from spacy.tokens import Doc

from extract.lookup import near, spots
from extract.marks import Mark, coat, text_of
from extract.names import CALENDAR
from extract.relative import calendar_day, month_number, quarter, relative
from extract.required import openings
from extract.time_words import DATE
from extract.time_words import kind as kind_of

_OPENINGS = openings(DATE.pattern)
#: Of these words every expression of time has one, at most so many characters behind its beginning.
_ANCHORS = CALENDAR | {
    *("year", "years", "month", "months", "week", "weeks", "weekend", "day", "days", "decade", "decades", "quarter"),
    *("summer", "spring", "autumn", "fall", "winter", "yesterday", "today", "tonight", "tomorrow"),
    *("christmas", "new", "night", "morning", "afternoon", "ago", "earlier", "mid", "q1", "q2", "q3", "q4"),
    *map(str, range(1900, 2100)),
    *(f"{day}{ending}" for day in range(40) for ending in ("st", "nd", "rd", "th")),
}
_REACH = 60


def find(doc: Doc) -> Iterator[Mark]:
    """Every expression of time. The value is the matched words; `resolve` gives them a date."""
    text = text_of(doc)
    for match in near(DATE, _OPENINGS, spots(text, _ANCHORS), _REACH, text):
        yield Mark("date", match.start(), match.end(), match[0], f"date.{kind_of(match)}")


def resolve(words: str, published: dt.date | None) -> str | None:
    """The ISO day, month, quarter or year that the words mean, seen from the day of publication.

    Without that day only words that bring their own year mean anything.

    >>> day = dt.date(2023, 2, 9)
    >>> [resolve(w, day) for w in ("Wednesday", "last month", "in November", "Jan. 8", "this week", "late last year")]
    ['2023-02-08', '2023-01', '2022-11', '2023-01-08', '2023-02', '2022']
    >>> [resolve(w, None) for w in ("January 8, 2024", "in January 2024", "in 2015", "Tuesday", "last month")]
    ['2024-01-08', '2024-01', '2015', None, None]
    """
    match = DATE.fullmatch(words) or DATE.match(words)
    if match is None:
        return None
    kind = kind_of(match)
    if kind in ("dmy", "mdy", "iso"):
        return calendar_day(words, None)
    if kind == "my":
        return f"{match['my_year']}-{month_number(words):02d}"
    if kind in ("year", "year_of"):
        return match["y"] or match["whose_y"]
    if kind == "quarter" and (year := match["q_year"] or match["qn_year"]):
        return quarter(match, year, published)
    if kind == "opening" and match["open_year"][:2].isdigit():
        return f"{match['open_year']}-01"
    return _relative(match, kind, published) if published else None


def _relative(match: re.Match[str], kind: str, published: dt.date) -> str | None:
    if kind in ("dm", "md"):
        iso = calendar_day(match[0], published)
        ago = (published - dt.date.fromisoformat(iso)).days if iso else 0
        return iso if ago < 365 - 120 else None  # within four months ahead: when the jobs end, not the announcement
    return relative(match, kind, published)


coat("date", find)
