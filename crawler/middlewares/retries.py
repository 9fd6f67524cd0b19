"""Hosts in trouble are left in peace: Scrapy's own retries come at once, whatever Retry-After says."""

from __future__ import annotations

import logging
import random
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request

from crawler import hosts
from crawler.middlewares.refusals import HostRests

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)

#: Seconds before the second try where the host names none; doubled before each further one, give or take a quarter.
BACK_OFF = 4.0
#: Longest pause, in seconds, that we wait for; a host that wants more rests until the next crawl.
LONGEST = 120.0
#: Requests to a host that failed in a row, tries of one request not counted, after which it rests until the next crawl.
MOST_FAILURES = 5
#: Answers by which a host asks for a pause of its whole self.
ASKS = {429, 503}


class Retry(RetryMiddleware):
    """Tries again after the pause that Retry-After asks for, or a growing one, during which the host gets no request.

    A host that asks for more than two minutes, or fails again and again, gets no more requests in this crawl: they end
    with HostRests, and the next crawl asks for them. After a 429 or 503 the host's delay is doubled.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Take the limits from RETRY_TIMES and AUTOTHROTTLE_MAX_DELAY."""
        super().__init__(crawler.settings)
        self.crawler = crawler
        self.longest_delay = crawler.settings.getfloat("AUTOTHROTTLE_MAX_DELAY")
        self.failures: Counter[str] = Counter()
        self.resting: dict[str, str] = {}  # host -> why
        crawler.signals.connect(self.downloaded, signals.response_downloaded)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    def downloaded(self, request: Request, response: Response) -> None:
        """Before the host's next request is taken from its queue: the pause that an answer asks for."""
        if response.status in ASKS:
            hosts.slower(self.crawler, request, self.longest_delay)
            asked = retry_after(response)
            if asked is not None and asked > LONGEST:
                self.rest(request, f"asked for a pause of {asked:.0f} s")
            else:
                hosts.pause(self.crawler, request, back_off(request) if asked is None else asked)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise HostRests."""
        why = self.resting.get(hosts.name(request))
        if why:
            raise HostRests(f"{request.url}: {why}")

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """The response, or the request that is sent again after the pause."""
        if response.status not in self.retry_http_codes:
            self.failures[hosts.name(request)] = 0
            return response
        if hosts.name(request) in self.resting:
            return response
        result = super().process_response(request, response)
        if isinstance(result, Request) and response.status not in ASKS:
            hosts.pause(self.crawler, request, back_off(request))
        elif not isinstance(result, Request):
            self.failed(request)
        return result

    def process_exception(self, request: Request, exception: Exception) -> Any:  # type: ignore[override]
        """None, or the request that is sent again after the pause."""
        if not isinstance(exception, self.exceptions_to_retry):
            return None
        result = super().process_exception(request, exception)
        if result is None:
            self.failed(request)
        else:
            hosts.pause(self.crawler, request, back_off(request))
        return result

    def failed(self, request: Request) -> None:
        """All tries of a request have failed."""
        host = hosts.name(request)
        self.failures[host] += 1
        if self.failures[host] >= MOST_FAILURES:
            self.rest(request, f"failed {MOST_FAILURES} times in a row")

    def rest(self, request: Request, why: str) -> None:
        """Ask the host for nothing more in this crawl."""
        host = hosts.name(request)
        if host not in self.resting:
            self.resting[host] = why
            logger.warning("%s %s: left alone until the next crawl", host, why)
        hosts.drain(self.crawler, request, lambda url: HostRests(f"{url}: {why}"))


def back_off(request: Request) -> float:
    """Seconds to wait before the next try of `request`."""
    tries: int = request.meta.get("retry_times", 0)
    return BACK_OFF * 2.0**tries * random.uniform(0.75, 1.25)


def retry_after(response: Response) -> float | None:
    """The seconds that the header Retry-After asks for, as a number or a date; None where it says nothing usable.

    >>> from scrapy.http import Response
    >>> [retry_after(Response("https://a.example/", headers={"Retry-After": v})) for v in ("7", "soon", "-1")]
    [7.0, None, None]
    """
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal() and value.isascii():
        return float(value[:9])
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    return max((until.astimezone(UTC) - datetime.now(UTC)).total_seconds(), 0.0)
