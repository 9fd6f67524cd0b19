"""A crawl that is stopped comes to its end.

Scrapy 2.19 waits at the end for the items under way, but looks whether they are through only when a response is
done. Items that `start` yields have no response: an archive crawl that gets SIGTERM would wait for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy import signals
from scrapy.utils.asyncio import create_looping_call

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

#: Seconds between two looks.
INTERVAL = 0.2


class Closing:
    """Extension that looks now and then whether a crawl which is closing has nothing left to do."""

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
        """Say what Scrapy waits to hear, once it is true."""
        slot = self.crawler.engine.scraper.slot
        if slot is not None and slot.closing is not None and slot.is_idle() and not slot.closing.called:
            slot.closing.callback(spider)

    def closed(self) -> None:
        """Look no more."""
        if self.looking.running:
            self.looking.stop()
