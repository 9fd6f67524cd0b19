"""`scrapy show EVENT_ID`: one event, all that is told of it, and how it came to be as it is."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.asking import VERSIONS, Asking, print_json
from crawler.dossiers import print_event
from pipelines.dossier import event, near_ids


class Command(Asking):
    """Exit status: 0 printed, 1 no such event, 2 usage."""

    name = "show"
    wanted = "EVENT_ID"

    def short_desc(self) -> str:
        """For `scrapy --help`."""
        return "Show one event: values, story in order of time, claims with quotes, rival figures, corrections, history"

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print the event; raises StoreError."""
        found = event(path, asked)
        if found is None:
            near = near_ids(path, asked)
            self.fail(f"no event {asked}" + (f"; near: {', '.join(near)}" if near else ""))
        elif opts.json:
            print_json(**found)
        else:
            console = self.console()
            print_event(console, found)
            console.print(VERSIONS, style="dim")
