"""Erasing article texts: on request, or by age. What claims and totals rest on stays, all else goes.

Of an erased text the sentences that claims stand in and the quotes of totals stay, each in its place; every other
character is a blank. So offsets hold, events keep their evidence, and `text_sha256` is still that of the whole text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

from pipelines.migrations import AGE, NEWEST
from pipelines.rows import Row
from pipelines.sqlite import Database, explained, rows, writing

Reason = Literal["request", "age", "copy"]
Bounds = tuple[int, int]

#: Articles whose texts go in one transaction.
BATCH = 200


def blanked(text: str, kept: Iterable[Bounds]) -> str:
    """The text with a blank for every character outside `kept`; line breaks stay, so that paragraphs do.

    >>> blanked("Acme cuts 90 jobs.  Ann Lee is sad.", [(0, 18)])
    'Acme cuts 90 jobs.                 '
    """
    stays = bytearray(len(text))
    for start, end in kept:
        stays[start:end] = b"\x01" * len(stays[start:end])
    return "".join(c if keep or c == "\n" else " " for c, keep in zip(text, stays, strict=True))


def bounds(said: Iterable[Mapping[str, Any]], totals: Iterable[Mapping[str, Any]]) -> list[Bounds]:
    """What stays of an article's text: the sentences of its claims and the quotes of its totals (rows of tables)."""
    sentences = [(row["sentence_start"], row["sentence_end"]) for row in said if row["field"] == "text"]
    quotes = [(row["start"], row["end"]) for row in [*said, *totals] if row["field"] == "text"]
    return [*sentences, *quotes]


def still_erased(row: Row, said: Sequence[Row], totals: Sequence[Row], stored: Row | None) -> Row:
    """The article's new row: as it is, or without its text where the stored row of the same address was erased.

    So a page that is fetched again, changed or not, does not bring its text back.
    """
    if stored is None or not stored.get("text_erased"):
        return row
    return row | {"text": blanked(row["text"], bounds(said, totals)), "text_erased": stored["text_erased"]}


def erase(db: Database, path: Path, articles: Sequence[str], reason: Reason) -> int:
    """Erase the texts of the articles with these ids; how many there were to erase. Raises StoreError."""
    count = 0
    with explained(path):
        db.execute("pragma secure_delete = on")  # what is freed is overwritten
    for first in range(0, len(articles), BATCH):
        with writing(db, path):
            count += sum(_erase(db, article, reason) for article in articles[first : first + BATCH])
    return count


def _erase(db: Database, article_id: str, reason: Reason) -> int:
    found = rows(db, "select text from articles where article_id = ? and text_erased is null", [article_id])
    if not found:
        return 0
    said = rows(db, "select * from claims where article_id = ?", [article_id])
    totals = rows(db, "select * from aggregates where article_id = ?", [article_id])
    text = blanked(found[0]["text"], bounds(said, totals))
    db.table("articles").update(article_id, {"text": text, "text_erased": reason})
    return 1


def of_url(db: Database, path: Path, url: str) -> list[str]:
    """Ids of the articles that are known by this address, erased or not. Raises StoreError."""
    sql = "select article_id from articles where url = ? or canonical_url = ? or input_id = ? order by article_id"
    return _ids(db, path, sql, [url, url, url])


def older_than(db: Database, path: Path, day: str, *, erased: bool = False) -> list[str]:
    """Ids of the articles with text that were published (or, undated, fetched) before this ISO day.

    With `erased` those without text as well. Raises StoreError.
    """
    which = "" if erased else "text_erased is null and"
    # Asked for an order, SQLite would walk all articles in it.
    return sorted(_ids(db, path, f"select article_id from articles where {which} {AGE} < ?", [day]))


def addresses(db: Database, path: Path, articles: Iterable[str]) -> list[str]:
    """All by which the articles with these ids are known. Raises StoreError."""
    sql = "select url, canonical_url, input_id from articles where article_id = ?"
    with explained(path):
        found = [row for article in articles for row in rows(db, sql, [article])]
    return sorted({name for row in found for name in row.values() if name})


def _ids(db: Database, path: Path, sql: str, values: list[str]) -> list[str]:
    with explained(path):
        return [row["article_id"] for row in rows(db, sql, values)]


def keep_days(db: Database, path: Path, days: int) -> str | None:
    """The day before which texts are too old to keep: `days` before the newest article, not before today.

    An article's time is its publication, but never later than it was fetched: a page may state any date.
    None where nothing is dated. Raises StoreError.
    """
    with explained(path):
        newest = rows(db, f"select max({NEWEST}) as newest from articles")[0]["newest"]
    return (dt.date.fromisoformat(newest) - dt.timedelta(days=days)).isoformat() if newest else None


def scrub(db: Database, path: Path) -> bool:
    """Leave nothing of erased texts in the file: neither in the index of words, nor in free pages, nor in the log.

    False where another program that reads the database keeps the old pages in the file until it lets go.
    """
    with explained(path):
        db.execute("insert into articles_fts(articles_fts) values ('rebuild')")
        db.execute("insert into articles_fts(articles_fts) values ('optimize')")
        db.execute("vacuum")
        db.execute("pragma busy_timeout = 1000")  # a reader that stays is told of rather than waited for
        busy, _, _ = db.execute("pragma wal_checkpoint(truncate)").fetchone()
    return not busy
