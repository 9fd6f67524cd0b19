"""Erased texts: the words are gone from the file, the facts are not, and no crawl brings the words back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.aggregates import aggregates
from extract.records import Article, Claim
from pipelines.afterwards import tidy
from pipelines.database import Ledger
from pipelines.erasure import blanked, erase, keep_days, of_url, older_than, scrub
from tests.pipelines.told import query, reading

SECRET = "Quixotically, Ann Onymous wept over the photocopier."
TOTAL = "Employers announced 60,620 job cuts in February, Challenger said."


def told(url: str = "https://a.example/", **columns: Any) -> tuple[Article, tuple[Claim, ...]]:
    """As reading(), with a sentence in it that nobody quotes and one that tells a total."""
    article, said = reading(url, **columns)
    return replace(article, text=f"{article.text}\n\n{SECRET}\n\n{TOTAL}"), said


def crawl(path: Path, *found: tuple[Article, tuple[Claim, ...]], keep: int = 0) -> tuple[list[str], dict[str, int]]:
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        outcomes = [str(ledger.save(article, said, run, aggregates(article))) for article, said in found]
        counts = ledger.rebuild(run)
        tidy(ledger.db, path, keep)
    return outcomes, counts


FACTS = (
    "select * from events order by 1", "select * from claims order by 1", "select * from aggregates order by 1",
    "select * from event_claims order by 1, 2",
    "select article_id, title, text_sha256, sketch from articles order by 1",
)  # fmt: skip


def facts(path: Path) -> list[list[Any]]:
    return [query(path, sql) for sql in FACTS]


def erased(path: Path, url: str = "https://a.example/") -> None:
    with Ledger(path) as ledger:
        assert erase(ledger.db, path, of_url(ledger.db, path, url), "request") == 1
        tidy(ledger.db, path, 0)
        scrub(ledger.db, path)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    crawl(tmp_path / "x.db", told(), told("https://b.example/", company="Apex", jobs=40, day="2026-05-06"))
    return tmp_path / "x.db"


def test_the_words_are_gone_from_the_file_and_the_facts_are_not(path: Path) -> None:
    with Ledger(path) as ledger:
        ledger.db.execute("delete from articles where url = 'https://b.example/'")
    before, holding = facts(path), path.read_bytes()
    assert b"Quixotically" in holding and b"quixot" in holding, "in the text, and its stem in the index"
    erased(path)
    after = b"".join(file.read_bytes() for file in path.parent.glob("x.db*"))
    assert b"Quixotically" not in after and b"quixot" not in after and b"photocopier" not in after
    assert facts(path) == before
    ((text, why),) = query(path, "select text, text_erased from articles")
    assert why == "request"
    assert text.split() == f"Acme will cut 900 jobs, the company said. {TOTAL}".split()


def test_offsets_hold_in_what_is_left(path: Path) -> None:
    erased(path)
    sql = (
        "select a.text, c.start, c.\"end\", c.quote from {} c join articles a using (article_id) where c.field = 'text'"
    )
    for table in ("claims", "aggregates"):
        rows = query(path, sql.format(table))
        assert rows and all(text[start:end] == quote for text, start, end, quote in rows)


def test_a_rebuild_without_the_text_gives_the_same_events(path: Path) -> None:
    before = query(path, "select * from events order by 1")
    erased(path)
    with Ledger(path) as ledger, ledger.db.conn:
        ledger.db.execute("delete from state")
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        assert ledger.rebuild(run)["changed"] == 0
    assert query(path, "select * from events order by 1") == before


def test_search_finds_what_is_left_only(path: Path) -> None:
    sql = "select count(*) from articles_fts where articles_fts match '{}'"
    assert [query(path, sql.format(word)) for word in ("photocopier", "jobs")] == [[(2,)], [(2,)]]
    erased(path)
    assert [query(path, sql.format(word)) for word in ("photocopier", "jobs")] == [[(1,)], [(2,)]]


def test_a_page_that_is_fetched_again_changes_nothing(path: Path) -> None:
    erased(path)
    before = query(path, "select * from articles order by 1")
    outcomes, counts = crawl(path, told())
    assert (outcomes, counts["changed"], query(path, "select * from articles order by 1")) == (["unchanged"], 0, before)


def test_a_page_that_has_changed_since_has_new_claims_and_no_text(path: Path) -> None:
    erased(path)
    outcomes, counts = crawl(path, told(jobs=950, fetched_at="2026-06-01T00:00:00+00:00"))
    assert (outcomes, counts["changed"]) == (["updated"], 1)
    ((text, why, title),) = query(
        path, "select text, text_erased, title from articles where url = 'https://a.example/'"
    )
    assert why == "request" and "950 jobs" in text and "Quixotically" not in text and title == "Cuts at Acme"
    assert query(path, "select headcount from events where company = 'Acme'") == [(950,)]


def test_age_counts_from_the_newest_article_not_from_today(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    days = ("2020-01-01", "2020-01-20", "2020-01-31")
    found = [told(f"https://{n}.example/", company=f"Firm{n}", day=day) for n, day in enumerate(days)]
    crawl(path, *found, keep=11)
    assert query(path, "select published, text_erased from articles order by 1") == [
        ("2020-01-01", "age"), ("2020-01-20", None), ("2020-01-31", None),
    ]  # fmt: skip
    crawl(path, *found, keep=10)
    assert query(path, "select text_erased from articles order by published") == [("age",), ("age",), (None,)]
    crawl(path, *found, keep=0)
    assert query(path, "select count(*) from articles where text_erased = 'age'") == [(2,)], "they stay erased"


def test_a_page_that_states_a_day_to_come_ages_no_other(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    now = "2026-03-05T00:00:00+00:00"
    crawl(path, told(fetched_at=now), told("https://b.example/", company="Apex", day="2031-01-01", fetched_at=now))
    with Ledger(path) as ledger:
        assert keep_days(ledger.db, path, 30) == "2026-02-03"
        assert older_than(ledger.db, path, "2026-02-03") == []


def test_without_dates_nothing_is_old(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    crawl(path, told(published=None, published_from=None), keep=1)
    assert query(path, "select text_erased from articles") == [(None,)]


def test_blanked_keeps_places_and_paragraphs() -> None:
    text = "One two.\n\nThree é four.\nFive."
    left = blanked(text, [(10, 15), (24, 99)])
    assert left == "        \n\nThree        \nFive."
    assert len(left) == len(text)
    assert blanked(text, []).split() == [] and blanked("", [(0, 5)]) == ""
