"""Full-text search over articles: the index follows in batches, at the end of a crawl, not page by page.

What is changed or deleted leaves the index at once (triggers of the schema); what is new enters with the next batch.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.sqlite import Database, writing

#: Articles that enter the index in one transaction.
BATCH = 1000


def index_articles(db: Database, path: Path) -> int:
    """Enter the articles that the index lacks; how many there were. Raises StoreError."""
    sql = """
        insert into articles_fts (rowid, title, text)
        select rowid, title, text from articles
        where rowid not in (select id from articles_fts_docsize) order by rowid limit ?
    """
    count = 0
    while True:
        with writing(db, path):
            entered = db.execute(sql, [BATCH]).rowcount
        count += entered
        if entered < BATCH:
            return count
