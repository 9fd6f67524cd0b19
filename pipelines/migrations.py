"""The tables of the database, one step of their history a function. A step that fails is undone whole.

docs/database.md says what each column means. Steps are only ever added: a database that exists has the old ones.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from sqlite_utils import Database, Migrations
from sqlite_utils.db import ForeignKey

from extract.companies import company_key
from extract.copies import packed, sketch
from extract.records import Event

migrations = Migrations("layoff-ledger")

#: The day of an article by which its text grows old; and the same, but never later than it was fetched.
AGE = "substr(coalesce(published, fetched_at), 1, 10)"
NEWEST = "substr(min(coalesce(published, fetched_at), coalesce(fetched_at, published)), 1, 10)"

#: Columns of Event that hold numbers; all others hold text.
WHOLE = frozenset({
    "headcount", "headcount_min", "headcount_max", "workforce_before", "ai_headcount", "contested", "evidence_start",
    "evidence_end", "ai_evidence_start", "ai_evidence_end", "n_articles", "n_publishers", "n_independent",
})  # fmt: skip
REAL = frozenset({"pct_min", "pct_max", "confidence"})


def event_columns() -> dict[str, type]:
    """The columns of the events table that the CSV has too, in its order, with their types."""
    return {f.name: int if f.name in WHOLE else float if f.name in REAL else str for f in fields(Event)}


@migrations()
def m001_spine(db: Database) -> None:
    """Articles and their claims, the events decided from them, runs and rejections."""
    _runs(db)
    _articles(db)
    _claims(db)
    _events(db)


def _table(
    db: Database,
    name: str,
    columns: dict[str, Any],
    pk: str | tuple[str, ...],
    index: tuple[str, ...] = (),
    **rest: Any,
) -> None:
    table = db.create_table(name, columns, pk=pk, strict=True, **rest)
    for column in index:
        table.create_index([column])


def _cascade(table: str, column: str, other: str) -> ForeignKey:
    return ForeignKey(table, column, other, column, on_delete="CASCADE")


def _runs(db: Database) -> None:
    texts = ("spider", "arguments", "started_at", "finished_at", "finish_reason", "version", "rules_version")
    counts = (
        "pages", "articles_new", "articles_updated", "articles_unchanged", "rejected",
        "events_new", "events_changed", "events_unchanged", "events_gone",
    )  # fmt: skip
    columns = {"run_id": int} | dict.fromkeys(texts, str) | dict.fromkeys(counts, int)
    _table(db, "runs", columns, "run_id", not_null={"spider", "started_at"})
    _table(
        db, "rejections",
        {"rejection_id": str, "url": str, "reason": str, "rule": str, "words": str, "source": str, "run_id": int},
        "rejection_id", ("url", "run_id"), not_null={"reason", "rule"}, foreign_keys=[("run_id", "runs", "run_id")],
    )  # fmt: skip


def _articles(db: Database) -> None:
    texts = (
        "article_id", "url", "canonical_url", "input_id", "publisher", "site", "title", "author", "published",
        "published_from", "fetched_at", "language", "text", "text_sha256", "found_by", "rules_version",
    )  # fmt: skip
    _table(
        db, "articles", dict.fromkeys(texts, str) | {"run_id": int}, "article_id", ("published", "run_id"),
        not_null={"url", "title", "text", "text_sha256"}, foreign_keys=[("run_id", "runs", "run_id")],
    )  # fmt: skip
    db.table("articles").create_index(["url"], unique=True)


def _claims(db: Database) -> None:
    columns: dict[str, type] = {
        "claim_id": str, "article_id": str, "position": int, "round": int, "kind": str, "company": str,
        "value": str, "low": float, "high": float, "relation": str, "unit": str, "polarity": str, "modality": str,
        "speaker": str, "current": int,
        "confidence": float, "rule": str, "field": str, "start": int, "end": int, "quote": str, "sentence_start": int,
        "sentence_end": int,
    }  # fmt: skip
    stated = {"article_id", "position", "round", "kind", "company", "rule", "field", "start", "end", "quote"}
    article = _cascade("claims", "article_id", "articles")
    _table(db, "claims", columns, "claim_id", ("article_id", "company"), not_null=stated, foreign_keys=[article])


def _events(db: Database) -> None:
    texts = ("company_id", "name", "ticker", "industry", "country")
    _table(db, "companies", dict.fromkeys(texts, str), "company_id", not_null={"name"})
    columns = event_columns() | {"company_id": str}
    _table(
        db, "events", columns, "event_id", ("company_id", "date", "ai", "updated_at"),
        not_null={"company", "action", "status", "ai", "n_articles", "company_id"},
        foreign_keys=[("company_id", "companies", "company_id")],
    )  # fmt: skip
    _table(
        db, "event_claims", {"event_id": str, "claim_id": str, "role": str}, ("event_id", "claim_id"),
        ("claim_id",), not_null={"role"},
        foreign_keys=[_cascade("event_claims", "event_id", "events"), _cascade("event_claims", "claim_id", "claims")],
    )  # fmt: skip


@migrations()
def m002_history(db: Database) -> None:
    """Companies of claims and sketches of texts, for resolving bit by bit; redirects, revisions, overrides."""
    claims, articles, links = (db.table(name) for name in ("claims", "articles", "event_claims"))
    claims.add_column("company_id", str)
    for row in list(db.query("select distinct company from claims")):
        db.execute("update claims set company_id = ? where company = ?", [company_key(row["company"]), row["company"]])
    claims.create_index(["company_id"])
    articles.add_column("sketch", bytes)
    for row in list(db.query("select article_id, title, text from articles")):
        articles.update(row["article_id"], {"sketch": packed(sketch(row["title"], row["text"]))})
    links.add_column("round_id", str)
    db.execute("update event_claims set round_id = event_id")
    links.create_index(["round_id"])
    _history(db)


def _history(db: Database) -> None:
    run = [("run_id", "runs", "run_id")]
    _table(
        db, "event_redirects",
        {"event_id": str, "target": str, "changed_at": str, "cause": str, "run_id": int},
        "event_id", ("target", "run_id"),
        not_null={"target", "cause"}, foreign_keys=[("target", "events", "event_id"), *run],
    )  # fmt: skip
    _table(
        db, "event_revisions",
        {
            "revision_id": int, "event_id": str, "changed_at": str, "field": str, "old": str, "new": str,
            "cause": str, "reason": str, "run_id": int,
        },
        "revision_id", ("event_id", "changed_at", "run_id"), not_null={"event_id", "field", "cause"}, foreign_keys=run,
    )  # fmt: skip
    texts = ("date", "action", "event", "field", "value", "article", "reason", "by", "state", "told")
    _table(db, "overrides", {"override_id": str, "line": int} | dict.fromkeys(texts, str), "override_id", ("event",))
    _table(
        db, "pending", {"company_id": str, "article_id": str, "cause": str, "run_id": int},
        ("company_id", "article_id"), not_null={"cause"},
    )  # fmt: skip
    _table(db, "state", {"name": str, "value": str}, "name")


@migrations()
def m003_texts(db: Database) -> None:
    """Erased texts, totals that articles quote, full-text search, indexes for common questions."""
    db.table("articles").add_column("text_erased", str)
    _aggregates(db)
    _search(db)
    for table, columns in (
        ("articles", ("publisher", "canonical_url", "input_id", "fetched_at")),
        ("claims", ("kind",)),
        ("events", ("action", "status", "industry", "country")),
    ):
        for column in columns:
            db.table(table).create_index([column])


def _aggregates(db: Database) -> None:
    columns: dict[str, type] = {
        "aggregate_id": str, "article_id": str, "publisher": str, "period": str, "to_date": int, "measure": str,
        "sector": str, "value": int, "ai_value": int, "relation": str, "field": str, "start": int, "end": int,
        "quote": str,
    }  # fmt: skip
    _table(
        db, "aggregates", columns, "aggregate_id", ("article_id", "publisher", "period"),
        not_null=columns.keys() - {"aggregate_id", "sector", "value", "ai_value"},
        foreign_keys=[_cascade("aggregates", "article_id", "articles")],
    )  # fmt: skip


def _search(db: Database) -> None:
    """An index over title and text that holds no text of its own; pipelines/views.py keeps it true."""
    db.execute(
        "create virtual table articles_fts using fts5"  # content="…" in these quotes, by which Datasette knows it
        ' (title, text, content="articles", content_rowid="rowid", tokenize="porter unicode61")'
    )


@migrations()
def m004_crawl(db: Database) -> None:
    """The ledger of requests: what was asked for, what became of it, and how each run's requests ended."""
    texts = (
        "address", "url", "kind", "source", "spider", "outcome", "reason", "etag", "last_modified", "since", "call",
        "first_at", "asked_at",
    )  # fmt: skip
    run = [("run_id", "runs", "run_id")]
    _table(
        db, "requests", dict.fromkeys(texts, str) | {"visits": int, "tries": int, "run_id": int},
        "address", ("outcome", "run_id"), foreign_keys=run,
        not_null={"url", "kind", "spider", "outcome", "first_at", "asked_at", "visits", "tries", "run_id"},
    )  # fmt: skip
    _table(
        db, "run_requests", {"run_id": int, "kind": str, "outcome": str, "reason": str, "requests": int},
        ("run_id", "kind", "outcome", "reason"), not_null={"requests"}, foreign_keys=run,
    )  # fmt: skip


