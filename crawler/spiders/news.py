"""`scrapy crawl news`: what the sources of data/sources.toml list, fetched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError
from scrapy.spidermiddlewares.httperror import HttpError

from crawler import dates, feeds, sitemaps
from crawler.addresses import web_address
from crawler.entries import Entry, NotRead
from crawler.sources import Source, choose, load
from crawler.spiders.base import PageSpider, listed
from extract.records import Page
from pipelines.paths import from_root

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable, Iterator

    from scrapy.http import Request, Response

#: Sitemap within sitemap within …: sites use two levels.
MAX_LEVELS = 3
#: Of a sitemap index, the newest sitemaps; of a sitemap without dates, the newest pages. `since` takes all since then.
MAX_SITEMAPS, MAX_PAGES = 10, 200
#: A publisher who answers so has shown us the entry and keeps the article for subscribers.
PAYWALL = {401, 402, 403}


class NewsSpider(PageSpider):
    """Reads the chosen sources, then each page that they list and that is not too old."""

    name = "news"

    def __init__(self, source: str = "", tag: str = "", since: str = "", **unknown: Any) -> None:
        """Take `source` and `tag` (several: with commas) and `since`, a day. Raises UsageError."""
        super().__init__(**unknown)
        self.source, self.tag, self.since = source, tag, since  # as given: the row of the run repeats them
        self.sources: tuple[Source, ...] = ()
        self.told: dict[str, str] = {}  # address -> earliest date of publication that any source gives
        try:
            self.from_day = dates.day(since) if since else None
        except ValueError as error:
            raise UsageError(f"since: {error}") from None

    def prepare(self) -> None:
        """Load the sources and choose. Raises UsageError for a name or tag that none has, SourceError for the file."""
        try:
            self.sources = choose(load(from_root(self.settings["SOURCES"])), listed(self.source), listed(self.tag))
        except LookupError as error:
            raise UsageError(error.args[0]) from None

    async def start(self) -> AsyncIterator[Request]:
        """One request a source."""
        readers = {"feed": self.read_feed, "search_feed": self.read_feed, "index": self.read_index}
        for source in self.sources:
            yield self.list_request(source.url, readers.get(source.kind, self.read_sitemap), source=source)

    def list_request(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        """A request for what lists pages: before any page, so that the dates of all sources are known."""
        return self.request(url, callback, **kwargs).replace(priority=10, meta={"kind": "source"})

    def read_feed(self, response: Response, source: Source) -> Iterator[Request]:
        """RSS or Atom."""
        header = (response.headers.get("Content-Type") or b"").decode("latin-1")
        try:
            found = feeds.entries(response.body, response.url, header)
        except NotRead as error:
            self.unread(response, source, error)
            return
        yield from self.follow(found, source)

    def read_sitemap(self, response: Response, source: Source, level: int = 1) -> Iterator[Request]:
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
            for child in self.recent(sitemap.sitemaps, MAX_SITEMAPS):
                yield self.list_request(child.url, self.read_sitemap, source=source, level=level + 1)
        pages = sitemap.pages if source.kind == "news_sitemap" else self.recent(sitemap.pages, MAX_PAGES)
        yield from self.follow(pages, source)

    def read_index(self, response: Response, source: Source) -> Iterator[Request]:
        """A page of headlines: its links to articles, as the source's `links` knows them."""
        addresses = (web_address(href, response.url) for href in response.css("a::attr(href)").getall())
        found = dict.fromkeys(a.partition("#")[0] for a in addresses if a is not None and source.matches(a))
        if not found:
            self.unread(response, source, NotRead(f"no link that matches {source.links}"))
            return
        yield from self.follow([Entry(url=address) for address in found], source)

    def recent(self, entries: list[Entry], limit: int) -> list[Entry]:
        """Those since the day asked for; without it, or without dates, the newest `limit`."""
        ordered = sorted(entries, key=lambda entry: entry.dated or "", reverse=True)
        kept = [e for n, e in enumerate(ordered) if n < limit or (self.from_day and e.dated)]
        self.count("entries/beyond limit", len(entries) - len(kept))
        return [entry for entry in kept if not dates.older(entry.dated, self.from_day)]

    def follow(self, entries: Iterable[Entry], source: Source) -> Iterator[Request]:
        """A request for each entry that is not too old. The source counts as read."""
        self.count("sources/read")
        for entry in entries:
            if dates.older(entry.dated, self.from_day):
                self.count("entries/older")
                continue
            self.count("entries/listed")
            if entry.published:
                self.told[entry.url] = min(entry.published, self.told.get(entry.url, entry.published))
            yield self.request(entry.url, self.read_article, source=source, entry=entry)

    def read_article(self, response: Response, source: Source, entry: Entry) -> Iterator[Page]:
        """The page itself; its date is the sources', where one gives it."""
        page = self.page(response, source=source.id, **self.dated(entry))
        if page is not None:
            yield page

    def unread(self, response: Response, source: Source, error: NotRead) -> None:
        """Count and tell a source whose answer is not what it should be."""
        self.logger.warning("source %s: %s: %s", source.id, response.url, error)
        self.count("sources/failed/not read")
        self.ended_as(response, "failed", "not read")

    def failed(self, failure: Any) -> Iterator[Page]:
        """Errback. Where an article is for subscribers only, the entry itself is a short article."""
        entry = failure.request.cb_kwargs.get("entry")
        self.ended("sources" if entry is None else "pages", failure)
        shut = isinstance(failure.value, HttpError) and failure.value.response.status in PAYWALL
        if shut and entry is not None and entry.title and entry.summary:
            source = failure.request.cb_kwargs["source"]
            self.count("pages/entry only")
            yield Page(url=entry.url, title=entry.title, text=entry.summary, source=source.id, **self.dated(entry))

    def dated(self, entry: Entry) -> dict[str, Any]:
        """The fields of a Page that say when it was published, where a source does."""
        day = self.told.get(entry.url)
        return {"published": day, "published_from": "feed"} if day else {}
