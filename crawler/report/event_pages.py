"""The page of one event: every value with the passages that state it, rival figures, voices, articles, history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import quote as quoted

from crawler.report.book import Book
from crawler.report.files import File, page
from crawler.report.paths import company_path, event_path, month_path
from crawler.report.words import ACTIONS, NAME, STATUSES, date, headline, people, plain_date, share
from crawler.said import clipped
from extract.days import day
from extract.records import Event
from extract.shares import belongs, grade
from extract.totals import counted
from pipelines.accounts import Account, Quote, account
from pipelines.atom import HOME
from pipelines.export import record
from pipelines.houses import Houses
from pipelines.rows import Row
from pipelines.snapshot import Line

FIRST = 3  # passages of a value that are shown at once
MOST = 40  # passages of a value on the page
_ROLES = ("chosen", "agrees", "conflicts", "superseded", "follows")


@dataclass(frozen=True, slots=True)
class Group:
    """The passages that state one value; `cut` is how many there are where not all are shown."""

    label: str
    value: Any
    first: Sequence[Quote]
    more: Sequence[Quote]
    cut: int | None


def event_pages(book: Book) -> Iterator[File]:
    """A page for each event that is not as it was, company by company."""
    houses = Houses(book.ledger.db)
    for lines in book.companies.values():
        for line in lines:
            path = f"event/{line.event_id}.html"  # nearly always; looked up faster than worked out
            if path not in book.manifest.old:
                path = event_path(line.event_id)
            if not book.manifest.fresh(path, line.mark):
                yield File(path, line.mark, partial(_page, book, houses, line))


def _page(book: Book, houses: Houses, line: Line) -> bytes:
    event, path = book.ledger.event(line.event_id), event_path(line.event_id)
    told = account(book.ledger, houses, line.event_id)
    lead = _lead(event, told)
    return page(
        "event.html.j2", path, headline(event), _about(event), book.options.base,
        event=event, company_page=company_path(line.company_id), month_page=month_path(event.date),
        lead=lead and lead.context, lead_source=lead and lead.source, groups=_groups(event, told), rivals=told.rivals,
        numbers={source.url: source.number for source in told.sources}, voices=told.voices,
        definitions=_verdicts(book, event, told), sources=told.sources, history=_by_day(told.history),
        corrections=told.corrections, redirects=told.redirects, row=_row(event),
        report=report_link(book.options.contact, line.event_id),
    )  # fmt: skip


def _about(event: Event) -> str:
    """The sentence for search engines and shared links."""
    text = f"{headline(event)}. {ACTIONS.get(event.action, event.action)}, {event.status}, {plain_date(event.date)}."
    said = f" “{event.evidence}”" if event.evidence else ""
    return " ".join((text + said).split())[:280]


def _lead(event: Event, told: Account) -> Quote | None:
    """Of the passages in the sentence that states the cut, the one that says most: the number, else the share, …"""
    here = [
        q for q in told.quotes
        if q.source.url == event.evidence_url and q.claim.field == event.evidence_field
        and (event.evidence_start or 0) <= q.claim.start and q.claim.end <= (event.evidence_end or 0)
    ]  # fmt: skip
    order = {kind: place for place, kind in enumerate(("headcount", "share", "cut", "company", "date"))}
    return min(here, key=lambda q: (order.get(q.claim.kind, len(order)), _ROLES.index(q.role)), default=None)


def _groups(event: Event, told: Account) -> list[Group]:
    """The values with their passages, in the order in which a reader asks for them."""
    by_kind: dict[str, list[Quote]] = defaultdict(list)
    for one in told.quotes:
        by_kind[one.claim.kind].append(one)
    what = f"{ACTIONS.get(event.action, event.action)}, {STATUSES.get(event.status, event.status).lower()}"
    if event.unit:
        what += f" ({event.unit[:80]})"
    values = (
        ("headcount", "Jobs", people(event)), ("share", "Share of staff", share(event)), ("cut", "What", what),
        ("date", "When", date(event.date)), ("company", "Who", event.company[:NAME]),
        ("work", "Which work", _told(by_kind["work"])), ("system", "AI named as doing it", _told(by_kind["system"])),
        ("aftermath", "What became of it", _told(by_kind["aftermath"])),
    )  # fmt: skip
    return [_group(label, value, by_kind[kind]) for kind, label, value in values if by_kind[kind]]


def _told(quotes: Sequence[Quote]) -> str:
    """All that such claims say, each value once."""
    return clipped(", ".join(dict.fromkeys(q.claim.value.replace("_", " ") for q in quotes if q.claim.value)), NAME)


def _group(label: str, value: Any, quotes: Sequence[Quote]) -> Group:
    """The chosen passage first, then what agrees, then what does not; the same words of a publisher once."""
    seen: dict[Any, Quote] = {}
    for one in quotes:
        seen.setdefault((one.context, one.source.publisher, one.role), one)
    ordered = sorted(seen.values(), key=lambda q: _ROLES.index(q.role))
    shown = ordered[:MOST]
    return Group(label, value or "not known", shown[:FIRST], shown[FIRST:], _cut(ordered))


def _cut(ordered: Sequence[Quote]) -> int | None:
    return len(ordered) - FIRST if len(ordered) > MOST else None


def _verdicts(book: Book, event: Event, told: Account) -> dict[str, bool]:
    """Title of each definition -> does the event count as AI's by it?"""
    said = [voice.said for voice in told.voices]
    return {
        one.title: bool(belongs(event, one)) and grade(said, one) in ("sure", "disputed")
        for one in book.definitions.values()
        if said and counted(event)
    }


def _by_day(history: Sequence[Row]) -> list[tuple[str | None, list[Row]]]:
    """The changes day by day; of an event that was born and merged the same day each is told once."""
    return [(key, list(changes)) for key, changes in groupby(history, key=lambda row: day(row["changed_at"]))]


def _row(event: Event) -> dict[str, Any]:
    found = record(event)
    return {name: " ".join(v) if isinstance(v, list) else v for name, v in found.items() if v not in (None, [], "")}


def report_link(contact: str, event_id: str) -> str:
    """Where an error in an event is reported: by mail or at the web address given, else with the project."""
    subject = quoted(f"Error in {event_id[:NAME]}")
    if contact.startswith(("https://", "http://")):
        return contact
    return f"mailto:{quoted(contact, safe='@')}?subject={subject}" if contact else f"{HOME}/issues/new?title={subject}"
