"""`scrapy crawl urls`: pages whose addresses somebody names."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scrapy.exceptions import UsageError

from crawler import shards
from crawler.addresses import given_path, web_address
from crawler.middlewares.refusals import Refused
from crawler.outcomes import reason
from crawler.spiders.base import PageSpider, given

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    from scrapy.http import Request, Response

    from extract.records import Page


class UrlsSpider(PageSpider):
    """Fetches the addresses given; a line that is none is told, and the rest goes on."""

    name = "urls"
    asks_again = True  # whoever names an address wants it fetched

    def __init__(self, url: str = "", file: str = "", shard: str = "", **unknown: Any) -> None:
        """Take `url` (several: with commas or repeated) or `file`, one address a line, `#` begins a comment.

        With `shard`, as 2/8, only addresses whose host is that shard's are fetched.
        """
        super().__init__(**unknown)
        if not url.strip() and not file.strip():
            raise UsageError("give -a url=ADDRESS or -a file=FILE")
        self.url, self.file = re.sub(r"(?<=://)[^\s/@,]+@", "", url), file  # the row of the run repeats them
        self.shard, self.hosts = shard, given("shard", shards.shard, shard)
        self.files = [given_path(name) for name in file.split("\n") if name]

    async def start(self) -> AsyncIterator[Request]:
        """One request an address."""
        for where, text in self.addresses():
            address = web_address(text)
            if address is None:
                self.bad_input(where, f"no web address: {text!r}")
            elif not self.hosts.holds(address):
                self.count("inputs/skipped/other shard")
            else:
                yield self.request(address, self.read)

    def addresses(self) -> Iterator[tuple[str, str]]:
        """Each address with the place where it was given; a comma may be part of an address."""
        for text in re.split(r"\n|,(?=\s*\w+:)", self.url):
            if text.strip():
                yield "-a url", text.strip()
        for path in self.files:
            yield from self.lines(path)

    def lines(self, path: Path) -> Iterator[tuple[str, str]]:
        """The addresses of a file, with file and line."""
        with path.open(encoding="utf-8-sig", errors="replace") as stream:
            for number, line in enumerate(stream, 1):
                text = re.sub(r"(^|\s)#.*", "", line).strip()
                if text:
                    yield f"{path}:{number}", text

    def read(self, response: Response) -> Iterator[Page]:
        """The page."""
        page = self.page(response, source=self.name)
        if page is not None:
            yield page

    def failed(self, failure: Any) -> Iterator[Page]:
        """Errback. What somebody asked for by name is not passed over in silence, also where it is we who refuse."""
        if isinstance(failure.value, Refused):
            self.count("inputs/refused")
        self.logger.warning("%s: %s", failure.request.url, reason(failure.value))
        return super().failed(failure)