@migrations()
def m005_sources(db: Database) -> None:
    """Sources with their health, what each run found at each, and articles known by their source's entry alone."""
    db.table("articles").add_column("grade", str, not_null_default="full")
    texts = (
        "source_id", "name", "publisher", "country", "kind", "url", "tags", "evidence", "checked", "terms", "state",
        "told", "warnings", "last_visit", "last_read", "last_new", "moved_to",
    )  # fmt: skip
    columns = dict.fromkeys(texts, str) | {
        "tier": int, "expected_gap_days": float, "gap_days": int, "usual_gap_days": float, "run_id": int,
        "listing": bytes,
    }  # fmt: skip
    _table(
        db, "sources", columns, "source_id", ("state", "run_id"), not_null={"name", "kind", "url", "state"},
        foreign_keys=[("run_id", "runs", "run_id")],
    )  # fmt: skip
    counts = ("listed", "new", "dated", "promising", "pages", "alike", "prose", "articles", "undated")
    visits = {"run_id": int, "source_id": str, "outcome": str, "reason": str, "moved_to": str, "newest": str}
    _table(
        db, "source_runs", visits | dict.fromkeys(counts, int), ("run_id", "source_id"), ("source_id",),
        not_null={"outcome"}, foreign_keys=[("run_id", "runs", "run_id")],
    )  # fmt: skip


