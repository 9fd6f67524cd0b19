"""`scrapy share`: the share of job cuts that is put down to AI, by a definition of choice, and how sure that is."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scrapy.exceptions import UsageError

from crawler.asking import Asking
from crawler.shares import print_shares
from extract import RULES_VERSION, __version__
from extract.days import precision
from extract.definitions import PATH, Definition, DefinitionError, load_definitions
from extract.shares import BY, Told, of_period, share, shares
from pipelines.attributions import Counted, counted_by_others, told, told_as_of
from pipelines.database import corrections
from pipelines.paths import overrides_path


class Command(Asking):
    """Exit status: 0 printed, 1 could not be, 2 usage."""

    about = "Print the share of events and of jobs that is put down to AI, by a definition: low, point, high"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own and ours."""
        super().add_options(parser)
        parser.add_argument("--definition", metavar="NAME", help="one of the file (default: all, a line each)")
        parser.add_argument(
            "--definitions", metavar="FILE", type=Path, default=PATH, help="where they stand (default: %(default)s)"
        )
        parser.add_argument("--by", choices=BY, help="a line for each month, industry, company or country")
        parser.add_argument("--since", metavar="DAY", help="of events dated on this day or later, e.g. 2026-01-01")
        parser.add_argument("--as-of", metavar="DAY", help="as the articles published by this day tell it")

    def answer(self, path: Path, asked: str, opts: argparse.Namespace) -> None:
        """Print the tables; raises StoreError and UsageError."""
        try:
            chosen = chosen_definitions(opts)
        except DefinitionError as error:
            self.fail(str(error))
            return
        found = [one for one in self._told(path, opts) if opts.since is None or (one[0].date or "") >= opts.since]
        others = counted_by_others(path, opts.as_of)
        if opts.json:
            sys.stdout.write(as_json(found, chosen, others, opts))
        else:
            print_shares(self.console(), found, chosen, others, opts.by)

    def _told(self, path: Path, opts: argparse.Namespace) -> list[Told]:
        """The events with their voices, at the moment that the options name."""
        if opts.as_of is None:
            return told(path)
        assert self.settings is not None
        return told_as_of(path, opts.as_of, corrections(overrides_path(self.settings)))


def chosen_definitions(opts: argparse.Namespace) -> list[Definition]:
    """The definitions that the options name; raises UsageError and DefinitionError."""
    for name, value in (("--since", opts.since), ("--as-of", opts.as_of)):
        if value is not None and precision(value) != "day":
            raise UsageError(f"{name} {value}: not a day such as 2026-11-01", print_help=False)
    known = load_definitions(opts.definitions)
    if opts.definition is None:
        if opts.by:
            raise UsageError(f"--by needs --definition, one of {', '.join(known)}", print_help=False)
        return list(known.values())
    if opts.definition not in known:
        raise UsageError(f"--definition {opts.definition}: not one of {', '.join(known)}", print_help=False)
    return [known[opts.definition]]


def as_json(
    found: Sequence[Told], chosen: Sequence[Definition], others: Sequence[Counted], opts: argparse.Namespace
) -> str:
    """One object: versions, what was asked, each definition with its shares, and what others counted."""
    definitions = [
        _definition(one)
        | {"total": asdict(share(found, one))}
        | ({"groups": [asdict(group) for group in shares(found, one, opts.by)]} if opts.by else {})
        for one in chosen
    ]
    beside = [_beside(one, found, chosen) for one in others]
    asked = {"by": opts.by, "since": opts.since, "as_of": opts.as_of}
    table = {"version": __version__, "rules_version": RULES_VERSION, **asked, "definitions": definitions}
    return json.dumps(table | {"counted_by_others": beside}, ensure_ascii=False, indent=2) + "\n"


def _definition(one: Definition) -> dict[str, Any]:
    row = asdict(one)
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in row.items()}


def _beside(one: Counted, found: Sequence[Told], chosen: Sequence[Definition]) -> dict[str, Any]:
    """What another counted, with what ours are in the same period."""
    ours = {d.name: asdict(share(of_period(found, one.period), d)) for d in chosen}
    return asdict(one) | {"share": one.share, "ours": ours}
