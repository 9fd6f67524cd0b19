"""The ledger of requests: every address that was asked for, and how it ended. It is the crawl's memory and its queue.

A request is written down before it is sent, and what became of it after that is stored. So a crawl that is killed
leaves its open requests behind, and the next one takes them up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from pipelines.rows import Row
from pipelines.sqlite import Database, explained, rows, some, writing

Kind = Literal["source", "page"]
Outcome = Literal["open", "read", "stored", "not_modified", "rejected", "refused", "failed", "duplicate", "waiting"]

#: Days after a page was first asked for that it is tried again, where it has not come yet.
KEEP_TRYING_DAYS = 14
#: A day's crawl may begin a little earlier than that of the day before.
EARLY_DAYS = 0.25
#: Runs in which a page may fail.
TRIES = 3
#: Beginnings of the reasons of failures that may be over tomorrow.
TRANSIENT = ("timeout", "http 5", "http 429", "http 408", "connection", "unknown host", "cut short", "error")
#: Addresses looked up at once.
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request: identity and address, what kind of thing answers, who led to it, how the spider would ask again."""

    address: str  # canonical: what is the same page has the same
    url: str
    kind: Kind
    source: str | None
    call: str | None  # JSON; None for what every run asks anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What became of a request."""

    address: str
    outcome: Outcome
    reason: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    since: str | None = None  # of a source: from which day on its entries were followed


def known(db: Database, path: Path, addresses: Sequence[str]) -> dict[str, Row]:
    """The rows of those addresses that were asked for before. Raises StoreError."""
    found: dict[str, Row] = {}
    with explained(path):
        for first in range(0, len(addresses), BATCH):
            part = addresses[first : first + BATCH]
            found |= {
                row["address"]: row for row in rows(db, f"select * from requests where address in {some(part)}", part)
            }
    return found


def note(
    db: Database, path: Path, run: tuple[int, str], now: str, asked: Iterable[Asked], ended: Iterable[Ended]
) -> None:
    """Write down requests that are about to be sent and the ends of others, in one transaction. Raises StoreError.

    `run` is the number of the run and its spider's name, `now` an ISO 8601 instant.
    """
    opened = [(a.address, a.url, a.kind, a.source, run[1], a.call, now, now, run[0]) for a in asked]
    closed = [asdict(e) for e in ended]
    if opened or closed:
        with writing(db, path):
            db.conn.executemany(_OPEN, opened)
            db.conn.executemany(_END, closed)


def close(db: Database, path: Path, end: Ended) -> None:
    """Write down the end of one request; inside a transaction it is a part of that. Raises StoreError."""
    with writing(db, path):
        db.execute(_END, asdict(end))


_OPEN = """
    insert into requests (address, url, kind, source, spider, outcome, call, first_at, asked_at, visits, tries, run_id)
    values (?, ?, ?, ?, ?, 'open', ?, ?, ?, 0, 0, ?)
    on conflict (address) do update set
        url = excluded.url, kind = excluded.kind, source = excluded.source, spider = excluded.spider, outcome = 'open',
        reason = null, call = excluded.call, asked_at = excluded.asked_at, run_id = excluded.run_id
"""
#: Validators belong to the answer that was used last; what cannot be asked again forgets how it would be asked.
_END = """
    update requests set
        outcome = :outcome, reason = :reason,
        etag = case when :outcome in ('read', 'stored') then :etag else etag end,
        last_modified = case when :outcome in ('read', 'stored') then :last_modified else last_modified end,
        since = case when :outcome = 'read' then :since else since end,
        visits = visits + (:outcome in ('read', 'stored', 'not_modified', 'rejected')),
        tries = case when :outcome = 'failed' then tries + 1 when :outcome = 'waiting' then tries else 0 end,
        call = case when :outcome in ('stored', 'not_modified', 'failed', 'waiting') then call end
    where address = :address
"""


def left(db: Database, path: Path, run: tuple[int, str], now: str, revisits: Sequence[int]) -> list[Row]:
    """The requests of earlier runs of a spider that wait for this one, the latest first. Raises StoreError.

    These are what was not sent or not answered, what failed for the moment, and stored pages that are due to be
    looked at again: so many days after they were first asked for (`revisits`, ascending).
    """
    transient = " or ".join(f"reason like '{start}%'" for start in TRANSIENT)
    due = " or ".join(
        f"(visits = {visit} and julianday(:now) >= julianday(first_at) + {days} - {EARLY_DAYS})"
        for visit, days in enumerate(revisits, 1)
    )
    sql = f"""
        select * from requests where spider = :spider and run_id <> :run_id and call is not null and (
            (outcome in ('open', 'waiting') or (outcome = 'failed' and tries < {TRIES} and ({transient})))
            and julianday(:now) - julianday(first_at) < {KEEP_TRYING_DAYS}
            or kind = 'page' and outcome in ('stored', 'not_modified') and ({due or "0"})
        ) order by first_at desc, address
    """
    with explained(path):
        return list(db.query(sql, {"spider": run[1], "run_id": run[0], "now": now}))


def broken_off(db: Database, path: Path, run_id: int) -> set[int]:
    """The runs that were to do what run `run_id` is to do, and did not finish, since one did. Raises StoreError.

    Such runs have the same spider and the same arguments.
    """
    sql = """
        select r.run_id from runs r join runs this on this.run_id = ? and r.run_id < this.run_id
            and r.spider = this.spider and r.arguments = this.arguments
        where r.run_id > coalesce((
            select max(run_id) from runs done where done.spider = this.spider and done.arguments = this.arguments
            and done.finish_reason = 'finished'), 0)
    """
    with explained(path):
        return {row["run_id"] for row in rows(db, sql, [run_id])}


def balance(db: Database, path: Path, run_id: int) -> int:
    """Close the ledger of a run: count its requests by how they ended into run_requests.

    Those that did not end are left to the next run; returns how many. Raises StoreError.
    """
    with writing(db, path):
        unended = db.execute(
            "update requests set outcome = 'waiting', reason = 'stopped' where run_id = ? and outcome = 'open'",
            [run_id],
        ).rowcount
        db.execute(
            "insert or replace into run_requests select run_id, kind, outcome, coalesce(reason, ''), count(*)"
            " from requests where run_id = ? group by 1, 2, 3, 4",
            [run_id],
        )
    return int(unended)
