"""What the spiders share: arguments that are checked, requests whose end is always told, pages made of responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy import Spider
from scrapy.exceptions import UsageError
from scrapy.http import HtmlResponse, Request

from crawler.middlewares.refusals import NotModified, Refused
from crawler.outcomes import outcome, reason, request_ended
from extract.records import Page
from pipelines.clock import stamp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from pipelines.requests import Outcome

T = TypeVar("T")

HTML = re.compile(rb"\s*(text/html|application/xhtml\+xml)\b", re.IGNORECASE)


class PageSpider(Spider):
    """A spider whose items are Pages.

    It counts in the stats: pages/fetched, pages/failed/REASON, pages/refused/REASON, pages/duplicate, and the same
    with sources/ for what lists pages; inputs/bad for what the user gave and cannot be used.
    """

    uses_network = True
    asks_again = False  # whether pages that are known are fetched all the same

    def __init__(self, **unknown: Any) -> None:
        """Refuse arguments that the spider does not know. Raises UsageError; names that begin with _ are let be."""
        self.check(unknown)
        super().__init__()

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Put CONTACT into the user agent, so that a publisher can reach whoever runs the crawl."""
        super().update_settings(settings)
        if settings["CONTACT"]:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{settings['CONTACT']})", priority="spider")

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **arguments: Any) -> Self:
        """Scrapy's way in; `prepare` follows, where the settings can be read."""
        spider = super().from_crawler(crawler, *args, **arguments)
        spider.prepare()
        if cls.uses_network and not crawler.settings["CONTACT"]:
            spider.logger.warning(
                "CONTACT is empty: say who crawls, in the settings or with -s CONTACT=you@example.org"
            )
        return spider

    def prepare(self) -> None:
        """Check what the user gave against the settings. Raises UsageError or OSError."""

    def check(self, unknown: dict[str, Any]) -> None:
        """Raise UsageError for an argument that is left over."""
        left = sorted(name for name in unknown if not name.startswith("_"))
        known = ", ".join(self.arguments())
        if left:
            raise UsageError(f"spider {self.name} takes no argument {left[0]!r}; it takes {known}")

    @classmethod
    def arguments(cls) -> list[str]:
        """The names that `-a NAME=` may have."""
        code = cls.__init__.__code__
        return [name for name in code.co_varnames[: code.co_argcount] if name != "self"]

    def count(self, name: str, by: int = 1) -> None:
        """Add to a counter of the stats."""
        self.crawler.stats.inc_value(name, by)

    def bad_input(self, where: str, words: str) -> None:
        """Tell of something that the user gave and that cannot be used; the crawl then ends with exit code 1."""
        self.logger.error("%s: %s", where, words)
        self.count("inputs/bad")

    def request(self, url: str, callback: Callable[..., Any], **kwargs: Any) -> Request:
        """A request whose failure is told; `kwargs` are the callback's."""
        return Request(url, callback, errback=self.failed, cb_kwargs=kwargs)

    def failed(self, failure: Any) -> Iterator[Page]:
        """Errback, given Twisted's Failure: count and tell why a page did not come.

        Yields what can be had without it: here, nothing.
        """
        self.ended("pages", failure)
        return iter(())

    def ended(self, what: str, failure: Any) -> None:
        """Count a request for `what` (pages or sources) that failed, or that we refused to make, and say so."""
        refused = isinstance(failure.value, Refused)
        words = reason(failure.value)
        self.crawler.signals.send_catch_log(
            request_ended, request=failure.request, outcome=outcome(failure.value), reason=words
        )
        if isinstance(failure.value, NotModified):
            self.count(f"{what}/not modified")
            if what == "sources":
                self.count("sources/read")
            return
        self.count(f"{what}/{'refused' if refused else 'failed'}/{words}")
        chain = [*failure.request.meta.get("redirect_urls", ()), failure.request.url]
        self.logger.info("%s: %s", " -> ".join(dict.fromkeys((chain[0], chain[-1]))), words)

    def ended_as(self, response: Response, outcome: Outcome, reason: str) -> None:
        """Say how the request of a response ended that is of no use."""
        self.crawler.signals.send_catch_log(request_ended, request=response.request, outcome=outcome, reason=reason)

    def page(self, response: Response, **known: Any) -> Page | None:
        """The Page of a response, with what is `known` of it beforehand; None, counted, where it is no HTML."""
        header = response.headers.get("Content-Type") or b""
        if not (HTML.match(header) if header else isinstance(response, HtmlResponse)):
            self.logger.info("%s: %s is no web page", response.url, header.decode("latin-1") or "this")
            self.count("pages/refused/no web page")
            self.ended_as(response, "refused", "no web page")
            return None
        self.count("pages/fetched")
        return Page(
            url=response.url,
            body=response.body,
            content_type=header.decode("latin-1") or None,
            fetched_at=stamp(),
            **known,
        )


def listed(values: str) -> tuple[str, ...]:
    """The values of an argument that may hold several: separated by commas, or given several times.

    >>> listed("a, b\\nc")
    ('a', 'b', 'c')
    """
    return tuple(value.strip() for value in re.split(r"[,\n]", values) if value.strip())


def given(name: str, read: Callable[[str], T], text: str) -> T:
    """What the user gave as `-a NAME=`; raises UsageError."""
    try:
        return read(text)
    except ValueError as error:
        raise UsageError(f"{name}: {error}") from None
