"""The page of all rounds and its data: a file of rows a year, and a file of their sentences, read when asked for.

A row is a list in the order of COLUMNS; words of the enumerations are numbers, the places in LISTS. As scripts that
hand their rows over, the files can be read from disk too, where a browser lets no page fetch anything.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from crawler.report.book import Book
from crawler.report.files import File, page
from crawler.report.paths import event_path
from crawler.report.words import ACTIONS, AI, AI_MARKS, INDUSTRIES, STATUSES, plainly
from extract.records import Event
from extract.totals import LEFT_OUT
from pipelines.snapshot import Line

#: Of each row, in this order; the columns of the events table.
COLUMNS = (
    "event_id", "company", "date", "action", "status", "ai", "industry", "country", "headcount_min", "headcount",
    "headcount_max", "headcount_relation", "pct_min", "pct_max", "pct_relation", "unit", "ai_link", "n_articles",
    "n_publishers", "confidence", "review_status",
)  # fmt: skip
LISTS: dict[str, tuple[str | None, ...]] = {
    "action": tuple(ACTIONS), "status": tuple(STATUSES), "ai": tuple(AI),
    "headcount_relation": (None, "exact", "about", "at_least", "at_most", "range", "vague"),
}  # fmt: skip
LISTS["pct_relation"] = LISTS["headcount_relation"]
#: Rows of a page of the table.
PAGE = 100


def table_pages(book: Book) -> Iterator[File]:
    """The page, and two files for each year."""
    for year, lines in book.years.items():
        mark = book.mark(lines)
        yield File(f"data/rounds-{year}.js", mark, partial(_rows, book, year, lines))
        yield File(f"data/quotes-{year}.js", mark, partial(_quotes, book, year, lines))
    yield File("events.html", book.whole, partial(_page, book))


def _rows(book: Book, year: str, lines: Sequence[Line]) -> bytes:
    return _script("rows", year, [row(event) for event in book.events(lines)])


def _quotes(book: Book, year: str, lines: Sequence[Line]) -> bytes:
    return _script("quotes", year, [[event.evidence, event.evidence_url] for event in book.events(lines)])


def row(event: Event) -> list[Any]:
    """An event as a row of the table.

    >>> row(Event(event_id="acme-2026", company="Acme", ai="none", headcount=90))[:10]
    ['acme-2026', 'Acme', None, 0, 0, 3, None, None, None, 90]
    """
    cells = [_cell(name, getattr(event, name)) for name in COLUMNS]
    path = event_path(event.event_id or "")
    if path != f"event/{event.event_id}.html":
        cells.append(path)  # behind the columns: where the page lies, if its name does not say so
    return cells


def _cell(name: str, value: Any) -> Any:
    if name in LISTS:
        return LISTS[name].index(value) if value in LISTS[name] else value
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _script(what: str, year: str, found: Sequence[Any]) -> bytes:
    """A script that hands rows over. JSON is a part of JavaScript; "<" is written out, so that HTML sees none."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'ledger("{what}","{year}",{text});\n'.encode("utf-8", "backslashreplace")


def _page(book: Book) -> bytes:
    facets: dict[str, Counter[str]] = defaultdict(Counter)
    for year, lines in book.years.items():
        found = book.manifest.result(f"facets {year}", book.mark(lines), lambda lines=lines: _facets(book, lines))  # type: ignore[misc]
        for name, counts in found.items():
            facets[name].update(counts)
    latest = _first(book)
    about = f"{plainly(len(book.lines))} rounds of job cuts, to search, sort, filter and download."
    return page(
        "events.html.j2", "events.html", "All rounds", about, book.options.base, count=len(book.lines),
        years=list(book.years), events=latest,
        links={event.event_id: event_path(event.event_id or "") for event in latest},
        facets={name: sorted(found.items()) for name, found in facets.items()}, schema=Markup(_schema()),
    )  # fmt: skip


def _first(book: Book) -> list[Event]:
    """The events that the script shows first: in the order of the files, those ahead first and the undated last."""
    found: list[Event] = []
    for lines in book.years.values():
        found += book.events(lines)[: PAGE - len(found)]
        if len(found) == PAGE:
            break
    return found


def _schema() -> str:
    """What the script must know of the rows, as JSON that may stand in a page."""
    labels = {"action": ACTIONS, "status": STATUSES, "mark": AI_MARKS, "industry": INDUSTRIES}
    table = {"columns": COLUMNS, "lists": LISTS, "labels": labels, "page": PAGE, "left_out": LEFT_OUT}
    return json.dumps(table, separators=(",", ":")).replace("<", "\\u003c")


def _facets(book: Book, lines: Sequence[Line]) -> dict[str, dict[str, int]]:
    """How many rounds have each industry, country, action, status and answer on AI."""
    names = ("industry", "country", "action", "status", "ai")
    found = {name: Counter(value or "" for value in book.ledger.values(lines, name)) for name in names}
    return {name: dict(sorted(counts.items())) for name, counts in found.items()}