@migrations()
def m006_backfill(db: Database) -> None:
    """The manifest of the back-fill: what came of each archive."""
    texts, counts = (
        ("state", "error"),
        ("size", "consumed", "records", "pages", "digests", "damaged", "passed", "events"),
    )
    columns: dict[str, type] = {"archive": str} | dict.fromkeys(texts, str) | dict.fromkeys(counts, int)
    _table(
        db, "archives", columns | {"seconds": float, "rules_version": str, "run_id": int}, "archive", ("run_id",),
        not_null={"state"}, foreign_keys=[("run_id", "runs", "run_id")],
    )  # fmt: skip
    _table(
        db, "archive_rejections", {"archive": str, "rule": str, "pages": int}, ("archive", "rule"),
        not_null={"pages"}, foreign_keys=[_cascade("archive_rejections", "archive", "archives")],
    )  # fmt: skip


@migrations()
def m007_attributions(db: Database) -> None:
    """Who speaks on AI, by role and name as written."""
    for column in ("speaker_role", "speaker_name"):
        db.table("claims").add_column(column, str)
    db.execute("drop view if exists attributed")  # its name is attributions now


@migrations()
def m008_ledger(db: Database) -> None:
    """What the search index lacks is noted as it comes; indexes for ages and for outlines: no crawl looks at all."""
    _table(db, "unindexed", {"rowid_of_article": int}, "rowid_of_article")
    db.execute(
        "insert into unindexed select rowid from articles where rowid not in (select id from articles_fts_docsize)"
    )
    db.execute(f"create index idx_articles_age on articles ({AGE}) where text_erased is null")
    db.execute(f"create index idx_articles_newest on articles ({NEWEST})")
    outline = "company_id, article_id, round, position, kind, value, low, high, relation, current"
    db.execute("drop index if exists idx_claims_company_id")  # of which the new one holds all, pipelines/neighbours.py
    db.execute(f"create index idx_claims_outline on claims ({outline})")


@migrations()
def m009_found_by(db: Database) -> None:
    """What each source found, and when last, is looked up: the site's page of sources read every article for it."""
    db.execute("create index idx_articles_found_by on articles (found_by, published)")
