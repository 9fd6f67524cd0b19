"""The figures that are told of an event, that of the event first, also where a person set it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

from extract.choose import Measure, Rival, rivals
from extract.records import Event
from extract.tellings import Telling
from pipelines.rows import Row
from pipelines.sqlite import Database, rows, some

MEASURES: tuple[Measure, ...] = get_args(Measure)


def figures(event: Event | None, told: Sequence[Telling], lines: Iterable[Row]) -> dict[Measure, list[Rival]]:
    """By measure the figures of the event's tellings; `lines` are its corrections by hand."""
    hands = [line["field"] for line in lines if line["action"] == "set" and line["state"] == "applied"]
    by_hand = {name: any(column.startswith(name) for column in hands) for name in MEASURES}
    return {name: rivals(told, name, event if by_hand[name] else None) for name in MEASURES}


def corrections(db: Database, ids: Sequence[str]) -> list[Row]:
    """The rows of table overrides about an event, by its id and those that lead to it, in the order of the file."""
    marks = some(ids)
    sql = f"select * from overrides where event in {marks} or action = 'merge' and value in {marks} order by line"
    return rows(db, sql, [*ids, *ids])
