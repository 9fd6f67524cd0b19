"""Records as rows of the database and back; plain dicts, no SQL."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any

from extract import RULES_VERSION
from extract.companies import company_key
from extract.copies import packed, sketch
from extract.records import Article, Claim, Event
from extract.tellings import publisher

Row = dict[str, Any]

_ARTICLE, _CLAIM = ({f.name for f in fields(kind)} for kind in (Article, Claim))
_EVENT = tuple(f.name for f in fields(Event))  # in their order, which is that of the table
_SEPARATED = ("source_urls", "rules")  # tuples of words without spaces, kept as one text


def digest(*parts: Any) -> str:
    """A short name for what `parts` say: 16 hexadecimal digits, the same on every machine."""
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:16]


def article_id(url: str) -> str:
    """The key of the article of this address."""
    return digest(url)


def article_row(article: Article, run_id: int) -> Row:
    """The row of table articles."""
    row = asdict(article)
    del row["request"]  # which has a table of its own
    return row | {
        "article_id": article_id(article.url),
        "input_id": row.pop("article_id"),
        "found_by": row.pop("source"),
        "publisher": publisher(article),
        "text_sha256": article.text_sha256,
        "sketch": packed(sketch(article.title, article.text)),
        "rules_version": RULES_VERSION,
        "run_id": run_id,
    }


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a row of table articles."""
    names = _ARTICLE & row.keys()
    return Article(**{name: row[name] for name in names} | {"article_id": row["input_id"], "source": row["found_by"]})


def claim_rows(article: Article, claims: Iterable[Claim]) -> list[Row]:
    """The rows of table claims; `claim_id` depends on the article's address and on what the claim says alone."""
    key, rows = article_id(article.url), []
    for position, claim in enumerate(dict.fromkeys(claims)):
        said = asdict(claim)
        current = None if claim.current is None else int(claim.current)
        named = {"claim_id": digest(key, said), "article_id": key, "position": position}
        rows.append(named | said | {"current": current, "company_id": company_key(claim.company)})
    return rows


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim of a row of table claims."""
    known = {name: row[name] for name in _CLAIM}
    return Claim(**known | {"current": None if row["current"] is None else bool(row["current"])})


def event_row(event: Event, company_id: str) -> Row:
    """The row of table events."""
    row = {name: getattr(event, name) for name in _EVENT}
    texts = {name: " ".join(row[name]) for name in _SEPARATED}
    return row | texts | {"contested": int(event.contested), "company_id": company_id}


def event_of(row: Mapping[str, Any]) -> Event:
    """The event of a row of table events."""
    known = {name: row[name] for name in _EVENT}
    texts = {name: tuple((row[name] or "").split()) for name in _SEPARATED}
    return Event(**known | texts | {"contested": bool(row["contested"])})
