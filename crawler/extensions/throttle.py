"""AutoThrottle that knows a least delay of each host: Scrapy's own would go below a Crawl-delay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.extensions.throttle import AutoThrottle

from crawler.hosts import floor

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Request, Response


class Throttle(AutoThrottle):
    """Scrapy's, with the delay of robots.txt as the floor."""

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        key, slot = self._get_slot(request, spider)
        if slot is not None and key is not None:
            slot.delay = max(slot.delay, floor(self.crawler, key))
