"""`scrapy report DIR`: the whole ledger as a static site, brought up to date."""

from __future__ import annotations

import argparse
import re
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from rich.console import Console
from rich.progress import Progress
from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.sources import SourceError, load
from extract.definitions import DefinitionError, load_definitions
from pipelines.paths import ROOT, database_path, from_root


class Command(LedgerCommand):
    """Exit status: 0 written, 1 could not be, 2 usage."""

    about = "Write the ledger as a static site to look at; a second time only what changed"

    wanted = "DIR"
    hint = "; name the folder of the site, for example: site"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--base", metavar="URL", default="", help="the site's address on the web, for its links")
        parser.add_argument("--definitions", metavar="FILE", help="definitions of AI-attributed cuts to show")
        parser.add_argument("--quiet", action="store_true", help="print nothing but errors")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the site; raises StoreError and UsageError."""
        folder = Path(args[0]).expanduser()
        base = _base(opts.base)
        from crawler.report.manifest import ReportError  # load what renders; Scrapy imports all commands to run one

        try:
            self._build(folder, base, opts)
        except (ReportError, SourceError, DefinitionError) as error:
            self.fail(str(error))
        except OSError as error:
            self.fail(f"{error.filename or folder}: {error.strerror}")

    def _build(self, folder: Path, base: str, opts: argparse.Namespace) -> None:
        from crawler.report.book import Options
        from crawler.report.site import build
        from pipelines.snapshot import snapshot

        assert self.settings is not None
        sources = [asdict(source) for source in load(from_root(self.settings["SOURCES"]))]
        options = Options(base, self.settings["CONTACT"] or "", sources, _accuracy())
        definitions = load_definitions(Path(opts.definitions)) if opts.definitions else load_definitions()
        console = Console(stderr=True)
        with snapshot(database_path(self.settings)) as ledger, _bar(console, opts.quiet) as bar:
            task = bar.add_task("pages", total=None)
            built = build(
                ledger, folder, definitions, options,
                lambda done, of: bar.update(task, completed=done, total=of) if done % 50 == 0 or done == of else None,
            )  # fmt: skip
        if not opts.quiet:
            print(f"{folder}: {built.written} files written, {built.kept} as they were, {built.removed} removed")


def _base(address: str) -> str:
    """The site's address with its last slash; raises UsageError."""
    if not address:
        return ""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise UsageError(f"--base {address}: not a web address such as https://example.org/layoffs/", print_help=False)
    return address.rstrip("/") + "/"


def _bar(console: Console, quiet: bool) -> Progress:
    return Progress(console=console, transient=True, disable=quiet or not console.is_terminal)


def _accuracy() -> str:
    """The block of docs/accuracy.md that `scrapy evaluate --markdown` writes; empty where there is none."""
    page = ROOT / "docs" / "accuracy.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    found = re.search(r"<!-- scores -->\n(.*?)(?:<!--|\Z)", text, re.DOTALL)
    return found[1] if found else ""
