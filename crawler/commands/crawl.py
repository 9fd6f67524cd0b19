"""`scrapy crawl`: Scrapy's own, with an exit status that cron can trust and one line on stderr that says why.

Scrapy's exits with 0 even where every callback failed.
"""

from __future__ import annotations

import asyncio
import logging
import re
import sys
from typing import TYPE_CHECKING, Any, cast

from scrapy.commands.crawl import Command as CrawlCommand
from scrapy.exceptions import UsageError

from crawler import alarm, stopping
from crawler.addresses import Unusable
from crawler.options import known_settings
from crawler.sources import SourceError, nearest
from extract.model import NoModel
from pipelines.database import prepare
from pipelines.lock import DatabaseBusy, DiskFull, StoreError, lock
from pipelines.paths import database_path, overrides_path

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Mapping

    from scrapy.crawler import Crawler

logger = logging.getLogger(__name__)

#: Exit status, the same for all commands of the project.
GOOD, FAILED, USAGE, THRESHOLD, EARLY, BUSY, SILENT = range(7)
#: What keeps a crawl from starting -> exit status. The first that fits counts; anything else is EARLY.
STARTS: tuple[tuple[type[BaseException], int], ...] = (
    (UsageError, USAGE),
    (NoModel, USAGE),
    (DatabaseBusy, BUSY),
    (DiskFull, EARLY),
    (StoreError, FAILED),
    (SourceError, FAILED),
    (Unusable, FAILED),
    (OSError, FAILED),
)


