"""`scrapy merge A.db B.db`: takes what other databases hold into this one, without doubles."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.addresses import given_path
from crawler.ledgers import FAILED, run, status
from crawler.options import known_settings, no_options
from pipelines.database import Ledger
from pipelines.lock import StoreError, lock
from pipelines.merging import merge
from pipelines.paths import database_path, overrides_path
from pipelines.search import index_articles


class Command(ScrapyCommand):
    """Exit status: 0 merged, 1 could not be, 2 usage, 5 another run holds the database."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy merge -h`."""
        return "[options] FILE.db [FILE.db]..."

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Take what other databases hold (shards, another machine's) into the DATABASE, without doubles"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Merge; raises UsageError."""
        no_options(args)
        known_settings(opts)
        if not args:
            raise UsageError("name the databases, for example: scrapy merge A.db B.db", print_help=False)
        assert self.settings is not None
        path = database_path(self.settings)
        try:
            others = [given_path(name).resolve() for name in args]
            if path.resolve() in others:
                raise StoreError(f"{path}: is the DATABASE that the others are taken into; name only the others")
            with lock(path), Ledger(path, overrides_path(self.settings)) as ledger:
                self._merge(ledger, others)
        except (OSError, StoreError) as error:
            print(f"scrapy merge: {error}", file=sys.stderr)
            self.exitcode = status(error) if isinstance(error, StoreError) else FAILED

    def _merge(self, ledger: Ledger, others: list[Path]) -> None:
        counts = merge(ledger, others)
        with run(ledger, "merge", {"files": [other.name for other in others]}) as row:
            events = ledger.rebuild(row.number)
            index_articles(ledger.db, ledger.path)
        told = [("articles", counts), ("events", events)]
        for what, found in told:
            print(f"{what}  {', '.join(f'{n} {word}' for word, n in found.items())}")
