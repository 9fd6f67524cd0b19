"""The summary: one block when a crawl ends, of what came, what was let go and why, and what is new."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, TextIO

from scrapy import signals
from scrapy.exceptions import NotConfigured

from crawler.spiders.base import PageSpider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from scrapy.crawler import Crawler

#: Counter under sources/ -> word for it; those not modified are among those read.
SOURCES = {"read": "read", "not modified": "not modified", "failed": "failed", "refused": "refused"}
#: Counter under pages/ -> word for it.
PAGES = {
    "fetched": "read",
    "failed": "failed",
    "refused": "refused",
    "duplicate": "seen before",
    "known": "known",
    "not modified": "not modified",
    "waiting": "left to the next crawl",
    "entry only": "known by their entry only",
}
#: Counter under articles/ -> word for it.
ARTICLES = {
    "new": "new",
    "updated": "updated",
    "unchanged": "unchanged",
    "undated": "undated",
    "erased": "erased for their age",
}


class Summary:
    """Extension that prints the summary once the database is closed, to stdout; to stderr where items go there."""

    def __init__(self, crawler: Crawler) -> None:
        """Count what Scrapy does not count."""
        self.crawler = crawler
        for handler, signal in (
            (self.scraped, signals.item_scraped),
            (self.dropped, signals.item_dropped),
            (self.error, signals.item_error),
            (self.duplicate, signals.request_dropped),
            (self.closed, signals.spider_closed),  # sent after the pipelines have closed
        ):
            crawler.signals.connect(handler, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in; silent for `scrapy fetch`, `shell` and the like, which crawl for other reasons."""
        if not issubclass(crawler.spidercls, PageSpider):
            raise NotConfigured
        return cls(crawler)

    def scraped(self, item: Any) -> None:
        """An article came through; one without a date is told."""
        if hasattr(item, "article") and item.article.published is None:
            self.crawler.stats.inc_value("articles/undated")

    def dropped(self, exception: BaseException) -> None:
        """A page was let go; its rule says more than the class, which Scrapy counts."""
        self.crawler.stats.inc_value(f"rules/{getattr(exception, 'rule', type(exception).__name__)}")

    def error(self, failure: Any) -> None:
        """A step of the pipelines failed on a page."""
        self.crawler.stats.inc_value(f"items/failed/{type(failure.value).__name__}")

    def duplicate(self) -> None:
        """A page was asked for that this crawl has asked for already."""
        self.crawler.stats.inc_value("pages/duplicate")

    def closed(self, reason: str) -> None:
        """Print it."""
        text = summary(f"crawl {self.crawler.spidercls.name}: {reason}", self.crawler.stats.get_stats())
        print(text, file=stream(self.crawler.settings.getdict("FEEDS")), flush=True)


def stream(feeds: Mapping[Any, Any]) -> TextIO:
    """Where the summary may go."""
    return sys.stderr if any(str(uri).startswith(("stdout:", "-")) for uri in feeds) else sys.stdout


def summary(title: str, stats: Mapping[str, Any]) -> str:
    """The block: a title and a line for each thing that the crawl had to do with.

    >>> print(summary("crawl urls: finished", {"pages/fetched": 2, "pages/failed/http 404": 1, "events/new": 1}))
    crawl urls: finished
      pages     2 read, 1 failed (http 404 1)
      articles  0 new
      events    1 new
    """
    lines = [
        ("sources", _line(stats, "sources", **SOURCES)),
        ("pages", _line(stats, "pages", **PAGES)),
        ("inputs", _line(stats, "inputs", bad="bad", skipped="skipped")),
        ("rejected", _reasons(_under(stats, "rules/"), total=True)),
        ("articles", _line(stats, "articles", **ARTICLES)),
        ("errors", _reasons(_under(stats, "items/failed/") + _under(stats, "spider_exceptions/", "count"), total=True)),
        ("events", _line(stats, "events", new="new", changed="changed", unchanged="unchanged", gone="gone")),
    ]
    always = {"pages": "0 read", "articles": "0 new", "events": "0 new"}
    shown = [(name, text or always.get(name)) for name, text in lines]
    return "\n".join([title, *(f"  {name:<9} {text}" for name, text in shown if text)])


def _line(stats: Mapping[str, Any], what: str, **words: str) -> str:
    parts = []
    for key, word in words.items():
        inside = _under(stats, f"{what}/{key}/")
        count = stats.get(f"{what}/{key}", 0) + sum(inside.values())
        if count:
            parts.append(f"{count} {word}" + (f" ({_reasons(inside)})" if inside else ""))
    return ", ".join(parts)


def _under(stats: Mapping[str, Any], prefix: str, *without: str) -> Counter[str]:
    named = {key.removeprefix(prefix): value for key, value in stats.items() if key.startswith(prefix)}
    return Counter({name: value for name, value in named.items() if name not in without})


def _reasons(counts: Counter[str], *, total: bool = False) -> str:
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    text = ", ".join(f"{name} {count}" for name, count in ordered)
    return f"{sum(counts.values())} ({text})" if total and counts else text
