"""Extension that measures what a crawl costs its own process, and how long it takes, from page to page.

The first tenth of the pages goes by before it counts: imports and first connections are not the price of a page. The
clocks are read twice, since asking the system is dear where the benchmark runs in a sandbox. To the file COST, as JSON:
`cpu` (seconds of all threads of the crawling process, without the processes that read), `wall`, `pages`.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Self

from scrapy import signals

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


class Cost:
    """Two clocks, read when a tenth of PAGE_COUNT pages has come and when all have."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        cost = cls()
        crawler.signals.connect(cost.received, signals.response_received)
        return cost

    def __init__(self) -> None:
        """No page has come."""
        self.total = int(os.environ["PAGE_COUNT"])
        self.count = 0

    def received(self, response: Response) -> None:
        """A page has come, or a list."""
        self.count += response.url.endswith(".html")
        if self.count == self.total // 10:
            self.cpu, self.wall = time.process_time(), time.monotonic()
        elif self.count == self.total:
            told = {"cpu": time.process_time() - self.cpu, "wall": time.monotonic() - self.wall}
            Path(os.environ["COST"]).write_text(json.dumps(told | {"pages": self.total - self.total // 10}))
