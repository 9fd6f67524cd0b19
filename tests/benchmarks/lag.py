"""The project's settings with a reader that parses without guards, and a clock that measures how late the reactor is:
every 10 ms it should run; the share of the latest hundredth and the latest of all go to the file LAG."""

from __future__ import annotations

import asyncio
import os
import time
from pathlib import Path
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

from tests.newsroom.unguarded import *  # noqa: F403

TICK = 0.01


class Clock:
    """Extension that measures from the opening of the spider to its end."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        clock = cls()
        crawler.signals.connect(clock.opened, signals.spider_opened)
        crawler.signals.connect(clock.closed, signals.spider_closed)
        return clock

    def opened(self) -> None:
        self.late: list[float] = []
        self.task = asyncio.get_running_loop().create_task(self.tick())

    async def tick(self) -> None:
        while True:
            before = time.monotonic()
            await asyncio.sleep(TICK)
            self.late.append(time.monotonic() - before - TICK)

    def closed(self) -> None:
        self.task.cancel()
        late = sorted(self.late)
        Path(os.environ["LAG"]).write_text(f"{late[len(late) // 2]} {late[int(len(late) * 0.99)]} {late[-1]}")


EXTENSIONS = {**EXTENSIONS, "tests.benchmarks.lag.Clock": 1}  # noqa: F405
