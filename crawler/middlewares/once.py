"""Each page once: the ledger of requests decides what is asked for, and learns how every request ends."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.exceptions import NotConfigured
from scrapy.http import Request

from crawler.calls import frozen, thawed
from crawler.middlewares.refusals import NotModified
from crawler.outcomes import request_ended
from crawler.spiders.base import PageSpider
from extract.address import clean
from extract.records import Page
from pipelines import clock, requests
from pipelines.clock import stamp
from pipelines.requests import Asked, Ended, Outcome
from pipelines.store import NotStored, Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from pipelines.rows import Row

#: Keys of a request's meta: its identity in the ledger, what answers it ("source" for what lists pages), whether we
#: told the server what we know.
ADDRESS, KIND, CONDITIONAL = "address", "kind", "conditional"
#: Requests written down at once.
BATCH = 100
#: Seconds for which ends are gathered before they are written: what a kill can cost. A transaction takes a millisecond.
INTERVAL = 0.25
#: How a page that is not asked for again may have ended.
SETTLED = {"stored", "not_modified", "rejected", "duplicate"}


class Once:
    """Spider middleware that writes requests down before they are sent, and lets those go that need not be sent.

    A page that was stored, rejected or has failed too often is known and not asked for again, unless it is due to be
    looked at for corrections (REVISIT_DAYS), or somebody names it. Where the server has given validators they are sent
    along; an answer 304 raises NotModified. What earlier runs left open is asked for too. Without the store it does
    nothing.

    It counts pages/known, pages/duplicate, and pages/waiting for what PAGES_PER_HOST leaves to the next run.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Listen for the ends of requests."""
        if not issubclass(crawler.spidercls, PageSpider) or not crawler.spidercls.uses_network:
            raise NotConfigured
        self.crawler = crawler
        self.asks_again = crawler.spidercls.asks_again
        self.revisits = sorted(map(int, crawler.settings.getlist("REVISIT_DAYS")))
        self.limit = crawler.settings.getint("PAGES_PER_HOST")
        self.hosts: Counter[str] = Counter()  # pages asked for in this run
        self.store: Store | None = None
        self.ended: list[Ended] = []
        self.writing: asyncio.Task[None] | None = None
        self.looking = asyncio.Lock()  # two lists that name one page must not both find that nobody has asked for it
        self.at_end = asyncio.Event()
        self.broken_off: set[int] = set()  # earlier runs that were to do the same
        self.unended = 0
        for handler, signal in (
            (self.scraped, signals.item_scraped),
            (self.dropped, signals.item_dropped),
            (self.item_error, signals.item_error),
            (self.error, signals.spider_error),
            (self.duplicate, signals.request_dropped),
            (self.request_ended, request_ended),
            (self.closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    # --- What goes out ---

    async def process_start(self, start: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What the spider asks for, and what earlier runs left."""
        self.store = self.crawler.get_item_pipeline(Store)
        if self.store is not None:
            self.store.before_end.append(self.finish)
            self.broken_off = await self.store.work(requests.broken_off, self.store.run_id) or set()
        async for one in start:
            if isinstance(one, Request):
                one.meta["start"] = one.meta.get(KIND) == "source"  # every run asks for it anyway
            for request in await self.wanted([one]) if isinstance(one, Request) else [one]:
                yield request
        for request in await self.left():
            yield request

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What a response led to; the end of its own request is written together with the requests it led to.

        So validators of a list are kept only once all that it lists is.
        """
        asked: list[Request] = []
        items = 0
        error: Exception | None = None
        try:
            async for one in result:
                if isinstance(one, Request):
                    asked.append(one)
                else:
                    items += 1
                    yield self.known(one, response) if isinstance(one, Page) else one
        except Exception as raised:  # noqa: BLE001 (what was found before is good; the rest goes its way below)
            error = raised
        end = None if error or items else self.end_of(response)
        for first in range(0, max(len(asked), 1 if end else 0), BATCH):
            last = first + BATCH >= len(asked)
            for request in await self.wanted(asked[first : first + BATCH], end if last else None):
                yield request
        if error:
            raise error

    def known(self, page: Page, response: Response) -> Page:
        """The page with its request's name. The store writes the end of the request together with the article."""
        address = response.meta.get(ADDRESS)
        if address is None or self.store is None:
            return page
        self.ended = [end for end in self.ended if end.address != address]  # of the failure that the page makes good
        self.store.ends[address] = Ended(address=address, outcome="stored", **validators(response))
        return replace(page, request=address)

    def end_of(self, response: Response) -> Ended | None:
        """The end of a request whose response was read and gave no item."""
        meta = response.meta
        if ADDRESS not in meta or meta.get("ended"):
            return None
        if meta.get(KIND) != "source":
            return Ended(address=meta[ADDRESS], outcome="rejected", reason="no page")
        return Ended(address=meta[ADDRESS], outcome="read", since=self.since(), **validators(response))

    def since(self) -> str:
        """The day from which on the spider follows entries; "" for all."""
        return getattr(self.crawler.spider, "since", "")

    @property
    def run(self) -> tuple[int, str]:
        """The number of this run and its spider's name."""
        assert self.store is not None
        return self.store.run_id, self.crawler.spidercls.name

    async def wanted(self, asked: list[Request], end: Ended | None = None) -> list[Request]:
        """Those of the requests that shall be sent, written down; the others are counted."""
        if self.store is None:
            return asked
        by_address: dict[str, Request] = {}
        for request in asked:
            address = clean(request.url) or request.url
            if by_address.setdefault(address, request) is not request:
                self.count("pages/duplicate")
        async with self.looking:
            found = await self.store.work(requests.known, list(by_address)) or {}
            chosen = {a: r for a, r in by_address.items() if self.choose(r, found.get(a))}
            full = [a for a, r in chosen.items() if self.full(r)]
            waiting = [Ended(address=a, outcome="waiting", reason="host limit") for a in full]
            await self.note([self.entry(a, r) for a, r in chosen.items()], [*waiting, *([end] if end else [])])
        return [self.sent(a, r, found.get(a)) for a, r in chosen.items() if a not in full]

    def choose(self, request: Request, row: Row | None) -> bool:
        """Whether to ask; counts why not."""
        assert self.store is not None
        if row is None:
            return True
        if row["run_id"] == self.store.run_id:
            self.count("pages/duplicate")
            return False
        settled = row["outcome"] in SETTLED
        if self.asks_again and not (settled and row["run_id"] in self.broken_off):
            return True
        if request.meta.get(KIND) == "source" or self.due(row):
            return True
        if settled or (row["outcome"] == "failed" and row["tries"] >= requests.TRIES):
            self.count("pages/known")
            return False
        return True

    def due(self, row: Row) -> bool:
        """Whether a stored page shall be looked at again for corrections."""
        visit = row["visits"]
        if row["outcome"] not in ("stored", "not_modified") or not 1 <= visit <= len(self.revisits):
            return False
        age = clock.now() - datetime.fromisoformat(row["first_at"])
        return bool(age.total_seconds() >= (self.revisits[visit - 1] - requests.EARLY_DAYS) * 86_400)

    def full(self, request: Request) -> bool:
        """Whether the request's host has had its share of this run; counts it where not."""
        if request.meta.get(KIND) == "source" or not self.limit:
            return False
        host = urlsplit(request.url).hostname or ""
        if self.hosts[host] >= self.limit:
            self.count("pages/waiting/host limit")
            return True
        self.hosts[host] += 1
        return False

    def entry(self, address: str, request: Request) -> Asked:
        """The request as the ledger keeps it."""
        kind: requests.Kind = "source" if request.meta.get(KIND) == "source" else "page"
        source = request.cb_kwargs.get("source")
        call = None if request.meta.get("start") else frozen(request)
        return Asked(address=address, url=request.url, kind=kind, source=getattr(source, "id", None), call=call)

    def sent(self, address: str, request: Request, row: Row | None) -> Request:
        """The request with its identity, and with the validators where the server gave some."""
        request.meta[ADDRESS] = address
        if row and self.conditional(request, row):
            request.meta[CONDITIONAL] = True
            for name, value in (("If-None-Match", row["etag"]), ("If-Modified-Since", row["last_modified"])):
                if value:
                    request.headers[name] = value
        return request

    def conditional(self, request: Request, row: Row) -> bool:
        """Whether "not modified" would do: all that this run wants of the earlier answer was taken from it."""
        if not (row["etag"] or row["last_modified"]):
            return False
        if request.meta.get(KIND) != "source":
            return not self.asks_again
        before, now = row["since"] or "", self.since()
        return before == now or bool(before and now >= before)

    async def left(self) -> list[Request]:
        """Requests of earlier runs that wait; at most half of a host's share, for today has its own."""
        if self.store is None or self.asks_again:
            return []
        found = await self.store.work(requests.left, self.run, stamp(), self.revisits) or []
        asked, hosts = [], Counter[str]()
        for row in found:
            assert isinstance(self.crawler.spider, PageSpider)
            request = thawed(self.crawler.spider, row["url"], row["call"])
            hosts[host := urlsplit(row["url"]).hostname or ""] += 1
            if request is not None and not (self.limit and hosts[host] > max(self.limit // 2, 1)):
                asked.append(request.replace(meta={**request.meta, KIND: row["kind"]}))
        return [r for first in range(0, len(asked), BATCH) for r in await self.wanted(asked[first : first + BATCH])]

    def process_spider_input(self, response: Response) -> None:
        """Let the response pass or raise NotModified."""
        if response.status == 304 and response.meta.get(CONDITIONAL):
            raise NotModified(f"{response.url}: not modified")

    # --- What comes back ---

    def scraped(self, item: Any, response: Any) -> None:
        """A page came through: the store knows. What an errback made of a failure has no name there, and ends here."""
        if getattr(getattr(item, "article", None), "request", None) is None:
            self.end(response, "stored")

    def dropped(self, exception: BaseException, response: Any) -> None:
        """A page was let go. What the database could not take is left to the next run."""
        if not isinstance(exception, NotStored):
            self.end(response, "rejected", getattr(exception, "rule", type(exception).__name__))

    def item_error(self, response: Any, failure: Any) -> None:
        """A step of the pipelines failed on a page."""
        self.end(response, "failed", f"error {type(failure.value).__name__}")

    def error(self, failure: Any, response: Any) -> None:
        """The spider failed on a response."""
        self.end(response, "failed", f"error {type(failure.value).__name__}")

    def duplicate(self, request: Request) -> None:
        """A redirect led to what was asked for already."""
        self.close(request, "duplicate", None)

    def end(self, response: Any, outcome: Outcome, reason: str | None = None, **more: Any) -> None:
        """The request of a response (or failure) has ended."""
        request = getattr(response, "request", None)
        if request is not None:
            self.close(request, outcome, reason, **more)

    def request_ended(self, request: Request, outcome: Outcome, reason: str | None) -> None:
        """A request has ended without an item."""
        self.close(request, outcome, reason)

    def close(self, request: Request, outcome: Outcome, reason: str | None, **more: Any) -> None:
        """Remember how a request ended; written soon."""
        address = request.meta.get(ADDRESS)
        if address is None or self.store is None:
            return
        request.meta["ended"] = True
        self.store.ends.pop(address, None)
        self.ended.append(Ended(address=address, outcome=outcome, reason=reason, **more))
        if self.writing is None or self.writing.done():
            self.writing = asyncio.create_task(self.soon())

    async def soon(self) -> None:
        """Write what ends within the next INTERVAL; at once where the crawl is at its end."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.at_end.wait(), INTERVAL)
        await self.note()

    async def note(self, asked: Iterable[Asked] = (), ended: Iterable[Ended] = ()) -> None:
        """Write down requests that are about to be sent, and all ends that are known."""
        assert self.store is not None
        waiting, self.ended = self.ended, []
        await self.store.work(requests.note, self.run, stamp(), asked, [*waiting, *ended])

    async def finish(self) -> None:
        """All pages are through: close the ledger of this run."""
        self.at_end.set()
        if self.writing is not None:
            await self.writing
        await self.note()
        assert self.store is not None
        self.unended = await self.store.work(requests.balance, self.store.run_id) or 0

    def closed(self, reason: str) -> None:
        """A crawl that has finished has no request whose end nobody knows."""
        if self.unended and reason == "finished":
            self.crawler.stats.set_value("requests/unaccounted", self.unended)

    def count(self, name: str) -> None:
        """Add one to a counter of the stats."""
        self.crawler.stats.inc_value(name)


def validators(response: Response) -> dict[str, str | None]:
    """What the server gave to ask by whether anything has changed."""
    given = {"etag": response.headers.get("ETag"), "last_modified": response.headers.get("Last-Modified")}
    return {name: value.decode("latin-1") if value else None for name, value in given.items()}
