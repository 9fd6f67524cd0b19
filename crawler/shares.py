"""Shares of AI as tables for people: a line a definition or a group, and what others counted beside them."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from rich.console import Console
from rich.table import Table

from crawler.tables import printable
from extract import RULES_VERSION, __version__
from extract.definitions import Definition
from extract.shares import By, Range, Share, Told, of_period, share, shares
from pipelines.attributions import Counted

NAME = 22  # columns that a key may take
UNKNOWN = {"month": "undated", "industry": "unknown", "country": "unknown"}


def print_shares(
    console: Console, found: Sequence[Told], chosen: Sequence[Definition], others: Sequence[Counted], by: By | None
) -> None:
    """Print the shares of the events by each definition, or by groups of the only one."""
    if not found:
        console.print("No events to take a share of.")
        return
    groups = shares(found, chosen[0], by) if by else []
    named = [(printable(one.key or UNKNOWN.get(by or "", "unknown")), one) for one in groups]
    totals = [("Total" if by else printable(one.title), share(found, one)) for one in chosen]
    if len(chosen) == 1:
        console.print(f"{chosen[0].title}: {chosen[0].about}", style="dim")
    console.print(_table(by.capitalize() if by else "Definition", [*named, *totals], bool(by)), soft_wrap=False)
    for text in _notes([one for _, one in totals]):
        console.print(text, style="dim")
    if others:
        console.print("\nCounted by others, as articles quote them; other cuts than ours, never mixed:", style="bold")
        console.print(_others(others, found, chosen), soft_wrap=False)
    console.print(f"layoff-ledger {__version__}, rules {RULES_VERSION}", style="dim")


def _notes(totals: Sequence[Share]) -> list[str]:
    """What a reader must know of the totals."""
    silent, unknown = (max(getattr(one, name) for one in totals) for name in ("without_figure", "unknown_country"))
    told = f"{silent} events give no number of people: they count among events, not among jobs" if silent else ""
    placed = f"{unknown} events of employers whose country is unknown make low and high wider" if unknown else ""
    return [text for text in (told, placed) if text]


def _table(title: str, named: Sequence[tuple[Any, Share]], with_total: bool) -> Table:
    rows = _empty()
    rows.add_column(title, no_wrap=True, overflow="ellipsis", max_width=NAME)
    for head in ("Events", "AI", "% (low-high)", "Jobs", "AI", "% (low-high)"):
        rows.add_column(head, justify="right", no_wrap=True)
    for number, (name, one) in enumerate(named, 1):
        events = (f"{one.events:,}", f"{one.ai_events:,}", ranged(one.share_of_events))
        jobs = (f"{one.jobs:,}", f"{one.ai_jobs:,}", ranged(one.share_of_jobs))
        rows.add_row(name, *events, *jobs, style="bold" if with_total and number == len(named) else None)
    return rows


def _empty() -> Table:
    return Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)


def ranged(one: Range) -> str:
    """A share in per cent, with its interval in whole ones, outwards.

    >>> ranged(Range(0.128, 0.158, 0.263)), ranged(Range(0.5, 0.5, 0.5)), ranged(Range(0.0, None, 1.0))
    ('15.8 (12-27)', '50.0', '- (0-100)')
    """
    point = "-" if one.point is None else f"{100 * one.point:.1f}"
    if one.low is None or one.high is None or one.low == one.high:
        return point
    return f"{point} ({floor(100 * one.low)}-{ceil(100 * one.high)})"


def percent(value: float | None) -> str:
    """A share in per cent.

    >>> percent(0.0452), percent(1.0), percent(None)
    ('4.5 %', '100.0 %', '-')
    """
    return "-" if value is None else f"{100 * value:.1f} %"


def _others(others: Sequence[Counted], found: Sequence[Told], chosen: Sequence[Definition]) -> Table:
    rows = _empty()
    rows.add_column("Counted by", no_wrap=True, overflow="ellipsis", max_width=32)
    rows.add_column("Period", no_wrap=True)
    for head in ("Total", "AI", "Share", *(f"ours: {one.name}" for one in chosen[:1])):
        rows.add_column(head, justify="right", no_wrap=True)
    for one in others:
        ours = share(of_period(found, one.period), chosen[0]).share_of_jobs if len(chosen) == 1 else None
        numbers = ("-" if value is None else f"{value:,}" for value in (one.value, one.ai_value))
        period = f"{one.period}{' so far' if one.to_date else ''}"
        rows.add_row(
            printable(one.publisher), period, *numbers, percent(one.share), percent(ours.point if ours else None)
        )
    return rows
