"""Single sentences over which readers stumble: ties to AI (ai_cases.jsonl) and figures (numeric_cases.jsonl).

An AI case says whether the sentence ties AI to the company's cut; a numeric case all events with their figures.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from extract.decide import decide
from extract.events import claims
from extract.records import Event
from tests.extract.reading import known_wrong, told

FOLDER = Path(__file__).parent
#: Company of a case that the rules read wrongly -> why. Once a rule reads it rightly, its line here must go.
WRONG_AI = {
    "107465-Gigglue": '"in announcing that 70 employees would leave" behind a quotation is not read as a cut',
    "54968-Reboundly": 'a founder\'s "we could let 30 people go" is not read as a cut told',
}
WRONG_FIGURES: dict[str, str] = {}
COMPARED = ("company", "headcount_min", "headcount_max", "pct_min", "pct_max", "ai")
#: So many cases of ai_cases.jsonl are right; the number may only rise.
LEAST_RIGHT = 37


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


AI_CASES, NUMERIC_CASES = rows("ai_cases.jsonl"), rows("numeric_cases.jsonl")


def params(cases: list[dict[str, Any]], name: Callable[[dict[str, Any]], str], wrong: dict[str, str]) -> list[Any]:
    """A parameter for each case, with its strict mark where `wrong` names it."""
    return [pytest.param(case, id=name(case), marks=known_wrong(wrong.get(name(case)))) for case in cases]


def ai_name(case: dict[str, Any]) -> str:
    return f"{case['case']}-{case['company']}"


def numeric_name(case: dict[str, Any]) -> str:
    return f"{case['case']}-{' '.join(case['text'].split()[:3])}"


def read(text: str) -> tuple[Event, ...]:
    article = told(text)
    return decide(article, claims(article))


@pytest.mark.parametrize("case", params(AI_CASES, ai_name, WRONG_AI))
def test_ai(case: dict[str, Any]) -> None:
    # A name cut short is no fault here.
    mine = [event for event in read(case["text"]) if event.company in case["company"]]
    assert len(mine) == 1
    assert (mine[0].ai in ("company", "third_party")) is case["tied"], f"ai={mine[0].ai}: {case['text']}"


@pytest.mark.parametrize("case", params(NUMERIC_CASES, numeric_name, WRONG_FIGURES))
def test_figures(case: dict[str, Any]) -> None:
    found = [{key: getattr(event, key) for key in COMPARED} for event in read(case["text"])]
    assert found == case["events"], case["text"]


def test_every_wrong_case_is_one_of_the_files() -> None:
    assert set(WRONG_AI) <= {ai_name(case) for case in AI_CASES}
    assert set(WRONG_FIGURES) <= {numeric_name(case) for case in NUMERIC_CASES}
    assert len(AI_CASES) - len(WRONG_AI) >= LEAST_RIGHT
