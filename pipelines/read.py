"""Second step: the page becomes an article, headline and body, and is looked at once more as text."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy.crawler import Crawler

from extract.reasons import Rejected
from extract.records import Article, Page
from pipelines.readers import Readers
from pipelines.reasons import dropped


class Read:
    """Page -> Article, or DropItem. A process of its own reads, killed where it takes longer than READ_SECONDS."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """As many processes as READ_PROCESSES says; they start with the first page."""
        settings = crawler.settings
        limits = settings.getint("READ_PROCESSES"), settings.getfloat("READ_SECONDS")
        return cls(Readers(*limits, settings["NER_MODEL"] or ""))

    async def process_item(self, item: Page) -> Article:
        """The article of the page; raises NoBody, NotEnglish, Unreadable or NotAboutCuts."""
        try:
            return await self.readers.read(article_of, item)
        except Rejected as rejected:
            raise dropped(rejected) from rejected

    async def close_spider(self) -> None:
        """End the processes. Of the steps this is the last to close but one: nobody reads any more."""
        await asyncio.to_thread(self.readers.close)


def article_of(page: Page) -> Article:
    """The article on `page`; raises Rejected."""
    from extract.article import read  # loaded in the readers alone: the crawl needs none of the parsers
    from extract.gate import gate_text

    article = read(page)
    gate_text(article.title, article.text)
    return article
