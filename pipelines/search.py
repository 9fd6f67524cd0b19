"""Full-text search over articles: the index follows in batches, at the end of a crawl, not page by page.

What is changed or deleted leaves the index at once; what is new enters with the next batch, and stands in table
`unindexed` until then (triggers of pipelines/views.py).
"""

from __future__ import annotations

from pathlib import Path

from pipelines.sqlite import Database, explained, writing

#: Articles that enter the index in one transaction.
BATCH = 1000


def index_articles(db: Database, path: Path) -> int:
    """Enter the articles that the index lacks; how many there were. Raises StoreError."""
    enter = "insert into articles_fts (rowid, title, text) select rowid, title, text from articles where rowid = ?"
    with explained(path):
        missing = sorted(db.execute("select rowid_of_article from unindexed").fetchall())
    for first in range(0, len(missing), BATCH):
        batch = missing[first : first + BATCH]
        with writing(db, path):
            db.conn.executemany(enter, batch)
            db.conn.executemany("delete from unindexed where rowid_of_article = ?", batch)
    return len(missing)
