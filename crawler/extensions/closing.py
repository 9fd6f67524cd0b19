"""A crawl that is stopped comes to its end, and soon.

Scrapy 2.19 waits at the end for the items under way, but looks whether they are through only when a response is
done. Items that `start` yields have no response: an archive crawl that gets SIGTERM would wait for ever. It also
waits for requests that have not been sent yet: thirty of one host, with its delay, are more than a minute.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

from crawler.hosts import empty
from crawler.middlewares.refusals import Stopped

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

#: Seconds between two looks.
INTERVAL = 0.2


class Closing:
    """Extension that looks now and then whether a crawl is being stopped, and whether it has nothing left to do."""

    def __init__(self, crawler: Crawler) -> None:
        """Watch from the opening of the spider to its end."""
        self.crawler = crawler
        crawler.signals.connect(self.opened, signals.spider_opened)
        crawler.signals.connect(self.closed, signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    def opened(self, spider: Spider) -> None:
        """Begin to look."""
        self.looking = create_looping_call(self.look, spider)
        self.looking.start(INTERVAL, now=False)

    def look(self, spider: Spider) -> None:
        """Give up what waits for its turn; say what Scrapy waits to hear, once it is true."""
        if not self.crawler.crawling and not self.crawler.settings["JOBDIR"]:  # with JOBDIR they must be kept
            self.give_up()
        slot = self.crawler.engine.scraper.slot
        if slot is not None and slot.closing is not None and slot.is_idle() and not slot.closing.called:
            slot.closing.callback(spider)

    def give_up(self) -> None:
        """End the requests that wait in the downloader; each goes to its errback."""
        for slot in self.crawler.engine.downloader.slots.values():
            empty(slot, lambda url: Stopped(f"{url}: not asked for any more"))

    def closed(self) -> None:
        """Look no more."""
        if self.looking.running:
            self.looking.stop()
