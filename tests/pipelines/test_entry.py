"""What a list says of a page, where the page itself says nothing; and which of the two is kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.entry import entry_of
from extract.events import claims
from extract.records import Article, Page
from pipelines.database import Ledger
from pipelines.gate import Gate
from pipelines.read import article_of
from pipelines.reasons import NotAboutCuts
from pipelines.rows import article_row
from pipelines.sqlite import rows

TITLE = "Acme Robotics to lay off 300 workers"
SUMMARY = "Acme Robotics will lay off 300 workers at its plant in Toledo, the company said on Monday."
PAGE = Page(
    url="https://a.example/1", body=b"<html><p>Please log in.</p></html>", content_type="text/html", source="a",
    fetched_at="2026-11-03T05:00:00+00:00", published="2026-11-02", published_from="feed", headline=TITLE,
    summary=SUMMARY,
)  # fmt: skip
STORY = b"<html lang='en'><head><title>Cuts at Acme</title></head><body><article><h1>Cuts at Acme</h1>" + (
    b"<p>Acme Robotics will lay off 300 workers at its plant in Toledo, Ohio, the company told its staff on Monday, "
    b"after a year in which orders for its machines fell by half.</p><p>The layoffs begin in January. Those who go "
    b"will be paid for three months, and may keep their health insurance until the summer of next year.</p>"
    b"</article></body></html>"
)


def test_the_entry_of_a_page() -> None:
    entry = entry_of(PAGE)
    assert entry is not None
    assert (entry.title, entry.text, entry.body, entry.grade) == (TITLE, SUMMARY, b"", "entry")
    assert (entry.url, entry.published, entry.source) == (PAGE.url, PAGE.published, "a")
    assert entry_of(entry) is None


@pytest.mark.parametrize("change", [
    {"headline": None}, {"summary": None}, {"headline": "Soup", "summary": "Halve the pumpkin and take out the seeds."},
])  # fmt: skip
def test_what_says_too_little_or_nothing_of_cuts_is_no_entry(change: dict[str, str | None]) -> None:
    assert entry_of(replace(PAGE, **change)) is None  # type: ignore[arg-type]


def test_the_gate_hands_on_the_entry_of_a_page_without_a_word_of_cuts() -> None:
    assert Gate().process_item(PAGE).grade == "entry"
    assert Gate().process_item(replace(PAGE, body=STORY)).grade == "full"
    with pytest.raises(NotAboutCuts):
        Gate().process_item(replace(PAGE, summary=None))


def test_a_notice_to_subscribers_loses_against_the_summary() -> None:
    notice = (
        b"<html lang='en'><body><nav><a>Layoffs</a></nav><p>Subscribe to read about these layoffs.</p></body></html>"
    )
    assert article_of(replace(PAGE, body=notice)).text == SUMMARY
    assert article_of(replace(PAGE, body=STORY)).grade == "full"


def test_the_same_words_are_less_sure_where_they_are_all_there_is() -> None:
    article = Article(article_id="1", url="https://a.example/1", title=TITLE, text=SUMMARY, published="2026-11-02")
    full, entry = (
        [c.confidence for c in claims(replace(article, grade=grade)) if c.kind == "cut"]  # type: ignore[arg-type]
        for grade in ("full", "entry")
    )
    assert full and full == [round((c or 0) + 0.1, 2) for c in entry]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_the_whole_article_stays_whichever_came_first(tmp_path: Path, order: tuple[int, int]) -> None:
    full = article_of(replace(PAGE, body=STORY, fetched_at="2026-11-03T05:00:00+00:00"))
    entry = article_of(replace(PAGE, fetched_at="2026-11-09T05:00:00+00:00"))
    assert (full.url, full.grade, entry.grade) == (entry.url, "full", "entry")
    with Ledger(tmp_path / "a.db") as ledger:
        run = ledger.start_run(spider="news", started_at="2026-11-03")
        for number in order:
            one = (full, entry)[number]
            ledger.save(one, claims(one), run)
        (kept,) = rows(ledger.db, "select grade, text from articles")
    assert kept == {"grade": "full", "text": full.text}
    assert article_row(entry, run)["grade"] == "entry"
