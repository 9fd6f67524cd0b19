"""The ledger on real files: what is kept, what is not touched, and what goes wrong in which words."""

from __future__ import annotations

import os
import random
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from extract.records import Article, Claim, Event
from pipelines import database
from pipelines.database import Ledger, prepare
from pipelines.lock import StoreError
from pipelines.migrations import migrations
from pipelines.rows import claim_of, event_of, event_row
from tests.pipelines.told import query, reading

A, B, C = (f"https://{name}.example/story" for name in "abc")
TABLES = ("articles", "claims", "rejections", "companies", "events", "event_claims")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "layoffs.db"


def dump(path: Path, without: tuple[str, ...] = ()) -> dict[str, list[tuple[Any, ...]]]:
    """All rows but those of runs."""
    with sqlite3.connect(path) as db:
        found = {
            table: db.execute(f"select * from {table} order by 1, 2").fetchall()
            for table in TABLES
            if table not in without
        }
    db.close()
    return found


def crawl(path: Path, *readings: tuple[Article, tuple[Claim, ...]]) -> tuple[list[str], dict[str, int]]:
    """One run: outcomes of the articles, counts of the events."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        outcomes = [ledger.save(*one, run) for one in readings]
        ledger.reject(
            run, url="https://no.example/", reason="NoBody", rule="body.empty", words="no text", source="archive"
        )
        counts = ledger.rebuild()
        ledger.finish_run(run, finish_reason="finished")
    return list(outcomes), counts


def test_the_same_input_twice_changes_nothing(path: Path) -> None:
    readings = [reading(A), reading(B), reading(C, "Apex", 40, "2026-05-06")]
    assert crawl(path, *readings) == (["new"] * 3, {"new": 2, "changed": 0, "unchanged": 0, "gone": 0})
    before = dump(path)
    later = [
        (replace(article, fetched_at="2026-04-01T00:00:00+00:00", source="again"), said) for article, said in readings
    ]
    assert crawl(path, *later) == (["unchanged"] * 3, {"new": 0, "changed": 0, "unchanged": 2, "gone": 0})
    assert dump(path) == before
    assert len(before["rejections"]) == 1


def test_versions_of_one_address_end_the_same_however_often_they_are_read(path: Path) -> None:
    versions = [reading(A, jobs=900), reading(A, jobs=950), reading(A, jobs=90), reading(A, jobs=900, author="B. Line")]
    crawl(path, *versions)
    before = dump(path)
    outcomes, counts = crawl(path, *versions)
    assert (set(outcomes), counts["unchanged"], dump(path)) == ({"unchanged"}, 1, before)


def test_a_later_version_replaces_claims_and_event_keeps_its_id(path: Path) -> None:
    first = reading(A, jobs=900, fetched_at="2026-03-02T10:00:00+00:00")
    second = reading(A, jobs=950, fetched_at="2026-03-03T10:00:00+00:00")
    crawl(path, first)
    assert crawl(path, second) == (["updated"], {"new": 0, "changed": 1, "unchanged": 0, "gone": 0})
    assert [(e.event_id, e.headcount) for e in database.events(path)] == [("acme-2026-03", 950)]
    assert crawl(path, first)[0] == ["unchanged"], "an older version is passed over"
    assert {quote for (quote,) in query(path, "select quote from claims where kind = 'headcount'")} == {"950 jobs"}


def test_other_rules_replace_the_claims_of_the_same_text(path: Path) -> None:
    article, said = reading(A)
    crawl(path, (article, said))
    assert crawl(path, (article, said[:3])) == (["updated"], {"new": 0, "changed": 1, "unchanged": 0, "gone": 0})
    assert [len(rows) for rows in dump(path).values()] == [1, 3, 1, 1, 1, 3]
    assert crawl(path, (article, ())) == (["updated"], {"new": 0, "changed": 0, "unchanged": 0, "gone": 1})
    assert query(path, "select count(*) from companies") == [(0,)], "a company without events goes"


def test_an_id_stays_when_an_earlier_round_comes_to_light(path: Path) -> None:
    crawl(path, reading(A, jobs=900, day="2026-03-20"))
    crawl(path, reading(B, jobs=40, day="2026-03-02"))
    assert {e.headcount: e.event_id for e in database.events(path)} == {900: "acme-2026-03", 40: "acme-2026-03-b"}


def test_any_order_of_articles_gives_the_same_tables(tmp_path: Path) -> None:
    readings = [
        reading(A),
        reading(B, jobs=905, day="2026-03-04"),
        reading(C, "Apex", 40),
        reading("https://d.example/", jobs=70),
    ]
    dumps = []
    for seed in range(4):
        random.Random(seed).shuffle(readings)
        crawl(tmp_path / f"{seed}.db", *readings)
        dumps.append(dump(tmp_path / f"{seed}.db"))
    assert all(found == dumps[0] for found in dumps)


def test_a_run_that_stopped_before_the_end_is_made_good_by_the_next(path: Path) -> None:
    crawl(path, reading(A, jobs=900, fetched_at="2026-03-02"))
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03")
        ledger.save(*reading(A, jobs=950, fetched_at="2026-03-03"), run)
        ledger.save(*reading(B, "Apex", 40), run)
    crawl(path)
    assert {(e.event_id, e.headcount) for e in database.events(path)} == {("acme-2026-03", 950), ("apex-2026-03", 40)}
    assert query(path, "select count(*) from event_claims where role = 'chosen'")[0][0] >= 2


def test_what_is_read_back_is_what_was_said(path: Path) -> None:
    article, said = reading(A)
    crawl(path, (article, said))
    with Ledger(path) as ledger:
        rows = list(ledger.db.table("claims").rows_where(order_by="position"))
    assert tuple(claim_of(row) for row in rows) == said
    (event,) = database.events(path)
    assert event_of(event_row(event, "acme")) == event
    assert (event.company, event.headcount, event.date, event.evidence_url) == ("Acme", 900, "2026-03-02", A)
    assert article[said[2].field][said[2].start : said[2].end] == said[2].quote


def test_schema(path: Path) -> None:
    prepare(path)
    with Ledger(path) as ledger:
        assert ledger.db.journal_mode == "wal"
        assert ledger.db.execute("pragma foreign_keys").fetchone() == (1,)
        assert all(ledger.db.table(name).strict for name in (*TABLES, "runs"))
        assert ledger.db.table("events").pks == ["event_id"]
        assert {(k.column, k.other_table) for k in ledger.db.table("event_claims").foreign_keys} == {
            ("event_id", "events"),
            ("claim_id", "claims"),
        }
    assert not path.with_name("layoffs.db-wal").exists(), "the file alone is complete"


# --- what goes wrong -------------------------------------------------------------------------------------------


def refused(path: Path) -> str:
    with pytest.raises(StoreError) as told:
        prepare(path)
    return str(told.value)


def test_not_a_database(path: Path) -> None:
    path.write_bytes(b"company,headcount\r\n" * 100)
    assert refused(path) == f"{path}: is not an SQLite database; choose another DATABASE"
    assert path.read_bytes().startswith(b"company"), "and it is left as it was"


def test_a_database_of_another_program_is_left_alone(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("create table bookmarks (url)")
    db.close()
    assert "a database of another program, with table bookmarks" in refused(path)
    assert query(path, "select name from sqlite_master") == [("bookmarks",)]


def test_missing_folder_and_folder(tmp_path: Path) -> None:
    assert "the folder" in refused(tmp_path / "nowhere" / "x.db") and "does not exist" in refused(
        tmp_path / "nowhere" / "x.db"
    )
    assert refused(tmp_path) == f"{tmp_path}: cannot be written: it is a folder"


def test_a_newer_schema_is_left_alone(path: Path) -> None:
    prepare(path)
    db = sqlite3.connect(path)
    with db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('layoff-ledger', 'm999_later', '')"
        )
    db.close()
    assert "made by a newer version of the project (step m999_later)" in refused(path)


def test_reading_a_database_that_is_not_there(path: Path) -> None:
    with pytest.raises(StoreError, match="no database yet; a crawl makes it"):
        database.events(path)
    assert not path.exists()


def test_a_migration_that_fails_is_undone_whole(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(path, reading(A))
    before = dump(path)
    steps = Migrations("layoff-ledger")
    steps._migrations = list(migrations._migrations)

    @steps()
    def m002_breaks(db: Database) -> None:
        db.table("articles").add_column("mood", str)
        db.execute("delete from events")
        db.table("articles").add_column("mood", str)

    monkeypatch.setattr("pipelines.sqlite.migrations", steps)
    assert "duplicate column name: mood" in refused(path)
    assert dump(path) == before
    monkeypatch.undo()
    assert crawl(path, reading(A))[0] == ["unchanged"]


def test_a_new_field_of_the_event_type_gets_its_column(path: Path) -> None:
    crawl(path, reading(A))
    db = sqlite3.connect(path)
    with db:
        db.execute("alter table events drop column effective_from")
    db.close()
    with pytest.raises(StoreError, match="made by an older version; the next crawl brings it up to date"):
        database.events(path)
    assert crawl(path, reading(A))[1]["unchanged"] == 1
    assert database.events(path)[0].effective_from is None


def test_disk_full_in_mid_page_leaves_no_half_page(path: Path) -> None:
    crawl(path, reading(A))
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03")
        size = ledger.db.execute("pragma page_count").fetchone()[0]
        ledger.db.execute(f"pragma max_page_count = {size + 2}")
        large = reading(B, "Apex", 40)
        with pytest.raises(StoreError, match="the disk is full"):
            ledger.save(replace(large[0], text=large[0].text + " x" * 20_000), large[1], run)
        ledger.db.execute("pragma max_page_count = 1000000")
        assert ledger.save(*reading(C, "Apex", 40), run) == "new"
    assert query(path, "select count(*), count(distinct article_id) from claims") == [(8, 2)]


def test_file_size_limit_of_the_system(path: Path) -> None:
    """The operating system refuses more, as on a full disk: what is committed stays."""
    prepare(path)
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))
        os._exit(_fill(path))
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert query(path, "pragma integrity_check") == [("ok",)]
    articles, claims = query(path, "select (select count(*) from articles), (select count(*) from claims)")[0]
    assert articles > 5 and claims == 4 * articles


def _fill(path: Path) -> int:
    ledger = Ledger(path)
    run = ledger.start_run(spider="test", started_at="2026-03-03")
    for number in range(5000):
        try:
            ledger.save(*reading(f"https://{number}.example/", author="x" * 900), run)
        except StoreError:
            return 7
    return 0


WRITER = """
import sys
from pathlib import Path
from pipelines.database import Ledger
from tests.pipelines.told import query, reading
with Ledger(Path(sys.argv[1])) as ledger:
    run = ledger.start_run(spider="test", started_at="2026-03-03")
    for number in range(100_000):
        ledger.save(*reading(f"https://{number}.example/", jobs=number + 1), run)
        print(number, flush=True)
