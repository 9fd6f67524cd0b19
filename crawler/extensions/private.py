"""Scrapy's JOBDIR and HTTP cache hold pickles: whoever can write there can run code in the crawl."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy.exceptions import NotConfigured
from scrapy.utils.project import data_path

from crawler.addresses import Unusable

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class PrivateFolders:
    """Extension that makes these folders its owner's alone, and refuses those in which others can write."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way in. Raises Unusable, and the crawl does not begin."""
        settings = crawler.settings
        named = [settings["JOBDIR"]] if settings["JOBDIR"] else []
        if settings.getbool("HTTPCACHE_ENABLED"):
            named.append(data_path(settings["HTTPCACHE_DIR"]))
        if not named:
            raise NotConfigured
        for name in named:
            check(Path(name))
        return cls()


def check(folder: Path) -> None:
    """Make `folder` with access for its owner alone; raises Unusable where others can write in it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if stat.S_IMODE(folder.stat().st_mode) & (stat.S_IWGRP | stat.S_IWOTH):
        raise Unusable(f"{folder}: others can write there, and what lies there can run code; chmod go-w {folder}")
    folder.chmod(0o700)  # also where Scrapy made it a moment ago
