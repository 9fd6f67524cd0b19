"""`scrapy why URL`: what became of a page."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from crawler.asking import VERSIONS, Asking, print_json
from crawler.dossiers import print_page
from pipelines.dossier import page
from pipelines.lookup import article

if TYPE_CHECKING:
    from extract.rejections import Rejection


class Command(Asking):
    """Exit status: 0 printed, 1 the page was never seen, 2 usage."""

    about = "Tell what became of a page: the rule that let it go, or its claims and events"
    wanted = "URL"

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print it; raises StoreError."""
        found = page(path, asked)
        if not found["articles"] and not found["rejections"]:
            self.fail(f"{asked}: no such page in this database, neither stored nor let go")
            return
        against = _against(path, found["articles"][0]["url"]) if _silent(found) else ()
        if opts.json:
            print_json(**found, rules_against=[asdict(one) for one in against])
            return
        console = self.console()
        print_page(console, found, against)
        console.print(VERSIONS, style="dim")


def _silent(found: dict[str, list[dict[str, object]]]) -> bool:
    return bool(found["articles"]) and not any(one["claims"] for one in found["articles"])


def _against(path: Path, url: str) -> tuple[Rejection, ...]:
    """The rules that spoke against events in a stored article."""
    from extract.events import read  # reads text, which takes a while to load

    known = article(path, url)
    return read(known).rejected if known else ()
