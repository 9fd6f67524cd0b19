"""The ledger: what is kept of articles, claims, events, runs and rejections, and how events are rebuilt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, Self

from extract.companies import company
from extract.records import Article, Claim, Event
from extract.resolve import Round, rounds
from extract.roles import Role
from pipelines.identity import Known, keep_ids
from pipelines.rows import Row, article_of, article_row, claim_of, claim_rows, digest, event_of, event_row
from pipelines.sqlite import Database, explained, open_to_read, open_to_write, rows, writing

Outcome = Literal["new", "updated", "unchanged"]
Rows = dict[str, Row]  # by primary key
Names = dict[tuple[str, Claim], str]  # (article's url, claim) -> claim_id

_ASIDE = {"fetched_at", "found_by", "run_id", "rules_version"}  # how an article came, not what it says


class Ledger:
    """The database, open for writing. All calls must come from the thread that opened it.

    Every method raises StoreError, with the file's name and what is wrong, where the file cannot serve.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.db = open_to_write(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; what the log beside it holds goes into it."""
        with explained(self.path):
            self.db.close()

    def start_run(self, **columns: Any) -> int:
        """Note that a run begins; its number."""
        with writing(self.db, self.path):
            run_id = rows(self.db, "select coalesce(max(run_id), 0) + 1 as next from runs")[0]["next"]
            self.db.table("runs").insert({"run_id": run_id, **columns})
            return int(run_id)

    def finish_run(self, run_id: int, **columns: Any) -> None:
        """Note how the run ended."""
        with writing(self.db, self.path):
            self.db.table("runs").update(run_id, columns)

    def save(self, article: Article, claims: Iterable[Claim], run_id: int) -> Outcome:
        """Keep the article and its claims, in one transaction; one that is known as it is writes nothing.

        Claims of an earlier reading that do not hold any more go. An older version of a stored page is passed over.
        """
        row, said = article_row(article, run_id), claim_rows(article, claims)
        key = [row["article_id"]]
        with explained(self.path):
            stored = rows(self.db, "select * from articles where article_id = ?", key)
            known = rows(self.db, "select claim_id, position from claims where article_id = ?", key)
        if stored and (_same(row, stored[0], said, known) or _older(row, stored[0])):
            return "unchanged"
        gone = {k["claim_id"] for k in known} - {s["claim_id"] for s in said}
        with writing(self.db, self.path):
            self.db.table("articles").upsert(row, pk="article_id")
            for claim_id in sorted(gone):
                self.db.table("claims").delete(claim_id)
            self.db.table("claims").upsert_all(said, pk="claim_id")
        return "updated" if stored else "new"

    def reject(self, run_id: int, **columns: str | None) -> None:
        """Keep why a page (url, reason, rule, words, source) went no further; the same is kept once."""
        key = digest(columns)
        with explained(self.path):
            if rows(self.db, "select 1 from rejections where rejection_id = ?", [key]):
                return
        with writing(self.db, self.path):
            self.db.table("rejections").insert({"rejection_id": key, **columns, "run_id": run_id})

    def rebuild(self) -> dict[str, int]:
        """Decide all events anew from the stored claims and write those that differ, in one transaction.

        Returns how many events are new, changed, unchanged and gone.
        """
        with explained(self.path):
            names: Names = {}
            found = rounds(_readings(self.db, names))
            links = [{(names[url, claim], role) for url, claim, role in one.claims} for one in found]
            pairs = zip(found, links, strict=True)
            known = [(one.event, _marks(one, {claim_id for claim_id, _ in link})) for one, link in pairs]
            ids = keep_ids(known, _known(self.db))
        events = {i: event_row(one.event, one.company_id) | {"event_id": i} for i, one in zip(ids, found, strict=True)}
        roles = {(i, claim_id, role) for i, link in zip(ids, links, strict=True) for claim_id, role in link}
        with writing(self.db, self.path):
            return _replace(self.db, events, roles, _companies(found))


def prepare(path: Path) -> None:
    """Make sure that `path` can be written and has today's schema; raises StoreError."""
    Ledger(path).close()


