"""What a crawl found at each source: how its list was answered, what it listed, and what its pages held."""

from __future__ import annotations

import statistics
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crawler.promise import promising
from crawler.prose import mark, prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.entries import Entry
    from crawler.sources import Source

#: Addresses of one list that are remembered until the next visit; longer lists are archives.
MOST = 5_000
#: Pages of a source that are looked into: measuring one takes a fifth of a millisecond of the crawl's only thread.
SAMPLE = 20


@dataclass(slots=True)
class Visit:
    """One source in one crawl."""

    source: Source
    answers: Counter[str] = field(default_factory=Counter)  # read, not modified, not read, failed, refused
    reason: str | None = None  # of the first answer that was no good
    moved_to: str | None = None  # where a permanent redirect leads
    entries: dict[str, str | None] = field(default_factory=dict)  # address -> its date
    promising: int = 0
    pages: int = 0
    sizes: list[int] = field(default_factory=list)  # bytes of prose of each page
    faces: Counter[str] = field(default_factory=Counter)  # marks of the pages' prose
    articles: int = 0
    undated: int = 0
    hints: list[Entry] = field(default_factory=list)  # of a search feed, whose publisher's address is not known

    @property
    def outcome(self) -> str:
        """How the list was answered: read where any part of it was."""
        return next((word for word in ("read", "not modified") if self.answers[word]), "") or next(
            iter(self.answers), "not visited"
        )

    def row(self) -> dict[str, Any]:
        """As a row of table source_runs, with the addresses under `entries`."""
        newest = sorted(self.entries.items(), key=lambda one: one[1] or "", reverse=True)  # a list may begin long ago
        alike = max(self.faces.values(), default=0) * self.pages // max(len(self.sizes), 1)
        return {
            "source_id": self.source.id, "outcome": self.outcome, "reason": self.reason, "moved_to": self.moved_to,
            "entries": dict(newest[:MOST]), "listed": len(self.entries),
            "dated": sum(day is not None for day in self.entries.values()), "promising": self.promising,
            "pages": self.pages, "alike": alike, "prose": int(statistics.median(self.sizes)) if self.sizes else None,
            "articles": self.articles, "undated": self.undated,
        }  # fmt: skip


class Visits:
    """The visits of a crawl, by source."""

    def __init__(self, sources: Iterable[Source]) -> None:
        """One visit a source, at which nothing has happened yet."""
        self.sources = tuple(sources)
        self.by_id = {source.id: Visit(source) for source in self.sources}

    def read(self, source: Source, entries: Iterable[Entry]) -> None:
        """A list, or a page of it, was read."""
        visit = self.by_id[source.id]
        visit.answers["read"] += 1
        for entry in entries:
            visit.promising += entry.url not in visit.entries and promising(entry)
            visit.entries[entry.url] = entry.dated or visit.entries.get(entry.url)

    def ended(self, source: Source, outcome: str, reason: str | None = None) -> None:
        """A request for a list ended otherwise: not modified, not read, failed or refused."""
        visit = self.by_id[source.id]
        visit.answers[outcome] += 1
        visit.reason = visit.reason or reason

    def moved(self, source: Source, address: str) -> None:
        """The list's address leads to another one for good."""
        self.by_id[source.id].moved_to = address

    def page(self, source: Source, body: bytes) -> None:
        """A page came that the source led to."""
        visit = self.by_id[source.id]
        visit.pages += 1
        if len(visit.sizes) < SAMPLE:
            text = prose(body)
            visit.sizes.append(len(text))
            visit.faces[mark(text or body)] += 1

    def article(self, source_id: str | None, *, dated: bool) -> None:
        """An article was read that the source led to."""
        if visit := self.by_id.get(source_id or ""):
            visit.articles += 1
            visit.undated += not dated

    def hint(self, source: Source, entry: Entry) -> None:
        """A search feed's entry came without its publisher's address."""
        self.by_id[source.id].hints.append(entry)

    def hints(self) -> list[dict[str, Any]]:
        """Those entries as rows of table rejections."""
        return [
            {
                "url": entry.url, "reason": "Unresolved", "rule": "search.unresolved", "source": visit.source.id,
                "words": f"{entry.title or ''} ({entry.publisher or 'no publisher named'})"[:500],
            }
            for visit in self.by_id.values() for entry in visit.hints
        ]  # fmt: skip

    def failed(self) -> list[str]:
        """The sources that gave nothing, each with its reason: "acme (http 404)"."""
        bad = [v for v in self.by_id.values() if v.outcome in {"failed", "refused", "not read"}]
        return [f"{v.source.id} ({v.reason or v.outcome})" for v in bad]

    def rows(self) -> list[dict[str, Any]]:
        """The visits as rows of table source_runs; a source that had no answer yet is left out."""
        return [visit.row() for visit in self.by_id.values() if visit.answers]

    def source_rows(self) -> list[dict[str, Any]]:
        """The sources as rows of table sources."""
        names = (
            "name", "publisher", "country", "kind", "url", "tier", "evidence", "checked", "expected_gap_days", "terms",
        )  # fmt: skip
        return [
            {"source_id": s.id, **{name: getattr(s, name) for name in names}, "tags": " ".join(s.tags)}
            for s in self.sources
        ]