class Command(CrawlCommand):
    """`scrapy crawl SPIDER [-a NAME=VALUE]...`"""

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Fetch pages (news, archive or urls), read them, store what they say; exit status in the README"

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Scrapy's own, save that `-a url=A -a url=B` keeps both. From here on a signal has its exit status."""
        stopping.before_crawl(EARLY)
        known_settings(opts)
        opts.spargs = joined(opts.spargs)
        super().process_options(args, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, and leave the exit status in `exitcode`. Raises UsageError where there is not one spider."""
        if len(args) != 1:
            raise UsageError("name one spider, for example: scrapy crawl news", print_help=False)
        assert self.crawler_process is not None
        assert self.settings is not None
        spiders = self.crawler_process.spider_loader.list()
        if args[0] not in spiders:
            self.end(USAGE, f"unknown spider {args[0]!r}; {nearest(args[0], spiders)}")
            return
        try:
            with lock(path := database_path(self.settings)):
                prepare(
                    path, overrides_path(self.settings)
                )  # what cannot be written is told before Scrapy starts, without its tracebacks
                self.crawl(self._create_crawler(args[0]), opts.spargs)
        except StoreError as error:
            self.end(*start_error(error))

    def crawl(self, crawler: Crawler, arguments: dict[str, str]) -> None:
        """Run one crawl to its end and judge it."""
        assert self.crawler_process is not None
        run = self.crawler_process.crawl(crawler, **arguments)
        self.crawler_process.start()
        stopping.after_crawl()
        error = outcome(run)
        if error is None:
            self.end(*judged(crawler), crawler)
        else:
            logger.debug("The crawl did not start", exc_info=error)
            self.end(*start_error(error))

    def end(self, status: int, message: str = "", crawler: Crawler | None = None) -> None:
        """Leave the exit status, say why it is not 0, and raise the alarm where there is cause.

        The status tells every day that a source is silent; words and the alarm command come when it becomes so, and
        once a week after that.
        """
        stopping.after_crawl()
        self.exitcode = status
        if message:
            print(f"scrapy crawl: {message}", file=sys.stderr)
        spider: Any = crawler.spider if crawler else None
        health = getattr(spider, "health", ())
        wanted = status not in (GOOD, SILENT) or alarm.due(health)
        if self.settings and self.settings["ALARM_COMMAND"] and wanted:
            stats = crawler.stats.get_stats() if crawler else {}
            failed = spider.visits.failed() if hasattr(spider, "visits") else ()
            told = alarm.summary(spider.name if spider else "", status, message, stats, health, failed)
            if wrong := alarm.send(self.settings["ALARM_COMMAND"], told):
                print(f"scrapy crawl: {wrong}", file=sys.stderr)
                self.exitcode = status or FAILED


def joined(pairs: Iterable[str]) -> list[str]:
    """`NAME=VALUE` pairs in which a name stands once; the values of one given several times are lines of one.

    >>> joined(["url=https://a.example/", "tag=us", "url=https://b.example/"])
    ['url=https://a.example/\\nhttps://b.example/', 'tag=us']
    """
    values: dict[str, list[str]] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        values.setdefault(name + equals, []).append(value)
    return [name + "\n".join(found) for name, found in values.items()]


def judged(crawler: Crawler) -> tuple[int, str]:
    """Exit status and message for a crawl that ran, with the names of the sources that it is about."""
    settings, spider = crawler.settings, cast(Any, crawler.spider)
    status, message = verdict(crawler.stats.get_stats(), settings.getfloat("FAILURE_THRESHOLD"))
    if status == THRESHOLD and hasattr(spider, "visits") and (failed := spider.visits.failed()):
        return status, f"{message}; without result: {alarm.named(failed)}"
    health = getattr(spider, "health", ())
    if status == GOOD and any(h.alarming for h in health) and settings.getbool("ALARM"):
        return SILENT, alarm.words(health)
    return status, message


def outcome(run: Any) -> BaseException | None:
    """What ended a crawl before it began; None where it began. Asking keeps asyncio from printing a traceback."""
    if not isinstance(run, asyncio.Future) or not run.done():
        return None  # killed by a second signal: the stats tell
    return asyncio.CancelledError("stopped") if run.cancelled() else run.exception()


def start_error(error: BaseException) -> tuple[int, str]:
    """Exit status and message for what kept a crawl from starting."""
    status = next((status for kind, status in STARTS if isinstance(error, kind)), EARLY)
    words = re.sub(r"^\[Errno \d+\] ", "", str(error))
    return status, words if status != EARLY else f"could not start: {type(error).__name__}: {words}"


def verdict(stats: Mapping[str, Any], threshold: float) -> tuple[int, str]:
    """Exit status and message for a crawl that ran: stopped early before errors before failures.

    >>> verdict({"finish_reason": "finished", "pages/fetched": 9, "pages/failed/timeout": 1}, 0.2)
    (0, '')
    >>> verdict({"finish_reason": "shutdown"}, 0.2)
    (4, 'stopped early: shutdown')
    """
    reason, broken = stats.get("finish_reason") or "killed", stats.get("store/error")
    if reason != "finished":
        return EARLY, f"stopped early: {reason}" + (f": {broken}" if broken else "")
    lost = stats.get("requests/unaccounted", 0)
    if lost:
        return FAILED, f"{lost} requests ended without a word; the next crawl asks again"
    errors = stats.get("spider_exceptions/count", 0) + total(stats, "items/failed/")
    if errors:
        return FAILED, f"{errors} errors in the program, see the log; the rest is done"
    if broken:
        return FAILED, str(broken)
    bad = stats.get("inputs/bad", 0)
    if bad:
        return FAILED, f"{bad} inputs could not be used, see above; the rest is done"
    fetched = stats.get("pages/fetched", 0)
    fine = fetched + stats.get("pages/known", 0) + stats.get("pages/not modified", 0)  # of all pages listed
    for what, good, failed in (
        ("sources", stats.get("sources/read", 0), total(stats, "sources/failed/", "sources/refused/")),
        ("pages", fine, total(stats, "pages/failed/")),
        ("addresses", fetched, stats.get("inputs/refused", 0) + total(stats, "pages/failed/")),
    ):
        if failed > threshold * (good + failed):
            return THRESHOLD, f"{failed} of {good + failed} {what} failed, more than FAILURE_THRESHOLD ({threshold:g})"
    return GOOD, ""


def total(stats: Mapping[str, Any], *prefixes: str) -> int:
    """The sum of all counters whose names begin so."""
    return sum(value for name, value in stats.items() if name.startswith(prefixes))
