"""Shares of AI: forty events whose shares are worked out by hand, by every definition of data/definitions.toml."""

from __future__ import annotations

from typing import Any

import pytest

from extract.attributions import Attribution
from extract.definitions import Definition, load_definitions
from extract.records import Event
from extract.shares import Range, Told, belongs, grade, of_period, share, shares

DEFINITIONS = load_definitions()


def voice(speaker: str, mechanism: str = "unspecified", strength: str = "explicit", **more: Any) -> Attribution:
    told = {"stance": "asserts", "quote": "AI", "url": "https://a.example/", "published": None} | more
    return Attribution(speaker=speaker, mechanism=mechanism, strength=strength, field="text", start=0, end=2, **told)


def cuts(number: int, people: int | None, country: str | None, *voices: Attribution, **columns: Any) -> list[Told]:
    """So many events alike, each of so many people."""
    figure = {"headcount": people, "headcount_min": people, "headcount_max": people, "date": "2026-02-10"}
    return [(Event(company="Acme", country=country, **figure | columns), voices) for _ in range(number)]


BOT = voice("employer", "replacement")
FORTY: list[Told] = [
    *cuts(8, 100, "US", date="2026-01-12"),  # nobody speaks of AI
    *cuts(5, 200, "US", BOT, date="2026-01-20"),
    *cuts(4, 100, "US", voice("executive", "reallocation", "contributing")),
    *cuts(3, 300, "DE", voice("filing")),
    *cuts(4, 50, "US", voice("press", "replacement")),
    *cuts(3, 100, "GB", voice("analyst", "anticipated")),
    *cuts(2, 500, "US", BOT, voice("union", stance="doubts"), industry="software"),
    *cuts(2, 250, "US", voice("press", "replacement"), voice("employer", stance="denies")),
    *cuts(1, 400, None, voice("employer")),
    *cuts(1, 600, None),
    *cuts(1, 300, "US", voice("executive", "reallocation"), action="buyout"),
    *cuts(1, None, "US", BOT),
    *cuts(
        1, 1500, "US", voice("employer", "replacement", low=400, high=400), headcount_min=1000, headcount_max=2000
    ),  # 400 of 1,000 to 2,000 for AI
    *cuts(1, None, "GB", voice("press", strength="context"), headcount_min=200),  # hundreds
    *cuts(1, 100, "US", voice("press", "selection_tool")),
    *cuts(1, 100, "US", BOT, action="attrition"),
    *cuts(1, 100, "US", BOT, status="considered"),
]

#: Definition -> events, of them AI's, share of events at low and high as fractions, jobs, of them AI's, and the same.
#: Jobs of all but attrition and considered: 8 x 100 + 5 x 200 + 4 x 100 + 3 x 300 + 4 x 50 + 3 x 100 + 2 x 500 +
#: 2 x 250 + 400 + 600 + 300 + 1,500 + 200 + 100 = 8,200. At low the range counts 2,000, at high 1,000.
BY_HAND: dict[str, tuple[Any, ...]] = {
    # own voices: 5 + 4 + 3 + 1 + 1 + 1 + 1 sure, 2 disputed; 1,000 + 400 + 900 + 400 + 300 + 400, and 1,000
    "employer": (38, 18, (16, 38), (18, 38), 8200, 4400, (3400, 8700), (4400, 7700)),
    # United States: 30 events (attrition too), AI's 5 + 1 + 1 + 1 + 1 sure and 2 disputed; of two unknown countries one
    # is AI's (in high only), one not (in low only). Whole cuts: 1,000 + 300 + 1,500 + 100, and 1,000, of 5,900
    "challenger": (30, 11, (9, 31), (12, 31), 5900, 3900, (2400, 6000), (4800, 6800)),
    # and four of the press (200); two more (500) that the employer denies, in high only
    "press": (38, 22, (20, 38), (24, 38), 8200, 4600, (3600, 8700), (5100, 7700)),
    # all but the 8 and the 1 of which nobody speaks of AI: 8,200 - 800 - 600
    "any": (38, 29, (29, 38), (29, 38), 8200, 6800, (6300, 7700), (7300, 8700)),
    # 5 + 4 + 3 + 1 + 1 sure, 2 disputed, 2 denied: 1,000 + 200 + 300 + 400, 1,000, 500
    "replacement": (38, 16, (14, 38), (18, 38), 8200, 2900, (1900, 8700), (3400, 7700)),
}


