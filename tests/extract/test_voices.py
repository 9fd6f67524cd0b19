"""Voices on AI: sentences and short articles (voices/*.jsonl) with who speaks, for or against, how and how surely.

A line of sentences.jsonl and articles.jsonl holds `voices`, in the order of the text: `words` that stand in the voice's
sentence, `stance`, `speaker`, `mechanism`, `strength` (extract/attributions.py); articles also `events` with what the
voices come to. A third of both (`held`) was written with the others and first read when the rules were done.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract.attributions import MECHANISMS, SPEAKERS, STANCES, STRENGTHS
from extract.decide import decide
from extract.events import claims
from extract.records import Claim
from tests.extract.reading import known_wrong, told

FOLDER = Path(__file__).parent / "voices"
FIELDS = {"stance": "polarity", "speaker": "speaker", "mechanism": "value", "strength": "modality"}
#: Shares of the marked voices, those whose cut is not even read as one included.
FLOORS = {
    False: {"stance": 0.95, "speaker": 0.90, "mechanism": 0.85, "strength": 0.85},
    True: {"stance": 0.95, "speaker": 0.90, "mechanism": 0.85, "strength": 0.85},
}
INVENTED = 0.05  # voices that no one marked, at most, as a share of those marked
EVENT = ("company", "ai", "ai_link", "contested", "ai_headcount")
#: Articles whose events the rules read wrongly -> why.
WRONG: dict[str, str] = {}

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


SENTENCES, ARTICLES = rows("sentences.jsonl"), rows("articles.jsonl")


def heard(row: Row) -> list[Claim]:
    return [c for c in claims(told(row["text"], row.get("title", ""))) if c.kind == "attribution"]


def count(row: Row) -> Counter[str]:
    """What is right in one text, how many voices are marked, and how many are found that are not."""
    found, right = heard(row), Counter[str]()
    for wanted in row["voices"]:
        near = [c for c in found if wanted["words"].lower() in c.quote.lower()]
        one = min(near, key=lambda c: c.polarity != wanted["stance"], default=None)
        right["marked"] += 1
        if one is not None:
            found.remove(one)
            right.update(name for name, field in FIELDS.items() if getattr(one, field) == wanted[name])
    right["invented"] += len(found)
    return right


@pytest.mark.parametrize("held", [False, True], ids=["shown", "held"])
def test_voices_are_told_apart(held: bool) -> None:
    right = sum((count(row) for row in SENTENCES + ARTICLES if row["held"] is held), Counter[str]())
    shares = {name: right[name] / right["marked"] for name in FIELDS}
    assert all(shares[name] >= floor for name, floor in FLOORS[held].items()), shares
    assert right["invented"] <= INVENTED * right["marked"]


@pytest.mark.parametrize("row", [pytest.param(r, id=r["id"], marks=known_wrong(WRONG.get(r["id"]))) for r in ARTICLES])
def test_what_the_voices_come_to(row: Row) -> None:
    article = told(row["text"], row["title"])
    events = decide(article, claims(article))
    assert [{key: getattr(event, key) for key in EVENT} for event in events] == row["events"]


def test_enough_of_every_kind_is_marked() -> None:
    assert len(SENTENCES) >= 80
    assert len(ARTICLES) >= 25
    assert 3 * sum(row["held"] for row in SENTENCES + ARTICLES) >= len(SENTENCES + ARTICLES) - 4
    marked = [voice for row in SENTENCES + ARTICLES for voice in row["voices"]]
    for name, words in zip(FIELDS, (STANCES, SPEAKERS, MECHANISMS, STRENGTHS), strict=True):
        assert {voice[name] for voice in marked} == set(words)


def test_names_are_told_of_institutions_only() -> None:
    executive = heard({"text": "Acme cut 90 jobs because of AI, chief executive Jo March said."})[0]
    assert (executive.speaker_role, executive.speaker_name) == ("chief executive", "Jo March")
    worker = heard({"text": 'Acme cut 90 jobs. "We were replaced by AI," said Jo March, a former employee.'})[0]
    assert (worker.speaker, worker.speaker_role, worker.speaker_name) == ("employee", None, None)
    union = heard({"text": "Acme cut 90 jobs. The Rail Workers Union blamed AI for the cuts."})[0]
    assert (union.speaker, union.speaker_name) == ("union", "Rail Workers Union")


@pytest.mark.parametrize("text", (FOLDER / "no_ties.txt").read_text(encoding="utf-8").splitlines())
def test_ai_near_a_cut_ties_nothing(text: str) -> None:
    """Products, plans, rivals, forecasts and asides: AI stands near the cut and is not given as its reason."""
    article = told(text)
    acme = [event for event in decide(article, claims(article)) if event.company == "Acme"]
    assert {event.ai for event in acme} == {"none"}
