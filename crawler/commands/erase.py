"""`scrapy erase`: takes article texts out of the database and pages out of the WARCs; claims and figures stay."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.ledgers import held, run
from extract.days import precision
from pipelines.database import Ledger
from pipelines.erasure import addresses, erase, of_url, older_than, scrub
from pipelines.page_erasure import Erased, Unwanted, erase_pages, spelled
from pipelines.paths import pages_path
from pipelines.search import index_articles

Found = dict[str, list[str]]  # ids of articles by what was asked for


class Command(LedgerCommand):
    """Exit status: 0 erased, 1 could not be or was not confirmed, 2 usage, 5 another run holds the database."""

    about = "Erase article texts and kept pages, by address or age; what claims quote, figures and hashes stay"

    hint = "; use --url or --before"

    def syntax(self) -> str:
        """For `scrapy erase -h`."""
        return "--url ADDRESS [--url ADDRESS]... | --before DAY [--yes]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument(
            "--url", action="append", metavar="ADDRESS", help="the article and the page of this address"
        )
        parser.add_argument(
            "--before", metavar="DAY", help="articles published, and pages fetched, before this day, e.g. 2025-01-01"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Erase; raises StoreError and UsageError."""
        if bool(opts.url) == bool(opts.before):
            raise UsageError("either --url or --before is needed", print_help=False)
        if opts.before and precision(opts.before) != "day":
            raise UsageError(f"--before {opts.before}: not a day such as 2026-11-01", print_help=False)
        with held(self.settings) as ledger:
            self._erase(ledger, opts)

    def _erase(self, ledger: Ledger, opts: argparse.Namespace) -> None:
        assert self.settings is not None
        folder = pages_path(self.settings)
        folder = folder if folder and folder.is_dir() else None
        found = _found(ledger, opts)
        if not (found or folder):
            self._tell(opts, {}, 0, Erased())
            return
        what = f"the text of {counted(sum(map(len, found.values())), 'article')}"
        what += f", and the pages in {folder}," if folder else ""
        if not (opts.yes or _confirmed(f"Erase {what} from {ledger.path}? [y/N] ")):
            self.fail(f"{what} would be erased; add --yes to do it")
            return
        with run(ledger, "erase", {"url": opts.url, "before": opts.before}):
            ids = list(dict.fromkeys(key for keys in found.values() for key in keys))
            count = erase(ledger.db, ledger.path, ids, "request")
            index_articles(ledger.db, ledger.path)
            clean = scrub(ledger.db, ledger.path)
            pages = erase_pages(folder, _pages(ledger, opts, ids))
        self._tell(opts, found, count, pages)
        if not clean:
            print(f"Another program has {ledger.path} open; the words stay in the file until it lets go.")
        for copy in sorted(ledger.path.parent.glob(f"{ledger.path.name}.before-*")):
            print(f"{copy} is a copy of the database from before an update and may still hold it.")

    def _tell(self, opts: argparse.Namespace, found: Found, count: int, pages: Erased) -> None:
        """What was done; an address that is nowhere, and a file that could not be rewritten, are failures."""
        total = len({key for keys in found.values() for key in keys})
        if total:
            print(f"{count} erased, {total - count} had been before. What claims quote, figures and hashes stay.")
        if pages.pages:
            print(f"{counted(pages.pages, 'page')} taken out of {counted(pages.files, 'file')} of kept pages.")
        for url in opts.url or ():
            if url not in found and spelled(url) not in pages.urls:
                self.fail(f"{url}: no article and no page of this address; scrapy why shows what became of a page")
        for failure in (*pages.failures, *pages.busy):
            self.fail(failure)
        if not (total or pages.pages or self.exitcode):
            print("No text to erase.")


def _found(ledger: Ledger, opts: argparse.Namespace) -> Found:
    """Ids of the articles asked for, by the address or the day that was given."""
    if opts.before:
        asked = {opts.before: older_than(ledger.db, ledger.path, opts.before)}
    else:
        asked = {url: of_url(ledger.db, ledger.path, url) for url in opts.url}
    return {name: ids for name, ids in asked.items() if ids}


def _pages(ledger: Ledger, opts: argparse.Namespace, ids: Sequence[str]) -> Unwanted:
    """The pages that go with these articles; by age also those of articles whose texts had gone before."""
    known = older_than(ledger.db, ledger.path, opts.before, erased=True) if opts.before else ids
    return Unwanted([*(opts.url or ()), *addresses(ledger.db, ledger.path, known)], opts.before or "")


def counted(number: int, word: str) -> str:
    """The number with its word.

    >>> counted(1, "page"), counted(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {word}{'' if number == 1 else 's'}"


def _confirmed(question: str) -> bool:
    """Does a person at a terminal say yes? Without a terminal nobody does."""
    return sys.stdin.isatty() and input(question).strip().lower() in ("y", "yes")
