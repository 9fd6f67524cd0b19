"""Full-text search over articles: the index follows in batches, at the end of a crawl, not page by page.

What is changed or deleted leaves the index at once (triggers of pipelines/views.py); what is new enters with the next
batch.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.sqlite import Database, explained, writing

#: Articles that enter the index in one transaction.
BATCH = 1000


def index_articles(db: Database, path: Path) -> int:
    """Enter the articles that the index lacks; how many there were. Raises StoreError."""
    # Asked for rowid alone, SQLite walks the smallest index instead of the texts.
    lacking = "select rowid from articles where rowid not in (select id from articles_fts_docsize)"
    enter = "insert into articles_fts (rowid, title, text) select rowid, title, text from articles where rowid = ?"
    with explained(path):
        missing = sorted(db.execute(lacking).fetchall())
    for first in range(0, len(missing), BATCH):
        with writing(db, path):
            db.conn.executemany(enter, missing[first : first + BATCH])
    return len(missing)
