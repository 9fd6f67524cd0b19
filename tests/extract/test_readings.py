"""Whole readings: short articles, and the events that they tell of."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.extract import reading

CASES = list(reading.cases(Path(__file__).parent / "readings"))


@pytest.mark.parametrize("case", [pytest.param(c, id=c.place, marks=reading.known_wrong(c.xfail)) for c in CASES])
def test_reading(case: reading.Case) -> None:
    differing = reading.faults(case.events, reading.read(case.article))
    shown = ["", case.place, case.article.title, case.article.text, *(f"  {d}" for d in differing)]
    assert not differing, "\n".join(shown)


def test_names_of_cases_are_unique() -> None:
    assert [name for name, times in Counter(c.place.partition("-")[2] for c in CASES).items() if times > 1] == []


def test_no_fault_in_equal_events_whatever_their_order() -> None:
    one, other = ({**reading.PLAIN, "company": name, "unit": None} for name in ("Acme", "Belmont"))
    assert reading.faults((one, other), [other, one]) == []
    assert reading.faults((one,), [{**one, "headcount": "90"}]) == ["Acme: headcount '90' in place of None"]
    assert "company=Acme" in reading.faults((), [one])[0]
