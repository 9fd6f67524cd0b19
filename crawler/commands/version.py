"""`scrapy version`: Scrapy's own command, which here names the project's and the rules' version first."""

from __future__ import annotations

import argparse

from scrapy.commands import version

from extract import RULES_VERSION, __version__


class Command(version.Command):
    """Exit status: 0."""

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Print the versions of layoff-ledger, its rules and Scrapy"

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Ours first, then what Scrapy prints."""
        print(f"layoff-ledger {__version__}, rules {RULES_VERSION}")
        super().run(args, opts)
