"""`scrapy export FILE`: the events as a table, a feed or a data package, written beside and moved into place."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import add_filters, add_moment, chosen_events, file_argument, filter_of, no_options
from crawler.outputs import write
from pipelines.formats import ENDINGS, MissingExtra, bytes_of
from pipelines.package import write_package
from pipelines.paths import database_path


class Command(LedgerCommand):
    """Exit status: 0 written, 1 could not be, 2 usage."""

    about = "Write the events to a file (CSV, JSON lines, JSON, Parquet, Atom feed) or a data package; - is stdout"

    def syntax(self) -> str:
        """For `scrapy export -h`."""
        return "[options] FILE.csv|.jsonl|.json|.parquet|.atom|- [--atom FILE] [--package DIR]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        add_moment(parser)
        parser.add_argument("--format", choices=sorted(ENDINGS), help="format, where the file's ending does not say it")
        parser.add_argument("--bom", action="store_true", help="begin with a byte order mark, for Excel")
        parser.add_argument("--raw", action="store_true", help="CSV: leave texts that begin like a formula as they are")
        parser.add_argument("--atom", metavar="FILE", help="write an Atom feed of new and changed events as well")
        parser.add_argument(
            "--package", metavar="DIR", help="write a Frictionless data package into this folder as well"
        )

    def check(self, args: list[str]) -> None:
        """A file; none is needed with --atom or --package."""

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file; raises StoreError and UsageError."""
        outputs = _outputs(args, opts)
        wanted, target = filter_of(opts), opts.package
        assert self.settings is not None
        try:
            events = chosen_events(self.settings, wanted, opts)
            for target, form in outputs:
                feed = form == "atom" and wanted.since is not None  # there it means the day of the last report
                found = chosen_events(self.settings, replace(wanted, since=None), opts) if feed else events
                write(target, bytes_of(found, form, bom=opts.bom, raw=opts.raw, since=wanted.since))
            if opts.package:
                target = opts.package
                write_package(database_path(self.settings), events, Path(target).expanduser(), raw=opts.raw)
        except MissingExtra as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{target}: cannot be written: {error.strerror}")


def _outputs(args: list[str], opts: argparse.Namespace) -> list[tuple[str, str]]:
    """The files to write, each with its format; raises UsageError."""
    no_options(args)
    if opts.package and (opts.as_of or opts.as_of_run is not None):
        raise UsageError("--package holds the claims of today; it cannot go with --as-of", print_help=False)
    outputs = [(opts.atom, "atom")] if opts.atom else []
    if not args and (opts.atom or opts.package):
        return outputs
    target = file_argument(args)
    form = opts.format or ("csv" if target == "-" else Path(target).suffix.lower().removeprefix("."))
    if form not in ENDINGS:
        endings = ", ".join(f".{name}" for name in ENDINGS)
        raise UsageError(f"{target}: unknown ending; use {endings} or --format", print_help=False)
    return [(target, form), *outputs]
