"""`scrapy totals`: how many jobs, by month, company, industry, country or AI, and how sure that is."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import add_filters, chosen_events, filter_of
from crawler.outputs import write_json
from crawler.tables import printable
from extract import RULES_VERSION, __version__
from extract.records import Event
from extract.totals import KEYS, LEFT_OUT, By, Total, counted, total, totals

BAR = 12  # columns of the longest bar
NAME = 32  # columns that a key may take
UNKNOWN = {"month": "undated", "industry": "unknown", "country": "unknown"}


class Command(LedgerCommand):
    """Exit status: 0 printed, 1 could not be, 2 usage."""

    about = "Add up the jobs by month, company, industry, country or AI: low, point, high, events without a figure"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--by", choices=tuple(KEYS), default="month", help="what to group by (default: month)")
        parser.add_argument(
            "--all", action="store_true", help="count what is left out otherwise: " + ", ".join(LEFT_OUT)
        )
        parser.add_argument(
            "--with", dest="wanted", metavar="WORDS", help="count these of it, e.g. considered,attrition"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print the table; raises StoreError and UsageError."""
        wanted = wanted_of(opts)
        opts.rejected = opts.rejected or "rejected" in wanted
        found = chosen_events(self.settings, filter_of(opts))
        chosen = [event for event in found if counted(event, wanted)]
        if opts.json:
            write_json(as_json(chosen, opts, len(found) - len(chosen)))
        else:
            _print(self.console(), chosen, opts.by, len(found) - len(chosen))


def wanted_of(opts: argparse.Namespace) -> tuple[str, ...]:
    """What of LEFT_OUT the options ask for; raises UsageError."""
    if opts.all:
        return LEFT_OUT
    words = (*(opts.wanted.split(",") if opts.wanted else ()), *(["rejected"] if opts.rejected else []))
    if unknown := set(words) - set(LEFT_OUT):
        raise UsageError(f"--with {min(unknown)}: not one of {', '.join(LEFT_OUT)}", print_help=False)
    return words


def as_json(events: Sequence[Event], opts: argparse.Namespace, left_out: int) -> str:
    """One object: versions, what was asked, a group each, and the sum of all."""
    groups = [asdict(one) for one in totals(events, opts.by)]
    whole = {name: value for name, value in asdict(total(events)).items() if name != "key"}
    asked = {"by": opts.by, "since": opts.since, "left_out": left_out}
    table = {"version": __version__, "rules_version": RULES_VERSION, **asked, "groups": groups, "total": whole}
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def _print(console: Console, events: Sequence[Event], by: By, left_out: int) -> None:
    if not events:
        console.print("No events to add up.")
    else:
        width = console.width if console.is_terminal else None
        console.print(_table(totals(events, by), total(events), by, width), soft_wrap=False)
    out = f" · {left_out} denied, frozen and the like left out, see --all" if left_out else ""
    console.print(f"layoff-ledger {__version__}, rules {RULES_VERSION}{out}", style="dim")


def _table(groups: Sequence[Total], whole: Total, by: By, width: int | None) -> Table:
    """With bars where there is a window; a narrow one takes from the names, since half a number is a wrong one."""
    figures = max((len(text) for one in (*groups, whole) for text in _numbers(one)[1:4]), default=0)
    bars = width is not None
    rest = (width or 0) - (len("Events") + len("No figure") + 3 * max(figures, len("Point")) + 6 * 2 + BAR)
    most = min(NAME, max(rest, 12)) if bars else NAME
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    rows.add_column("AI" if by == "ai" else by.capitalize(), no_wrap=True, overflow="ellipsis", max_width=most)
    for title in ("Events", "Low", "Point", "High", "No figure"):
        rows.add_column(title, justify="right", no_wrap=True, min_width=len(title))
    if bars:
        rows.add_column("", no_wrap=True)
    greatest = max((one.point for one in groups), default=0)
    for one in groups:
        name = printable(one.key.replace("_", " ") if by == "ai" and one.key else one.key or UNKNOWN.get(by, "unknown"))
        rows.add_row(name, *_numbers(one), *([bar(one.point, greatest)] if bars else []))
    rows.add_row("Total", *_numbers(whole), *([""] if bars else []), style="bold")
    return rows


def _numbers(one: Total) -> tuple[str, ...]:
    return tuple(f"{value:,}" for value in (one.events, one.low, one.point, one.high, one.without_figure))


def bar(value: int, greatest: int) -> str:
    """A bar in proportion, at most BAR columns; anything above nothing is seen.

    >>> bar(100, 100), bar(50, 100), bar(1, 100_000), bar(0, 100)
    ('████████████', '██████', '▏', '')
    """
    eighths = round(8 * BAR * value / greatest) if greatest else 0
    whole, rest = divmod(max(eighths, 1 if value else 0), 8)
    return "█" * whole + " ▏▎▍▌▋▊▉"[rest].strip()
