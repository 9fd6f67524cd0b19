"""Keeps each page that a spider makes of a response, before anything else is done with it."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.spiders.base import PageSpider
from extract import __version__
from extract.records import Page
from pipelines.pages import Answer, NotKept, PageArchive
from pipelines.paths import from_root
from pipelines.store import Store

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)


class Keep:
    """Spider middleware that writes pages to a WARC in PAGES. Where that fails the crawl ends: nothing is lost.

    A thread of its own packs and writes; a page goes on to the pipelines when it is in the file. Counts pages/kept.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read PAGES; raises NotConfigured where it is empty or the spider reads from disk."""
        spider = crawler.spidercls
        if not crawler.settings["PAGES"] or not issubclass(spider, PageSpider) or not spider.uses_network:
            raise NotConfigured
        self.crawler = crawler
        self.thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pages")
        self.archive: PageArchive | None = None
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_spider_output(self, response: Response, result: AsyncIterator[Any]) -> AsyncIterator[Any]:
        """What the spider made of the response; its page only once it is kept."""
        async for one in result:
            if not isinstance(one, Page) or await self.keep(one, response):
                yield one

    async def keep(self, page: Page, response: Response) -> bool:
        """Whether the page is in the file now."""
        address = str(response.ip_address) if response.ip_address is not None else None
        headers = [
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        ]
        try:
            await self.in_thread(page, Answer(response.status, headers, address))
        except NotKept as error:
            response.meta["ended"] = True  # not by us: it stays open
            self.fail(error)
            return False
        self.crawler.stats.inc_value("pages/kept")
        return True

    async def in_thread(self, page: Page, answer: Answer) -> None:
        """Write, beside the reactor."""
        await asyncio.get_running_loop().run_in_executor(self.thread, self.write, page, answer)

    def write(self, page: Page, answer: Answer) -> None:
        """Write; the first page opens the file. Raises NotKept."""
        if self.archive is None:
            settings = self.crawler.settings
            about = {
                "software": f"{settings['BOT_NAME']}/{__version__}",
                "operator": settings["CONTACT"],
                "http-header-user-agent": settings["USER_AGENT"],
                "robots": "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore",
            }
            self.archive = PageArchive(from_root(settings["PAGES"]), self.crawler.spidercls.name, about)
        self.archive.write(page, answer)

    def fail(self, error: NotKept) -> None:
        """End the crawl; the page's request stays open in the ledger, and the next crawl asks again."""
        store = self.crawler.get_item_pipeline(Store)
        if store is not None:
            store.stop(str(error))
        else:
            logger.error("%s", error)

    async def closed(self) -> None:
        """Close the file."""
        try:
            if self.archive is not None:
                await asyncio.get_running_loop().run_in_executor(self.thread, self.archive.close)
        except NotKept as error:
            logger.error("%s", error)
        finally:
            self.thread.shutdown()
