"""The front page, and the page of what others count."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup

from crawler.report.book import Book
from crawler.report.drawing import Series, period_words, quoted_shares, share_charts
from crawler.report.files import File, page
from crawler.report.paths import event_path
from crawler.report.words import plain_date
from extract import __version__
from extract.days import span
from pipelines.atom import HOME
from pipelines.attributions import counted_by_others
from pipelines.package import LICENCE
from pipelines.rows import Row
from pipelines.snapshot import fingerprint

LATEST = 10  # events on the front page
QUOTED = 8  # other counts on the front page


def front_pages(book: Book) -> Iterator[File]:
    """index.html and quoted.html."""
    totals = _distinct(book.ledger.quoted())
    mark = fingerprint(book.whole, book.reach, [sorted(row.items()) for row in totals])
    yield File("index.html", mark, partial(_front, book, totals))
    yield File("quoted.html", mark, partial(_quoted, book, totals))


def _front(book: Book, totals: Sequence[Row]) -> bytes:
    series = Series(book, book.months, "stretch")
    shares = series.shares()
    quoted = quoted_shares(counted_by_others(book.ledger.path), series)
    year = book.year
    sums = book.total(year)
    latest = book.ledger.events(book.latest(LATEST))
    title, about = _headline(year, sums)
    return page(
        "index.html.j2", "index.html", title, about, book.options.base,
        since=year[0] if year else None, begun=book.begun, as_of=book.as_of, sums=sums, whole=book.total(book.months),
        size=book.ledger.size, charts=series.columns(), buckets=series.buckets(), grain=series.grain,
        outside=series.outside, shares=shares,
        bands=share_charts(shares, book.definitions, quoted), quoted=quoted, definitions=book.definitions,
        year_shares=book.shares(year), events=latest,
        links={event.event_id: event_path(event.event_id or "") for event in latest},
        totals=[_beside(book, row) for row in totals[:QUOTED]], more_totals=len(totals) > QUOTED,
        dataset=Markup(_dataset(book)),
    )  # fmt: skip


def _headline(year: Sequence[str], sums: Mapping[str, Any]) -> tuple[str, str]:
    since = f" since {plain_date(year[0])}" if year else ""
    spread = f" (between {sums['low']:,} and {sums['high']:,})" if sums["low"] != sums["high"] else ""
    told = f"{sums['point']:,} jobs{spread} cut in {sums['rounds']:,} rounds{since}"
    return "Job cuts, and whether AI was the reason", f"{told}, each with the sentence that says so."


def _distinct(totals: Sequence[Row]) -> list[Row]:
    """The quoted totals, each once however many articles quote it."""
    names = ("publisher", "period", "measure", "sector", "value", "ai_value")
    found: dict[tuple[Any, ...], Row] = {}
    for row in totals:
        key = tuple(row[name] for name in names)
        if key in found:
            found[key]["articles"] += 1
        else:
            found[key] = row | {"articles": 1}
    return list(found.values())


def _beside(book: Book, row: Row) -> Row:
    """A quoted total with ours for the same period; `before` says that it begins before the articles do."""
    months, days = book.inside(row["period"]), span(row["period"].partition("/")[0])
    before = bool(days and book.begun and days[0].isoformat()[:7] < book.begun[:7])
    share = row["ai_value"] / row["value"] if row["ai_value"] is not None and row["value"] else None
    ours = None
    if months and row["sector"] is None and not before:
        ours = book.total(months)
    ai = book.shares(months) if ours else None
    return row | {"when": period_words(row["period"]), "share": share, "ours": ours, "ai": ai, "before": before}


def _quoted(book: Book, totals: Sequence[Row]) -> bytes:
    about = "Totals of job cuts that others publish, as articles quote them, beside the rounds in this ledger."
    return page(
        "quoted.html.j2", "quoted.html", "Other counts", about, book.options.base,
        totals=[_beside(book, row) for row in totals], definitions=book.definitions, begun=book.begun,
    )  # fmt: skip


def _dataset(book: Book) -> str:
    """The table as schema.org's Dataset, JSON-LD that may stand in a page."""
    days = [days for key in book.months if (days := span(key))]
    base = book.options.base
    table = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": "Layoff Ledger: job cuts as news tells them",
        "description": (
            "One row is one round of job cuts by one employer: who, how many, when, and whether AI was given as a "
            "reason, with the sentence that says so and its place in the article."
        ),
        "url": base or HOME,
        "license": LICENCE["path"],
        "isAccessibleForFree": True,
        "keywords": ["layoffs", "job cuts", "news", "artificial intelligence"],
        "creator": {"@type": "Organization", "name": "layoff-ledger contributors", "url": HOME},
        "version": __version__,
        "measurementTechnique": "rules over news articles; every value with its sentence",
        "variableMeasured": ["jobs cut", "share of the workforce", "date", "whether AI is given as a reason"],
    }
    if days:
        first, last = min(d[0] for d in days), max(d[1] for d in days)
        table["temporalCoverage"] = f"{first}/{last}"
    if book.as_of:
        table["dateModified"] = book.as_of
    table["distribution"] = [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "name": path, "contentUrl": base + path}
        for path in book.packages
    ]
    return json.dumps(table, ensure_ascii=False, indent=1).replace("<", "\\u003c")
