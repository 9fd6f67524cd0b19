"""`scrapy show EVENT_ID`: one event, all that is told of it, and how it came to be as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.asking import VERSIONS, Asking, print_json
from crawler.dossiers import print_event
from pipelines.dossier import event, near_ids


class Command(Asking):
    """Exit status: 0 printed, 1 no such event, 2 usage."""

    about = "Show one event: values, story in order of time, claims with quotes, rival figures, corrections, history"
    wanted = "EVENT_ID"
    hint = "; ids stand in the column event_id of an export, and near ones are named for the beginning of a company"

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print the event; raises StoreError."""
        found = event(path, asked)
        if found is None:
            near = near_ids(path, asked)
            hint = f"near: {', '.join(near)}" if near else "an export has the ids in its column event_id"
            self.fail(f"no event {asked}; {hint}")
        elif opts.json:
            print_json(**found)
        else:
            console = self.console()
            print_event(console, found)
            console.print(VERSIONS, style="dim")
