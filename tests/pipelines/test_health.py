"""The health of a source, judged from visits written down by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pipelines.health import Health, judge, usual_gap

FIRST = dt.date(2026, 11, 2)  # a Monday


def visit(day: int, **known: Any) -> dict[str, Any]:
    """A visit on a day, counted from the first: one new entry of that day among four, and three pages read."""
    date = (FIRST + dt.timedelta(days=day)).isoformat()
    row = {
        "at": f"{date}T05:17:00+00:00", "outcome": "read", "reason": None, "listed": 4, "new": 1, "newest": date,
        "dated": 4, "pages": 3, "alike": 1, "prose": 2000, "articles": 0, "undated": 0,
    }  # fmt: skip
    return row | known


def judged(visits: list[dict[str, Any]], day: int, expected: float | None = 1) -> Health:
    return judge("a", visits, expected, FIRST + dt.timedelta(days=day))


def test_a_source_with_something_new_is_fine() -> None:
    health = judged([visit(0), visit(1)], 1)
    assert (health.state, health.warnings, health.last_new, health.gap_days) == ("fine", (), "2026-11-03", 0)


def test_silence_is_measured_against_the_gap_that_the_file_expects() -> None:
    visits = [visit(0), *(visit(day, new=0) for day in range(1, 6))]
    assert [judged(visits[: day + 1], day, 3).state for day in range(6)] == ["fine"] * 5 + ["silent"]
    assert judged(visits, 5, 3).told == "nothing new since 2026-11-02, usual gap 3 d"


def test_its_own_history_replaces_the_guess() -> None:
    weekdays = [visit(day, new=int(day % 7 < 5)) for day in range(28)]  # ends on a Sunday
    assert usual_gap([FIRST + dt.timedelta(days=d) for d in range(28) if d % 7 < 5]) == 3
    quiet = [*weekdays, *(visit(day, new=0) for day in (28, 29, 30))]  # 30: five days since Friday, usual are three
    assert [judged(quiet[: n + 1], n, 30).state for n in (28, 29, 30)] == ["fine", "fine", "silent"]
    assert judged(quiet, 30, 30).usual_gap_days == 3


def test_several_crawls_a_day_do_not_make_a_night_a_silence() -> None:
    visits = [visit(day) for day in range(8) for _ in range(12)] + [visit(8, new=0)] * 12
    assert judged(visits, 8, None).state == "fine"


@pytest.mark.parametrize(("visits", "expected", "told"), [
    ([], 1, "never visited"),
    ([visit(0, outcome="failed", reason="http 404", new=0, listed=0)], 1, "failed: http 404"),
    ([visit(0), visit(1, outcome="refused", reason="robots.txt", new=0, listed=0)], 1, "refused: robots.txt"),
    ([visit(0)], None, "too short a history"),
    ([visit(0, new=0, newest=None, listed=0, dated=0)], 5, "nothing listed yet"),
])  # fmt: skip
def test_what_cannot_be_known_is_unknown(visits: list[dict[str, Any]], expected: float | None, told: str) -> None:
    health = judged(visits, len(visits) - 1 if visits else 0, expected)
    assert (health.state, health.told) == ("unknown", told)


def test_a_source_that_fails_for_long_is_silent() -> None:
    visits = [visit(0), *(visit(d, outcome="failed", reason="http 404", new=0, listed=0) for d in (1, 2))]
    assert judged(visits, 2).told == "nothing new since 2026-11-02, usual gap 1 d; failed: http 404"


def test_a_source_that_never_gave_anything_is_silent_in_the_end() -> None:
    visits = [visit(day, outcome="failed", reason="timeout", new=0, listed=0) for day in range(3)]
    assert [judged(visits[: n + 1], n).state for n in range(3)] == ["unknown", "unknown", "silent"]


def test_a_feed_that_was_dead_when_it_was_first_seen_is_silent_at_once() -> None:
    health = judged([visit(0, new=20, newest="2019-05-01")], 0)
    assert (health.state, health.last_new) == ("silent", "2019-05-01")


def test_a_date_in_the_future_does_not_keep_a_source_alive() -> None:
    visits = [visit(0, newest="2031-01-01"), *(visit(day, new=0) for day in (1, 2))]
    assert judged(visits, 2).state == "silent"


def test_not_modified_is_an_answer() -> None:
    assert judged([visit(0), visit(1, outcome="not modified", new=0, listed=0)], 1).state == "fine"
    assert judged([visit(0), visit(1, outcome="not modified", new=0, listed=0)], 1).warnings == ()


@pytest.mark.parametrize(("last", "warning"), [
    ({"listed": 0, "new": 0, "dated": 0, "pages": 0, "prose": None}, "the list is empty"),
    ({"outcome": "not read", "reason": "no feed", "listed": 0, "new": 0}, "answers with something else: no feed"),
    ({"alike": 3, "prose": 2000}, "3 of 3 pages are the same page"),
    ({"prose": 900}, "pages hold 900 bytes of prose, before 2,000"),
    ({"dated": 1}, "25% of the entries dated, before 100%"),
    ({"articles": 4, "undated": 4}, "0% of the articles dated, before 100%"),
])  # fmt: skip
def test_a_source_that_says_nothing_of_use_is_warned_of(last: dict[str, Any], warning: str) -> None:
    before = [visit(day, articles=1) for day in range(4)]
    health = judged([*before, visit(4, **last)], 4)
    assert (health.warnings, health.alarming) == ((warning,), True)
    assert judged(before, 3).warnings == ()


def test_a_page_or_two_are_no_evidence() -> None:
    before = [visit(day) for day in range(4)]
    assert judged([*before, visit(4, pages=1, alike=1, prose=0)], 4).warnings == ()


def test_few_pages_a_day_are_counted_together() -> None:
    before = [visit(day, pages=1) for day in range(6)]
    shrunk = [*before, *(visit(day, pages=1, prose=100) for day in (6, 7, 8))]
    assert [bool(judged(shrunk[: n + 1], n).warnings) for n in (6, 7, 8)] == [False, True, True]


def test_an_alarm_is_news_once_and_is_repeated_once_a_week() -> None:
    visits = [visit(0), *(visit(day, new=0) for day in range(1, 16))]
    told = [(h.state, h.alarm, h.due) for day in range(16) for h in [judged(visits[: day + 1], day)]]
    assert told[:2] == [("fine", "new", False)] * 2
    assert told[2] == ("silent", "new", True)
    assert told[3:7] == [("silent", "standing", False)] * 4
    assert [alarm for _, alarm, _ in told[7:]] == ["reminder", *["standing"] * 6, "reminder", "standing"]


def test_a_doubtful_source_that_falls_silent_is_news_again_and_so_is_one_that_relapses() -> None:
    empty = {"new": 0, "listed": 0, "newest": None, "dated": 0}
    days = [visit(0), visit(1, **empty), visit(2, **empty), visit(3), visit(4, **empty)]
    assert [judged(days[: day + 1], day, 1).alarm for day in (1, 2, 4)] == ["new", "new", "new"]
    assert [judged(days[: day + 1], day, 1).state for day in (1, 2, 4)] == ["fine", "silent", "fine"]
    assert judged([*days[:2], visit(1, **empty)], 1, 1).alarm == "standing", "another crawl of the same day"
