"""How far a crawl is, on a terminal: pages and articles so far, then that events are decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.bars import counting
from crawler.spiders.base import PageSpider

if TYPE_CHECKING:
    from typing import Self

    from rich.progress import Progress as Bar
    from scrapy.crawler import Crawler


class Progress:
    """Extension that keeps one moving line on standard error, and takes it away before the summary."""

    def __init__(self, crawler: Crawler, bar: Bar) -> None:
        """Watch from the opening of the spider to its end."""
        self.crawler, self.bar = crawler, bar
        self.pages = self.articles = 0
        for handler, signal in (
            (self.opened, signals.spider_opened),
            (self.scraped, signals.item_scraped),
            (self.passed, signals.item_dropped),
            (self.passed, signals.item_error),
            (self.idle, signals.spider_idle),
            (self.closed, signals.spider_closed),
        ):
            crawler.signals.connect(handler, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in; nothing where no terminal is, and where the log tells of every page anyway."""
        bar = counting() if issubclass(crawler.spidercls, PageSpider) else None
        if bar is None or crawler.settings["LOG_LEVEL"] in ("INFO", "DEBUG"):
            raise NotConfigured
        return cls(crawler, bar)

    def opened(self) -> None:
        """Show it."""
        self.task = self.bar.add_task(self.told(), total=None)
        self.bar.start()

    def scraped(self, item: Any) -> None:
        """An article came through."""
        self.articles += 1
        self.passed()

    def passed(self) -> None:
        """A page is through, whatever became of it."""
        self.pages += 1
        self.bar.update(self.task, description=self.told())

    def told(self) -> str:
        """The counts in words."""
        return f"{self.pages:,} pages, {self.articles:,} articles"

    def idle(self) -> None:
        """All pages are through; what follows is the resolving of events."""
        self.bar.update(self.task, description=f"{self.told()}; deciding the events")

    def closed(self) -> None:
        """Take it away."""
        self.bar.stop()
