"""`scrapy erase`: takes article texts out of the database; claims, figures and hashes stay."""

from __future__ import annotations

import argparse
import sys
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler.ledgers import FAILED, held, run, status
from crawler.options import no_options
from extract.days import precision
from pipelines.database import Ledger
from pipelines.erasure import erase, of_url, older_than, scrub
from pipelines.lock import StoreError
from pipelines.search import index_articles


class Command(ScrapyCommand):
    """Exit status: 0 erased, 1 could not be or was not confirmed, 2 usage, 5 another run holds the database."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_LEVEL": "WARNING"}

    def syntax(self) -> str:
        """For `scrapy erase -h`."""
        return "--url ADDRESS [--url ADDRESS]... | --before DAY [--yes]"

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Erase article texts, by address or age; what claims quote of them, figures and hashes stay"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--url", action="append", metavar="ADDRESS", help="the article of this address")
        parser.add_argument("--before", metavar="DAY", help="articles published before this day, e.g. 2025-01-01")
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Erase; raises UsageError."""
        no_options(args)
        if args:
            raise UsageError(f"erase takes no argument {args[0]!r}; use --url or --before", print_help=False)
        if bool(opts.url) == bool(opts.before):
            raise UsageError("either --url or --before is needed", print_help=False)
        if opts.before and precision(opts.before) != "day":
            raise UsageError(f"--before {opts.before}: not a day such as 2026-11-01", print_help=False)
        try:
            with held(self.settings) as ledger:
                self._erase(ledger, opts)
        except StoreError as error:
            self._fail(str(error), status(error))

    def _erase(self, ledger: Ledger, opts: argparse.Namespace) -> None:
        found = self._found(ledger, opts)
        if not found:
            if self.exitcode == 0:
                print("No text to erase.")
            return
        what = f"{len(found)} article{'s' if len(found) > 1 else ''}"
        if not (opts.yes or _confirmed(f"Erase the text of {what} from {ledger.path}? [y/N] ")):
            self._fail(f"the text of {what} would be erased; add --yes to do it")
            return
        with run(ledger, "erase", {"url": opts.url, "before": opts.before}):
            count = erase(ledger.db, ledger.path, found, "request")
            index_articles(ledger.db, ledger.path)
            clean = scrub(ledger.db, ledger.path)
        print(f"{count} erased, {len(found) - count} had been before. What claims quote, figures and hashes stay.")
        if not clean:
            print(f"Another program has {ledger.path} open; the words stay in the file until it lets go.")
        for copy in sorted(ledger.path.parent.glob(f"{ledger.path.name}.before-*")):
            print(f"{copy} is a copy of the database from before an update and may still hold it.")

    def _found(self, ledger: Ledger, opts: argparse.Namespace) -> list[str]:
        """Ids of the articles asked for; an address that is not known is told."""
        if opts.before:
            return older_than(ledger.db, ledger.path, opts.before)
        found: list[str] = []
        for url in opts.url:
            known = of_url(ledger.db, ledger.path, url)
            found += known
            if not known:
                self._fail(f"{url}: no article of this address; scrapy why shows what became of a page")
        return list(dict.fromkeys(found))

    def _fail(self, message: str, code: int = FAILED) -> None:
        print(f"scrapy erase: {message}", file=sys.stderr)
        self.exitcode = code


def _confirmed(question: str) -> bool:
    """Does a person at a terminal say yes? Without a terminal nobody does."""
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")
