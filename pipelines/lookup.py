"""What the database holds of one page or one event."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from extract.records import Article
from pipelines.rows import article_of
from pipelines.sqlite import explained, open_to_read, rows


def article(path: Path, url: str) -> Article | None:
    """The stored article of an address, its own or the one that the page names; None where there is none.

    All functions here raise StoreError where the database cannot be read.
    """
    sql = "select * from articles where url = ? or canonical_url = ? order by url = ? desc, url"
    found = _articles(path, sql, [url, url, url])
    return found[0] if found else None


def event_articles(path: Path, event_id: str) -> list[Article]:
    """The articles that tell of an event, the earliest first; empty where there is no such event."""
    sql = """
        select * from articles where article_id in (
            select article_id from claims join event_claims using (claim_id) where event_id = ?
        ) order by published is null, published, url
    """
    return _articles(path, sql, [event_id])


def let_go(path: Path, url: str) -> tuple[str, str] | None:
    """The rule that last let the page of this address go, and what was seen; None where none did."""
    sql = "select rule, words from rejections where url = ? order by run_id desc, rejection_id"
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = rows(db, sql, [url])
    return (found[0]["rule"], found[0]["words"]) if found else None


def _articles(path: Path, sql: str, values: list[str]) -> list[Article]:
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        return [article_of(row) for row in rows(db, sql, values)]
