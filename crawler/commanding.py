"""What the project's commands have in common: the frame around their work, and how a failure is told."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ledgers import FAILED, status
from crawler.options import known_settings, no_options
from crawler.outputs import Answer, replace_what_cannot_be_shown
from pipelines.lock import StoreError


class LedgerCommand(ScrapyCommand):
    """A command without a crawl. Exit status: 0 done, 1 could not be, 2 usage, 5 another run holds the database.

    A subclass says what it is about and does its `work`.
    """

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}
    about = ""  # a line for `scrapy --help`
    wanted = ""  # the one argument, as the help calls it; "" for none
    hint = ""  # what is said to those who give another number, e.g. "; use --url or --before"

    @property
    def name(self) -> str:
        """As the command is called."""
        return type(self).__module__.rpartition(".")[2]

    def syntax(self) -> str:
        """For `scrapy COMMAND -h`."""
        return f"[options] {self.wanted}".strip()

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return self.about

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Check the arguments, work, and tell what the database refuses; raises UsageError."""
        no_options(args)
        known_settings(opts)
        replace_what_cannot_be_shown()
        self.check(args)
        try:
            self.work(args, opts)
        except StoreError as error:
            self.fail(str(error), status(error))

    def check(self, args: list[str]) -> None:
        """Are there as many arguments as are wanted? Raises UsageError."""
        if args and not self.wanted:
            raise UsageError(f"{self.name} takes no argument {args[0]!r}{self.hint}", print_help=False)
        if len(args) != bool(self.wanted):
            raise UsageError(f"{self.name} takes one {self.wanted}, not {len(args)}{self.hint}", print_help=False)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Do it. Raises StoreError and UsageError."""
        raise NotImplementedError

    def fail(self, message: str, code: int = FAILED) -> None:
        """Say what could not be done, and leave the exit status."""
        print(f"scrapy {self.name}: {message}", file=sys.stderr)
        self.exitcode = code

    def console(self) -> Console:
        """Where the answer is printed: colours only in a terminal."""
        return Answer(highlight=False, soft_wrap=True)
