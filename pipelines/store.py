"""Last step: articles and claims go to the database, one transaction a page; at the end events are rebuilt."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any, Self, TypeVar

from scrapy import Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DropItem

from extract import RULES_VERSION, __version__
from extract.records import Page
from pipelines.afterwards import tidy, tidy_pages
from pipelines.claims import Reading
from pipelines.clock import stamp
from pipelines.database import Ledger, prepare
from pipelines.lock import DatabaseBusy, StoreError, lock
from pipelines.paths import database_path, overrides_path, pages_path
from pipelines.reasons import Dropped
from pipelines.requests import Ended
from pipelines.sqlite import writing

__all__ = ["DatabaseBusy", "NotStored", "Store", "StoreError", "lock", "prepare"]

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: Rejections that are written at once.
BATCH = 100

#: What a run's row repeats of the crawl's statistics.
_COUNTS = (
    "articles/new", "articles/updated", "articles/unchanged",
    "events/new", "events/changed", "events/unchanged", "events/gone",
)  # fmt: skip


class NotStored(DropItem):
    """The database failed; the crawl is ending, and this page will be read again by the next one."""


class Store:
    """Reading -> the same Reading, kept. A failure in mid-crawl ends the crawl with the reason store_error.

    One thread owns the connection. Statistics: articles/new, articles/updated, articles/unchanged, rejected/REASON,
    and at the end events/new, events/changed, events/unchanged, events/gone.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.path = database_path(crawler.settings)
        self.held = ExitStack()
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="store")
        self.ledger: Ledger | None = None
        self.run_id = 0
        self.ending: asyncio.Task[None] | None = None
        self.let_go: list[dict[str, str | None]] = []  # pages whose rejection is written soon
        self.ends: dict[str, Ended] = {}  # address of a request -> its end, written together with what it brought
        self.before_end: list[
            Callable[[], Awaitable[None]]
        ] = []  # what others have to write when all pages are through

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Listens for dropped pages and for the end as well."""
        store = cls(crawler)
        crawler.signals.connect(store.item_dropped, signal=signals.item_dropped)
        crawler.signals.connect(store.spider_closed, signal=signals.spider_closed)
        return store

    async def open_spider(self) -> None:
        """Take the lock and open the database; raises DatabaseBusy or StoreError, and the crawl does not begin."""
        self.held.enter_context(lock(self.path))
        self.ledger = await self._in_thread(Ledger, self.path, overrides_path(self.crawler.settings))
        self.run_id = await self._in_thread(self._begin, self.ledger)

    async def process_item(self, item: Reading) -> Reading:
        """Keep the article with its claims; raises NotStored when the database has failed, and ends the crawl."""
        if self.ledger is None or self.ending:
            raise NotStored("the database failed", log_level="INFO")
        end = self.ends.pop(item.article.request or "", None)
        try:
            outcome = await self._in_thread(
                self.ledger.save, item.article, item.claims, self.run_id, item.aggregates, end
            )
        except StoreError as error:
            self.stop(str(error))
            raise NotStored(str(error), log_level="INFO") from error
        self._count(f"articles/{outcome}")
        return item

    async def item_dropped(self, item: Any, exception: BaseException) -> None:
        """Count and keep why a page went no further."""
        if not isinstance(exception, Dropped):
            return
        reason = type(exception).__name__
        self._count(f"rejected/{reason}")
        if self.ledger is None or self.ending:
            return
        url, source = (item.url or item.page_id, item.source) if isinstance(item, Page) else (None, None)
        said = {"url": url, "reason": reason, "rule": exception.rule, "words": exception.words[:500], "source": source}
        self.let_go.append(said)
        if len(self.let_go) >= BATCH:
            await self.work(_nothing)

    async def close_spider(self) -> None:
        """Decide the events, erase the texts that are too old, bring the search index up to date."""
        if self.ledger is None:
            return
        for write in self.before_end:
            await write()
        await self.work(_nothing)
        try:
            counts = await self._in_thread(self.ledger.rebuild, self.run_id)
            days = self.crawler.settings.getint("KEEP_TEXT_DAYS")
            if erased := await self._in_thread(tidy, self.ledger.db, self.path, days):
                self._set("articles/erased", erased)
            await self._tidy_pages(self.ledger, days)
            await self._visited(self.ledger)
            for line in await self._in_thread(self.ledger.waiting):
                logger.warning("%s:%s: %s", self.crawler.settings.get("OVERRIDES"), line["line"], line["told"])
        except StoreError as error:
            self._failed(str(error))
            return
        for name, count in counts.items():
            self._set(f"events/{name}", count)

    async def _tidy_pages(self, ledger: Ledger, days: int) -> None:
        folder = pages_path(self.crawler.settings)
        done = await self._in_thread(tidy_pages, ledger.db, self.path, days, folder)
        if done.pages:
            self._set("pages/erased", done.pages)
        for failure in done.failures:
            logger.warning("%s", failure)

    async def _visited(self, ledger: Ledger) -> None:
        """Keep what the spider found at its sources, where it has any, and tell it how they are."""
        spider: Any = self.crawler.spider
        if visits := getattr(spider, "visits", None):
            await self._in_thread(ledger.reject_all, self.run_id, visits.hints())
            spider.health = await self._in_thread(ledger.visited, self.run_id, visits.source_rows(), visits.rows())

    async def spider_closed(self, spider: Spider, reason: str) -> None:
        """Note how the run ended and let go of the database."""
        try:
            if self.ledger is not None:
                await self._in_thread(self._end, self.ledger, reason)
        except StoreError as error:
            self._failed(str(error))
        finally:
            self.thread.shutdown()
            self.held.close()

    async def work(self, task: Callable[..., T], *args: Any) -> T | None:
        """`task(db, path, *args)` in the thread that owns the database; a failure ends the crawl, and gives None.

        Rejections that wait are written with it: nobody shall read how a page ended and not find why.
        """
        if self.ledger is None or self.ending:
            return None
        try:
            return await self._in_thread(self._after_rejections, self.ledger, task, args)
        except StoreError as error:
            self.stop(str(error))
            return None

    async def _in_thread(self, work: Callable[..., T], *args: Any) -> T:
        return await asyncio.get_running_loop().run_in_executor(self.thread, work, *args)

    def _after_rejections(self, ledger: Ledger, task: Callable[..., T], args: tuple[Any, ...]) -> T:
        waiting, self.let_go = self.let_go, []
        if not waiting:
            return task(ledger.db, ledger.path, *args)
        with writing(ledger.db, ledger.path):
            ledger.reject_all(self.run_id, waiting)
            return task(ledger.db, ledger.path, *args)

    def _begin(self, ledger: Ledger) -> int:
        spider = self.crawler.spider
        given = {k: v for k, v in vars(spider).items() if isinstance(v, str) and k != "name"} if spider else {}
        return ledger.start_run(
            spider=spider.name if spider else "", arguments=json.dumps(given, sort_keys=True), started_at=stamp(),
            version=__version__, rules_version=RULES_VERSION,
        )  # fmt: skip

    def _end(self, ledger: Ledger, reason: str) -> None:
        stats = self._stats()
        counts = {name.replace("/", "_"): stats.get(name, 0) for name in _COUNTS}
        rejected = sum(count for name, count in stats.items() if name.startswith("rejected/"))
        pages = rejected + sum(counts[f"articles_{outcome}"] for outcome in ("new", "updated", "unchanged"))
        try:
            ledger.finish_run(
                self.run_id, finished_at=stamp(), finish_reason=reason, pages=pages, rejected=rejected, **counts
            )
        finally:
            ledger.close()

    def stop(self, error: str) -> None:
        """End the crawl after the first failure to keep something: what is committed stays."""
        self._failed(error)
        if self.ending is None and self.crawler.engine is not None:
            end = self.crawler.engine.close_spider_async(reason="store_error")
            self.ending = asyncio.get_running_loop().create_task(end)

    def _failed(self, error: str) -> None:
        logger.error("%s", error)
        self._set("store/error", error)

    def _stats(self) -> dict[str, Any]:
        return self.crawler.stats.get_stats() if self.crawler.stats else {}

    def _count(self, name: str) -> None:
        if self.crawler.stats:
            self.crawler.stats.inc_value(name)

    def _set(self, name: str, value: Any) -> None:
        if self.crawler.stats:
            self.crawler.stats.set_value(name, value)


def _nothing(db: Any, path: Any) -> None:
    """For the sake of what is written before it."""
