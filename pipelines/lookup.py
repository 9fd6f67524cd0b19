"""What the database holds of one page or one event: articles to be read again."""

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
    sql = "select * from articles where url = ?1 or canonical_url = ?1 order by url = ?1 desc, url"
    found = _articles(path, sql, url)
    return found[0] if found else None


def event_articles(path: Path, event_id: str) -> list[Article]:
    """The articles that tell of an event, the earliest first; empty where no event has or had this id."""
    sql = """
        select * from articles where article_id in (
            select article_id from claims join event_claims using (claim_id)
            where event_id = coalesce((select target from event_redirects where event_id = ?1), ?1)
        ) order by published is null, published, url
    """
    return _articles(path, sql, event_id)


def erased(path: Path, url: str) -> str | None:
    """Why only parts of this stored article's text are kept ("request", "age"); None where all of it is."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = rows(db, "select text_erased from articles where url = ?", [url])
    return found[0]["text_erased"] if found else None


def let_go(path: Path, url: str) -> tuple[str, str] | None:
    """The rule that last let the page of this address go, and what was seen; None where none did."""
    sql = "select rule, words from rejections where url = ? order by run_id desc, rejection_id"
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = rows(db, sql, [url])
    return (found[0]["rule"], found[0]["words"]) if found else None


def _articles(path: Path, sql: str, value: str) -> list[Article]:
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        return [article_of(row) for row in rows(db, sql, [value])]
