"""Days named by month and number mean what dateparser, which knows far more forms, reads in them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator

import dateparser
import pytest

from extract.relative import calendar_day
from extract.time_words import DATE, kind

MONTHS = ("January", "Feb.", "March", "APRIL", "May", "Jun", "July", "Aug.", "Sept", "Sep.", "October", "Nov", "Dec.")
FORMS = (
    "{day} {month} {year}",
    "{day} of {month}, {year}",
    "{month} {day}, {year}",
    "{day} of {month}",
    "{month} {day}",
)
PUBLISHED = (dt.date(2023, 1, 1), dt.date(2023, 12, 31), dt.date(2024, 2, 29), dt.date(2025, 6, 15))


def written() -> Iterator[tuple[str, dt.date]]:
    """Words that name a day, or one that no calendar has, and a day of publication."""
    chance = random.Random(4)
    for month in MONTHS:
        for form in FORMS:
            number = chance.choice((*range(1, 32), 29, 30, 31, 0, 32))
            day = f"{number}{chance.choice(('', '', 'st', 'nd', 'rd', 'th'))}"
            words = form.format(day=day, month=month, year=chance.choice((1998, 2023, 2024)))
            yield words, chance.choice(PUBLISHED)


@pytest.mark.parametrize(("words", "published"), list(written()))
def test_a_day_is_read_as_dateparser_reads_it(words: str, published: dt.date) -> None:
    match = DATE.fullmatch(words)
    assert match is not None
    dated = kind(match) in ("dmy", "mdy")
    settings: dict[str, object] = {"PREFER_DATES_FROM": "past", "REQUIRE_PARTS": ["day", "month"]}
    settings["RELATIVE_BASE"] = dt.datetime.combine(published, dt.time(23, 59))
    found = dateparser.parse(words, languages=["en"], settings=settings)
    assert calendar_day(words, None if dated else published) == (found.date().isoformat() if found else None)


def test_what_is_no_day() -> None:
    assert calendar_day("2026-13-04", None) is None
    assert calendar_day("March 3", None) is None
