"""Evaluation: what differs and by which rule, intervals, confidence, floors, phrases that nobody uses."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from extract import floors
from extract.answers import Difference, answer, same_quote
from extract.evaluate import bands, evaluate, intervals
from extract.events import read
from extract.labels import Labelled
from extract.records import Article, Page
from extract.rejections import MEANING
from extract.scoring import Figure, tally
from extract.unused import unused

SAID = "Acme Robotics said on Monday it will lay off 120 workers."


def article(title: str, text: str, *events: dict[str, Any], page_id: str = "a") -> Labelled:
    return Labelled(Page(url=None, page_id=page_id, title=title, text=text, published="2026-02-10"), events)


def acme(**values: Any) -> dict[str, Any]:
    people = {"headcount_min": 120, "headcount_max": 120, "headcount_relation": "exact"}
    told = {"company": "Acme Robotics", "date": "2026-02-09", "action": "layoff", "status": "announced", "ai": "none"}
    return told | people | {"evidence": SAID} | values


def differences(*articles: Labelled) -> list[Difference]:
    return list(evaluate("test", articles)[0].differences)


def test_a_right_answer_differs_in_nothing() -> None:
    found, _ = evaluate("test", [article("Acme Robotics cuts 120 jobs", SAID, acme())])
    assert found.differences == ()
    assert found.figures["row"] == Figure(1.0, 1, 1.0, 1.0)
    assert found.intervals["row"] == (1.0, 1.0)
    assert sum(band.n for band in found.bands) == sum(band.right for band in found.bands) == 1


def test_a_difference_names_article_field_values_and_rule() -> None:
    [one] = differences(article("Acme Robotics cuts 120 jobs", SAID, acme(headcount_max=None)))
    assert (one.article, one.company, one.field, one.wanted, one.got) == (
        "a", "Acme Robotics", "headcount", "120..", "120",
    )  # fmt: skip
    assert one.rule.startswith("headcount.")


def test_a_missed_event_names_the_rule_that_rejected_its_sentence() -> None:
    said = "There will be no layoffs at Acme Robotics."
    [one] = differences(article("Jobs at Acme Robotics", said, acme(evidence=said)))
    assert (one.field, one.wanted, one.got, one.rule) == ("missed", said, None, "cut.negated")


def test_a_missed_article_names_the_gate() -> None:
    text = "Acme Robotics makes do with half."
    [one] = differences(article("A quiet week", text, acme(evidence=text)))
    assert (one.field, one.rule) == ("missed", "gate.text")


def test_an_invented_event_shows_its_sentence() -> None:
    [one] = differences(article("Acme Robotics cuts 120 jobs", SAID))
    assert (one.field, one.wanted, one.company) == ("invented", None, "Acme Robotics")
    assert one.got == "Acme Robotics cuts 120 jobs" and "headcount." in one.rule


def test_a_date_taken_from_the_publication_says_so() -> None:
    [one] = differences(article("", "Acme Robotics will lay off 120 workers.", acme(evidence=None)))
    assert (one.field, one.got, one.rule) == ("date", "2026-02-10", "date.published")


def test_answers_are_those_of_the_reader() -> None:
    one = article("Acme Robotics cuts 120 jobs", SAID)
    found = answer(one)
    assert [event["headcount_min"] for event in found.events] == [120]
    assert found.gone is None and found.rules[0]["headcount"].startswith("headcount.")


@pytest.mark.parametrize(("start", "end", "same"), [(0, 4, False), (0, 5, True), (9, 20, True), (10, 20, False)])
def test_quotes_that_share_a_character_overlap(start: int, end: int, same: bool) -> None:
    one, wanted = article("title", "0123456789"), {"ai": "company", "ai_evidence": "456789"}
    got = {"ai": "third_party", "ai_evidence_field": "text", "ai_evidence_start": start, "ai_evidence_end": end}
    assert same_quote(one, wanted, got) is same
    assert same_quote(one, wanted, got | {"ai_evidence_field": "title"}) is False
    assert same_quote(one, wanted, got | {"ai": "denied"}) is None
    assert same_quote(one, wanted | {"ai_evidence": None}, got) is None


def test_a_quote_from_elsewhere_is_a_difference() -> None:
    text = f"{SAID} The cut is due to AI, Acme Robotics said. Its boss likes AI."
    tie = {"ai": "company", "ai_link": "unspecified", "ai_evidence": "Its boss likes AI."}
    found = {one.field: one for one in differences(article("Acme Robotics cuts 120 jobs", text, acme(**tie)))}
    assert found["ai_quote"].wanted == "Its boss likes AI."
    assert found["ai_quote"].got == "The cut is due to AI, Acme Robotics said."


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    good, bad = tally([acme()], [acme()]), tally([acme()], [])
    found, again = (intervals([good] * 15 + [bad] * 5) for _ in range(2))
    assert found == again
    low, high = found["event"]
    assert low < 2 * 0.75 / 1.75 < high  # precision 1, recall .75
    assert low > 0.7 and high < 1.0
    assert found["headcount"] == found["event"]


def test_intervals_of_nothing_say_nothing() -> None:
    assert set(intervals([]).values()) == {(0.0, 1.0)}
    assert intervals([Counter()])["event"] == (1.0, 1.0)


def test_bands_hold_every_event_once() -> None:
    found = bands([(1.0, True), (0.9, False), (0.89, True), (0.7, True), (0.05, False), (0.0, True)])
    assert [(band.least, band.below, band.n, band.right) for band in found] == [
        (0.9, 1.0, 2, 1), (0.8, 0.9, 1, 1), (0.7, 0.8, 1, 1), (0.6, 0.7, 0, 0), (0.0, 0.6, 2, 1),
    ]  # fmt: skip
    assert found[3].share is None and found[0].share == 0.5


def test_a_rejection_has_its_sentence() -> None:
    text = "Acme Robotics is well. There will be no layoffs at Acme Robotics."
    one = Article(article_id="a", url="urn:a", title="News", text=text)
    [found] = [r for r in read(one).rejected if r.rule == "cut.negated"]
    whole = f"{one.title}\n\n{one.text}"
    assert whole[found.start : found.end] == "There will be no layoffs at Acme Robotics."
    assert found.meaning == "says that there is no cut"


def test_every_rule_that_rejects_has_a_meaning() -> None:
    root = Path(__file__).resolve().parents[2] / "extract"
    rules = set(re.findall(r'"(cut\.\w+)"', (root / "false_cuts.py").read_text(encoding="utf-8")))
    rules |= set(re.findall(r'"(employer\.\w+)"', (root / "statements.py").read_text(encoding="utf-8")))
    rules |= set(re.findall(r'Rejection\("([\w.]+)"', (root / "events.py").read_text(encoding="utf-8")))
    assert rules == set(MEANING), "say in extract/rejections.py what each rule means, and of no other"


def test_floors_rise_and_never_fall(tmp_path: Path) -> None:
    figures = {"event": Figure(0.95, 90), "ai_link": Figure(0.75, 16), "row": Figure(0.5, 90), "clean": Figure(1.0, 0)}
    risen = floors.raised({"event": 0.9, "row": 0.6}, figures)
    assert risen == {"event": 0.93, "ai_link": 0.687, "row": 0.6}, "one of 16 may differ; nothing is said of none"
    assert list(floors.below({"event": 0.95, "row": 0.6}, figures)) == ["row is 0.500, below its floor 0.600"]
    path = tmp_path / "scores.json"
    path.write_text(floors.written({"gold.jsonl": {"event": 0.93}}), encoding="utf-8")
    assert floors.read(path) == {"gold.jsonl": {"event": 0.93}}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "not JSON"),
        ("[]", "not an object of labelled files"),
        ('{"gold.jsonl": 1}', "not an object of labelled files"),
        ('{"gold.jsonl": {"events": 0.9}}', "gold.jsonl: 'events' is no figure; there are event, headcount"),
        ('{"gold.jsonl": {"event": 93}}', "gold.jsonl: event: 93 is not a number from 0 to 1"),
        ('{"gold.jsonl": {"event": true}}', "event: True is not a number"),
    ],
)
def test_bad_floors_are_told_with_file_and_key(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "scores.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(floors.FloorError) as told:
        floors.read(path)
    assert str(told.value).startswith(f"{path}: ") and words in str(told.value)


def test_unused_phrases_are_those_that_no_text_has() -> None:
    before = unused([""])
    after = unused(["Acme LAID\noff 9 people and made all of its editors redundant because of automation"])
    gone = {name: [phrase for phrase in before[name] if phrase not in after[name]] for name in before}
    forms = [form for phrase in gone["cuts.csv"] for form in phrase.split("|")]
    assert {"laid off", "made ... redundant"} <= set(forms)
    assert "because of" in gone["ai_links.csv"] and "due to" in after["ai_links.csv"]
    assert json.dumps(before)
