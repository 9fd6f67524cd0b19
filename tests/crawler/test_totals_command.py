"""`scrapy totals` as a user runs it."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from crawler.commands.totals import _print, bar
from extract.records import Event
from pipelines.database import Ledger
from tests.crawler.running import Commands


def test_in_a_pipe_it_is_plain_and_without_bars(filled: Commands) -> None:
    done = filled("totals")
    assert (done.status, done.errors) == (0, "")
    assert "\x1b" not in done.out and "█" not in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    head, march, may, whole, foot = done.out.splitlines()
    assert head.split() == ["Month", "Events", "Low", "Point", "High", "No", "figure"]
    assert march.split() == ["2026-03", "1", "900", "900", "900", "0"]
    assert may.split() == ["2026-05", "2", "110", "110", "110", "0"]
    assert whole.split() == ["Total", "3", "1,010", "1,010", "1,010", "0"]
    assert foot.startswith("layoff-ledger ")


def test_by_company_as_json_since_a_day(filled: Commands) -> None:
    table = filled("totals", "--by", "company", "--since", "2026-05-01", "--json").table
    assert (table["by"], table["since"], table["left_out"]) == ("company", "2026-05-01", 0)
    assert [(one["key"], one["events"], one["point"]) for one in table["groups"]] == [
        ("Zenith", 1, 70),
        ("Apex", 1, 40),
    ]
    assert table["total"] == {"events": 2, "low": 110, "point": 110, "high": 110, "without_figure": 0}


def test_what_was_denied_is_told_and_counted_when_asked_for(filled: Commands) -> None:
    with Ledger(filled.database) as ledger:
        ledger.db.execute("update events set status = 'denied' where company = 'Acme'")
    assert "1 denied, frozen and the like left out, see --all" in filled("totals").out
    points = [
        filled("totals", "--json", *more).table["total"]["point"] for more in ([], ["--all"], ["--with", "denied"])
    ]
    assert points == [110, 1010, 1010]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--by", "colour"], "invalid choice: 'colour'"),
        (["--with", "denied,nonsense"], "--with nonsense: not one of denied, cancelled, considered"),
        (["--since", "spring"], "--since spring: not a day"),
        (["Acme"], "totals takes no argument 'Acme'"),
    ],
)
def test_usage(filled: Commands, arguments: list[str], words: str) -> None:
    done = filled("totals", *arguments)
    assert done.status == 2 and words in done.errors and "Traceback" not in done.errors


def test_without_database_and_without_events(command: Commands) -> None:
    done = command("totals")
    assert done.status == 1 and "no database yet" in done.errors and done.errors.count("\n") == 1
    Ledger(command.database).close()
    assert command("totals").out.startswith("No events to add up.")


def test_a_terminal_gets_bars_in_proportion() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system=None, highlight=False)
    _print(console, [Event(date="2026-03-02", headcount=800), Event(date="2026-04-02", headcount=400)], "month", 0)
    march, april = out.getvalue().splitlines()[1:3]
    assert march.count("█") == 12 and april.count("█") == 6
    assert bar(1, 10**6) == "▏"


def test_a_narrow_window_takes_from_the_names_not_from_heads_and_numbers() -> None:
    out = io.StringIO()
    console = Console(file=out, width=80, force_terminal=True, color_system=None, highlight=False)
    _print(
        console, [Event(company="Consolidated Quorvex Holdings", headcount=1_234_567, headcount_min=1)], "company", 0
    )
    head, row = out.getvalue().splitlines()[:2]
    assert "Events" in head and "No figure" in head and "1,234,567" in row and "…" in row and row.count("█") == 12
