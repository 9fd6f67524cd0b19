"""`scrapy crawl news`: what the sources of data/sources.toml list, fetched."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import UsageError
from scrapy.spidermiddlewares.httperror import HttpError

from crawler import dates, rendering, shards
from crawler.alternates import amp_copy
from crawler.entries import Entry
from crawler.hints import is_engine, publisher_address
from crawler.middlewares.refusals import Refused
from crawler.outcomes import reason
from crawler.promise import promising
from crawler.sources import Source, choose, load
from crawler.spiders.base import given, listed
from crawler.spiders.lists import ListSpider
from crawler.visits import Visits
from extract.records import Page
from pipelines.clock import stamp
from pipelines.paths import from_root

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from scrapy.http import Request, Response

    from pipelines.health import Health

#: Lists before pages, so that the dates of all sources are known; pages that promise news of cuts before others.
LIST, PROMISING = 10, 5
#: A publisher who answers so has shown us the entry and keeps the article for subscribers.
PAYWALL = {401, 402, 403}


class NewsSpider(ListSpider):
    """Reads the chosen sources, then each page that they list and that is not too old."""

    name = "news"

    def __init__(self, source: str = "", tag: str = "", since: str = "", shard: str = "", **unknown: Any) -> None:
        """Take `source` and `tag` (several: with commas), `since`, a day, and `shard`, as 2/8. Raises UsageError."""
        super().__init__(**unknown)
        self.source, self.tag, self.since, self.shard = source, tag, since, shard  # as given: the run's row has them
        self.told: dict[str, str] = {}  # address -> earliest date of publication that any source gives
        self.health: list[Health] = []  # of the sources visited, once the database has judged them
        self.from_day = given("since", dates.day, since) if since else None
        self.hosts = given("shard", shards.shard, shard)

    def prepare(self) -> None:
        """Load the sources and choose. Raises UsageError for a name or tag that none has, SourceError for the file."""
        try:
            chosen = choose(load(from_root(self.settings["SOURCES"])), listed(self.source), listed(self.tag))
        except LookupError as error:
            raise UsageError(error.args[0]) from None
        self.sources = tuple(s for s in chosen if s.kind == "search_feed" or self.hosts.holds(s.url))
        self.visits = Visits(self.sources)
        rendering.prepare(self.crawler, self.sources)
        self.crawler.signals.connect(self.scraped, signals.item_scraped)

    def scraped(self, item: Any) -> None:
        """Count an article for its source."""
        if article := getattr(item, "article", None):
            self.visits.article(article.source, dated=article.published is not None)

    async def start(self) -> AsyncIterator[Request]:
        """One request a source."""
        for source in self.sources:
            if source.render and not rendering.installed():
                self.count("sources/failed/no browser")
                self.visits.ended(source, "failed", rendering.MISSING)
                continue
            yield self.request(source.url, self.reader(source), source=source)

    def request(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        """As any spider's, by a browser where the source asks for one; pages that promise news of cuts come first."""
        made = super().request(url, callback, **kwargs)
        entry = kwargs.get("entry")
        priority = LIST if entry is None else PROMISING if promising(entry) else 0
        meta = {"kind": "source"} if entry is None else {}
        return rendering.rendered(made.replace(priority=priority, meta=meta), kwargs["source"])

    def entry(self, entry: Entry, source: Source) -> Iterator[Request]:
        """A request for the publisher's page that an entry leads to; where that is not known, the hint is noted."""
        self.count("entries/listed")
        address = publisher_address(entry.url)
        if address is None:
            self.hint(entry, source)
        elif source.kind == "search_feed" and not self.hosts.holds(address):
            self.count("entries/other shard")
        else:
            if entry.published:
                self.told[address] = min(entry.published, self.told.get(address, entry.published))
            yield self.request(address, self.read_article, source=source, entry=entry)

    def hint(self, entry: Entry, source: Source) -> None:
        """A search engine's entry whose publisher's address is not known is kept apart, in table rejections."""
        self.count("entries/unresolved")
        self.visits.hint(source, entry)

    def read_article(self, response: Response, source: Source, entry: Entry) -> Iterator[Any]:
        """The page itself; its date is the sources', where one gives it.

        A page that holds nothing to read while its entry promises news is asked for once more as its AMP copy.
        """
        if is_engine(response.url):
            self.hint(entry, source)
            return
        page = self.page(response, source=source.id, **self.said(entry))
        if page is None:
            return
        self.visits.page(source, page.body)
        copy = amp_copy(response) if promising(entry) else None
        if copy:
            yield self.request(copy, self.read_copy, source=source, entry=entry, original=page.url)
        else:
            yield page

    def read_copy(self, response: Response, source: Source, entry: Entry, original: str) -> Iterator[Page]:
        """The AMP copy in place of the page, under the page's own address."""
        copy = self.page(response, source=source.id, **self.said(entry))
        if copy is not None:
            yield replace(copy, url=original)
        else:
            yield from self.told_by(entry, source, original)

    def failed(self, failure: Any) -> Iterator[Page]:
        """Errback. Where an article is for subscribers only, the entry itself is a short article."""
        known = failure.request.cb_kwargs
        entry, source = known.get("entry"), known["source"]
        self.ended("sources" if entry is None else "pages", failure)
        if entry is None:
            words = reason(failure.value)
            refused = "refused" if isinstance(failure.value, Refused) else "failed"
            self.visits.ended(source, words if words == "not modified" else refused, words)
            return
        shut = isinstance(failure.value, HttpError) and failure.value.response.status in PAYWALL
        if shut or "original" in known:
            yield from self.told_by(entry, source, known.get("original") or publisher_address(entry.url) or entry.url)

    def told_by(self, entry: Entry, source: Source, url: str) -> Iterator[Page]:
        """The short article that an entry is, where it has both title and summary."""
        if entry.title and entry.summary:
            said = {"title": entry.title, "text": entry.summary, **self.dated(entry)}
            yield Page(url=url, source=source.id, fetched_at=stamp(), grade="entry", **said)

    def dated(self, entry: Entry) -> dict[str, Any]:
        """The fields of a Page that say when it was published, where a source does."""
        day = self.told.get(publisher_address(entry.url) or entry.url)
        return {"published": day, "published_from": "feed"} if day else {}

    def said(self, entry: Entry) -> dict[str, Any]:
        """The fields of a Page that an entry fills: its date, and both headline and summary where it has both."""
        told = {"headline": entry.title, "summary": entry.summary} if entry.title and entry.summary else {}
        return {**self.dated(entry), **told}
