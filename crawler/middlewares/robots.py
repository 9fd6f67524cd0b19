"""robots.txt by RFC 9309. Scrapy's own middleware allows everything where robots.txt cannot be had."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy.exceptions import NotConfigured
from scrapy.http import Request
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.misc import build_from_crawler, load_object

from crawler.hosts import delay_at_least
from crawler.middlewares.refusals import Disallowed, NoRobotsTxt, Refused

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)

#: Before anything else of the host.
PRIORITY = 1000
YES = b""
#: Bytes of a robots.txt that count: the least that RFC 9309 (2.5) asks for.
MAX_SIZE = 500 * 1024


class RobotsTxt:
    """Downloader middleware that asks each host's robots.txt once and raises Disallowed where it says no.

    200: its rules. 4xx: no rules, all is allowed. 5xx, 429, no answer: NoRobotsTxt, a no for this crawl (RFC 9309,
    2.3.1). A Crawl-delay, which is in no standard and in many files, becomes the host's least delay.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Read ROBOTSTXT_OBEY, ROBOTSTXT_USER_AGENT and ROBOTSTXT_PARSER."""
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"] or crawler.settings["USER_AGENT"]
        self.parser: type[RobotParser] = load_object(crawler.settings["ROBOTSTXT_PARSER"])
        self.rules: dict[str, asyncio.Task[RobotParser | None]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass or raise Disallowed. What robots.txt's own request was refused for, it is too."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self.rules:
            self.rules[site] = asyncio.create_task(self.ask(site))
        rules = await asyncio.shield(self.rules[site])
        if rules is None:
            raise NoRobotsTxt(f"{request.url}: robots.txt cannot be read today")
        if not rules.allowed(request.url, self.agent):
            raise Disallowed(f"{request.url}: robots.txt says no")

    async def ask(self, site: str) -> RobotParser | None:
        """The rules of `site` (scheme and host); None where they cannot be had."""
        request = Request(
            f"{site}/robots.txt", priority=PRIORITY, meta={"dont_obey_robotstxt": True}, callback=NO_CALLBACK
        )
        self.crawler.stats.inc_value("robots/asked")
        try:
            body = self.answer(await self.crawler.engine.download_async(request))
        except Refused:
            raise
        except Exception as error:  # noqa: BLE001 (whatever went wrong, no answer is a no)
            logger.warning("%s/robots.txt: no answer (%s), so the host is left alone", site, type(error).__name__)
            body = None
        if body is None:
            self.crawler.stats.inc_value("robots/unreachable")
            return None
        rules: RobotParser = build_from_crawler(self.parser, self.crawler, body[:MAX_SIZE])
        delay_at_least(self.crawler, urlsplit(site).hostname or "", rules.crawl_delay(self.agent))
        return rules

    def answer(self, response: Response) -> bytes | None:
        """The rules that a response stands for, as the text of a robots.txt; None where it stands for none."""
        if 200 <= response.status < 300:
            return response.body
        if response.status >= 500 or response.status == 429:
            logger.warning("%s: status %d, so the host is left alone", response.url, response.status)
            return None
        return YES
