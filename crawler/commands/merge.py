"""`scrapy merge A.db B.db`: takes what other databases hold into this one, without doubles."""

from __future__ import annotations

import argparse
from pathlib import Path

from scrapy.exceptions import UsageError

from crawler.addresses import given_path
from crawler.commanding import LedgerCommand
from crawler.ledgers import made, run
from pipelines.database import Ledger
from pipelines.lock import StoreError
from pipelines.merging import merge
from pipelines.paths import database_path
from pipelines.search import index_articles


class Command(LedgerCommand):
    """Exit status: 0 merged, 1 could not be, 2 usage, 5 another run holds the database."""

    about = "Take what other databases hold (shards, another machine's) into the DATABASE, without doubles"

    wanted = "FILE.db [FILE.db]..."

    def check(self, args: list[str]) -> None:
        """One database or more; raises UsageError."""
        if not args:
            raise UsageError("name the databases, for example: scrapy merge A.db B.db", print_help=False)

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Merge; raises StoreError."""
        try:
            others = self._others(args)
            with made(self.settings) as ledger:
                self._merge(ledger, others)
        except OSError as error:
            self.fail(str(error))

    def _others(self, args: list[str]) -> list[Path]:
        """The databases named; raises FileNotFoundError, and StoreError where one is the DATABASE itself."""
        assert self.settings is not None
        path = database_path(self.settings)
        others = [given_path(name).resolve() for name in args]
        if path.resolve() in others:
            raise StoreError(f"{path}: is the DATABASE that the others are taken into; name only the others")
        return others

    def _merge(self, ledger: Ledger, others: list[Path]) -> None:
        counts = merge(ledger, others)
        with run(ledger, "merge", {"files": [other.name for other in others]}) as row:
            events = ledger.rebuild(row.number)
            index_articles(ledger.db, ledger.path)
        told = [("articles", counts), ("events", events)]
        for what, found in told:
            print(f"{what}  {', '.join(f'{n} {word}' for word, n in found.items())}")
