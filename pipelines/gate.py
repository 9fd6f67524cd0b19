"""First step: pages whose bytes cannot be about job cuts go no further, before they cost a parse."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from extract.entry import entry_of
from extract.gate import gate_bytes
from extract.reasons import Rejected
from extract.records import Page
from pipelines.reasons import dropped


class Gate:
    """Page -> the same Page, or DropItem."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Nothing of the crawler is needed."""
        return cls()

    def process_item(self, item: Page) -> Page:
        """The page itself, or its source's entry where that alone speaks of cuts; raises NotAboutCuts.

        A page that came with its text has no bytes to look at.
        """
        if item.text is None:
            try:
                gate_bytes(item.body)
            except Rejected as rejected:
                if entry := entry_of(item):
                    return entry
                raise dropped(rejected) from rejected
        return item
