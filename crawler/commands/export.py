"""`scrapy export FILE`: the events as CSV, JSON lines or JSON, written beside and moved into place."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.options import add_filters, add_moment, chosen_events, file_argument, filter_of
from pipelines.export import FORMATS, encoded, replacing
from pipelines.lock import StoreError


class Command(ScrapyCommand):
    """Exit status: 0 written, 1 could not be, 2 usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy export -h`."""
        return "[options] FILE.csv|FILE.jsonl|FILE.json|-"

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Write the events table to a file (CSV, JSON lines or JSON); - is standard output"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        add_moment(parser)
        parser.add_argument("--format", choices=sorted(FORMATS), help="format, where the file's ending does not say it")
        parser.add_argument("--bom", action="store_true", help="begin with a byte order mark, for Excel")
        parser.add_argument("--raw", action="store_true", help="CSV: leave texts that begin like a formula as they are")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the file; raises UsageError."""
        target = file_argument(args)
        form = opts.format or ("csv" if target == "-" else Path(target).suffix.lower().removeprefix("."))
        if form not in FORMATS:
            endings = ", ".join(f".{name}" for name in FORMATS)
            raise UsageError(f"{target}: unknown ending; use {endings} or --format", print_help=False)
        wanted = filter_of(opts)
        try:
            data = encoded(chosen_events(self.settings, wanted, opts), form, bom=opts.bom, raw=opts.raw)
            _write(target, data)
        except StoreError as error:
            self._fail(str(error))
        except OSError as error:
            self._fail(f"{target}: cannot be written: {error.strerror}")

    def _fail(self, message: str) -> None:
        print(f"scrapy export: {message}", file=sys.stderr)
        self.exitcode = 1


def _write(target: str, data: bytes) -> None:
    if target != "-":
        with replacing(Path(target).expanduser()) as file:
            file.write(data)
        return
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough; keep Python from complaining when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
