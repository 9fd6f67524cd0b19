"""The manifest: a row for each archive, written together with what its pages say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from extract import RULES_VERSION
from pipelines.backfill.archives import remote
from pipelines.backfill.result import Result
from pipelines.database import Ledger
from pipelines.rows import Row, article_id
from pipelines.sqlite import explained, put, rows, writing

#: Fields of a result that are columns of table archives.
COLUMNS = (
    "archive", "state", "error", "size", "consumed", "records", "pages", "digests", "damaged", "passed", "events",
    "seconds", "rules_version",
)  # fmt: skip


def unread(ledger: Ledger, archives: Iterable[str]) -> list[str]:
    """Those of the archives that no run has read by today's rules; a file that has changed its size counts as another.

    Damaged and truncated archives have been read as far as they can be.
    """
    with explained(ledger.path):
        known = {row["archive"]: row for row in rows(ledger.db, "select * from archives where state <> 'failed'")}
    return [name for name in archives if not (name in known and _same(name, known[name]))]


def _same(name: str, row: Row) -> bool:
    if row["rules_version"] != RULES_VERSION:
        return False
    return remote(name) or not Path(name).exists() or Path(name).stat().st_size == row["size"]


def keep(ledger: Ledger, result: Result, run_id: int) -> Counter[str]:
    """Write the archive's row, articles, claims and rejections in one transaction: all, or nothing of it.

    Returns how many articles are new, updated and unchanged. An article without claims is written only where it is
    known from before, so that what it said then is not left standing.
    """
    outcomes: Counter[str] = Counter()
    with writing(ledger.db, ledger.path):
        for reading in result.readings:
            if reading.claims or reading.aggregates or _known(ledger, reading.article.url):
                outcomes[ledger.save(reading.article, reading.claims, run_id, reading.aggregates)] += 1
        for one in result.rejections:
            said = {"url": one.url, "reason": one.reason, "rule": one.rule, "words": one.words, "source": "archive"}
            ledger.reject(run_id, **said)
        row = {name: getattr(result, name) for name in COLUMNS} | {"run_id": run_id}
        put(ledger.db, "archives", ["archive"], [row])
        ledger.db.execute("delete from archive_rejections where archive = ?", [result.archive])
        counts = result.rejected + result.skipped
        found = [{"archive": result.archive, "rule": rule, "pages": counts[rule]} for rule in sorted(counts)]
        put(ledger.db, "archive_rejections", ["archive", "rule"], found)
    return outcomes


def _known(ledger: Ledger, url: str) -> bool:
    return bool(rows(ledger.db, "select 1 from articles where article_id = ?", [article_id(url)]))
