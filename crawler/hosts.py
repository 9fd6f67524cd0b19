"""The pace of each host: Scrapy's slots, slowed down, paused, emptied. The only file that changes them."""

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from scrapy.utils.httpobj import urlparse_cached

if TYPE_CHECKING:
    from collections.abc import Callable

    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Request

#: Seconds between two requests of a host that pauses, where the settings ask for none: Scrapy looks at a slot's
#: waiting time only where it has a delay.
LEAST_DELAY = 0.001


def name(request: Request) -> str:
    """The host that `request` goes to, as Scrapy keeps its slots."""
    return urlparse_cached(request).hostname or ""


def slot_of(crawler: Crawler, request: Request) -> Slot | None:
    """Where the requests of the same host wait; None while it has had none."""
    slot: Slot | None = crawler.engine.downloader.slots.get(request.meta.get("download_slot", name(request)))
    return slot


def delay_at_least(crawler: Crawler, host: str, delay: float | None) -> None:
    """Make `delay` (seconds) the least time between two requests to `host`; it may become longer, never shorter."""
    downloader = crawler.engine.downloader
    if not delay or not math.isfinite(delay) or delay <= crawler.settings.getfloat("DOWNLOAD_DELAY"):
        return
    downloader.per_slot_settings[host] = {"delay": delay, "concurrency": 1, "jitter": 0}
    if host in downloader.slots:
        slot = downloader.slots[host]
        slot.delay, slot.concurrency, slot.jitter = max(slot.delay, delay), 1, 0


def floor(crawler: Crawler, host: str) -> float:
    """The least delay of `host`, in seconds, as delay_at_least has set it; 0 where it has not."""
    return float(crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", 0.0))


def slower(crawler: Crawler, request: Request, longest: float) -> None:
    """Double the delay of the request's host, up to `longest` seconds."""
    slot = slot_of(crawler, request)
    if slot is not None:
        slot.delay = max(slot.delay, min(2 * slot.delay, longest))


def pause(crawler: Crawler, request: Request, seconds: float) -> None:
    """Send nothing to the request's host for so many seconds from now."""
    slot = slot_of(crawler, request)
    if slot is not None and seconds > 0:
        slot.delay = slot.delay or LEAST_DELAY
        slot.lastseen = max(slot.lastseen, time.monotonic() + seconds)  # a time to come: the delay counts from there


def drain(crawler: Crawler, request: Request, error: Callable[[str], Exception]) -> None:
    """End the requests that wait for the request's host."""
    slot = slot_of(crawler, request)
    if slot is not None:
        empty(slot, error)


def empty(slot: Slot, error: Callable[[str], Exception]) -> None:
    """End the requests that wait in `slot`; each goes to its errback with `error(url)`."""
    while slot.queue:
        request, waiting = slot.queue.popleft()
        waiting.errback(error(request.url))
