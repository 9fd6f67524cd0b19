"""The events table of another day: as the articles published by then tell it, or as this database showed it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from extract.companies import family
from extract.overrides import Override
from extract.records import Event
from extract.resolve import Round
from pipelines.bound import houses_of, joined, keys_of
from pipelines.decide import Decision
from pipelines.history import check_run, undone
from pipelines.names import Names
from pipelines.rows import event_of
from pipelines.sqlite import Database, explained, open_to_read, rows
from pipelines.units import load


def as_of_day(path: Path, day: str, lines: Mapping[Override, int]) -> list[Event]:
    """The events that the articles published (or, undated, fetched) by this ISO day tell, by today's rules.

    Corrections by hand count that were made by then. An event has the id that it has in the database, where it is
    there. Raises StoreError.
    """
    return [one.event for one in rounds_as_of_day(path, day, lines)]


def rounds_as_of_day(path: Path, day: str, lines: Mapping[Override, int]) -> list[Round]:
    """The same with the claims behind each event."""
    made = [line for line in lines if line.date <= day]
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        bound = {line: houses_of(db, line) for line in made}
        known = {family(row["company_id"]) for row in rows(db, "select distinct company_id from claims")}
        found: list[Round] = []
        for group in joined(known, bound):
            found += _rounds(db, group, [line for line in made if bound[line] & set(group)], day)
        return found


def _rounds(db: Database, group: tuple[str, ...], lines: list[Override], day: str) -> list[Round]:
    unit = load(db, [key for house in group for key in keys_of(house)], through=day)
    decided = Decision(db, unit, Names(db), lambda urls: True).decide(lines)
    return list(decided.rounds.values())


def as_of_run(path: Path, run: int) -> list[Event]:
    """The events that the database showed when this run had ended. Raises StoreError, also for a run that was not."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        check_run(db, path, run)
        later = rows(db, "select * from event_revisions where run_id > ? order by revision_id desc", [run])
        found = undone(rows(db, "select * from events"), later)
    return [replace(event_of(row), event_id=key) for key, row in sorted(found.items())]
