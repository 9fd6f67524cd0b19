"""Second step: the page becomes an article, headline and body, and is looked at once more as text."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy.crawler import Crawler

from extract.entry import entry_of
from extract.reasons import NotEnglish, Rejected, Unreadable
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
        """The article of the page, or of its source's entry where the page gives none that speaks of cuts.

        Raises NoBody, NotEnglish, Unreadable or NotAboutCuts.
        """
        try:
            return await self.readers.read(article_of, item)
        except Rejected as rejected:
            entry = entry_of(item) if isinstance(rejected, Unreadable) else None  # its reader may have been killed
            if entry is None:
                raise dropped(rejected) from rejected
            return await self.readers.read(article_of, entry)

    async def close_spider(self) -> None:
        """End the processes. Of the steps this is the last to close but one: nobody reads any more."""
        await asyncio.to_thread(self.readers.close)


def article_of(page: Page) -> Article:
    """The article of the page, or of its entry where the page does not tell the story; raises Rejected."""
    from extract.article import read  # loaded in the readers alone: the crawl needs none of the parsers
    from extract.gate import gate_text

    entry = entry_of(page)
    try:
        article = read(page)
        gate_text(article.title, article.text)
    except NotEnglish:
        raise
    except Rejected:
        if entry is None:
            raise
        return read(entry)
    # a page that holds less than its source's summary is a notice to subscribers, with menus around it
    return read(entry) if entry and len(article.text) < len(entry.text or "") else article
