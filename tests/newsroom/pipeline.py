"""Writes what a spider yields as JSON lines, so that a test can read it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy.exceptions import DropItem

from extract.records import Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class PagesFile:
    """A line a page, its body cut to ten bytes. A page whose address ends in a word of the tests meets what it says."""

    def __init__(self, crawler: Crawler) -> None:
        """Open the file PAGES_FILE."""
        self.path = Path(crawler.settings["PAGES_FILE"])
        self.path.write_text("")
        self.delay = crawler.settings.getfloat("PAGES_DELAY")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_item(self, item: Page) -> Page:
        """Write it; drop it or fail where the page's id asks for it."""
        if self.delay:
            await asyncio.sleep(self.delay)
        if item.page_id == "drop":
            raise DropItem("as asked")
        if item.page_id == "fail":
            raise RuntimeError("as asked")
        with self.path.open("a", encoding="utf-8") as stream:
            seen = {"body": item.body[:10].decode("latin-1"), "listening": listening()}
            stream.write(json.dumps(asdict(item) | seen) + "\n")
        return item


def listening() -> list[str]:
    """The addresses on which this process listens."""
    from twisted.internet import reactor

    ports = [reader for reader in reactor.getReaders() if type(reader).__name__ == "Port"]  # type: ignore[misc]
    return [str(port.getHost()) for port in ports]
