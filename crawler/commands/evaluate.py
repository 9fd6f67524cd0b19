"""`scrapy evaluate FILE...`: how well the rules read labelled articles, and whether that is good enough."""

from __future__ import annotations

import argparse
import sys

from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import read_with_model
from pipelines.paths import from_root


class Command(LedgerCommand):
    """Exit status: 0 measured, and no figure below its floor; 1 one is, or a file cannot be used; 2 usage."""

    about = "Measure the reading rules on labelled articles: precision, recall and F1 of each field"

    wanted = "FILE.jsonl..."

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--errors", action="store_true", help="list all that is not as labelled, and by which rule")
        parser.add_argument("--json", action="store_true", help="print JSON; with --errors the differences too")
        parser.add_argument("--floor", metavar="SCORES", help="fail where a figure is below its floor in this file")
        parser.add_argument("--raise", dest="rise", action="store_true", help="raise the floors in SCORES to today's")
        parser.add_argument("--markdown", metavar="PAGE", help="write the figures between the marks of this page")
        parser.add_argument("--vocabulary", action="store_true", help="list the phrases that no article uses")

        parser.add_argument("--pairs", metavar="PAIRS", help="instead: how well two articles of one round are told")

    def check(self, args: list[str]) -> None:
        """Any number of files; none goes with --pairs."""

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Measure and print; raises UsageError."""
        if opts.pairs:
            self.exitcode = self.run_pairs(opts.pairs)
            return
        if not args:
            raise UsageError("name a labelled file, for example: data/gold/articles.jsonl", print_help=False)
        if opts.rise and not opts.floor:
            raise UsageError("--raise: say which floors, for example: --floor tests/scores.json", print_help=False)
        read_with_model(self.settings)
        from crawler import measuring  # loads what reads text; Scrapy imports all commands to run one

        try:
            good = measuring.measure(args, opts)
        except measuring.Unusable as error:
            print(f"scrapy evaluate: {error}", file=sys.stderr)
            good = False
        self.exitcode = 0 if good else 1

    def run_pairs(self, name: str) -> int:
        """Print precision and recall over pairs of articles; the exit status."""
        from extract.pairs import load, report, score

        try:
            print(report(score(load(from_root(name)))))
        except (OSError, ValueError) as error:
            print(f"scrapy evaluate: {error}", file=sys.stderr)
            return 1
        return 0
