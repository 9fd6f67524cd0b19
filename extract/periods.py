"""Spans of time that totals are told for: a month, a quarter, a year, the year so far, the first half of a year.

Pure. What lacks its year is resolved against the day of publication: the latest such span that had begun by then.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ORDINALS = ("first", "second", "third", "fourth")
_COUNTS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven")
_YEAR = r"(?:19|20)\d\d"
_OF_YEAR = rf"(?:,?\s+(?:of\s+)?(?P<{{0}}>{_YEAR})|\s+of\s+(?:the|this)\s+year)?"
_MONTH = "|".join([*MONTHS, r"(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?"])

_FORM = re.compile(
    rf"(?P<half>(?:the\s+)?(?P<whichhalf>first|second)\s+half{_OF_YEAR.format('halfyear')})"
    rf"|(?P<months>(?:the\s+)?first\s+(?P<count>{'|'.join(_COUNTS)}|\d\d?)\s+months{_OF_YEAR.format('monthsyear')})"
    rf"|(?P<quarter>(?:the\s+)?(?P<nth>{'|'.join(_ORDINALS)})[\s-]quarter{_OF_YEAR.format('quarteryear')})"
    rf"|(?P<q>\bQ(?P<qn>[1-4])(?:,?\s+(?:of\s+)?(?P<qyear>{_YEAR}))?\b)"
    rf"|(?P<since>since\s+(?:early\s+|late\s+)?(?:(?P<sincename>{_MONTH})\b,?\s*)?(?P<sinceyear>{_YEAR})?(?<=[\w.])\b)(?!\s+\d)"
    rf"|(?P<through>(?:through|until|up\s+to|by|to)\s+(?:the\s+end\s+of\s+)?(?P<throughname>{_MONTH})\b(?!\s+\d{{1,2}}\b)(?:,?\s+(?:of\s+)?(?P<throughyear>{_YEAR}))?)"
    rf"|(?P<month>\b(?P<name>{_MONTH})\b(?!\s+\d{{1,2}}\b)(?:,?\s+(?:of\s+)?(?P<monthyear>{_YEAR}))?)"
    rf"|(?P<sofar>so\s+far\s+(?:this\s+year|in\s+(?P<sofaryear>{_YEAR}))|(?:this\s+)?year[\s-]to[\s-]date|(?:already\s+)?this\s+year(?:\s+so\s+far)?"
    r"|since\s+the\s+(?:start|beginning|turn)\s+of\s+the\s+year)"
    r"|(?P<lastmonth>last\s+month|the\s+previous\s+month)|(?P<thismonth>(?:so\s+far\s+)?this\s+month)|(?P<lastyear>last\s+year)"
    rf"|(?P<year>\b(?P<plain>{_YEAR})\b(?P<yearsofar>\s+so\s+far)?)",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Period:
    """Where it stands in the text, its ISO form (2026-03, 2026-Q1, 2026, 2026-01/2026-06, 2023/..), and whether it
    still ran when the text appeared."""

    start: int
    end: int
    iso: str
    to_date: bool = False


def periods(text: str, published: dt.date | None) -> list[Period]:
    """All spans in the text, in its order; those that cannot be placed in a year are left out.

    >>> [p.iso for p in periods("in the first quarter of 2026, up from March 2025 and last month", dt.date(2026, 5, 4))]
    ['2026-Q1', '2025-03', '2026-04']
    >>> periods("so far this year", dt.date(2026, 5, 4))
    [Period(start=0, end=16, iso='2026', to_date=True)]
    >>> [p.iso for p in periods("through April, since 2023 and since January", dt.date(2026, 5, 4))]
    ['2026-01/2026-04', '2023/..', '2026-01/..']
    """
    found = []
    for match in _FORM.finditer(text):
        iso = _iso(match, published)
        named = match["name"] or match["throughname"] or match["sincename"]
        if iso and not (named and named[0].islower()):  # "may" is a verb
            running = bool(match["sofar"] or match["thismonth"] or match["yearsofar"] or match["since"])
            running = running or (published is not None and iso == f"{published:%Y}")
            found.append(Period(match.start(), match.end(), iso, running))
    return found


def _iso(match: re.Match[str], published: dt.date | None) -> str | None:
    if match["half"] or match["months"]:
        return _first_months(match, published)
    if match["quarter"] or match["q"]:
        number = _ORDINALS.index(match["nth"].lower()) + 1 if match["nth"] else int(match["qn"])
        year = match["quarteryear"] or match["qyear"] or _latest(published, number * 3 - 2)
        return f"{year}-Q{number}" if year else None
    if match["since"]:
        return _since(match, published)
    if match["through"]:
        number = _number(match["throughname"])
        year = match["throughyear"] or _latest(published, number)
        return f"{year}-01/{year}-{number:02}" if year else None
    if match["month"]:
        number = _number(match["name"])
        year = match["monthyear"] or _latest(published, number)
        return f"{year}-{number:02}" if year else None
    return _relative(match, published)


def _relative(match: re.Match[str], published: dt.date | None) -> str | None:
    named = match["plain"] or match["sofaryear"]
    if named or published is None:
        return named
    if match["lastmonth"]:
        return f"{published.replace(day=1) - dt.timedelta(days=1):%Y-%m}"
    if match["thismonth"]:
        return f"{published:%Y-%m}"
    return str(published.year - bool(match["lastyear"]))


def _since(match: re.Match[str], published: dt.date | None) -> str | None:
    """An interval without end, as ISO 8601-2 writes it."""
    if not match["sincename"]:
        return f"{match['sinceyear']}/.." if match["sinceyear"] else None
    number = _number(match["sincename"])
    year = match["sinceyear"] or _latest(published, number)
    return f"{year}-{number:02}/.." if year else None


def _first_months(match: re.Match[str], published: dt.date | None) -> str | None:
    first = 7 if (match["whichhalf"] or "").lower() == "second" else 1
    count = 6 if match["half"] else _small(match["count"])
    year = match["halfyear"] or match["monthsyear"] or _latest(published, first)
    return f"{year}-{first:02}/{year}-{first + count - 1:02}" if year and 1 <= count <= 12 else None


def _small(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.index(word.lower()) + 2


def _number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower().rstrip(".")[:3]))


def _latest(published: dt.date | None, month: int) -> str | None:
    """The year of the latest such month that had begun."""
    return None if published is None else str(published.year - (published.month < month))
