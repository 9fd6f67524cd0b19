"""`scrapy changes`: what changed in the events, and why."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from rich.console import Console
from scrapy.exceptions import UsageError

from crawler.asking import VERSIONS, Asking, print_json
from crawler.dossiers import line, step
from extract.days import precision
from pipelines.dossier import changes
from pipelines.history import QUIET


class Command(Asking):
    """Exit status: 0 printed, 1 could not be, 2 usage."""

    about = "Show what changed in the events since a day, or by a run, and why"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which changes."""
        super().add_options(parser)
        parser.add_argument("--since", metavar="DAY", help="dated, by the articles, on this day or later")
        parser.add_argument("--run", metavar="N", type=int, help="that this run made")
        parser.add_argument("--all", action="store_true", help="those of counters, offsets and the like as well")

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print them; raises StoreError and UsageError."""
        if (opts.since is None) == (opts.run is None):
            raise UsageError("--since DAY or --run N is needed, one of them", print_help=False)
        if opts.since is not None and precision(opts.since) != "day":
            raise UsageError(f"--since {opts.since}: not a day such as 2026-11-01", print_help=False)
        found = changes(path, since=opts.since, run=opts.run)
        shown = found if opts.all else telling(found)
        if opts.json:
            print_json(changes=shown)
            return
        console = self.console()
        if shown:
            print_changes(console, shown)
        else:
            console.print("Nothing changed.")
        console.print(f"{len(shown)} change{'' if len(shown) == 1 else 's'} · {VERSIONS}", style="dim")


def telling(found: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without changes that only repeat or follow from another, such as the values of an event that ended."""
    ended = {(row["event_id"], row["run_id"]) for row in found if row["field"] == "event_id" and row["old"]}
    return [
        row for row in found
        if row["field"] not in QUIET
        and not (row["field"] != "event_id" and row["new"] is None and (row["event_id"], row["run_id"]) in ended)
    ]  # fmt: skip


def print_changes(console: Console, found: Sequence[dict[str, Any]]) -> None:
    """A line a change; below those of one event that have one cause, the cause, each of its addresses on one line.

    An address is never broken, so that it can be copied, and found by grep.
    """
    width = max(len(row["event_id"]) for row in found)
    for (key, cause, reason, run), rows in groupby(found, key=itemgetter("event_id", "cause", "reason", "run_id")):
        for row in rows:
            line(console, f"{(row['changed_at'] or 'undated')[:10]:<10}  {key:<{width}}  {step(row)}")
        why = cause.replace("_", " ") + (f", run {run}" if run else "")
        words = (reason or "").split()
        addresses = words if all(word.startswith(("http://", "https://")) for word in words) else [reason or ""]
        for address in addresses or [""]:
            line(console, f"{why}: {address}" if address else why, style="dim", indent=2)
