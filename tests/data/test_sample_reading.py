"""The bundled sample is read as its hand-written answer says: page by page, and as merged rounds."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.article import read
from extract.decide import decide
from extract.events import claims
from extract.gate import gate_bytes, gate_text
from extract.inputs import BadInput, pages
from extract.reasons import Rejected
from extract.records import Article, Claim, Event, Page
from extract.resolve import resolve
from tests.build_sample import ARCHIVE, entries

ANSWER: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "sample_events.json").read_text(encoding="utf-8")
)
FIELDS = ("headcount_min", "headcount_max", "pct_min", "pct_max", "date", "action", "status", "ai", "ai_link")
COUNTS = ("n_articles", "n_publishers", "n_independent")


@cache
def outcomes() -> dict[str, tuple[Article, tuple[Claim, ...]] | str]:
    """What became of each page of the archive, by its file in the sample: the reading, or the reason's name."""
    files = {entry.url: entry.file for entry in entries()}
    found: dict[str, tuple[Article, tuple[Claim, ...]] | str] = {}
    for page in pages(ARCHIVE):
        assert not isinstance(page, BadInput)
        found[files[str(page.url)]] = outcome(page)
    return found


def outcome(page: Page) -> tuple[Article, tuple[Claim, ...]] | str:
    try:
        gate_bytes(page.body)
        article = read(page)
        gate_text(article.title, article.text)
    except Rejected as reason:
        return type(reason).__name__
    return article, claims(article)


def row(event: dict[str, Any] | Event, fields: tuple[str, ...] = FIELDS) -> dict[str, Any]:
    """The fields that the answer fixes; an unstated `ai` reads "none"."""
    values = event if isinstance(event, dict) else {name: getattr(event, name) for name in fields}
    return {name: values.get(name) or ("none" if name == "ai" else None) for name in fields}


def of_company(events: list[Event], wanted: dict[str, Any]) -> list[Event]:
    return [e for e in events if e.company in (wanted["company"], *wanted.get("aliases", []))]


@pytest.mark.parametrize("page", ANSWER["pages"], ids=lambda page: page["file"])
def test_each_page_is_read_as_its_answer_says(page: dict[str, Any]) -> None:
    got = outcomes()[page["file"]]
    if isinstance(got, str):
        assert got in (page["outcome"], page.get("or"))
        return
    article, told = got
    assert (article.title, (article.published or "")[:10] or None) == (page["title"], page["published"])
    events = list(decide(article, told))
    assert len(events) == len(page["events"]), [e.company for e in events]
    for wanted in page["events"]:
        assert row(wanted) in [row(e) for e in of_company(events, wanted)]


@pytest.mark.parametrize("wanted", ANSWER["merged"], ids=lambda event: f"{event['company']} {event['date']}")
def test_merged_rounds_are_as_the_answer_says(wanted: dict[str, Any]) -> None:
    events = resolve([got for got in outcomes().values() if not isinstance(got, str)])
    fields = (*FIELDS, *COUNTS)
    assert row(wanted, fields) in [row(e, fields) for e in of_company(events, wanted)]


def test_nothing_is_invented() -> None:
    events = resolve([got for got in outcomes().values() if not isinstance(got, str)])
    assert len(events) == len(ANSWER["merged"])
