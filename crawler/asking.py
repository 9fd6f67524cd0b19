"""What the commands that ask the database have in common: nothing but one answer, as text or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.options import no_options
from extract import RULES_VERSION, __version__
from pipelines.lock import StoreError
from pipelines.paths import database_path

VERSIONS = f"layoff-ledger {__version__}, rules {RULES_VERSION}"


class Asking(ScrapyCommand):
    """A command that reads the database. Exit status: 0 answered, 1 could not be, 2 usage."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}
    name = ""  # of the command
    wanted = ""  # the one argument, as the help calls it; "" for none

    def syntax(self) -> str:
        """For `scrapy COMMAND -h`."""
        return f"[options] {self.wanted}".strip()

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Answer; raises UsageError."""
        no_options(args)
        if len(args) != bool(self.wanted):
            given = f", not {len(args)}" if self.wanted else f": {args[0]!r}"
            raise UsageError(
                f"{self.name} takes {'one ' + self.wanted if self.wanted else 'no argument'}{given}", print_help=False
            )
        assert self.settings is not None
        try:
            self.answer(database_path(self.settings), args[0] if args else "", opts)
        except StoreError as error:
            self.fail(str(error))

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print the answer from the database at `path`; raises StoreError."""
        raise NotImplementedError

    def fail(self, message: str, status: int = 1) -> None:
        """Say why there is no answer, and leave the exit status."""
        print(f"scrapy {self.name}: {message}", file=sys.stderr)
        self.exitcode = status

    def console(self) -> Console:
        """Where the answer is printed: colours only in a terminal."""
        return Console(highlight=False, soft_wrap=True)


def print_json(**answer: Any) -> None:
    """One object, with the project's and the rules' version."""
    table = {"version": __version__, "rules_version": RULES_VERSION, **answer}
    sys.stdout.write(json.dumps(table, ensure_ascii=False, indent=2) + "\n")
