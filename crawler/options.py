"""Options that the commands on the events table share."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError

from extract.days import precision
from pipelines.database import events
from pipelines.export import Filter, newest_first
from pipelines.paths import database_path

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

    from extract.records import Event

AI = ("company", "third_party", "denied", "none")


def add_filters(parser: argparse.ArgumentParser) -> None:
    """--since, --company, --ai, --min-headcount: which events are wanted."""
    group = parser.add_argument_group("Which events")
    group.add_argument("--since", metavar="DAY", help="dated on this day or later, e.g. 2026-11-01")
    group.add_argument("--company", metavar="NAME", help="of this employer, by any of its names")
    group.add_argument("--ai", metavar="VOICES", help=f"AI tied to the cut by any of {', '.join(AI)}")
    group.add_argument("--min-headcount", metavar="N", type=int, help="known to cut at least N people")


def filter_of(opts: argparse.Namespace) -> Filter:
    """The filter that the options ask for; raises UsageError."""
    if opts.since is not None and precision(opts.since) != "day":
        raise UsageError(f"--since {opts.since}: not a day such as 2026-11-01", print_help=False)
    voices = frozenset(opts.ai.split(",")) if opts.ai is not None else frozenset()
    if unknown := voices - set(AI):
        raise UsageError(f"--ai {min(unknown)}: not one of {', '.join(AI)}", print_help=False)
    return Filter(since=opts.since, company=opts.company, ai=voices, min_headcount=opts.min_headcount)


def chosen_events(settings: BaseSettings | None, wanted: Filter) -> list[Event]:
    """The events of the database that are wanted, newest first; raises StoreError."""
    assert settings is not None
    return newest_first(event for event in events(database_path(settings)) if wanted(event))


def file_argument(args: list[str]) -> str:
    """The one argument of a command that needs one; raises UsageError."""
    no_options(args)
    if len(args) != 1:
        raise UsageError("one file is needed, e.g. events.csv, or - for standard output", print_help=False)
    return args[0]


def no_options(args: list[str]) -> None:
    """Scrapy hands unknown options on as arguments; refuse them. Raises UsageError."""
    for arg in args:
        if arg.startswith("-") and arg != "-":
            raise UsageError(f"unknown option {arg}", print_help=False)