@pytest.mark.parametrize("name", DEFINITIONS)
def test_shares_are_those_worked_out_by_hand(name: str) -> None:
    events, ai_events, low, high, jobs, ai_jobs, low_jobs, high_jobs = BY_HAND[name]
    found = share(FORTY, DEFINITIONS[name])
    assert (found.events, found.ai_events, found.jobs, found.ai_jobs) == (events, ai_events, jobs, ai_jobs)
    assert found.share_of_events == Range(low[0] / low[1], ai_events / events, high[0] / high[1])
    assert found.share_of_jobs == Range(low_jobs[0] / low_jobs[1], ai_jobs / jobs, high_jobs[0] / high_jobs[1])
    assert found.without_figure == 1
    assert found.unknown_country == (2 if name == "challenger" else 0)


def test_forty_events_and_every_definition() -> None:
    assert len(FORTY) == 40
    assert BY_HAND.keys() == DEFINITIONS.keys()


def test_groups() -> None:
    months = shares(FORTY, DEFINITIONS["employer"], "month")
    assert [(one.key, one.events, one.ai_events, one.jobs, one.ai_jobs) for one in months] == [
        ("2026-01", 13, 5, 1800, 1000),
        ("2026-02", 25, 13, 6400, 3400),
    ]
    industries = shares(FORTY, DEFINITIONS["employer"], "industry")
    assert [(one.key, one.events, one.share_of_events) for one in industries] == [
        ("software", 2, Range(0.0, 1.0, 1.0)),  # disputed
        (None, 36, Range(16 / 36, 16 / 36, 16 / 36)),
    ]


def test_of_nothing_there_is_no_share() -> None:
    empty = share([], DEFINITIONS["employer"])
    assert empty.share_of_events == empty.share_of_jobs == Range(None, None, None)
    unknown = share(cuts(1, 400, None, BOT), DEFINITIONS["challenger"])
    assert (unknown.events, unknown.share_of_jobs) == (0, Range(None, None, 1.0))


def test_an_interval_holds_its_point() -> None:
    for definition in DEFINITIONS.values():
        for one in (share(FORTY, definition), *shares(FORTY, definition, "month")):
            for interval in (one.share_of_events, one.share_of_jobs):
                if None not in (interval.low, interval.point, interval.high):
                    assert 0 <= interval.low <= interval.point <= interval.high <= 1  # type: ignore[operator]


@pytest.mark.parametrize(
    ("voices", "name", "wanted"),
    [
        ([voice("employer", stance="denies")], "employer", "no"),
        ([voice("employer", stance="denies")], "any", "sure"),
        ([BOT, voice("executive", stance="denies")], "employer", "denied"),
        ([BOT, voice("analyst", stance="doubts")], "employer", "disputed"),
        ([voice("executive", strength="contributing")], "challenger", "no"),
        ([voice("analyst", "anticipated")], "press", "no"),
        ([voice("employer", "reallocation")], "replacement", "no"),
        ([voice("press", "selection_tool")], "press", "no"),
    ],
)
def test_grades(voices: list[Attribution], name: str, wanted: str) -> None:
    assert grade(voices, DEFINITIONS[name]) == wanted


def test_a_denial_can_be_taken_for_doubt() -> None:
    mild = Definition(name="mild", title="t", about="a", speakers=frozenset({"employer"}), denied="disputed")
    assert grade([BOT, voice("executive", stance="denies")], mild) == "disputed"


@pytest.mark.parametrize("columns", [{"status": "denied"}, {"status": "cancelled"}, {"review_status": "rejected"}])
def test_what_totals_leave_out_is_left_out(columns: dict[str, str]) -> None:
    assert not belongs(Event(company="Acme", **columns), DEFINITIONS["employer"])  # type: ignore[arg-type]


def test_open_periods() -> None:
    told: list[Told] = [(Event(company="Acme", date=date), ()) for date in ("2022-12-31", "2023-01-01", "2026-05")]
    assert [event.date for event, _ in of_period(told, "2023/..")] == ["2023-01-01", "2026-05"]
