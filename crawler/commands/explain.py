"""`scrapy explain URL|FILE|ID -o FILE`: how a page was read, as one HTML file that needs nothing else."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import read_with_model
from crawler.outputs import write
from pipelines.paths import database_path


class Command(LedgerCommand):
    """Exit status: 0 written, 1 there is nothing to explain or it cannot be written, 2 usage."""

    about = "Show how a page was read, as HTML: every mark, claim and event, and what was rejected by which rule"

    wanted = "URL|FILE|EVENT_ID"
    hint = "; name one page: a URL, a file, or an event's id"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("-o", "--output", metavar="FILE", help="the HTML file to write (standard output in a pipe)")
        parser.add_argument("--id", metavar="ID", help="of a FILE with several articles, the one of this id")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the page; raises StoreError and UsageError."""
        if opts.output is None and sys.stdout.isatty():
            raise UsageError("say where to write it, for example: -o reading.html", print_help=False)
        assert self.settings is not None
        read_with_model(self.settings)
        from crawler import explained, explaining  # load what reads text; Scrapy imports all commands to run one

        try:
            text = explained.html(explaining.readings(args[0], opts.id, database_path(self.settings)))
            write(opts.output or "-", text.encode("utf-8", "backslashreplace"))
        except explaining.NotFound as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename or opts.output}: {error.strerror}")
