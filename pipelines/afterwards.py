"""What is done once the events are decided: texts that are too old go, and what is new enters the search index."""

from __future__ import annotations

from pathlib import Path

from pipelines.erasure import erase, keep_days, older_than
from pipelines.page_erasure import Erased, Unwanted, erase_pages
from pipelines.search import index_articles
from pipelines.sqlite import Database


def tidy(db: Database, path: Path, keep_text_days: int) -> int:
    """Erase the texts older than so many days before the newest article (0 keeps all) and bring the index up to date.

    Returns how many texts were erased. Raises StoreError.
    """
    before = keep_days(db, path, keep_text_days) if keep_text_days > 0 else None
    erased = erase(db, path, older_than(db, path, before), "age") if before else 0
    index_articles(db, path)
    return erased


def tidy_pages(db: Database, path: Path, keep_text_days: int, folder: Path | None) -> Erased:
    """Take pages that were fetched more than so many days before the newest article out of the WARCs in `folder`."""
    before = keep_days(db, path, keep_text_days) if keep_text_days > 0 and folder else None
    return erase_pages(folder, Unwanted(before=before)) if before else Erased()
