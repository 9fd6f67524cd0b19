"""`scrapy reextract`: stored articles read again with today's rules, and what that changed."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from scrapy.exceptions import UsageError

from crawler.bars import tracked
from crawler.commanding import LedgerCommand
from crawler.ledgers import held, run
from crawler.options import read_with_model
from crawler.outputs import write_json
from extract import RULES_VERSION, __version__
from extract.days import precision

if TYPE_CHECKING:
    from extract.records import Claim
    from pipelines.rereading import Difference, Reread


class Command(LedgerCommand):
    """Exit status: 0 read, 1 could not be or an address is not known, 2 usage, 5 another run holds the database."""

    about = "Read the stored articles again with today's rules; print what changed, by version of the rules"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        group = parser.add_argument_group("Which articles")
        group.add_argument("--since", metavar="DAY", help="published on this day or later, e.g. 2026-11-01")
        group.add_argument("--company", metavar="NAME", help="that speak of this employer, by any of its names")
        group.add_argument("--url", metavar="ADDRESS", help="the article of this address")
        parser.add_argument("--json", action="store_true", help="print JSON, with every claim that is gone or new")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read again and print; raises StoreError and UsageError."""
        if opts.since is not None and precision(opts.since) != "day":
            raise UsageError(f"--since {opts.since}: not a day such as 2026-11-01", print_help=False)
        read_with_model(self.settings)
        from pipelines.rereading import Chosen, reread  # loads what reads text; Scrapy imports all commands to run one

        chosen = Chosen(company=opts.company, since=opts.since, url=opts.url)
        with held(self.settings) as ledger, run(ledger, "reextract", asdict(chosen)) as row:
            done = reread(ledger, chosen, row.number, partial(tracked, what="articles read again"))
        if opts.json:
            write_json(as_json(done))
        else:
            _print(self.console(), done)
        if opts.url and not (done.read or done.erased):
            self.fail(f"{opts.url}: no article of this address")


def as_json(done: Reread) -> str:
    """One object: versions, counts by the rules that read the articles before, and every article that changed."""
    versions = {name: {"articles": done.read[name], "changed": done.changed[name]} for name in sorted(done.read)}
    table = {
        "version": __version__, "rules_version": RULES_VERSION, "read_before_by": versions, "text_erased": done.erased,
        "events": done.events, "changed": [_difference(one) for one in done.differences],
    }  # fmt: skip
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def _difference(one: Difference) -> dict[str, Any]:
    claims = {"gone": [asdict(claim) for claim in one.gone], "new": [asdict(claim) for claim in one.new]}
    return {"url": one.url, "rules_version": one.rules_version} | claims


def _print(console: Console, done: Reread) -> None:
    if done.read:
        console.print(_versions(done), soft_wrap=False)
    if done.differences:
        console.print(_rules(done.differences), soft_wrap=False)
    events = ", ".join(f"{done.events[name]} {name}" for name in ("new", "changed", "unchanged", "gone"))
    console.print(f"{done.read.total()} articles read again. Events: {events}.")
    if done.erased:
        console.print(f"{done.erased} passed over: their text is erased, what they said stays.")
    console.print(f"layoff-ledger {__version__}, rules {RULES_VERSION}", style="dim")


def _versions(done: Reread) -> Table:
    rows = _table("Read before by rules", "Articles", "Changed", "Claims gone", "Claims new")
    for name in sorted(done.read):
        here = [one for one in done.differences if one.rules_version == name]
        gone, new = (sum(map(len, claims)) for claims in ([one.gone for one in here], [one.new for one in here]))
        rows.add_row(name, *(f"{count:,}" for count in (done.read[name], done.changed[name], gone, new)))
    return rows


def _rules(differences: Iterable[Difference]) -> Table:
    gone, new = Counter[str](), Counter[str]()
    for one in differences:
        gone.update(_names(one.gone))
        new.update(_names(one.new))
    rows = _table("Rule", "Claims gone", "Claims new")
    for name in sorted(gone.keys() | new.keys()):
        rows.add_row(name, f"{gone[name]:,}", f"{new[name]:,}")
    return rows


def _names(claims: Iterable[Claim]) -> list[str]:
    return [claim.rule for claim in claims]


def _table(first: str, *titles: str) -> Table:
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    rows.add_column(first, no_wrap=True)
    for title in titles:
        rows.add_column(title, justify="right", no_wrap=True)
    return rows