def events(path: Path) -> list[Event]:
    """All events of the database, unordered; raises StoreError where it cannot be read."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        return [event_of(row) for row in rows(db, "select * from events")]


def _same(row: Row, stored: Row, said: list[Row], known: list[Row]) -> bool:
    alike = all(row[name] == stored[name] for name in row.keys() - _ASIDE)
    return alike and {(s["claim_id"], s["position"]) for s in said} == {(k["claim_id"], k["position"]) for k in known}


def _older(row: Row, stored: Row) -> bool:
    """Is the page an earlier version than the stored one? Of two with one time, the poorer counts as earlier.

    So the versions of one address have one order, and reading them twice ends as reading them once. A reading by
    other rules always counts: it is today's account of the same page.
    """
    one, other = ((r["fetched_at"] or "", r["published"] or "") for r in (row, stored))
    if one != other:
        return one < other
    return row["rules_version"] == stored["rules_version"] and _riches(row) < _riches(stored)


def _riches(row: Row) -> tuple[int, int, str]:
    said = {name: row[name] for name in sorted(row.keys() - _ASIDE)}
    return sum(value is not None for value in said.values()), len(row["title"]) + len(row["text"]), digest(said)


def _readings(db: Database, names: Names) -> Iterator[tuple[Article, list[Claim]]]:
    """Every article that says something, with its claims in their order; fills `names`."""
    said: dict[str, list[Row]] = {}
    for row in rows(db, "select * from claims order by article_id, position"):
        said.setdefault(row["article_id"], []).append(row)
    for row in db.query("select * from articles order by article_id"):
        if row["article_id"] in said:
            claims = [claim_of(claim) for claim in said[row["article_id"]]]
            ids = (claim["claim_id"] for claim in said[row["article_id"]])
            names.update(zip(((row["url"], claim) for claim in claims), ids, strict=True))
            yield article_of(row), claims


def _known(db: Database) -> dict[str, Known]:
    claims: dict[str, set[str]] = {}
    for row in rows(db, "select event_id, claim_id from event_claims"):
        claims.setdefault(row["event_id"], set()).add(row["claim_id"])
    stored = rows(db, "select event_id, company_id, source_urls from events")
    urls = {row["event_id"]: set((row["source_urls"] or "").split()) for row in stored}
    return {(i := row["event_id"]): Known(row["company_id"], claims.get(i, set()), urls[i]) for row in stored}


def _marks(one: Round, claims: set[str]) -> Known:
    return Known(one.company_id, claims, set(one.event.source_urls))


def _companies(found: list[Round]) -> Rows:
    """The employers of the events, each with what the list of companies knows of it."""
    names = {one.company_id: one.event.company for one in found}
    known = {key: company(name) for key, name in names.items()}
    return {
        key: {"company_id": key, "name": name}
        | {column: getattr(known[key], column, None) for column in ("ticker", "industry", "country")}
        for key, name in names.items()
    }


def _replace(db: Database, events: Rows, roles: set[tuple[str, str, Role]], companies: Rows) -> dict[str, int]:
    """Write what differs from what is stored; a company comes before its events and goes after them."""
    _write(db, "companies", "company_id", companies, drop=False)
    counts = _write(db, "events", "event_id", events)
    _write(db, "companies", "company_id", companies)
    stored = {(r["event_id"], r["claim_id"], r["role"]) for r in rows(db, "select * from event_claims")}
    for event_id, claim_id, _ in sorted(stored - roles):
        db.table("event_claims").delete((event_id, claim_id))
    links = [dict(zip(("event_id", "claim_id", "role"), link, strict=True)) for link in sorted(roles - stored)]
    db.table("event_claims").insert_all(links)
    return counts


def _write(db: Database, table: str, pk: str, wanted: Rows, drop: bool = True) -> dict[str, int]:
    stored = {row[pk]: row for row in db.table(table).rows}
    gone = stored.keys() - wanted.keys() if drop else set()
    for key in sorted(gone):
        db.table(table).delete(key)
    fresh = wanted.keys() - stored.keys()
    changed = {key for key in wanted.keys() & stored.keys() if wanted[key] != stored[key]}
    db.table(table).upsert_all((wanted[key] for key in sorted(fresh | changed)), pk=pk)
    counts = {"new": len(fresh), "changed": len(changed), "gone": len(gone)}
    return counts | {"unchanged": len(wanted) - len(fresh) - len(changed)}
