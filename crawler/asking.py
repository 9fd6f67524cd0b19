"""What the commands that ask the database have in common: nothing but one answer, as text or as JSON."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from crawler.commanding import LedgerCommand
from crawler.outputs import write_json
from extract import RULES_VERSION, __version__
from pipelines.paths import database_path

VERSIONS = f"layoff-ledger {__version__}, rules {RULES_VERSION}"


class Asking(LedgerCommand):
    """A command that reads the database. Exit status: 0 answered, 1 could not be, 2 usage."""

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Answer; raises StoreError and UsageError."""
        assert self.settings is not None
        self.answer(database_path(self.settings), args[0] if args else "", opts)

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print the answer from the database at `path`; raises StoreError."""
        raise NotImplementedError


def print_json(**answer: Any) -> None:
    """One object, with the project's and the rules' version."""
    table = {"version": __version__, "rules_version": RULES_VERSION, **answer}
    write_json(json.dumps(table, ensure_ascii=False, indent=2) + "\n")
