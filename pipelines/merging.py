"""What other databases hold, taken into one: the shards of a crawl, or the ledgers of two machines, without doubles.

Articles with their claims and totals, rejections, runs, visits and requests are facts and are taken over; events are
decided anew from all of them. An article that both hold is kept in its latest version, as if one crawl had met both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

from extract.companies import company_key
from pipelines.database import Ledger
from pipelines.erasure import erase
from pipelines.rows import Row
from pipelines.sqlite import Database, explained, open_to_read, put, rows, writing

#: What of a run says that it is one and the same: all but its number.
_NUMBER = "run_id"


def merge(ledger: Ledger, others: Iterable[Path]) -> dict[str, int]:
    """Take what the databases at `others` hold into the ledger; how many articles are new, updated and unchanged.

    Each is read whole before the next; to do it twice changes nothing. Raises StoreError.
    """
    counts: Counter[str] = Counter()
    for path in others:
        db = open_to_read(path)
        with explained(path), closing(db.conn):
            counts += _merge(ledger, db)
    return {outcome: counts[outcome] for outcome in ("new", "updated", "unchanged")}


def _merge(ledger: Ledger, other: Database) -> Counter[str]:
    runs = _runs(ledger, other)
    counts: Counter[str] = Counter()
    erased = []
    for row in other.query("select * from articles order by article_id"):
        key = [row["article_id"]]
        said = rows(other, "select * from claims where article_id = ? order by position", key)
        totals = rows(other, "select * from aggregates where article_id = ?", key)
        named = [claim | {"company_id": company_key(claim["company"])} for claim in said]
        counts[ledger.keep(row | {_NUMBER: runs[row[_NUMBER]]}, named, totals)] += 1
        erased += key if row["text_erased"] else []
    for reason in ("request", "age", "copy"):
        asked = [key for key in erased if rows(other, _ERASED, [key, reason])]
        erase(ledger.db, ledger.path, asked, reason)
    with writing(ledger.db, ledger.path):
        _rejections(ledger.db, other, runs)
        _visits(ledger.db, other, runs)
        _requests(ledger.db, other, runs)
    return counts


_ERASED = "select 1 from articles where article_id = ? and text_erased = ?"


def _runs(ledger: Ledger, other: Database) -> dict[int | None, int | None]:
    """The runs of the other database under numbers of this one; those that are there already keep theirs."""
    numbers: dict[int | None, int | None] = {None: None}
    known = {_identity(row): row[_NUMBER] for row in rows(ledger.db, "select * from runs")}
    for row in rows(other, "select * from runs order by run_id"):
        number = known.get(_identity(row))
        if number is None:
            number = ledger.start_run(**{name: value for name, value in row.items() if name != _NUMBER})
        numbers[row[_NUMBER]] = number
    return numbers


def _identity(run: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    return tuple(sorted(((k, v) for k, v in run.items() if k != _NUMBER), key=lambda pair: pair[0]))


def _rejections(db: Database, other: Database, runs: Mapping[int | None, int | None]) -> None:
    known = {row["rejection_id"] for row in rows(db, "select rejection_id from rejections")}
    found = [row for row in rows(other, "select * from rejections") if row["rejection_id"] not in known]
    put(db, "rejections", ["rejection_id"], [row | {_NUMBER: runs[row[_NUMBER]]} for row in found])


def _visits(db: Database, other: Database, runs: Mapping[int | None, int | None]) -> None:
    """Visits by run; of a source that both know, the row of the later visit."""
    found = [row | {_NUMBER: runs[row[_NUMBER]]} for row in rows(other, "select * from source_runs")]
    put(db, "source_runs", [_NUMBER, "source_id"], found)
    known = {row["source_id"]: row for row in rows(db, "select * from sources")}
    sources = [row | {_NUMBER: runs[row[_NUMBER]]} for row in rows(other, "select * from sources")]
    put(db, "sources", ["source_id"], [row for row in sources if _later(row, known.get(row["source_id"]))])


def _requests(db: Database, other: Database, runs: Mapping[int | None, int | None]) -> None:
    """The memory of what was asked for: of an address that both know, the row of the later request."""
    ended = [row | {_NUMBER: runs[row[_NUMBER]]} for row in rows(other, "select * from run_requests")]
    put(db, "run_requests", [_NUMBER, "kind", "outcome", "reason"], ended)
    known = {row["address"]: row["asked_at"] for row in rows(db, "select address, asked_at from requests")}
    found = [row | {_NUMBER: runs[row[_NUMBER]]} for row in rows(other, "select * from requests")]
    put(db, "requests", ["address"], [row for row in found if row["asked_at"] > known.get(row["address"], "")])


def _later(row: Row, known: Row | None) -> bool:
    return known is None or (row["last_visit"] or "") > (known["last_visit"] or "")
