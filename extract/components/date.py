"""Marks dates and resolves them against the day of publication, to the precision that the words have.

Own expressions find them; dateparser reads those that name a day or a month of their own.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache

import dateparser
from spacy.tokens import Doc

from extract.marks import Mark, coat, text_of
from extract.time_words import DATE, DAYS, MONTH, MONTHS, YEAR
from extract.time_words import kind as kind_of
from extract.words import near

#: What every expression of time has in it, at most so many characters behind its beginning.
_ANCHOR = re.compile(
    rf"\b(?:{MONTH}|{'|'.join(map(str.title, DAYS))}|{YEAR}|Q[1-4]|quarter|mid"
    r"|(?i:year|month|week|days|summer|spring|autumn|fall|winter|yesterday|tomorrow|today|tonight|morning|afternoon))"
)
_REACH = 60


def find(doc: Doc) -> Iterator[Mark]:
    """Every expression of time. The value is the matched words; `resolve` gives them a date."""
    for match in near(DATE, _ANCHOR, _REACH, text_of(doc)):
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
        return _parsed(words, None)
    if kind == "my":
        return f"{match['my_year']}-{_month_number(words):02d}"
    if kind == "year":
        return match["y"]
    if kind == "quarter" and (year := match["q_year"] or match["qn_year"]):
        return _quarter(match, year, published)
    return _relative(match, kind, published) if published else None


def _relative(match: re.Match[str], kind: str, published: dt.date) -> str | None:
    words = match[0].lower()
    if kind in ("dm", "md"):
        iso = _parsed(match[0], published)
        ago = (published - dt.date.fromisoformat(iso)).days if iso else 0
        return iso if ago < 365 - 120 else None  # within four months ahead: when the jobs end, not the announcement
    if kind in ("month", "month_ago", "month_rel"):
        return _named_month(match, words, published)
    if kind == "weekday":
        ahead = (published.weekday() - DAYS.index(match["wd"].lower())) % 7
        return None if match["wd_rel"] == "next" else (published - dt.timedelta(days=ahead)).isoformat()
    if kind == "rel":
        day = published - dt.timedelta(days=words == "yesterday")
        return None if words == "tomorrow" else day.isoformat()
    if kind == "week":  # of which only the month is sure
        back = 7 if re.search(r"last week$|week ago|late last|two weeks", words) else 0
        return (published - dt.timedelta(days=back)).isoformat()[:7]
    if kind == "mon":
        return _months_back(words, published)
    if kind == "quarter":
        return _quarter(match, str(published.year), published)
    if kind == "yr":
        back = 1 if re.search(r"last|previous|prior|year ago|year before", words) else 0
        return None if "next" in words else str(published.year - back)
    return None


def _months_back(words: str, published: dt.date) -> str | None:
    counts = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    if "next" in words or "several" in words or "few" in words or "that month" in words:
        return None
    back = next((n for w, n in counts.items() if words.startswith(w)), 0 if "this month" in words else 1)
    index = published.year * 12 + published.month - 1 - back
    return f"{index // 12}-{index % 12 + 1:02d}"


def _named_month(match: re.Match[str], words: str, published: dt.date) -> str:
    month = _month_number(match["only"] or match["named"] or match["mname"])
    year = published.year - (month > published.month)
    if match["mrel"] == "last" or "last year" in words:
        year = published.year - 1
    return f"{year}-{month:02d}"


def _month_number(words: str) -> int:
    found = re.search(MONTH, words)
    return MONTHS.index(found[0].lower()[:3]) + 1 if found else 0


def _quarter(match: re.Match[str], year: str, published: dt.date | None) -> str | None:
    names = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4}
    number = int(match["qn"]) if match["qn"] else names.get((match["q"] or "").lower())
    if year in ("last year", "this year"):
        year = str(published.year - (year == "last year")) if published else ""
    return f"{year}-Q{number}" if number and year else None


@lru_cache(maxsize=4096)
def _parsed(words: str, published: dt.date | None) -> str | None:
    """What dateparser reads in words that name a day; one without a year is the last such day before publication."""
    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
    if published:
        settings["RELATIVE_BASE"] = dt.datetime.combine(published, dt.time(23, 59))
    found = dateparser.parse(words[:60], languages=["en"], settings=settings)
    return found.date().isoformat() if found else None


coat("date", find)
