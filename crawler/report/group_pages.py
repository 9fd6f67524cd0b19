"""Pages of a company, an industry and a month, and the lists of all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from markupsafe import Markup, escape

from crawler.html import visible
from crawler.report.book import Book, told
from crawler.report.drawing import Series, company_timeline
from crawler.report.files import File, page
from crawler.report.paths import company_path, event_path, industry_path, month_path
from crawler.report.sums import sums as sums_of
from crawler.report.telling import name
from crawler.report.words import number, plain_date, plainly
from extract.records import Event
from extract.shares import Tally
from extract.totals import counted, figure
from pipelines.snapshot import Line, fingerprint

MOST = 150  # rounds listed on a page of a company; the table of all has the rest
RECENT = 40  # on that of an industry, the newest
LARGEST = 12  # companies named on the page of an industry


def group_pages(book: Book) -> Iterator[File]:
    """All of them."""
    for key, lines in book.companies.items():
        yield File(company_path(key), book.mark_of_companies(lines), partial(_company, book, key, lines))
    for key, lines in book.industries.items():
        mark = fingerprint(book.mark(lines), book.year, book.reach)
        yield File(industry_path(key), mark, partial(_industry, book, key, lines))
    keys = [key for key in book.months if key]
    for place, key in enumerate(keys):
        beside = ("" if place == 0 else keys[place - 1], keys[place + 1] if place + 1 < len(keys) else "")
        mark = fingerprint(book.mark(book.months[key]), beside)
        yield File(month_path(key), mark, partial(_month, book, key, beside))
    yield from _lists(book)


def links(events: Sequence[Event]) -> dict[str | None, str]:
    """Event -> its page."""
    return {event.event_id: event_path(event.event_id or "") for event in events}


def _told(sums: dict[str, Any]) -> str:
    """The sums as one sentence, for search engines and shared links."""
    spread = f" (between {sums['low']:,} and {sums['high']:,})" if sums["low"] != sums["high"] else ""
    rounds = "round" if sums["rounds"] == 1 else "rounds"
    silent = f"; {sums['unknown']['figure']:,} without a number" if sums["unknown"]["figure"] else ""
    return f"{sums['point']:,} jobs{spread} in {sums['rounds']:,} {rounds} of job cuts{silent}."


def _first(book: Book) -> tuple[str, Any] | None:
    """Name and definition of AI-attributed cuts that pages show where they have room for one."""
    return next(iter(book.definitions.items()), None)


def _ai(book: Book, lines: Sequence[Line]) -> dict[str, Any]:
    first = _first(book)
    if first is None:
        return {"share_of_ai": None, "definition": None}
    return {"share_of_ai": book.shares_of(lines, [first[0]])[first[0]], "definition": first[1]}


def _company(book: Book, key: str, lines: Sequence[Line]) -> bytes:
    events, sums = book.events(lines), sums_of(book.ledger.events(lines))
    known = book.ledger.company(key)
    shown, called = events[:MOST], name(known["name"])
    return page(
        "company.html.j2", company_path(key), f"Job cuts at {called}", f"{called}: {_told(sums)}",
        book.options.base, company=known, sums=sums, events=shown, links=links(shown), whole=len(events),
        industry_page=industry_path(known["industry"]) if known["industry"] else "",
        names=sorted({event.company for event in events} - {known["name"]}), charts=company_timeline(events),
        unknown=sum(figure(event) is None for event in events), **_ai(book, lines),
        all_hollow=not any(counted(event) for event in events),
    )  # fmt: skip


def _industry(book: Book, key: str, lines: Sequence[Line]) -> bytes:
    title, months, series = lines[0].industry or "", book.by_month(key), _series(book, key)
    sums = series.whole()
    shown = book.events(lines) if len(lines) <= RECENT else book.ledger.events(book.latest(RECENT, months))
    return page(
        "industry.html.j2", industry_path(title), f"Job cuts: {title}", f"{title}: {_told(sums)}", book.options.base,
        name=title, sums=sums, events=shown, links=links(shown), whole=len(lines), charts=series.columns(),
        buckets=series.buckets(), grain=series.grain, outside=series.outside, begun=book.begun,
        largest=_largest(book, lines), **_lately(book, key),
    )  # fmt: skip


def _series(book: Book, key: str) -> Series:
    """An industry over time; added up stretch by stretch, so that few are added up anew. Without a key of none."""
    return Series(book, book.by_month(key), f"industry {key}")


def _lately(book: Book, key: str) -> dict[str, Any]:
    """The share of AI in an industry over the last twelve months, added up from them."""
    first, months = _first(book), book.by_month(key)
    if first is None:
        return {"share_of_ai": None, "definition": None}
    parts = (book.kept_tally(f"{key} {month}", months[month])[first[0]] for month in book.year if month in months)
    return {"share_of_ai": told(sum(parts, Tally())), "definition": first[1]}


def _largest(book: Book, lines: Sequence[Line]) -> list[tuple[str, str, int, int]]:
    """The companies with most jobs cut: name, page, jobs and rounds that count."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[line.company_id].append(line)
    names = {key: members[-1].company for key, members in groups.items()}
    found = [(key, *_jobs(book, key, members)) for key, members in groups.items()]
    found.sort(key=lambda one: (-one[1], one[0]))
    return [(names[key], company_path(key), jobs, rounds) for key, jobs, rounds in found[:LARGEST] if jobs]


