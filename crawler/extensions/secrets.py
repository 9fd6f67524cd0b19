"""Keeps passwords, tokens and keys that stand in addresses out of the log."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from scrapy import signals

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

_USER = re.compile(r"(?<=://)[^\s/@?#]+@")
_PARAMETER = re.compile(
    r"((?:^|[?&;\s])[\w.-]*(?:key|token|sig|signature|password|passwd|secret|auth|session|credential)[\w.-]{0,20}=)"
    r"[^\s&#;\"'>]+",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """`text` with what is secret in its addresses replaced.

    >>> masked("GET https://me:pw@a.example/x?id=7&api_key=abc&Signature=def#top failed")
    'GET https://***@a.example/x?id=7&api_key=***&Signature=***#top failed'
    """
    return _PARAMETER.sub(r"\1***", _USER.sub("***@", text))


class Masking(logging.Formatter):
    """Another formatter's lines, tracebacks included, masked."""

    def __init__(self, inner: logging.Formatter) -> None:
        super().__init__()
        self.inner = inner

    def format(self, record: logging.LogRecord) -> str:
        """The line that the other formatter makes, masked."""
        return masked(self.inner.format(record))


class Secrets:
    """Extension that puts Masking between the log's handlers and what they print."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in. It makes its log handler anew after this, so they are looked for when the crawl begins."""
        extension = cls()
        crawler.signals.connect(extension.mask, signals.spider_opened)
        return extension

    def mask(self) -> None:
        """Mask what all handlers print."""
        for handler in logging.root.handlers:
            if not isinstance(handler.formatter, Masking):
                handler.setFormatter(Masking(handler.formatter or logging.Formatter()))
