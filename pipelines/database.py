"""The ledger: what is kept of articles, claims, rejections and runs, and how events follow from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Literal, Self

from extract.overrides import Override, OverrideError, load
from extract.records import Aggregate, Article, Claim, Event
from pipelines.aggregates import aggregate_rows, replace_aggregates, same_aggregates
from pipelines.erasure import still_erased
from pipelines.health import Health
from pipelines.lock import StoreError
from pipelines.rebuild import Rebuild
from pipelines.requests import Ended, close
from pipelines.rows import Row, article_row, claim_rows, digest, event_of
from pipelines.sqlite import explained, open_to_read, open_to_write, put, rows, some, writing
from pipelines.visiting import record

Outcome = Literal["new", "updated", "unchanged"]

_ASIDE = {"fetched_at", "found_by", "run_id", "rules_version", "sketch"}  # how an article came, not what it says
_SAID = ("text_sha256", "url", "published", "site")  # what of an article bears on events, claims apart


class Ledger:
    """The database, open for writing. All calls must come from the thread that opened it.

    `overrides` is the file of corrections by hand. Every method raises StoreError, with the file's name and what is
    wrong, where the file cannot serve.
    """

    def __init__(self, path: Path, overrides: Path | None = None) -> None:
        self.path = path
        self.lines = corrections(overrides)
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

    def save(
        self, article: Article, claims: Iterable[Claim], run_id: int, quoted: Iterable[Aggregate] = (),
        end: Ended | None = None,
    ) -> Outcome:  # fmt: skip
        """Keep the article, its claims and the totals it quotes, in one transaction; what is known writes nothing.

        Claims of an earlier reading that do not hold any more go. An older version of a stored page is passed over.
        Where the text was erased it stays so. The `end` of the request that brought the page is part of the
        transaction: no page is stored and asked for again.
        """
        found = article_row(article, run_id), claim_rows(article, claims), aggregate_rows(article, quoted)
        if end is None:
            return self.keep(*found)
        with writing(self.db, self.path):
            close(self.db, self.path, end)
            return self.keep(*found)

    def keep(self, row: Row, said: Sequence[Row], sums: Sequence[Row]) -> Outcome:
        """As `save`, given the rows of the article, its claims and the totals it quotes."""
        key, run_id = [row["article_id"]], row["run_id"]
        with explained(self.path):
            stored = rows(self.db, "select * from articles where article_id = ?", key)
            known = rows(self.db, "select claim_id, position, company_id from claims where article_id = ?", key)
            known_sums = same_aggregates(self.db, key[0], sums)
        row = still_erased(row, said, sums, stored[0] if stored else None)
        if stored and ((_same(row, stored[0], said, known) and known_sums) or _older(row, stored[0])):
            return "unchanged"
        gone = {k["claim_id"] for k in known} - {s["claim_id"] for s in said}
        with writing(self.db, self.path):
            self._pend(row, stored[0] if stored else None, [*known, *said], run_id)
            put(self.db, "articles", ["article_id"], [row])
            self.db.conn.executemany(
                "delete from claims where claim_id = ?", [(claim_id,) for claim_id in sorted(gone)]
            )
            put(self.db, "claims", ["claim_id"], said)
            replace_aggregates(self.db, key[0], sums)
        return "updated" if stored else "new"

    def _pend(self, row: Row, stored: Row | None, claims: Iterable[Row], run_id: int) -> None:
        """Note that the companies of these claims have to be decided anew, and why."""
        reread = stored is not None and all(stored[name] == row[name] for name in _SAID)
        sql = (
            "insert into pending (company_id, article_id, cause, run_id) values (?, ?, ?, ?) on conflict do update"
            " set cause = excluded.cause, run_id = excluded.run_id where excluded.cause = 'new_article'"
        )
        cause = "rule_change" if reread else "new_article"
        for company_id in sorted({claim["company_id"] for claim in claims}):
            self.db.execute(sql, [company_id, row["article_id"], cause, run_id])

    def reject(self, run_id: int, **columns: str | None) -> None:
        """Keep why a page (url, reason, rule, words, source) went no further; the same is kept once."""
        self.reject_all(run_id, [columns])

    def reject_all(self, run_id: int, pages: Iterable[Mapping[str, str | None]]) -> None:
        """Keep why pages went no further, in one transaction; all name the same columns."""
        found = [{"rejection_id": digest(page), **page, "run_id": run_id} for page in pages]
        if not found:
            return
        sql = f"insert or ignore into rejections ({', '.join(found[0])}) values {some(list(found[0]))}"
        with writing(self.db, self.path):
            self.db.conn.executemany(sql, [tuple(row.values()) for row in found])

    def rebuild(self, run_id: int | None = None) -> dict[str, int]:
        """Decide anew the events of all companies of which something new is known, in one transaction.

        Writes those that differ, and their history. Returns how many events are new, changed, unchanged and gone.
        """
        with writing(self.db, self.path):
            return Rebuild(self.db, self.lines, run_id).run()

    def visited(self, run_id: int, sources: Iterable[Row], visits: Sequence[Row]) -> list[Health]:
        """Keep what a crawl found at each source, in one transaction; how each is."""
        with writing(self.db, self.path):
            return record(self.db, run_id, sources, visits)

    def waiting(self) -> list[Row]:
        """The lines of the corrections by hand whose event is not there (yet): rows of table overrides."""
        with explained(self.path):
            return rows(self.db, "select * from overrides where state = 'waiting' order by line")


def corrections(path: Path | None) -> Mapping[Override, int]:
    """The lines of the corrections by hand with their numbers; raises StoreError for one that cannot be used."""
    try:
        return load(path) if path else {}
    except OverrideError as error:
        raise StoreError(str(error)) from error


def prepare(path: Path, overrides: Path | None = None) -> None:
    """Make sure that `path` can be written and has today's schema, and that `overrides` reads; raises StoreError."""
    Ledger(path, overrides).close()


def events(path: Path) -> list[Event]:
    """All events of the database, unordered; raises StoreError where it cannot be read."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        return [event_of(row) for row in rows(db, "select * from events")]


def _same(row: Row, stored: Row, said: Sequence[Row], known: list[Row]) -> bool:
    alike = all(row[name] == stored[name] for name in row.keys() - _ASIDE)
    return alike and {(s["claim_id"], s["position"]) for s in said} == {(k["claim_id"], k["position"]) for k in known}


def _older(row: Row, stored: Row) -> bool:
    """Is the page an earlier version than the stored one? Of two with one time, the poorer counts as earlier.

    An article of which only the source's entry is known is earlier than any that was read whole.

    So the versions of one address have one order, and reading them twice ends as reading them once. A reading by
    other rules always counts: it is today's account of the same page.
    """
    one, other = ((r["grade"] == "full", r["fetched_at"] or "", r["published"] or "") for r in (row, stored))
    if one != other:
        return one < other
    names = sorted((row.keys() & stored.keys()) - _ASIDE - {"text_erased"})
    return row["rules_version"] == stored["rules_version"] and _riches(row, names) < _riches(stored, names)


def _riches(row: Row, names: Iterable[str]) -> tuple[int, int, str]:
    said = {name: row[name] for name in names}
    return sum(value is not None for value in said.values()), len(row["title"]) + len(row["text"]), digest(said)
