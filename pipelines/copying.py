"""A copy of the database to be looked at: complete in itself, and, where it is for others, without article texts."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from pipelines.erasure import erase, scrub
from pipelines.sqlite import explained, open_to_read, open_to_write, rows, writing


def copy(source: Path, target: Path, *, texts: bool) -> None:
    """Write a copy of the database to `target`, which must not be there yet; the source goes on as it is.

    Without `texts` nothing stays of the articles but what is quoted, and nothing of the runs' arguments, which name
    files of this machine. Raises StoreError.
    """
    db = open_to_read(source)
    with explained(source), closing(db.conn):
        db.execute("vacuum into ?", [str(target)])
    db = open_to_write(target)
    try:
        if not texts:
            articles = rows(db, "select article_id from articles where text_erased is null")
            erase(db, target, [row["article_id"] for row in articles], "copy")
            with writing(db, target):
                db.execute("update runs set arguments = null")
                db.execute("update articles set input_id = url")
            scrub(db, target)
        with explained(target):
            db.execute("pragma journal_mode = delete")  # one file, which may be opened as immutable
    finally:
        db.close()
