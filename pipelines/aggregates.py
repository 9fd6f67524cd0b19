"""Rows of table aggregates: the totals that articles quote, kept with the article and apart from events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from extract.records import Aggregate, Article
from pipelines.rows import Row, article_id, digest
from pipelines.sqlite import Database, rows


def aggregate_rows(article: Article, found: Iterable[Aggregate]) -> list[Row]:
    """The rows; `aggregate_id` depends on the article's address and on what the total says alone."""
    key = article_id(article.url)
    said = [asdict(one) | {"to_date": int(one.to_date)} for one in found]
    return [{"aggregate_id": digest(key, one), "article_id": key} | one for one in said]


def same_aggregates(db: Database, key: str, wanted: Iterable[Row]) -> bool:
    """Does the table hold just these rows of the article?"""
    stored = rows(db, "select aggregate_id from aggregates where article_id = ?", [key])
    return {row["aggregate_id"] for row in stored} == {row["aggregate_id"] for row in wanted}


def replace_aggregates(db: Database, key: str, wanted: Iterable[Row]) -> None:
    """Put these rows of the article in the place of those that are there; within the caller's transaction."""
    db.execute("delete from aggregates where article_id = ?", [key])
    db.table("aggregates").insert_all(wanted)
