"""The project's settings, and a crawl that dies by SIGKILL the moment its first article is stored."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING, Any, Self

from scrapy import signals

from crawler.settings import *  # noqa: F403

if TYPE_CHECKING:
    from scrapy.crawler import Crawler


class Dying:
    """Extension that hears of the article before anybody else does."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        dying = cls()
        crawler.signals.connect(dying.scraped, signals.item_scraped)
        return dying

    def scraped(self, item: Any) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


EXTENSIONS = {**EXTENSIONS, "tests.newsroom.dying.Dying": 0}  # noqa: F405
