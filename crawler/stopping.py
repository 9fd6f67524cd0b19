"""SIGTERM and SIGINT from a crawl's first line to its last: whenever they come, the exit status is one of ours.

Scrapy's own handlers hold while its reactor runs. Before, the signal would kill; and Python takes handlers away before
a process has quite ended.
"""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)
Handler = Callable[[int, FrameType | None], None]


def before_crawl(status: int) -> None:
    """From now on a signal ends the process with `status`, and says so. Nothing has begun that would be lost."""

    def stop(number: int, frame: FrameType | None) -> None:
        os.write(2, b"scrapy crawl: stopped early: before it began\n")  # print may be interrupted by its own caller
        raise SystemExit(status)

    _install(stop)


def after_crawl() -> None:
    """From now on a signal changes nothing: what is left is to say how the crawl ended.

    Programs that are still started, as the alarm command, hear signals as ever.
    """
    _install(_nothing)
    atexit.register(_ignore)


def _install(handler: Handler) -> None:
    for number in SIGNALS:
        signal.signal(number, handler)


def _nothing(number: int, frame: FrameType | None) -> None:
    """All is done."""


def _ignore() -> None:
    """What is ignored stays so to the end; a handler does not."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
