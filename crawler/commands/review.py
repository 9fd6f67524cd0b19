"""`scrapy review`: the doubtful events, and a person's word on them, which becomes a line of data/overrides.csv."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler.asking import VERSIONS, Asking, print_json
from crawler.dossiers import line as print_line
from crawler.tables import jobs, what
from extract.days import precision
from extract.overrides import Override
from pipelines.dossier import doubtful, event, near_ids
from pipelines.export import record
from pipelines.paths import overrides_path
from pipelines.reviewing import noted
from pipelines.rows import event_of


class Command(Asking):
    """Exit status: 0 printed or written, 1 could not be, 2 usage."""

    about = "List doubtful events with their evidence; accept, reject, dispute or correct one"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """What to list, or what to write."""
        super().add_options(parser)
        parser.add_argument("-n", type=int, default=20, metavar="N", help="how many to list (default: 20)")
        group = parser.add_argument_group("A decision, appended to the overrides").add_mutually_exclusive_group()
        group.add_argument("--accept", metavar="ID", help="the event is right as it stands")
        group.add_argument("--reject", metavar="ID", help="the event is wrong; needs --reason")
        group.add_argument("--dispute", metavar="ID", help="it is said to be wrong, and not settled; needs --reason")
        group.add_argument(  # the long form of Scrapy's -s gives way; -s itself stays
            "--set", dest="value", nargs=2, metavar=("ID", "FIELD=VALUE"), help="the right value; needs --reason"
        )
        parser.add_argument("--reason", default="", metavar="WORDS", help="why")
        parser.add_argument("--by", default="", metavar="NAME", help="who decides")
        parser.add_argument("--date", metavar="DAY", help="day of the decision (default: today)")

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """List, or write; raises StoreError and UsageError."""
        decision = _decision(opts)
        if decision:
            self.decide(path, opts, *decision)
            return
        if opts.n < 1:
            raise UsageError(f"-n {opts.n}: one event is the least", print_help=False)
        found = doubtful(path)
        if opts.json:
            print_json(events=[record(event_of(row)) | {"doubts": doubts} for row, doubts in found[: opts.n]])
            return
        self.print_doubtful(found[: opts.n], len(found))

    def print_doubtful(self, found: Sequence[tuple[dict[str, Any], Sequence[str]]], total: int) -> None:
        """Print the doubtful events, each with its sentence."""
        console = self.console()
        for row, doubts in found:
            one = event_of(row)
            head = f"{one.event_id}  {one.company}  {jobs(one)}  {what(one)}  {one.date or 'undated'}"
            print_line(console, f"{head}  [{', '.join(doubts)}]", style="bold")
            print_line(console, one.evidence or "", indent=2)
            print_line(console, one.evidence_url or "", style="dim", indent=2)
        console.print(f"{len(found)} of {total} doubtful events · {VERSIONS}", style="dim")

    def decide(self, path: Path, opts: argparse.Namespace, action: str, key: str, field: str, value: str) -> None:
        """Write the decision as a line of the overrides; raises StoreError and UsageError."""
        assert self.settings is not None
        overrides = overrides_path(self.settings)
        if overrides is None:
            raise UsageError("the setting OVERRIDES names no file", print_help=False)
        known = event(path, key)
        if known is None or known["event"] is None:
            near = near_ids(path, key)
            self.fail(f"no event {key}" + (f"; near: {', '.join(near)}" if near else ""))
            return
        day = opts.date or datetime.now(UTC).date().isoformat()
        url = known["event"]["evidence_url"] or ""
        line = Override(day, action, known["event_id"], field, value, url, " ".join(opts.reason.split()), opts.by)
        try:
            at_once = noted(path, overrides, line)
        except ValueError as error:
            raise UsageError(str(error), print_help=False) from error
        print(f"{overrides}: {action} {known['event_id']}" + ("" if at_once else "; counts from the next run on"))


def _decision(opts: argparse.Namespace) -> tuple[str, str, str, str] | None:
    """Action, id, field and value that the options ask for; raises UsageError."""
    if opts.date is not None and precision(opts.date) != "day":
        raise UsageError(f"--date {opts.date}: not a day such as 2026-11-01", print_help=False)
    if opts.value:
        key, assignment = opts.value
        field, equals, value = assignment.partition("=")
        if not equals:
            raise UsageError(f"--set {key} {assignment}: not FIELD=VALUE", print_help=False)
        return "set", key, field.strip(), value.strip()
    if opts.dispute:
        return "set", opts.dispute, "review_status", "disputed"
    for action in ("accept", "reject"):
        if key := getattr(opts, action):
            return action, key, "", ""
    if opts.reason or opts.by:
        raise UsageError("--reason and --by belong to --accept, --reject, --dispute or --set", print_help=False)
    return None
