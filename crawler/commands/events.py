"""`scrapy events`: the newest events as a table in the terminal."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.options import add_filters, chosen_events, filter_of, no_options
from crawler.tables import print_events
from extract import RULES_VERSION, __version__
from pipelines.export import to_json
from pipelines.lock import StoreError

NOTHING_YET = "No events yet. Read some pages first, for example: scrapy crawl archive -a path=data/sample"
NONE_SUCH = "No event is as asked for."


class Command(ScrapyCommand):
    """Exit status: 0 printed, 1 could not be, 2 usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy events -h`."""
        return "[options]"

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Show the newest events: date, company, jobs, AI, and the sentence that says so"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("-n", type=int, default=20, metavar="N", help="how many (default: 20)")
        parser.add_argument("--json", action="store_true", help="print JSON, with all columns")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table; raises UsageError."""
        no_options(args)
        if args:
            raise UsageError(f"events takes no argument {args[0]!r}", print_help=False)
        if opts.n < 1:
            raise UsageError(f"-n {opts.n}: one event is the least", print_help=False)
        wanted = filter_of(opts)
        try:
            found = chosen_events(self.settings, wanted)
        except StoreError as error:
            print(f"scrapy events: {error}", file=sys.stderr)
            self.exitcode = 1
            return
        if opts.json:
            sys.stdout.write(to_json(found[: opts.n]))
            return
        console = Console(highlight=False, soft_wrap=True)
        if found:
            print_events(console, found[: opts.n])
        else:
            console.print(NOTHING_YET if wanted.everything else NONE_SUCH)
        console.print(f"{footer(len(found), opts.n)} · layoff-ledger {__version__}, rules {RULES_VERSION}", style="dim")


def footer(found: int, shown: int) -> str:
    """How many events there are and how many are shown.

    >>> footer(1, 20), footer(34, 20)
    ('1 event', '20 of 34 events')
    """
    total = f"{found} event{'' if found == 1 else 's'}"
    return total if found <= shown else f"{shown} of {total}"
