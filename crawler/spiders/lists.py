"""Reading what lists pages: feeds, sitemaps, pages of headlines; and what they say of each source's health."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crawler import dates, feeds, indexes, reach, sitemaps
from crawler.alternates import moved_to
from crawler.entries import Entry, NotRead
from crawler.promise import promising
from crawler.spiders.base import PageSpider

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from scrapy.http import Response

    from crawler.sources import Source
    from crawler.visits import Visits

#: Sitemap within sitemap within …: sites use two levels.
MAX_LEVELS = 3
#: Of a sitemap index, the newest sitemaps; of a sitemap without dates, the newest pages. `since` takes all since then.
MAX_SITEMAPS, MAX_PAGES = 10, 200


class ListSpider(PageSpider):
    """A spider that reads lists of sources; what it does with an entry is `entry`'s to say."""

    max_sitemaps = MAX_SITEMAPS
    pages_back = True  # whether lists are followed back to `from_day`
    from_day: date | None
    visits: Visits

    def reader(self, source: Source) -> Callable[..., Iterator[Any]]:
        """The callback for the first answer of a source."""
        return self.read_sitemap if source.kind in {"sitemap", "news_sitemap"} else self.read_list

    def read_list(self, response: Response, source: Source, number: int = 1) -> Iterator[Any]:
        """The `number`th page of a feed or of a page of headlines; then, where `since` asks for it, the next."""
        header = (response.headers.get("Content-Type") or b"").decode("latin-1")
        try:
            listing = (
                indexes.read(response, source)
                if source.kind == "index"
                else feeds.read(response.body, response.url, header)
            )
        except NotRead as error:
            self.unread(response, source, error)
            return
        seen = self.visits.by_id[source.id].entries
        further = reach.further(listing, source, number, self.from_day, seen)
        yield from self.follow(response, listing.entries, source)
        if further and self.pages_back:
            yield self.request(further, self.read_list, source=source, number=number + 1)

    def read_sitemap(self, response: Response, source: Source, level: int = 1) -> Iterator[Any]:
        """A sitemap, a news sitemap, or an index of either."""
        try:
            sitemap = sitemaps.read(response.body, response.url)
        except NotRead as error:
            self.unread(response, source, error)
            return
        if sitemap.sitemaps and level > MAX_LEVELS:
            self.logger.warning("%s: sitemaps nested deeper than %d are left", response.url, MAX_LEVELS)
            self.count("sources/refused/nested too deep")
        elif sitemap.sitemaps:
            for child in self.recent(sitemap.sitemaps, self.max_sitemaps):
                yield self.request(child.url, self.read_sitemap, source=source, level=level + 1)
        pages = sitemap.pages if source.kind == "news_sitemap" else self.recent(sitemap.pages, MAX_PAGES)
        yield from self.follow(response, pages, source)

    def recent(self, entries: list[Entry], limit: int) -> list[Entry]:
        """Those since the day asked for; without it, or without dates, the newest `limit`."""
        kept = reach.recent(entries, limit, self.from_day)
        self.count("entries/beyond limit", len(entries) - len(kept))
        return kept

    def follow(self, response: Response, entries: Iterable[Entry], source: Source) -> Iterator[Any]:
        """A request for each entry that is not too old. The source counts as read."""
        found = tuple(entries)
        self.noted(response, found, source)
        for entry in sorted(found, key=promising, reverse=True):
            if dates.older(entry.dated, self.from_day):
                self.count("entries/older")
            else:
                yield from self.entry(entry, source)

    def noted(self, response: Response, found: tuple[Entry, ...], source: Source) -> None:
        """Count a list as read, and tell where it has moved for good."""
        self.count("sources/read")
        self.visits.read(source, found)
        if moved := moved_to(response):
            self.visits.moved(source, moved)

    def entry(self, entry: Entry, source: Source) -> Iterator[Any]:
        """What an entry that is not too old leads to."""
        raise NotImplementedError

    def unread(self, response: Response, source: Source, error: NotRead) -> None:
        """Count and tell a source whose answer is not what it should be."""
        self.logger.info("source %s: %s: %s", source.id, response.url, error)
        self.count("sources/failed/not read")
        self.ended_as(response, "failed", "not read")
        self.visits.ended(source, "not read", str(error))
