"""The door to SQLite: how a database file is opened, and what its errors mean to a person."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pipelines import views
from pipelines.lock import DiskFull, StoreError, unusable
from pipelines.migrations import event_columns, migrations

__all__ = ["Database", "explained", "open_to_read", "open_to_write", "put", "rows", "some", "writing"]

BUSY_SECONDS = 30
FIRST = "scrapy crawl archive -a path=data/sample"

_MEANING = {
    sqlite3.SQLITE_FULL: "the disk is full; what was written before is whole: make room and run the command again",
    sqlite3.SQLITE_NOTADB: "is not an SQLite database; choose another DATABASE",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy, or delete it and crawl again",
    sqlite3.SQLITE_READONLY: "cannot be written: no permission",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened",
    sqlite3.SQLITE_BUSY: f"stayed locked for {BUSY_SECONDS} s; close the program that writes to it",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn errors of SQLite about the file `path` into StoreError with a sentence that helps."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        kind = DiskFull if code == sqlite3.SQLITE_FULL else StoreError
        raise kind(f"{path}: {_MEANING.get(code, str(error))}") from error


def open_to_write(path: Path) -> Database:
    """The database at `path`, made where there is none, with its schema brought up to date.

    WAL, foreign keys on, a busy timeout of 30 s. Raises StoreError, also for a database of other make.
    """
    if not path.parent.is_dir() or path.is_dir():
        code = errno.EISDIR if path.is_dir() else errno.ENOENT
        raise StoreError(unusable(path, IsADirectoryError(code, "it is a folder")))
    with explained(path):
        db = Database(sqlite3.connect(path, timeout=BUSY_SECONDS))
        try:
            _check(db, path)
            db.enable_wal()
            db.execute("pragma synchronous = normal")
            db.execute("pragma foreign_keys = on")
            _move_on(db, path)
        except BaseException:
            db.close()
            raise
    return db


def open_to_read(path: Path) -> Database:
    """The database at `path` for reading; raises StoreError where it is missing, not ours or of an older schema."""
    if not path.exists():
        raise StoreError(f"{path}: no database yet; a crawl makes it, e.g. {FIRST}")
    with explained(path):
        db = Database(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS))
        try:
            _check(db, path)
            if not db.table_names():
                raise StoreError(f"{path}: an empty database; a crawl fills it, e.g. {FIRST}")
            if migrations.pending(db) or event_columns().keys() - db["events"].columns_dict.keys():
                raise StoreError(f"{path}: made by an older version; the next crawl brings it up to date")
        except BaseException:
            db.close()
            raise
    return db


def _check(db: Database, path: Path) -> None:
    if sqlite3.sqlite_version_info < (3, 37):  # no STRICT tables
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; 3.37 is needed")
    tables = set(db.table_names())
    applied = {step.name for step in migrations.applied(db)}
    if tables and not applied:
        raise StoreError(f"{path}: a database of another program, with table {min(tables)}; choose another DATABASE")
    if unknown := applied - {step.name for step in migrations._migrations}:
        raise StoreError(f"{path}: made by a newer version of the project (step {max(unknown)}); update the project")


def _move_on(db: Database, path: Path) -> None:
    """Do the steps of the schema that are missing, all or none; a database that holds something is copied before."""
    if not (pending := migrations.pending(db)):
        _follow_event_type(db)
        _make_views(db)
        return
    if migrations.applied(db):
        copy = path.with_name(f"{path.name}.before-{pending[0].name}")
        try:
            copy.unlink(missing_ok=True)  # of a try that failed; the database is still as it was then
        except OSError as error:
            raise StoreError(f"{copy}: cannot be written, and without this copy {path} stays as it is") from error
        db.execute("vacuum into ?", [str(copy)])
    with writing(db, path):
        views.drop(db)
        migrations.apply(db)
        _follow_event_type(db)
        _make_views(db)


def _make_views(db: Database) -> None:
    """Today's views and triggers, where they are missing or of another day."""
    if not views.current(db):
        views.drop(db)
        views.create(db)


def _follow_event_type(db: Database) -> None:
    """A column for each field that the event type has won since the table was made."""
    events = db.table("events")
    for name, kind in event_columns().items():
        if name not in events.columns_dict:
            events.add_column(name, kind)


@contextmanager
def writing(db: Database, path: Path) -> Iterator[None]:
    """One transaction, whole or not at all; begun with the write lock, so that it never fails half-way for it.

    Inside another one it is a part of that.
    """
    with explained(path):
        if db.conn.in_transaction:
            yield
            return
        db.execute("begin immediate")
        try:
            yield
            db.commit()
        except BaseException:
            db.rollback()
            raise


def rows(db: Database, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
    """All rows of the query, as dicts."""
    return list(db.query(sql, values))


def some(names: Sequence[Any]) -> str:
    """Question marks for so many values, to stand behind `in`."""
    return f"({', '.join('?' * len(names))})"


def put(db: Database, table: str, pk: Sequence[str], found: Sequence[dict[str, Any]]) -> None:
    """Insert the rows, which all have the same columns, or bring those that are there up to date.

    As upsert_all, without its look at the schema, which costs more than the writing of a few rows.
    """
    if not found:
        return
    names = list(found[0])
    changes = ", ".join(f"[{name}] = excluded.[{name}]" for name in names if name not in pk)
    columns, keys = (", ".join(f"[{name}]" for name in part) for part in (names, pk))
    sql = f"insert into [{table}] ({columns}) values {some(names)} on conflict ({keys}) do "
    db.conn.executemany(
        sql + (f"update set {changes}" if changes else "nothing"), [tuple(row.values()) for row in found]
    )
