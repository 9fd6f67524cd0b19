"""Articles with their claims, made by hand from one sentence."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.records import Article, Claim


def query(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """The rows of the database at `path`, as SQLite itself gives them."""
    with closing(sqlite3.connect(path)) as db:
        return db.execute(sql).fetchall()


def reading(
    url: str, company: str = "Acme", jobs: int = 900, day: str = "2026-03-02", **columns: Any
) -> tuple[Article, tuple[Claim, ...]]:
    """An article that says on `day` that `company` will cut `jobs` jobs, and the claims in it."""
    text = f"{company} will cut {jobs} jobs, the company said.\n\nShares rose."
    article = Article(
        article_id=url, url=url, title=f"Cuts at {company}", text=text, published=day, published_from="given"
    )
    article = replace(article, **columns)
    end = text.index("\n\n")

    def claim(kind: Any, quote: str, **values: Any) -> Claim:
        start = article.text.index(quote)
        return Claim(
            kind=kind, round=1, company=company, field="text", start=start, end=start + len(quote), quote=quote,
            sentence_start=0, sentence_end=end, rule=f"{kind}.test", **values,
        )  # fmt: skip

    return article, (
        claim("company", company, value=company),
        claim("cut", "will cut", value="layoff", modality="announced", current=True, confidence=0.9),
        claim("headcount", f"{jobs} jobs", low=float(jobs), high=float(jobs), relation="exact"),
        claim("date", "said", value=day),
    )
