"""`scrapy events`: the newest events as a table in the terminal."""

from __future__ import annotations

import argparse

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import add_filters, chosen_events, filter_of
from crawler.outputs import write_json
from crawler.tables import print_events
from extract import RULES_VERSION, __version__
from pipelines.export import to_json

NOTHING_YET = "No events yet. Read some pages first, for example: scrapy crawl archive -a path=data/sample"
NONE_SUCH = "No event is as asked for."


class Command(LedgerCommand):
    """Exit status: 0 printed, 1 could not be, 2 usage."""

    about = "Show the newest events: date, company, jobs, AI, and the sentence that says so"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("-n", type=int, default=20, metavar="N", help="how many (default: 20)")
        parser.add_argument("--json", action="store_true", help="print JSON, with all columns")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table; raises StoreError and UsageError."""
        if opts.n < 1:
            raise UsageError(f"-n {opts.n}: one event is the least", print_help=False)
        wanted = filter_of(opts)
        found = chosen_events(self.settings, wanted)
        if opts.json:
            write_json(to_json(found[: opts.n]))
            return
        console = self.console()
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
