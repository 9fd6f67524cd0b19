"""`scrapy erase` and KEEP_TEXT_DAYS as a user meets them."""

from __future__ import annotations

import fcntl
import json
import sqlite3
from pathlib import Path

import pytest

from pipelines.database import Ledger
from tests.crawler.running import Commands
from tests.newsroom.client import scrapy
from tests.pipelines.test_page_erasure import html, kept, packed
from tests.pipelines.told import reading

A, B = "https://a.example/", "https://b.example/"
LONG = "Staff met in the canteen at noon and heard nothing new about the plan for the coming year. " * 3


@pytest.fixture
def filled(command: Commands) -> Commands:
    with Ledger(command.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        for one in (reading(A, canonical_url="https://canon.example/"), reading(B, "Apex", 40, "2026-05-06")):
            ledger.save(*one, run)
        ledger.rebuild(run)
    return command


def left(commands: Commands) -> dict[str, str | None]:
    db = sqlite3.connect(commands.database)
    try:
        return dict(db.execute("select url, text_erased from articles").fetchall())
    finally:
        db.close()


def test_by_address_also_the_one_that_the_page_names(filled: Commands) -> None:
    done = filled("erase", "--url", "https://canon.example/", "--yes")
    assert (done.status, done.errors) == (0, "") and done.out.startswith("1 erased, 0 had been before.")
    assert left(filled) == {A: "request", B: None}
    assert filled("erase", "--url", A, "--yes").out.startswith("0 erased, 1 had been before.")


def test_by_age(filled: Commands) -> None:
    assert filled("erase", "--before", "2026-03-02", "--yes").out == "No text to erase.\n"
    assert filled("erase", "--before", "2026-03-03", "--yes").status == 0
    assert left(filled) == {A: "request", B: None}


def test_nothing_is_erased_unasked(filled: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    done = filled("erase", "--before", "2027-01-01")
    assert done.status == 1 and "the text of 2 articles would be erased; add --yes to do it" in done.errors
    assert left(filled) == {A: None, B: None}
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda question: "y")
    assert filled("erase", "--url", B).status == 0
    assert left(filled) == {A: None, B: "request"}


def test_an_address_that_is_not_known(filled: Commands) -> None:
    done = filled("erase", "--url", "https://x.example/", "--url", A, "--yes")
    assert done.status == 1 and "https://x.example/: no article and no page of this address" in done.errors
    assert left(filled) == {A: "request", B: None}, "the others are erased all the same"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "either --url or --before is needed"),
        (["--url", A, "--before", "2026-01-01"], "either --url or --before is needed"),
        (["--before", "last year"], "--before last year: not a day"),
        ([A], "erase takes no argument"),
    ],
)
def test_usage(filled: Commands, arguments: list[str], words: str) -> None:
    done = filled("erase", *arguments)
    assert done.status == 2 and words in done.errors
    assert left(filled) == {A: None, B: None}


def test_the_page_leaves_the_warcs(filled: Commands) -> None:
    folder = filled.database.with_name("pages")
    folder.mkdir()
    file = folder / "run.warc.gz"
    file.write_bytes(packed((A, "2026-03-02", html()), (B, "2026-05-06", html())))
    done = filled("erase", "--url", A, "-s", f"PAGES={folder}")
    assert done.status == 1 and f"the text of 1 article, and the pages in {folder}, would be erased" in done.errors
    done = filled("erase", "--url", "https://canon.example/", "--yes", "-s", f"PAGES={folder}")
    assert (done.status, done.errors) == (0, "")
    assert "1 erased, 0 had been before" in done.out and "1 page taken out of 1 file of kept pages." in done.out
    assert kept(file) == [B]
    done = filled("erase", "--before", "2026-05-07", "--yes", "-s", f"PAGES={folder}")
    assert done.status == 0 and "1 page taken out" in done.out and not file.exists()
    done = filled("erase", "--url", "https://x.example/", "--yes", "-s", f"PAGES={folder}")
    assert done.status == 1 and "no article and no page of this address" in done.errors


def test_a_page_without_article_goes_too_and_a_damaged_file_is_told(filled: Commands) -> None:
    folder = filled.database.with_name("pages")
    folder.mkdir()
    (folder / "run.warc.gz").write_bytes(packed(("https://x.example/", "2026-03-02", html())))
    (folder / "bad.warc.gz").write_bytes(b"no archive")
    done = filled("erase", "--url", "https://x.example/", "--yes", "-s", f"PAGES={folder}")
    assert done.status == 1 and "1 page taken out" in done.out and "bad.warc.gz: " in done.errors
    assert "no article" not in done.errors


def test_runs_tell_of_it_and_copies_from_updates_are_named(filled: Commands) -> None:
    copy = filled.database.with_name("layoffs.db.before-m009")
    copy.write_bytes(b"old")
    done = filled("erase", "--url", A, "--yes")
    assert str(copy) in done.out and copy.exists()
    db = sqlite3.connect(filled.database)
    spider, arguments, reason = db.execute("select spider, arguments, finish_reason from runs order by 1").fetchall()[0]
    db.close()
    assert (spider, arguments, reason) == ("erase", f'{{"url": ["{A}"]}}', "finished")


def test_a_reader_that_keeps_the_words_in_the_file_is_told_of(filled: Commands) -> None:
    reader = sqlite3.connect(filled.database)
    reader.execute("begin")
    reader.execute("select count(*) from articles").fetchone()
    with_reader = filled("erase", "--url", A, "--yes")
    reader.close()
    assert with_reader.status == 0 and "the words stay in the file until it lets go" in with_reader.out
    assert "let go" not in filled("erase", "--url", B, "--yes").out


def test_without_database_and_beside_another_run(command: Commands) -> None:
    done = command("erase", "--before", "2026-01-01", "--yes")
    assert done.status == 1 and "no database yet" in done.errors
    Ledger(command.database).close()
    with command.database.with_name("layoffs.db.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        done = command("erase", "--before", "2026-01-01", "--yes")
    assert done.status == 5 and "is writing to this database" in done.errors


def test_a_crawl_erases_what_is_too_old_and_says_so(tmp_path: Path) -> None:
    told = ((A, "2026-01-02", 900), (B, "2026-03-02", 70))
    lines = [
        {
            "url": url,
            "published": day,
            "title": f"Intel to cut {jobs} jobs",
            "text": f"{LONG}Intel will cut {jobs} jobs.",
        }
        for url, day, jobs in told
    ]
    (tmp_path / "news.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    database = tmp_path / "x.db"
    done = scrapy(
        "crawl", "archive", "-a", f"path={tmp_path}/news.jsonl", "-s", f"DATABASE={database}", "-s", "KEEP_TEXT_DAYS=30"
    )
    assert done.status == 0 and "2 new, 1 erased for their age" in done.out
    db = sqlite3.connect(database)
    found = db.execute("select published, text_erased, text like '%canteen%' from articles order by 1").fetchall()
    db.close()
    assert found == [("2026-01-02", "age", 0), ("2026-03-02", None, 1)]