def _jobs(book: Book, key: str, lines: Sequence[Line]) -> tuple[int, int]:
    """Jobs and rounds of a company; what is known of all its rounds where these are all of them."""
    if len(lines) == len(book.companies[key]):
        return book.jobs(key)
    sums = sums_of(book.ledger.events(lines))
    return sums["point"], sums["rounds"]


def _month(book: Book, key: str, beside: tuple[str, str]) -> bytes:
    lines = book.months[key]
    events, sums = book.events(lines), book.sums(f"month {key}", lines)
    events.sort(key=lambda event: (not counted(event), -(figure(event) or (0, 0, 0))[1]))
    told = f"{plain_date(key)}: {_told(sums)}"
    return page(
        "month.html.j2", month_path(key), f"Job cuts in {plain_date(key)}", told, book.options.base,
        month=key, sums=sums, events=events, links=links(events),
        beside=[(one, month_path(one) if one else "") for one in beside], **_ai(book, lines),
    )  # fmt: skip


def _lists(book: Book) -> Iterator[File]:
    whole = book.whole
    yield File("companies.html", whole, partial(_companies, book))
    yield File("industries.html", fingerprint(whole, book.reach), partial(_industries, book))
    yield File("months.html", whole, partial(_months, book))


def _companies(book: Book) -> bytes:
    """All companies by the first character of their names."""
    letters: dict[str, list[Markup]] = defaultdict(list)
    named = sorted((lines[-1].company.casefold(), key, lines) for key, lines in book.companies.items())
    for folded, key, lines in named:
        jobs = book.jobs(key)[0]
        letter = folded[:1].upper() if folded[:1].isascii() and folded[:1].isalpha() else "#"
        letters[letter].append(_entry(lines[-1].company, company_path(key), jobs, len(lines)))
    ordered = dict(sorted(letters.items(), key=lambda one: (one[0] == "#", one[0])))
    count = len(book.companies)
    return page(
        "companies.html.j2", "companies.html", "Companies", f"{plainly(count)} employers whose job cuts are told.",
        book.options.base, letters=ordered, count=count,
    )  # fmt: skip


def _entry(company: str, target: str, jobs: int, rounds: int) -> Markup:
    """A company in the list; a template for each of ten thousand takes four times as long."""
    told = f"{number(jobs)} {'job' if jobs == 1 else 'jobs'}" if jobs else '<span class="none">no number</span>'
    more = f'<span class="none">, {rounds} rounds</span>' if rounds > 1 else ""
    return Markup(f'<a href="{target}"><bdi>{escape(visible(name(company)))}</bdi></a> {told}{more}')


def _industries(book: Book) -> bytes:
    found = [
        (lines[0].industry, industry_path(lines[0].industry or ""), _series(book, key).whole())
        for key, lines in book.industries.items()
    ]
    found.sort(key=lambda one: (-one[2]["point"], one[0] or ""))
    return page(
        "industries.html.j2", "industries.html", "Industries", "Job cuts by the employer’s industry.",
        book.options.base, industries=found, missing=_series(book, "").whole(),
        greatest=max((one[2]["point"] for one in found), default=0),
    )  # fmt: skip


def _months(book: Book) -> bytes:
    found = [(key, month_path(key), book.sums(f"month {key}", lines)) for key, lines in book.months.items()]
    years: dict[str, list[Any]] = defaultdict(list)
    for one in reversed(found):
        years[one[0][:4]].append(one)
    return page(
        "months.html.j2", "months.html", "Months", "Job cuts month by month: low, point and high.", book.options.base,
        years=dict(sorted(years.items(), reverse=True)),
        greatest=max((one[2]["point"] for one in found), default=0),  # one scale for all years
    )  # fmt: skip
