"""The gold set is well formed, covers what it promises, and its README is true."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.labels import ACTIONS, KINDS, LINKS, STATUSES, faults, figure_faults, labelled_files

GOLD = Path(__file__).resolve().parents[2] / "data" / "gold"
FILES = labelled_files(GOLD)
ARTICLES: list[dict[str, Any]] = [article for articles in FILES.values() for article in articles]
FIRST_NUMBERS = {"articles.jsonl": 1, "articles2.jsonl": 101}  # each file numbers its articles without gaps
EVENTS: list[dict[str, Any]] = [event for article in ARTICLES for event in article["events"]]


def words(article: dict[str, Any]) -> int:
    return len(article["text"].split())


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article["id"])
def test_article(article: dict[str, Any]) -> None:
    assert list(article) == ["id", "url", "published", "title", "text", "kind", "events"]
    assert article["kind"] in KINDS
    host = urlsplit(article["url"]).hostname
    assert host is not None and host.endswith(".example")
    assert article["published"] is None or date.fromisoformat(article["published"])
    for field in ("title", "text"):
        assert article[field] == article[field].strip() != ""
    assert "  " not in article["title"] + article["text"]
    assert not re.search(r"(?<!\n)\n(?!\n)|\n{3}", article["text"]), "paragraphs are parted by one blank line"
    if article["kind"] == "none":
        assert article["events"] == []


@pytest.mark.parametrize(
    ("article", "event"),
    [
        pytest.param(article, event, id=f"{article['id']}-{event['company']}-{event['date']}")
        for article in ARTICLES
        for event in article["events"]
    ],
)
def test_event(article: dict[str, Any], event: dict[str, Any]) -> None:
    assert faults(event, f"{article['title']}\n\n{article['text']}") == []
    for field in ("evidence", "ai_evidence"):
        quote = event[field]
        assert quote is None or quote in article["title"] or quote in article["text"], "one field holds the quotation"
    if article["published"] and event["date"]:
        assert event["date"][:4] <= article["published"][:4]
        if re.fullmatch(r"\d{4}-\d{2}(-\d{2})?", event["date"]):
            assert event["date"] <= article["published"]


def test_ids_and_texts_are_unique() -> None:
    assert FILES.keys() == FIRST_NUMBERS.keys()
    for name, first in FIRST_NUMBERS.items():
        numbers = range(first, first + len(FILES[name]))
        assert [article["id"] for article in FILES[name]] == [f"gold-{n:03d}" for n in numbers], name
    for field in ("id", "url", "title", "text"):
        assert len({article[field] for article in ARTICLES}) == len(ARTICLES)


def test_rounds_of_one_article_differ() -> None:
    for article in ARTICLES:
        rounds = [(event["company"], event["date"], event["action"]) for event in article["events"]]
        assert len(set(rounds)) == len(rounds), article["id"]


def test_kinds_and_lengths() -> None:
    kinds = Counter(article["kind"] for article in ARTICLES)
    assert set(kinds) == KINDS
    assert min(kinds.values()) >= 5
    short = [article for article in ARTICLES if words(article) < 60]
    long = [article for article in ARTICLES if 80 <= words(article) <= 350]
    assert len(short) >= 20
    assert len(long) >= 46
    assert len(short) + len(long) == len(ARTICLES)
    assert any(article["published"] is None for article in ARTICLES)


def test_values_are_covered() -> None:
    def seen(key: str) -> set[Any]:
        return {event[key] for event in EVENTS}

    assert seen("action") == ACTIONS - {"other"}
    assert seen("status") == STATUSES
    assert seen("headcount_relation") == {None, "exact", "about", "at_least", "at_most", "range", "vague"}
    assert seen("pct_relation") >= {None, "exact", "about"}
    ties = {(event["ai"], event["ai_link"]) for event in EVENTS}
    voices = {(voice, link) for voice in ("company", "third_party") for link in LINKS}
    assert ties == voices | {("none", None), ("denied", None)}
    shapes = {re.sub(r"\d", "0", event["date"]) for event in EVENTS if event["date"]}
    assert shapes == {"0000-00-00", "0000-00", "0000-Q0", "0000"}
    assert None in seen("date")


def test_readme_counts() -> None:
    text = (GOLD / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \|", text, re.MULTILINE)
    columns = zip(*((int(number) for number in row[1:]) for row in rows), strict=True)
    for (name, articles), told in zip(FILES.items(), columns, strict=True):
        counts = Counter(article["kind"] for article in articles)
        assert dict(zip((kind for kind, *_ in rows), told, strict=True)) == {kind: counts[kind] for kind in KINDS}
        assert f"`{name}` holds {len(articles)} articles" in text
    assert "The first 23 lines of `articles.jsonl` are short" in text
    for name, articles in FILES.items():
        short = 23 if name == "articles.jsonl" else 0
        assert [words(article) < 60 for article in articles] == [n < short for n in range(len(articles))], name


@pytest.mark.parametrize(
    ("low", "high", "relation"),
    [
        (5, 5, None),
        (None, None, "exact"),
        (5, 6, "exact"),
        (5, 5, "at_least"),
        (5, 5, "at_most"),
        (6, 5, "range"),
        (30, None, "vague"),
        (0, 0, "exact"),
        (5, 5, "roughly"),
    ],
)
def test_a_wrong_figure_is_noticed(low: float | None, high: float | None, relation: str | None) -> None:
    assert figure_faults(low, high, relation)
