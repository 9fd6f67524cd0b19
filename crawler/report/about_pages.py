"""Sources, method and data: where the rows come from, what they mean, how good they are, how to take them along."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, fields
from functools import cached_property, partial
from typing import Any

from crawler.report.book import Book
from crawler.report.event_pages import report_link
from crawler.report.files import File, page
from crawler.report.paths import event_path
from crawler.report.words import capital, plain_date
from crawler.source_tables import MOODS, mood
from extract.definitions import Definition
from extract.records import Event
from pipelines.atom import to_atom
from pipelines.package import package_of
from pipelines.schemas import RESOURCES
from pipelines.snapshot import HEALTH, Line, fingerprint

RUNS = 20  # of the latest runs


def about_pages(book: Book) -> Iterator[File]:
    """sources.html, method.html, data.html, the feed and the packages."""
    ledger = book.ledger
    seen = [ledger.found_by, ledger.sources(), ledger.runs(RUNS), ledger.let_go(), ledger.size]
    yield File("sources.html", fingerprint(json.dumps(seen), book.as_of), partial(_sources, book))
    yield File("method.html", book.whole, partial(_method, book))
    counts = [(part, len(lines)) for part, lines in book.parts.items()]
    yield File("data.html", fingerprint(counts), partial(_data, book))
    yield File("feed.atom", book.whole, partial(_feed, book))
    for part, lines in book.parts.items():
        package, mark = _Package(book, lines), book.mark_of_companies(lines)
        for name in (*(resource.path for resource in RESOURCES), "datapackage.json"):
            yield File(f"package/{part}/{name}", mark, partial(package.file, name))


class _Package:
    """The data package of a month, made when the first of its files is asked for."""

    def __init__(self, book: Book, lines: Sequence[Line]) -> None:
        self.book = book
        self.lines = lines

    @cached_property
    def _files(self) -> dict[str, bytes]:
        return package_of(self.book.ledger.db, self.book.events(self.lines))

    def file(self, name: str) -> bytes:
        """The bytes of one of its files."""
        return self._files[name]


def _sources(book: Book) -> bytes:
    found, listed = book.ledger.found_by, _listed(book)
    known = {source["id"] for source in listed}
    others = [row for name, row in found.items() if name not in known]
    return page(
        "sources.html.j2", "sources.html", "Sources", "Where the articles come from, and how the latest runs went.",
        book.options.base, sources=listed, others=others, runs=book.ledger.runs(RUNS), let_go=book.ledger.let_go(),
        size=book.ledger.size, without=sum(1 for source in listed if not source["seen"]),
        moods=Counter(source["mood"] for source in listed),
    )  # fmt: skip


def _listed(book: Book) -> list[dict[str, Any]]:
    """The listed sources with their health and what they brought, those first that somebody should look at."""
    found, health = book.ledger.found_by, book.ledger.sources()
    unseen = dict.fromkeys(HEALTH) | {"state": "unknown", "told": "never visited"}
    rows = []
    for source in book.options.sources:
        row = {**source, **health.get(source["id"], unseen), "seen": found.get(source["id"])}
        rows.append(row | {"mood": mood(row)})
    return sorted(rows, key=lambda row: MOODS.index(row["mood"]))


def _method(book: Book) -> bytes:
    return page(
        "method.html.j2", "method.html", "Method", "How rows are made, what they mean, how accurate they are.",
        book.options.base, columns=[(f.name, f.metadata["doc"]) for f in fields(Event)],
        definitions=[_definition(one) for one in book.definitions.values()], accuracy=tables(book.options.accuracy),
        report=report_link(book.options.contact, "…"),
    )  # fmt: skip


def _definition(one: Definition) -> dict[str, Any]:
    row = asdict(one)
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in row.items()}


def tables(block: str) -> list[dict[str, Any]]:
    """The Markdown that `scrapy evaluate` writes, as paragraphs and tables.

    >>> tables("Measured.\\n\\n| a | b |\\n| --- | --- |\\n| 1 | `x` |\\n")
    [{'text': 'Measured.'}, {'head': ['a', 'b'], 'rows': [['1', 'x']]}]
    """
    found: list[dict[str, Any]] = []
    for part in re.split(r"\n\s*\n", block.strip()):
        lines = part.strip().splitlines()
        if not lines:
            continue
        if not lines[0].startswith("|"):
            found.append({"text": re.sub(r"[`*]", "", " ".join(lines))})
            continue
        cells = [[re.sub(r"[`*]", "", cell).strip() for cell in line.strip().strip("|").split("|")] for line in lines]
        found.append({"head": cells[0], "rows": cells[2:]})
    return found


def _data(book: Book) -> bytes:
    parts = [
        {"name": capital(plain_date(part)), "rows": len(lines), "folder": f"package/{part}/"}
        for part, lines in book.parts.items()
    ]
    return page(
        "data.html.j2", "data.html", "Data", "The rounds as CSV, data packages by month, and an Atom feed.",
        book.options.base, parts=parts, resources=RESOURCES,
    )  # fmt: skip


def _feed(book: Book) -> bytes:
    """The feed of the latest changes; entries lead to their pages where the site's address is known."""
    base = book.options.base

    def address(event: Event) -> str:
        return base + event_path(event.event_id or "")

    events = [book.ledger.event(key) for key in book.ledger.renewed(300)]
    return to_atom(events, page=address if base else None, own=base and base + "feed.atom")
