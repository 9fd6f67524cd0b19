"""Tables sources and source_runs: what each crawl found at each source, and how the source is."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from extract.address import clean
from pipelines.health import Health, judge
from pipelines.rows import Row
from pipelines.sqlite import Database, explained, open_to_read, put, rows

#: Visits of a source that its health is judged by.
HISTORY = 120
#: Bytes by which an address of a list is known again.
MARK = 8
#: Addresses of a source that are known again, those listed last first; of a longer list twice as many as it holds.
REMEMBERED = 1_000


def record(db: Database, run_id: int, sources: Iterable[Row], visits: Sequence[Row]) -> list[Health]:
    """Keep the visits of a run and judge the sources visited; within the caller's transaction.

    `sources` are rows of table sources without what is judged, `visits` rows of source_runs that have, in place of
    `new` and `newest`, the dict `entries`: address -> ISO date or None.
    """
    at = rows(db, "select started_at from runs where run_id = ?", [run_id])[0]["started_at"]
    known = {row["source_id"]: row for row in sources}
    stored = {row["source_id"]: row for row in rows(db, "select * from sources")}
    return [_record(db, run_id, at, known[v["source_id"]], v, stored.get(v["source_id"])) for v in visits]


def _record(db: Database, run_id: int, at: str, source: Row, visit: Row, stored: Row | None) -> Health:
    entries: Mapping[str, str | None] = visit["entries"]
    listed = {_mark(url): day for url, day in entries.items()}
    before = _unpacked(stored["listing"]) if stored and stored["listing"] else []
    new = listed.keys() - set(before)
    newest = max((day for mark in new if (day := listed[mark])), default=None)
    row = {name: value for name, value in visit.items() if name != "entries"} | {"new": len(new), "newest": newest}
    put(db, "source_runs", ["run_id", "source_id"], [{"run_id": run_id} | row])
    health = _judged(db, source, dt.date.fromisoformat(at[:10]))
    read = visit["outcome"] == "read"
    put(db, "sources", ["source_id"], [
        source | _health_row(health) | {
            "last_visit": at,
            "last_read": at if visit["outcome"] in {"read", "not modified"} else stored and stored["last_read"],
            "moved_to": visit["moved_to"],
            "run_id": run_id,
            "listing": _remembered(listed, before) if read and listed else stored and stored["listing"],
        }
    ])  # fmt: skip
    return health


def _judged(db: Database, source: Row, today: dt.date) -> Health:
    sql = """
        select * from (select v.*, r.started_at as at from source_runs v join runs r using (run_id)
          where source_id = ? order by at desc, run_id desc limit ?) order by at, run_id
    """
    history = rows(db, sql, [source["source_id"], HISTORY])
    return judge(source["source_id"], history, source["expected_gap_days"], today)


def _health_row(health: Health) -> Row:
    names = ("state", "told", "last_new", "gap_days", "usual_gap_days")
    return {name: getattr(health, name) for name in names} | {"warnings": "; ".join(health.warnings) or None}


def _mark(url: str) -> bytes:
    return hashlib.blake2b((clean(url) or url).encode("utf-8", "replace"), digest_size=MARK).digest()


def _remembered(listed: Collection[bytes], before: Iterable[bytes]) -> bytes:
    """What is listed now, then what was before and may come back: an entry that returns is not new."""
    known = [*sorted(listed), *(mark for mark in before if mark not in listed)]
    return b"".join(known[: max(REMEMBERED, 2 * len(listed))])


def _unpacked(marks: bytes) -> list[bytes]:
    return [marks[at : at + MARK] for at in range(0, len(marks), MARK)]


def known_sources(path: Path) -> dict[str, dict[str, Any]]:
    """The rows of table sources by id, without the marks of what they listed; {} where there is no database yet.

    Raises StoreError.
    """
    if not path.exists():
        return {}
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = rows(db, "select * from sources")
    return {row["source_id"]: {name: value for name, value in row.items() if name != "listing"} for row in found}
