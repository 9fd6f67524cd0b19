"""Sums of what is known by halves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from extract.records import Event
from extract.totals import LEFT_OUT, Total, counted, figure, total, totals

EXACT = Event(company="Acme", date="2026-03-02", headcount=900, headcount_min=900, headcount_max=900, ai="company")
LEAST = Event(company="Acme", date="2026-03-20", headcount=100, headcount_min=100, headcount_relation="at_least")
MOST = Event(company="Apex", date="2026-04-01", headcount=50, headcount_max=50, headcount_relation="at_most")
RANGE = Event(company="Apex", date="2026-04", headcount=15, headcount_min=10, headcount_max=20)
VAGUE = Event(company="Apex", date="2026-Q2", headcount_min=200, headcount_relation="vague")
SHARE = Event(company="Apex", pct_min=17, pct_max=17, pct_relation="exact")
ALL = [EXACT, LEAST, MOST, RANGE, VAGUE, SHARE]


def test_a_share_never_becomes_a_number_of_people() -> None:
    assert figure(SHARE) is None
    assert total([SHARE]) == Total(key=None, events=1, low=0, point=0, high=0, without_figure=1)


def test_what_is_missing_of_a_figure() -> None:
    assert [figure(event) for event in ALL[:5]] == [
        (900, 900, 900), (100, 100, 100), (50, 50, 50), (10, 15, 20), (200, 200, 200),
    ]  # fmt: skip
    assert figure(Event(headcount_max=30)) == (30, 30, 30)


def test_by_month_keeps_what_is_known_no_closer_apart() -> None:
    found = [(one.key, one.events, one.low, one.point, one.high, one.without_figure) for one in totals(ALL, "month")]
    assert found == [
        ("2026-03", 2, 1000, 1000, 1000, 0),
        ("2026-04", 2, 60, 65, 70, 0),
        ("2026-Q2", 1, 200, 200, 200, 0),
        (None, 1, 0, 0, 0, 1),
    ]


def test_other_groups_come_by_size_and_what_is_unknown_last() -> None:
    events = [
        *ALL,
        Event(company="Zenith", headcount=5000, industry=None),
        Event(company="Bits", headcount=7, industry="software"),
    ]
    assert [one.key for one in totals(events, "company")] == ["Zenith", "Acme", "Apex", "Bits"]
    assert [(one.key, one.point) for one in totals(events, "industry")] == [("software", 7), (None, 6265)]
    assert [(one.key, one.events) for one in totals(events, "ai")] == [("none", 7), ("company", 1)]


def test_what_did_not_happen_or_moves_nobody_is_left_out_until_asked_for() -> None:
    out = [Event(status="denied"), Event(status="cancelled"), Event(status="considered"), Event(action="hiring_freeze"),
           Event(action="attrition"), Event(review_status="rejected")]  # fmt: skip
    assert not any(counted(event) for event in out)
    assert all(counted(event, LEFT_OUT) for event in out)
    assert [counted(event, ["denied", "attrition"]) for event in out] == [True, False, False, False, True, False]
    assert not counted(Event(action="hiring_freeze", status="denied"), ["denied"])
    kept = [Event(status=status) for status in ("announced", "reported", "planned", "completed")]
    assert all(
        counted(event) for event in [*kept, Event(action="buyout"), Event(action="furlough"), Event(action="closure")]
    )


NUMBER = st.none() | st.integers(0, 10**6)


@given(st.lists(st.builds(Event, headcount=NUMBER, headcount_min=NUMBER, headcount_max=NUMBER)))
def test_low_point_and_high_are_in_order_whatever_the_events_say(events: list[Event]) -> None:
    whole = total(events)
    assert whole.low <= whole.point <= whole.high
    assert whole.events == len(events)
    assert sum(one.point for one in totals(events, "company")) == whole.point
