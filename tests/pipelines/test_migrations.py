"""A database of an earlier schema opens, is copied beside itself, and moves on; or stays as it was."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database, Migrations

from extract.copies import sketch, unpacked
from extract.resolve import rounds
from pipelines.database import Ledger, events, prepare
from pipelines.lock import StoreError
from pipelines.migrations import migrations
from pipelines.rows import article_row, claim_rows, event_row
from tests.pipelines.told import query, reading

A, B = "https://a.example/", "https://b.example/"
FIRST, SECOND = "m001_spine", "m002_history"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database as the first version made it, with two events, one of which has an id of its own history."""
    path = tmp_path / "layoffs.db"
    db = Database(sqlite3.connect(path))
    db.enable_wal()
    migrations.apply(db, stop_before=SECOND)
    readings = [reading(A, jobs=900), reading(B, "Apex", 40, "2026-05-06")]
    put(db, "runs", {"run_id": 1, "spider": "test", "started_at": "2026-03-03"})
    for article, said in readings:
        put(db, "articles", article_row(article, 1))
        for row in claim_rows(article, said):
            put(db, "claims", row)
    for one in rounds(readings):
        put(db, "companies", {"company_id": one.company_id, "name": one.event.company})
        event_id = (one.event.event_id or "") + ("-b" if one.event.company == "Acme" else "")
        put(db, "events", event_row(one.event, one.company_id) | {"event_id": event_id})
        for claim in db.query("select claim_id from claims where company = ?", [one.event.company]):
            put(db, "event_claims", {"event_id": event_id, "role": "chosen"} | claim)
    db.conn.commit()
    db.close()
    return path


def put(db: Database, table: str, row: dict[str, Any]) -> None:
    """Insert what of the row the table has columns for."""
    db.table(table).insert({name: value for name, value in row.items() if name in db.table(table).columns_dict})


def test_it_moves_on_with_what_it_holds_and_its_ids(path: Path) -> None:
    with pytest.raises(StoreError, match="made by an older version; the next crawl brings it up to date"):
        events(path)
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-06-01")
        assert ledger.save(*reading(A, jobs=905, fetched_at="2026-06-01"), run) == "updated"
        assert ledger.rebuild(run)["new"] == 0
    assert {e.event_id: e.headcount for e in events(path)} == {"acme-2026-03-b": 905, "apex-2026-05": 40}
    assert query(path, "select count(*) from claims where company_id is null") == [(0,)]
    assert query(path, "select count(*) from event_claims where round_id is not event_id") == [(0,)]
    (text, packed), *_ = query(path, "select text, sketch from articles")
    assert unpacked(packed) == sketch("Cuts at Acme", text)


def test_it_is_copied_complete_before(path: Path) -> None:
    before = query(path, "select * from events order by event_id")
    prepare(path)
    copies = sorted(file.name for file in path.parent.iterdir() if ".before-" in file.name)
    assert copies == [f"layoffs.db.before-{SECOND}"]
    copy = path.with_name(copies[0])
    assert query(copy, "select * from events order by event_id") == before
    assert query(copy, "select name from _sqlite_migrations") == [(FIRST,)]
    prepare(path)
    assert len([file for file in path.parent.iterdir() if ".before-" in file.name]) == 1, (
        "only where there are steps to do"
    )


def test_a_new_database_needs_no_copy(tmp_path: Path) -> None:
    prepare(tmp_path / "new.db")
    assert [file.name for file in tmp_path.iterdir()] == ["new.db"]


def test_where_a_later_step_fails_all_steps_are_undone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = query(path, "select sql from sqlite_master order by name")
    steps = Migrations("layoff-ledger")
    steps._migrations = list(migrations._migrations)

    @steps()
    def m999_breaks(db: Database) -> None:
        db.execute("delete from events")
        db.execute("insert into nowhere values (1)")

    monkeypatch.setattr("pipelines.sqlite.migrations", steps)
    for _ in range(2):
        with pytest.raises(StoreError, match="no such table: nowhere"):
            prepare(path)
    assert query(path, "select sql from sqlite_master order by name") == before
    assert query(path, "select count(*) from events") == [(2,)]
    monkeypatch.undo()
    prepare(path)
    assert len(events(path)) == 2


def test_a_folder_that_takes_no_copy_leaves_the_database_alone(path: Path) -> None:
    path.with_name(f"layoffs.db.before-{SECOND}").mkdir()
    with pytest.raises(StoreError):
        prepare(path)
    assert query(path, "select name from _sqlite_migrations") == [(FIRST,)]
