"""The project's settings, with a SIGTERM that the process sends itself at the moment STOP_AT, once.

The moments are calls that every crawl makes, in their order, and two after its last line.
"""

from __future__ import annotations

import atexit
import functools
import os
import signal
from typing import Any

from scrapy import crawler
from scrapy.core import engine

from crawler.commands import crawl
from crawler.extensions import closing, summary
from pipelines import database, lock
from tests.newsroom import pipeline
from tests.newsroom.settings import *  # noqa: F403

#: Moment -> what is called then.
calls: dict[str, tuple[Any, str]] = {
    "process": (crawler.AsyncCrawlerProcess, "__init__"),
    "command": (crawl.Command, "run"),
    "lock": (lock, "_take"),
    "schema": (database.Ledger, "__init__"),
    "crawler": (crawler.Crawler, "__init__"),
    "start": (crawler.AsyncCrawlerProcess, "start"),
    "crawl": (crawler.Crawler, "crawl_async"),
    "engine": (crawler.Crawler, "_create_engine"),
    "pipelines": (pipeline.PagesFile, "__init__"),
    "opening": (engine.ExecutionEngine, "open_spider_async"),
    "opened": (closing, "create_looping_call"),
    "page": (pipeline.PagesFile, "process_item"),
    "idle": (engine.ExecutionEngine, "_spider_idle"),
    "closed": (summary, "summary"),
    "stopped": (crawler.AsyncCrawlerProcess, "_stop_reactor"),
    "outcome": (crawl, "outcome"),
    "judged": (crawl, "judged"),
    "end": (crawl.Command, "end"),
}
after = ("exit", "teardown")


class Teardown:
    """Sends the signal when the interpreter takes its modules apart."""

    def __del__(self, kill: Any = os.kill, pid: int = os.getpid(), number: int = signal.SIGTERM) -> None:
        kill(pid, number)


def send() -> None:
    """Once."""
    os.environ["STOP_AT"] = ""
    os.kill(os.getpid(), signal.SIGTERM)


def stopping(call: Any) -> Any:
    """The same call, before which the signal comes."""

    @functools.wraps(call)
    def stopped(*arguments: Any, **named: Any) -> Any:
        if os.environ["STOP_AT"]:
            send()
        return call(*arguments, **named)

    return stopped


moment = os.environ.get("STOP_AT", "")
if moment in calls:
    owner, name = calls[moment]
    setattr(owner, name, stopping(getattr(owner, name)))
elif moment == "exit":
    atexit.register(send)
elif moment == "teardown":
    left = Teardown()