"""


@pytest.mark.parametrize("after", [1, 17, 60])
def test_kill_in_mid_write_is_harmless(path: Path, after: int) -> None:
    prepare(path)
    root = Path(__file__).parents[2]
    child = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, cwd=root, text=True)
    assert child.stdout is not None
    acknowledged = [int(line) for line, _ in zip(child.stdout, range(after), strict=False)]
    child.kill()
    acknowledged += [int(line) for line in child.stdout if line.endswith("\n")]
    child.stdout.close()
    child.wait()
    assert query(path, "pragma integrity_check") == [("ok",)]
    kept = {url for (url,) in query(path, "select url from articles")}
    assert kept >= {f"https://{number}.example/" for number in acknowledged}
    assert query(path, "select count(*) from claims") == [(4 * len(kept),)]
    with Ledger(path) as ledger:
        ledger.rebuild()


@pytest.fixture(autouse=True)
def _no_stray_files(tmp_path: Path) -> Iterator[None]:
    yield
    assert not list(tmp_path.glob("*-journal"))


def test_event_row_keeps_unknown_apart_from_zero() -> None:
    row = event_row(Event(company="Acme", headcount=0), "acme")
    assert (row["headcount"], row["headcount_min"], row["contested"], row["source_urls"]) == (0, None, 0, "")
