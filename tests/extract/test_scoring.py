"""Precision, recall and F1 of articles small enough to be counted by hand."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from extract.scoring import FIGURES, Figure, Tally, bounds, figures, pairs, same_company, tally

Event = dict[str, Any]


def event(company: str, people: Any = None, pct: Any = None, **values: Any) -> Event:
    """A row; `people` and `pct` are one number or a pair of bounds."""
    row: Event = {"company": company, "action": "layoff", "status": "announced", "ai": "none", "date": None}
    for name, told in (("headcount", people), ("pct", pct)):
        row[f"{name}_min"], row[f"{name}_max"] = told if isinstance(told, tuple) else (told, told)
    return row | values


TIED = {"ai": "company", "ai_link": "replacement"}
#: Expected and predicted events of six articles.
ARTICLES: list[tuple[list[Event], list[Event]]] = [
    (
        [event("Acme", 100, 5, date="2026-01-05", **TIED)],
        [event("ACME Inc.", 100, 5.04, date="2026-01-05", ai="company")],
    ),
    (
        [
            event("Bolt", (200, None), date="2026-01", status="reported"),
            event("Bolt", 50, date="2025-11", status="completed"),
        ],
        [event("Bolt", 50, date="2025-11", status="completed"), event("Bolt", (200, None), date="2026-01-07")],
    ),
    ([], []),
    ([], [event("Ghost", 70, ai="third_party")]),
    ([event("Cobalt", None, 10, ai="third_party", ai_link="unspecified")], []),
    (
        [event("Dune", action="hiring_freeze", status="planned", ai="denied")],
        [event("Dune", 30, status="planned")],
    ),
]  # fmt: skip
#: By hand: 5 expected, 5 predicted, 4 pairs (Acme, Bolt twice, Dune).
BY_HAND = {
    "event": Figure(0.8, 5, 0.8, 0.8),
    "headcount": Figure(0.75, 3, 3 / 5, 1.0),  # Acme, Bolt, Bolt right; Ghost and Dune invented
    "pct": Figure(2 / 3, 2, 1.0, 0.5),  # Acme right, Cobalt missed
    "date": Figure(0.75, 4),  # the first Bolt has a day in place of the month
    "action": Figure(0.75, 4),  # Dune
    "status": Figure(0.75, 4),  # the first Bolt
    "ai": Figure(0.75, 4),  # Dune
    "ai_link": Figure(0.0, 1),  # Acme
    "ai_quote": Figure(1.0, 0),
    "ai_F1": Figure(0.5, 2, 0.5, 0.5),  # Acme right, Cobalt missed, Ghost invented
    "row": Figure(0.4, 5, 0.4, 0.4),  # Acme and the second Bolt
    "clean": Figure(0.5, 2),  # the fourth article is not
}


def summed(articles: list[tuple[list[Event], list[Event]]]) -> Tally:
    total: Tally = Counter()
    for wanted, got in articles:
        total.update(tally(wanted, got))
    return total


def test_all_figures_are_as_counted_by_hand() -> None:
    found = figures(summed(ARTICLES))
    assert tuple(found) == FIGURES == tuple(BY_HAND)
    for name, figure in BY_HAND.items():
        assert found[name].value == pytest.approx(figure.value), name
        assert found[name].n == figure.n, name
        assert found[name].precision == pytest.approx(figure.precision), name
        assert found[name].recall == pytest.approx(figure.recall), name


def test_rounds_of_one_company_pair_by_what_they_agree_on() -> None:
    wanted, got = ARTICLES[1]
    assert sorted(pairs(wanted, got)) == [(0, 1), (1, 0)]


def test_one_prediction_answers_one_event() -> None:
    assert pairs([event("Acme", 5)], [event("Acme", 6), event("Acme", 5)]) == [(0, 1)]


@pytest.mark.parametrize(
    ("wanted", "got", "same"),
    [
        ("Meta", "Meta Platforms, Inc.", True),
        ("The Gap", "Gap", True),
        ("Müller AG", "MULLER", True),
        ("H&M", "H and M", True),
        ("Gap", "Gap Year", False),
        ("Company", "", False),
    ],
)
def test_companies_match_by_the_name_in_use(wanted: str, got: str, same: bool) -> None:
    assert same_company({"company": wanted}, {"company": got}) is same


def test_any_alias_will_do() -> None:
    wanted = {"company": "Alphabet", "aliases": ["Google", ""]}
    assert same_company(wanted, {"company": "google"})
    assert not same_company(wanted, {"company": None})


def test_bounds_are_compared_to_one_decimal() -> None:
    assert bounds(event("Acme", None, (4.96, None)), "pct") == (5.0, None)
    assert bounds(event("Acme"), "headcount") is None


def test_nothing_expected_and_nothing_found_is_right() -> None:
    assert all(figure.value == 1.0 for figure in figures(tally([], [])).values())


def test_something_found_where_nothing_is_expected_is_wrong() -> None:
    found = figures(tally([], [event("Ghost", 7)]))
    assert [found[name].value for name in ("event", "headcount", "row", "clean")] == [0.0] * 4
    assert (found["event"].precision, found["event"].recall) == (0.0, 0.0)
