"""A spider that does nothing, with Scrapy's own settings: what a crawl of loopback can reach at most."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import scrapy


class Nothing(scrapy.Spider):
    """Fetches what the feed would list, and forgets it."""

    name = "nothing"
    home = ""
    count = "0"

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """All pages."""
        for number in range(int(self.count)):
            yield scrapy.Request(f"{self.home}/{number}.html")

    def parse(self, response: scrapy.http.Response, **kwargs: Any) -> None:
        """Nothing."""
