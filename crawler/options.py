"""Options that the commands on the events table share."""

from __future__ import annotations

import argparse
from difflib import get_close_matches
from typing import TYPE_CHECKING

from scrapy.exceptions import UsageError
from scrapy.settings import default_settings

from crawler import settings as ours
from extract.days import precision
from extract.model import NoModel
from pipelines.asof import as_of_day, as_of_run
from pipelines.database import corrections, events
from pipelines.export import Filter, newest_first
from pipelines.paths import database_path, overrides_path

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
    group.add_argument("--rejected", action="store_true", help="those as well that were rejected by hand")


def filter_of(opts: argparse.Namespace) -> Filter:
    """The filter that the options ask for; raises UsageError."""
    if opts.since is not None and precision(opts.since) != "day":
        raise UsageError(f"--since {opts.since}: not a day such as 2026-11-01", print_help=False)
    voices = frozenset(opts.ai.split(",")) if opts.ai is not None else frozenset()
    if unknown := voices - set(AI):
        raise UsageError(f"--ai {min(unknown)}: not one of {', '.join(AI)}", print_help=False)
    return Filter(
        since=opts.since, company=opts.company, ai=voices, min_headcount=opts.min_headcount, rejected=opts.rejected
    )


def add_moment(parser: argparse.ArgumentParser) -> None:
    """--as-of, --as-of-run: the table of another time."""
    group = parser.add_argument_group("The table of another time").add_mutually_exclusive_group()
    group.add_argument("--as-of", metavar="DAY", help="as the articles published by this day tell it, worked out anew")
    group.add_argument(
        "--as-of-run", metavar="RUN", type=int, help="as this database showed it when this run had ended"
    )


def chosen_events(settings: BaseSettings | None, wanted: Filter, opts: argparse.Namespace | None = None) -> list[Event]:
    """The events of the database that are wanted, newest first, at the moment that the options name.

    Raises StoreError and UsageError.
    """
    assert settings is not None
    return newest_first(event for event in _events_then(settings, opts) if wanted(event))


def _events_then(settings: BaseSettings, opts: argparse.Namespace | None) -> list[Event]:
    path = database_path(settings)
    if opts is None or (opts.as_of is None and opts.as_of_run is None):
        return events(path)
    if opts.as_of_run is not None:
        return as_of_run(path, opts.as_of_run)
    if precision(opts.as_of) != "day":
        raise UsageError(f"--as-of {opts.as_of}: not a day such as 2026-11-01", print_help=False)
    return as_of_day(path, opts.as_of, corrections(overrides_path(settings)))


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


def known_settings(opts: argparse.Namespace) -> None:
    """Refuse a setting (-s) that nobody knows and that is spelt like one: it would go unheard. Raises UsageError."""
    known = {name for module in (default_settings, ours) for name in vars(module) if name.isupper()}
    for name in (pair.partition("=")[0] for pair in opts.set):
        near = [] if name in known else get_close_matches(name, sorted(known), n=1, cutoff=0.8)
        if near:
            raise UsageError(f"no setting {name}; did you mean {near[0]}?", print_help=False)


def read_with_model(settings: BaseSettings | None) -> None:
    """Read with the statistical model that the setting NER_MODEL names, or with none; raises UsageError."""
    from pipelines.model import use_model  # loads what reads text; Scrapy imports all commands to run one

    assert settings is not None
    try:
        use_model(settings)
    except NoModel as error:
        raise UsageError(str(error), print_help=False) from None
