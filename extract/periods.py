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
_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.?)"


def _year(group: str) -> str:
    """A year behind a part of it: "2026", "of 2026", "of last year" (group LAST…), "of the year"."""
    return rf"(?:,?\s+(?:of\s+)?(?P<{group}>{_YEAR})|\s+of\s+(?:the|this|(?P<last{group}>last))\s+year)?"


def _month(group: str) -> str:
    """A month, but no day of one, with its year where it has one."""
    return rf"(?P<{group}name>{_MONTH})\b(?!\s+\d{{1,2}}\b){_year(f'{group}year')}"


_FORMS = (
    rf"(?P<half>(?P<which>first|second)\s+half{_year('halfyear')})",
    rf"(?P<months>first\s+(?P<count>{'|'.join(_COUNTS)}|\d\d?)\s+months{_year('monthsyear')})",
    rf"(?P<quarter>(?:(?P<nth>{'|'.join(_ORDINALS)})[\s-]quarter|\bQ(?P<digit>[1-4])\b){_year('quarteryear')})",
    rf"(?P<since>since\s+(?:early\s+|late\s+)?(?:(?P<sincename>{_MONTH})\b(?!\s+\d)\s*)?(?P<sinceyear>{_YEAR})?(?<=\w)\b)",
    rf"(?P<through>(?:through|until|up\s+to|by|to)\s+(?:the\s+end\s+of\s+)?{_month('through')})",
    rf"(?P<month>\b{_month('month')})",
    rf"(?P<sofar>so\s+far\s+(?:this\s+year|in\s+(?P<sofaryear>{_YEAR}))|year[\s-]to[\s-]date|this\s+year(?:\s+so\s+far)?"
    r"|since\s+the\s+(?:start|beginning|turn)\s+of\s+the\s+year|the\s+year['’]s\s+total|for\s+the\s+year)",
    r"(?P<lastmonth>last\s+month|the\s+previous\s+month)",
    r"(?P<thismonth>this\s+month)",
    r"(?P<lastyear>last\s+year)",
    r"(?P<thatyear>(?:in\s+)?that\s+year)",
    rf"(?P<plain>\b(?P<plainyear>{_YEAR})\b(?P<plainsofar>\s+so\s+far)?)",
)
_FORM = re.compile("|".join(_FORMS), re.IGNORECASE)
#: "the highest since 2020" is no span that anybody counts over.
_RECORD = re.compile(
    r"\b(?:highest|most|largest|worst|biggest|lowest|fewest|record|first)\b[^.;]{0,40}$", re.IGNORECASE
)


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
    found: list[Period] = []
    for match in _FORM.finditer(text):
        named = match["monthname"] or match["throughname"] or match["sincename"]
        if (named and named[0].islower()) or (match["since"] and _RECORD.search(text[: match.start()])):
            continue  # "may" is a verb
        before = next((one.iso[:4] for one in reversed(found)), None) if match["thatyear"] else None
        if iso := before or _iso(match, published):
            running = any(match[name] for name in ("sofar", "thismonth", "plainsofar", "since"))
            this_year = published is not None and iso == f"{published:%Y}"
            found.append(Period(match.start(), match.end(), iso, running or this_year))
    return found


def _iso(match: re.Match[str], published: dt.date | None) -> str | None:
    if match["half"] or match["months"]:
        return _first_months(match, published)
    if match["quarter"]:
        number = int(match["digit"] or _ORDINALS.index(match["nth"].lower()) + 1)
        year = _told(match, "quarter", published, number * 3 - 2)
        return f"{year}-Q{number}" if year else None
    if match["since"]:
        return _since(match, published)
    for kind in ("through", "month"):
        if match[kind]:
            number = _number(match[f"{kind}name"])
            year = _told(match, kind, published, number)
            months = f"{year}-{number:02}" if kind == "month" else f"{year}-01/{year}-{number:02}"
            return months if year else None
    return _relative(match, published)


def _relative(match: re.Match[str], published: dt.date | None) -> str | None:
    named = match["plainyear"] or match["sofaryear"]
    if named or published is None or match["thatyear"]:
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
    first = 7 if (match["which"] or "").lower() == "second" else 1
    count = 6 if match["half"] else _small(match["count"])
    year = _told(match, "half" if match["half"] else "months", published, first)
    return f"{year}-{first:02}/{year}-{first + count - 1:02}" if year and 1 <= count <= 12 else None


def _told(match: re.Match[str], kind: str, published: dt.date | None, month: int) -> str | None:
    """The year that stands with a part of it, else the latest one in which that part, from `month` on, had begun."""
    if match[f"last{kind}year"]:
        return str(published.year - 1) if published else None
    return match[f"{kind}year"] or _latest(published, month)


def _small(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS.index(word.lower()) + 2


def _number(name: str) -> int:
    return next(n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name.lower().rstrip(".")[:3]))


def _latest(published: dt.date | None, month: int) -> str | None:
    return None if published is None else str(published.year - (published.month < month))
