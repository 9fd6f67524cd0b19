"""`scrapy backfill`: reads web archives by the thousand, on this machine or on a Dask cluster."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ledgers import EARLY, FAILED, made, run, status
from crawler.options import known_settings, no_options, read_with_model
from crawler.progress import shown
from extract import RULES_VERSION, __version__
from pipelines.afterwards import tidy
from pipelines.backfill.archives import Unusable, named
from pipelines.backfill.cluster import Cluster, ClusterError
from pipelines.backfill.manifest import unread
from pipelines.backfill.processes import Processes, cores
from pipelines.backfill.reader import Limits
from pipelines.backfill.run import Run, fill
from pipelines.database import Ledger
from pipelines.lock import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 read, 1 some archives damaged or not read, 2 usage, 4 stopped early, 5 another run writes."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy backfill -h`."""
        return "[options] PATH..."

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Read web archives (WARC files, globs, lists, s3://, https://), with all cores or on a Dask cluster"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        group = parser.add_argument_group("Who reads")
        group.add_argument("--processes", type=int, metavar="N", help="processes of this machine (default: one a core)")
        group.add_argument("--workers", type=int, metavar="N", help="a Dask cluster of N workers on this machine")
        group.add_argument("--scheduler", metavar="ADDRESS", help="a Dask cluster that runs, e.g. tcp://10.0.0.5:8786")
        group.add_argument("--page-seconds", type=int, default=30, metavar="N", help="processor time a page may take")
        group.add_argument("--memory", type=int, default=4096, metavar="MB", help="address space a process may have")
        parser.add_argument("--base", default="", metavar="ADDRESS", help="what stands before the lines of a list")
        parser.add_argument("--again", action="store_true", help="read archives again that have been read")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read; raises UsageError."""
        no_options(args)
        known_settings(opts)
        _check(args, opts)
        if self.settings and self.settings["NER_MODEL"]:
            read_with_model(self.settings)  # here only to see that it can be
        try:
            archives = named(args, opts.base)
            with made(self.settings) as ledger:
                self._fill(ledger, archives, opts)
        except Unusable as error:
            self._fail(str(error), FAILED)
        except StoreError as error:
            self._fail(str(error), status(error))

    def _fill(self, ledger: Ledger, archives: list[str], opts: argparse.Namespace) -> None:
        todo = archives if opts.again else unread(ledger, archives)
        done = Run()
        with run(ledger, "backfill", {"archives": len(archives), "again": opts.again or None}) as row:
            early = self._read(ledger, todo, done, row.number, opts)
            done.events = ledger.rebuild(row.number)
            tidy(ledger.db, ledger.path, self.settings.getint("KEEP_TEXT_DAYS") if self.settings else 0)
            row.reason, row.columns = ("stopped" if early else "finished"), done.columns()
        print(summary(done, len(archives) - len(todo)))
        for line in done.failures:
            print(f"scrapy backfill: {line}", file=sys.stderr)
        left = len(todo) - done.states.total()
        if early:
            self._fail(f"{early}; {left} archives are left: the same command again goes on with them", EARLY)
        elif done.failures:
            self._fail(
                f"{len(done.failures)} archives are damaged or could not be read, see above; the rest is done", 1
            )

    def _read(self, ledger: Ledger, todo: list[str], done: Run, number: int, opts: argparse.Namespace) -> str:
        """Why it ended early; "" if it did not."""
        if not todo:
            return ""
        try:
            with shown(len(todo)) as progress, _interruptible(), self._engine(opts) as engine:
                fill(ledger, engine, todo, done, number, progress)
        except KeyboardInterrupt:
            return "stopped"
        except ClusterError as error:
            return str(error)
        return ""

    def _engine(self, opts: argparse.Namespace) -> Processes | Cluster:
        model = (self.settings.get("NER_MODEL") if self.settings else "") or ""
        limits = Limits(opts.page_seconds, opts.memory, model)
        if opts.scheduler or opts.workers:
            return Cluster(opts.scheduler, opts.workers or 0, limits)
        return Processes(opts.processes or cores(), limits)

    def _fail(self, message: str, code: int) -> None:
        print(f"scrapy backfill: {message}", file=sys.stderr)
        self.exitcode = code


def _check(args: list[str], opts: argparse.Namespace) -> None:
    if not args:
        raise UsageError("name an archive, for example: scrapy backfill data/pages/*.warc.gz", print_help=False)
    for name in ("processes", "workers", "page_seconds", "memory"):
        if getattr(opts, name) is not None and getattr(opts, name) < 1:
            raise UsageError(f"--{name.replace('_', '-')}: at least 1", print_help=False)
    if sum(option is not None for option in (opts.processes, opts.workers, opts.scheduler)) > 1:
        raise UsageError("only one of --processes, --workers, --scheduler", print_help=False)


@contextmanager
def _interruptible() -> Iterator[None]:
    """SIGTERM ends the reading as Ctrl-C does; what is read is written. A second one ends the process."""

    def stop(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    before = {number: signal.signal(number, stop) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def summary(done: Run, known: int) -> str:
    """The block at the end."""

    def told(counts: dict[str, int]) -> str:
        return ", ".join(f"{count:,} {name}" for name, count in counts.items() if count) or "none"

    rejected = ", ".join(f"{rule} {count:,}" for rule, count in done.rejected.most_common())
    lines = [
        ("archives", told(dict(done.states) | {"read before": known})),
        ("pages", f"{done.pages:,} read"),
        ("rejected", f"{done.rejected.total():,}" + (f" ({rejected})" if rejected else "")),
        ("articles", told(dict(done.articles))),
        ("events", told(done.events)),
    ]
    head = f"backfill (layoff-ledger {__version__}, rules {RULES_VERSION})"
    return "\n".join([head, *(f"  {name:<9} {words}" for name, words in lines)])
