"""Visits each source once, fetches none of its articles, and says what a crawl would find there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler.spiders.news import NewsSpider

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from crawler.entries import Entry
    from crawler.sources import Source

#: Entries of a source that are shown.
SHOWN = 3


class CheckSpider(NewsSpider):
    """`scrapy sources --check`: one list a source, of an index of sitemaps the newest sitemap. Nothing is stored."""

    name = "check"
    max_sitemaps = 1
    pages_back = False

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """No journey for pages, nothing kept, no summary of a crawl."""
        super().update_settings(settings)
        settings.set("ITEM_PIPELINES", {}, priority="spider")
        settings.set("PAGES", "", priority="spider")
        settings.set(
            "EXTENSIONS", {**settings.getdict("EXTENSIONS"), "crawler.extensions.summary.Summary": None}, "spider"
        )

    def prepare(self) -> None:
        """Choose the sources as a crawl does."""
        super().prepare()
        self.samples: dict[str, list[Entry]] = {source.id: [] for source in self.sources}

    def follow(self, response: Response, entries: Iterable[Entry], source: Source) -> Iterator[Any]:
        """Note what is listed; ask for nothing of it."""
        found = tuple(entries)
        self.noted(response, found, source)
        self.samples[source.id] += found[: SHOWN - len(self.samples[source.id])]
        return iter(())

    def report(self) -> list[dict[str, Any]]:
        """What was found at each source, in the order of the file."""
        return [self._found(source.id) for source in self.sources]

    def _found(self, source_id: str) -> dict[str, Any]:
        visit = self.visits.by_id[source_id]
        row = visit.row()
        days = [day for day in row.pop("entries").values() if day]
        names = ("source_id", "outcome", "reason", "moved_to", "listed", "dated", "promising")
        shown = [{"url": e.url, "title": e.title, "published": e.dated} for e in self.samples[source_id]]
        return {name: row[name] for name in names} | {"newest": max(days, default=None), "entries": shown}
