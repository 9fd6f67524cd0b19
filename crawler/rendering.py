"""The door to scrapy-playwright: pages of the few sources that say `render = true` are read as a browser shows them.

Off by default: nothing of this is loaded unless a chosen source asks for it and the extra [render] is installed.
"""

from __future__ import annotations

import importlib.util
import shutil
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from scrapy.http import Request

from crawler.middlewares.public import PublicHosts
from crawler.middlewares.refusals import PrivateHost

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.crawler import Crawler

    from crawler.sources import Source

HANDLER = "scrapy_playwright.handler.ScrapyPlaywrightDownloadHandler"
#: Programs of the system that will do; without any, Playwright's own browser is looked for.
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
#: What a page may load besides itself: scripts and what they ask for. Pictures, films and fonts say nothing.
WANTED = {"document", "script", "xhr", "fetch"}
#: Seconds after its loading that a page's scripts may go on to ask for things; then it is read as it stands.
SETTLING = 10.0
#: Why a source that asks for a browser gave nothing.
MISSING = 'needs a browser: .venv/bin/pip install -e ".[render]"'


def installed() -> bool:
    """Whether the extra is."""
    return importlib.util.find_spec("scrapy_playwright") is not None


def prepare(crawler: Crawler, sources: Iterable[Source]) -> None:
    """Put the browser into the settings of a crawl that has a source to render, where it is installed."""
    if not installed() or not any(source.render for source in sources):
        return
    settings = crawler.settings
    handlers = {**settings.getdict("DOWNLOAD_HANDLERS"), "http": HANDLER, "https": HANDLER}
    launch = {"executable_path": _browser(), "args": ["--disable-dev-shm-usage"]} | settings.getdict(
        "PLAYWRIGHT_LAUNCH_OPTIONS"
    )
    for name, value in {
        "DOWNLOAD_HANDLERS": handlers,
        "PLAYWRIGHT_LAUNCH_OPTIONS": {key: value for key, value in launch.items() if value},
        "PLAYWRIGHT_ABORT_REQUEST": Guard(crawler),
        "PLAYWRIGHT_DEFAULT_NAVIGATION_TIMEOUT": settings.getfloat("DOWNLOAD_TIMEOUT") * 1000,
        "PLAYWRIGHT_MAX_PAGES_PER_CONTEXT": 2,
    }.items():
        settings.set(name, value, priority="spider")


def _browser() -> str | None:
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def rendered(request: Request, source: Source) -> Request:
    """The request, to be made by the browser where its source asks for it; feeds and sitemaps need none."""
    listing = request.cb_kwargs.get("entry") is None
    if not source.render or (listing and source.kind != "index") or not installed():
        return request
    from scrapy_playwright.page import PageMethod

    return request.replace(
        meta={**request.meta, "playwright": True, "playwright_page_methods": [PageMethod(settled, SETTLING)]}
    )


async def settled(page: Any, seconds: float) -> None:
    """Wait until a page of Playwright's has asked for nothing for half a second; at most so many seconds.

    Some pages ask for ever, for an advertisement or the latest score. They are read as they stand then.
    """
    from playwright.async_api import TimeoutError as StillAsking

    with suppress(StillAsking):
        await page.wait_for_load_state("networkidle", timeout=seconds * 1000)


class Guard:
    """What a page in the browser may load: scripts and their data, from hosts that we would fetch from ourselves."""

    def __init__(self, crawler: Crawler) -> None:
        self.hosts = PublicHosts.from_crawler(crawler)

    async def __call__(self, request: Any) -> bool:
        """Whether to refuse a request of Playwright's."""
        if request.resource_type not in WANTED:
            return True
        try:
            await self.hosts.process_request(Request(request.url))
        except (PrivateHost, ValueError):
            return True
        return False
