"""`scrapy reextract`: today's rules on what is stored, and what came of it."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from extract import RULES_VERSION
from extract.events import claims
from extract.records import Article
from pipelines.afterwards import tidy
from pipelines.database import Ledger
from pipelines.erasure import erase, of_url
from tests.crawler.running import Commands

TEXTS = {
    "https://a.example/": ("Intel to cut 900 jobs", "Intel will cut 900 jobs, it said on Monday.", "2026-03-02"),
    "https://b.example/": ("Spotify lays off 40", "Spotify said on Tuesday it lays off 40 employees.", "2026-05-06"),
    "https://c.example/": (
        "Job cuts rise", "Employers announced 60,620 job cuts in April 2026, Challenger said.", "2026-05-07",
    ),
}  # fmt: skip


def article(url: str) -> Article:
    title, text, day = TEXTS[url]
    return Article(article_id=url, url=url, title=title, text=text, published=day, published_from="given")


@pytest.fixture
def filled(command: Commands) -> Commands:
    """What older rules made of it: no claims in the first article, no total in the third."""
    with Ledger(command.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        for url in TEXTS:
            found = article(url)
            ledger.save(found, () if url.startswith("https://a.") else claims(found), run)
        ledger.rebuild(run)
        ledger.db.execute("update articles set rules_version = '2026.01' where url <> 'https://b.example/'")
        tidy(ledger.db, command.database, 0)
    return command


def query(commands: Commands, sql: str) -> list[Any]:
    db = sqlite3.connect(commands.database)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def test_what_todays_rules_read_is_kept_and_counted_by_the_rules_before(filled: Commands) -> None:
    assert query(filled, "select company from events") == [("Spotify",)]
    done = filled("reextract", "--json")
    assert (done.status, done.errors) == (0, "")
    assert done.table["read_before_by"] == {
        "2026.01": {"articles": 2, "changed": 2},
        RULES_VERSION: {"articles": 1, "changed": 0},
    }
    first, third = done.table["changed"]
    assert (first["url"], first["gone"], first["rules_version"]) == ("https://a.example/", [], "2026.01")
    assert {claim["kind"] for claim in first["new"]} >= {"cut", "headcount"}
    assert (third["url"], third["gone"], third["new"]) == ("https://c.example/", [], [])
    assert done.table["events"] == {"new": 1, "changed": 0, "unchanged": 1, "gone": 0}
    assert query(filled, "select company, headcount from events order by 1") == [("Intel", 900), ("Spotify", 40)]
    assert query(filled, "select value, period from aggregates") == [(60_620, "2026-04")]
    assert query(filled, "select distinct rules_version from articles") == [(RULES_VERSION,)]


def test_a_second_time_changes_nothing(filled: Commands) -> None:
    filled("reextract")
    before = [query(filled, f"select * from {name} order by 1") for name in ("articles", "claims", "events")]
    done = filled("reextract")
    assert "3 articles read again. Events: 0 new, 0 changed, 2 unchanged, 0 gone." in done.out
    assert [query(filled, f"select * from {name} order by 1") for name in ("articles", "claims", "events")] == before


def test_as_a_table(filled: Commands) -> None:
    lines = [line.split() for line in filled("reextract").out.splitlines()]
    assert ["Read", "before", "by", "rules", "Articles", "Changed", "Claims", "gone", "Claims", "new"] in lines
    new = query(
        filled,
        "select count(*) from claims where article_id in (select article_id from articles where url like '%a.e%')",
    )
    assert ["2026.01", "2", "2", "0", str(new[0][0])] in lines


@pytest.mark.parametrize(
    ("arguments", "read"),
    [
        (["--since", "2026-05-07"], 1),
        (["--since", "2026-05-01"], 2),
        (["--company", "Intel Corp"], 1),
        (["--company", "Spotify"], 1),
        (["--company", "Nobody"], 0),
        (["--url", "https://b.example/"], 1),
        (["--url", "https://b.example/", "--since", "2026-05-07"], 0),
    ],
)
def test_only_what_is_asked_for(filled: Commands, arguments: list[str], read: int) -> None:
    table = filled("reextract", "--json", *arguments).table
    assert sum(one["articles"] for one in table["read_before_by"].values()) == read


def test_erased_texts_are_passed_over_and_counted(filled: Commands) -> None:
    with Ledger(filled.database) as ledger:
        erase(ledger.db, filled.database, of_url(ledger.db, filled.database, "https://b.example/"), "request")
    done = filled("reextract")
    assert "1 passed over: their text is erased, what they said stays." in done.out
    assert query(filled, "select company, headcount from events order by 1") == [("Intel", 900), ("Spotify", 40)]


def test_what_goes_wrong_is_told(filled: Commands) -> None:
    done = filled("reextract", "--url", "https://x.example/")
    assert done.status == 1 and "https://x.example/: no article of this address" in done.errors
    assert filled("reextract", "--since", "spring").status == 2
    assert filled("reextract", "everything").status == 2
    assert query(filled, "select count(*) from runs where spider = 'reextract' and finish_reason = 'finished'") == [
        (1,)
    ]
