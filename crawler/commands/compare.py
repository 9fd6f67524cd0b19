"""`scrapy compare FILE.csv --map company=…,date=…`: the events against a tracker's list or WARN notices."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from scrapy.exceptions import UsageError

from crawler.commanding import LedgerCommand
from crawler.options import add_filters, chosen_events, filter_of
from crawler.outputs import write_json
from crawler.tables import jobs, printable
from extract import RULES_VERSION, __version__
from extract.compare import Comparison, Entry, Pair, compare
from extract.records import Event
from extract.totals import counted
from extract.trackers import FIELDS, NEEDED, NoColumn, Tracker, Unreadable, read
from pipelines.export import record

NAME = 30  # columns that a company's name may take


class Command(LedgerCommand):
    """Exit status: 0 compared, whatever came of it; 1 the file could not be read or some rows could not; 2 usage."""

    about = "Hold the events against another list: matched, differing, missing on either side; imports nothing"

    wanted = "FILE.csv"
    hint = "; one file is needed, e.g. tracker.csv --map company=Company,date=Date"

    def syntax(self) -> str:
        """For `scrapy compare -h`."""
        return "[options] FILE.csv --map company=COLUMN,date=COLUMN[,headcount=COLUMN][,pct=COLUMN]"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        add_filters(parser)
        parser.add_argument("--map", metavar="NAMES", help="the file's columns, e.g. company=Employer,date=Notice Date")
        parser.add_argument(
            "--days", type=int, default=14, metavar="N", help="how far apart dates may be (default: 14)"
        )
        parser.add_argument("--all", action="store_true", help="hold denied, frozen and the like against it too")
        parser.add_argument("--json", action="store_true", help="print JSON, with all rows")

    def work(self, args: list[str], opts: argparse.Namespace) -> None:
        """Compare and print; raises StoreError and UsageError."""
        columns = mapping(opts.map or "")
        if opts.days < 0:
            raise UsageError(f"--days {opts.days}: none is the least", print_help=False)
        try:
            tracker = read(Path(args[0]).expanduser(), columns)
            events = [e for e in chosen_events(self.settings, filter_of(opts)) if opts.all or counted(e, ["rejected"])]
        except NoColumn as error:
            raise UsageError(str(error), print_help=False) from None
        except OSError as error:
            self.fail(f"{args[0]}: cannot be read: {error.strerror}")
        except Unreadable as error:
            self.fail(str(error))
        else:
            self._report(tracker, compare(tracker.entries, events, opts.days), opts)

    def _report(self, tracker: Tracker, found: Comparison, opts: argparse.Namespace) -> None:
        if opts.json:
            write_json(as_json(found, tracker.bad))
        else:
            _print(self.console(), found)
        for message in tracker.bad:
            self.fail(message)


def mapping(text: str) -> dict[str, str]:
    """The columns that --map names; raises UsageError.

    >>> mapping("company=Employer,date=Notice Date")
    {'company': 'Employer', 'date': 'Notice Date'}
    """
    pairs = [part.partition("=") for part in text.split(",") if part.strip()]
    columns = {name.strip(): column.strip() for name, _, column in pairs}
    for name, column in columns.items():
        if name not in FIELDS or not column:
            raise UsageError(f"--map {name}={column}: give {', '.join(FIELDS)} a column each", print_help=False)
    if missing := [name for name in NEEDED if name not in columns]:
        raise UsageError(f"--map lacks {' and '.join(missing)}, e.g. --map company=Company,date=Date", print_help=False)
    return columns


def as_json(found: Comparison, bad: list[str]) -> str:
    """One object: versions, the four lists, and the rows that could not be read."""
    table = {
        "version": __version__, "rules_version": RULES_VERSION,
        "matched": [_pair(pair) for pair in found.matched],
        "differing": [_pair(pair) for pair in found.differing],
        "missing_here": [asdict(entry) for entry in found.missing_here],
        "missing_there": [record(event) for event in found.missing_there],
        "bad_rows": bad,
    }  # fmt: skip
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def _pair(pair: Pair) -> Mapping[str, Any]:
    return {"row": asdict(pair.entry), "event": record(pair.event), "days": pair.days, "differs": list(pair.differs)}


def _print(console: Console, found: Comparison) -> None:
    for title, lines in (
        ("Differing", [_both(pair) for pair in found.differing]),
        ("Missing here", [_row(entry) for entry in found.missing_here]),
        ("Missing there", [_ours(event) for event in found.missing_there]),
    ):
        if lines:
            console.print(_table(title, lines), soft_wrap=False)
    counts = (
        f"{len(found.matched)} matched, {len(found.differing)} differing, {len(found.missing_here)} missing here, "
        f"{len(found.missing_there)} missing there"
    )
    console.print(counts)
    console.print(f"layoff-ledger {__version__}, rules {RULES_VERSION}", style="dim")


def _table(title: str, lines: list[tuple[str, ...]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    table.add_column(title, no_wrap=True, overflow="ellipsis", max_width=NAME)
    table.add_column("Theirs", no_wrap=True)
    table.add_column("Ours", no_wrap=True)
    table.add_column("Where", overflow="fold")  # an id is to be copied, so none is cut
    for line in lines:
        table.add_row(*(printable(cell) for cell in line))
    return table


def _both(pair: Pair) -> tuple[str, ...]:
    return pair.entry.company, _theirs(pair.entry), _said(pair.event), f"line {pair.entry.line}, {pair.event.event_id}"


def _row(entry: Entry) -> tuple[str, ...]:
    return entry.company, _theirs(entry), "", f"line {entry.line}"


def _ours(event: Event) -> tuple[str, ...]:
    return event.company, "", _said(event), event.event_id or ""


def _theirs(entry: Entry) -> str:
    people = f"{entry.headcount:,}" if entry.headcount is not None else ""
    return " ".join(part for part in (entry.date, people, f"{entry.pct:g} %" if entry.pct is not None else "") if part)


def _said(event: Event) -> str:
    return f"{event.date or 'undated'} {jobs(event)}"
