"""`scrapy crawl archive`: pages that lie on disk already, as WARC, HTML or JSON lines."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import UsageError

from crawler.addresses import Unusable, given_path
from crawler.spiders.base import PageSpider
from extract.inputs import BadInput, pages

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from extract.records import Page


class ArchiveSpider(PageSpider):
    """Yields the pages of files straight away, a few at a time, so that memory stays flat however large they are."""

    name = "archive"
    uses_network = False

    def __init__(self, path: str = "", **unknown: Any) -> None:
        """Take `path`, a file or folder (several: repeated). Raises UsageError, FileNotFoundError."""
        super().__init__(**unknown)
        if not path.strip():
            raise UsageError("give -a path=FILE or -a path=FOLDER")
        self.path = path
        self.skipped: Counter[str] = Counter()  # records of an archive that are no pages, by reason
        self.paths = [given_path(name) for name in path.split("\n") if name]

    def prepare(self) -> None:
        """Open what was given; raises Unusable for a file of a kind that cannot be read.

        Scrapy does not hold `start` back while items are under way, so each takes a place and gives it back.
        """
        try:
            self.found = [pages(path, self.skipped) for path in self.paths]
        except ValueError as error:
            raise Unusable(str(error)) from None
        self.places = asyncio.Semaphore(self.settings.getint("CONCURRENT_ITEMS"))
        for signal in (signals.item_scraped, signals.item_dropped, signals.item_error):
            self.crawler.signals.connect(self.leave, signal)

    def leave(self) -> None:
        """An item is through, whatever became of it."""
        self.places.release()

    async def start(self) -> AsyncIterator[Page]:
        """The pages of all paths, in the order of the files."""
        for found in chain.from_iterable(self.found):
            if isinstance(found, BadInput):
                self.bad_input(found.where, found.error)
                continue
            await self.places.acquire()
            self.count("pages/fetched")
            yield found if found.source else replace(found, source=self.name)
        for reason, number in self.skipped.items():
            self.count(f"inputs/skipped/{reason}", number)
