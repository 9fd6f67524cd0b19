"""The tables as a Frictionless Data Package: CSV files and a datapackage.json that says what each column is.

The articles' texts are not in it. Every date in it comes from the data, so the same data gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any

from extract import RULES_VERSION, __version__
from extract.days import span
from extract.records import Event
from pipelines.atom import HOME, instant
from pipelines.export import csv_text, record, replacing
from pipelines.rows import Row
from pipelines.schemas import RESOURCES, Resource
from pipelines.sqlite import Database, explained, open_to_read, rows, some

LICENCE = {
    "name": "CC-BY-4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
    "title": "Creative Commons Attribution 4.0",
}


PART = 500  # values of a query


@dataclass(frozen=True, slots=True)
class File:
    """One CSV file of the package."""

    resource: Resource
    rows: Sequence[Mapping[str, Any]]
    data: bytes


def write_package(path: Path, events: Sequence[Event], folder: Path, *, raw: bool = False) -> None:
    """Write the package of these events of the database `path` into `folder`, which is made where it is missing.

    datapackage.json comes last, so that a package that has one is whole. Raises StoreError, OSError.
    """
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = package_of(db, events, raw=raw)
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in found.items():
        with replacing(folder / name) as out:
            out.write(data)


def package_of(db: Database, events: Sequence[Event], *, raw: bool = False) -> dict[str, bytes]:
    """The files of the package by name, datapackage.json last."""
    tables = _tables(db, events)
    files = [_file(resource, tables[resource.name], raw) for resource in RESOURCES]
    described = json.dumps(describe(files, events), ensure_ascii=False, indent=2) + "\n"
    return {file.resource.path: file.data for file in files} | {"datapackage.json": described.encode()}


def _file(resource: Resource, found: Sequence[Mapping[str, Any]], raw: bool) -> File:
    names = [column.name for column in resource.columns]
    text = csv_text(names, map(itemgetter(*names), found), raw=raw)
    return File(resource, found, text.encode())


def _tables(db: Database, events: Sequence[Event]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """Name of the table -> its rows, of these events and what belongs to them."""
    wanted = [event.event_id or "" for event in events]
    links = _of(db, "event_claims", "event_id", wanted, ("event_id", "claim_id"))
    claims = _of(db, "claims", "claim_id", [link["claim_id"] for link in links], ("article_id", "position"))
    articles = _of(db, "articles", "article_id", [claim["article_id"] for claim in claims], ("url",))
    owners = {r["event_id"]: r["company_id"] for r in _of(db, "events", "event_id", wanted, ("event_id",))}
    companies = _of(db, "companies", "company_id", owners.values(), ("company_id",))
    return {
        "events": [record(event) | {"company_id": owners[event.event_id or ""]} for event in events],
        "claims": [claim | {"current": _truth(claim["current"])} for claim in claims],
        "event_claims": links,
        "attributions": _attributions(claims, links),
        "articles": articles,
        "companies": companies,
    }


def _of(db: Database, table: str, key: str, values: Iterable[str], order: Sequence[str]) -> list[Row]:
    """The rows of a table whose `key` is one of the values, in the order of some columns; without articles' texts."""
    resource = next(resource for resource in RESOURCES if resource.name == table)
    names = ", ".join(f"[{column.name}]" for column in resource.columns)
    wanted = sorted(set(values))
    found: list[Row] = []
    for first in range(0, len(wanted), PART):
        part = wanted[first : first + PART]
        found += rows(db, f"select {names} from [{table}] where [{key}] in {some(part)}", part)
    return sorted(found, key=lambda row: tuple(row[name] for name in order))


def _truth(value: int | None) -> bool | None:
    return None if value is None else bool(value)


def _attributions(claims: Iterable[Row], links: Iterable[Row]) -> list[Row]:
    """Each voice on AI, with the event that it speaks of."""
    voices = {claim["claim_id"]: claim for claim in claims if claim["kind"] == "attribution"}
    return [
        {"event_id": link["event_id"], "claim_id": voice["claim_id"], "article_id": voice["article_id"]}
        | {"stance": voice["polarity"], "mechanism": voice["value"], "strength": voice["modality"]}
        | {name: voice[name] for name in ("speaker", "speaker_role", "speaker_name", "quote")}
        for link in links
        if (voice := voices.get(link["claim_id"]))
    ]


def describe(files: Sequence[File], events: Sequence[Event]) -> dict[str, Any]:
    """What datapackage.json says."""
    table = {file.resource.name: file.rows for file in files}
    times = [instant(event.updated_at) for event in events if event.updated_at]
    days = [days for event in events if (days := span(event.date))]
    publishers = sorted({article["publisher"] for article in table["articles"] if article["publisher"]})
    return {
        "profile": "tabular-data-package",
        "name": "layoff-ledger",
        "title": "Job cuts as news tells them",
        "description": (
            "One row is one round of job cuts by one employer, with the sentence that says so. An empty cell is "
            "unknown, never zero. A text cell that a spreadsheet would run as a formula begins with an apostrophe, "
            "unless the package was written with --raw."
        ),
        "homepage": HOME,
        "version": __version__,
        "rules_version": RULES_VERSION,
        **({"created": max(times)} if times else {}),
        **({"temporal": _interval(days)} if days else {}),
        "keywords": ["layoffs", "job cuts", "news", "artificial intelligence"],
        "licenses": [LICENCE],
        "contributors": [{"title": "layoff-ledger contributors", "role": "author", "path": HOME}],
        "sources": [{"title": name} | ({"path": f"https://{name}/"} if "." in name else {}) for name in publishers],
        "resources": [_resource(file) for file in files],
    }


def _interval(days: Sequence[tuple[Any, Any]]) -> dict[str, str]:
    return {"start": min(first for first, _ in days).isoformat(), "end": max(last for _, last in days).isoformat()}


def _resource(file: File) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": file.resource.name,
        "path": file.resource.path,
        "title": file.resource.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "rows": len(file.rows),
        "bytes": len(file.data),
        "hash": f"sha256:{hashlib.sha256(file.data).hexdigest()}",
        "schema": file.resource.schema(),
    }
