"""Events as lines for people: a row each, and the sentence that says so beside it or, in a narrow window, below."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.table import Table
from rich.text import Text

from crawler.said import clipped

if TYPE_CHECKING:
    from rich.console import Console
    from rich.segment import Segment

    from extract.records import Event

WIDE = 120  # columns from which the sentence stands in the row
NAME = 26  # columns that a company's name may take
TITLES = ("Date", "Company", "Jobs", "What", "AI")
MARKS = {"exact": "{}", "about": "~{}", "at_least": "{}+", "at_most": "up to {}"}
VAGUE = {24: "dozens", 200: "hundreds", 2000: "thousands"}
AI_STYLE = {"company": "bold red", "third_party": "yellow", "denied": "green"}


def print_events(console: Console, events: Sequence[Event]) -> None:
    """Print the table in the width of the console; colours only where it has them."""
    if console.width >= WIDE:
        console.print(table(events, console.width, evidence=True), soft_wrap=False)
        return
    header, *lines = console.render_lines(table(events, console.width, evidence=False), pad=False)
    console.print(_text(header))
    for line, event in zip(lines, events, strict=True):
        console.print(_text(line))
        if event.evidence:
            console.print(Text("  " + shortened(event.evidence, console.width - 2), style="dim"))


def table(events: Sequence[Event], width: int, *, evidence: bool) -> Table:
    """The table; every event is one line. A narrow window takes from the company's name."""
    rows = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False, expand=evidence)
    cells: list[tuple[str | Text, ...]] = [
        (event.date or "undated", printable(event.company), jobs(event), what(event), ai(event)) for event in events
    ]
    fixed = [max(len(row[i]) for row in (*cells, TITLES)) for i in range(len(TITLES))]
    fixed[1] = min(fixed[1], NAME, max(8, width - sum(fixed) + fixed[1] - 2 * len(TITLES)))
    for title, least in zip(TITLES, fixed, strict=True):
        rows.add_column(
            title, no_wrap=True, overflow="ellipsis", width=least, justify="right" if title == "Jobs" else "left"
        )
    if evidence:
        rows.add_column("Evidence", no_wrap=True, overflow="ellipsis", ratio=1)
    for event, row in zip(events, cells, strict=True):
        rows.add_row(*row, *([printable(event.evidence or "")] if evidence else []))
    return rows


def _text(line: Iterable[Segment]) -> Text:
    text = Text.assemble(*((segment.text, segment.style or "") for segment in line))
    text.rstrip()
    return text


def jobs(event: Event) -> str:
    """People or, failing that, the share of the workforce, as told.

    >>> from extract.records import Event
    >>> jobs(Event(headcount_min=1200, headcount_max=1200, headcount_relation="about"))
    '~1,200'
    >>> jobs(Event(pct_max=12.5, pct_relation="at_most")), jobs(Event())
    ('up to 12.5 %', '-')
    """
    people = _figure(event.headcount_min, event.headcount_max, event.headcount_relation)
    return people or share(event) or "-"


def share(event: Event) -> str:
    """The share of the workforce, as told; empty where none is."""
    told = _figure(event.pct_min, event.pct_max, event.pct_relation)
    return f"{told} %" if told else ""


def _figure(low: float | None, high: float | None, relation: str | None) -> str:
    if low is None and high is None:
        return ""
    if relation == "vague" and low in VAGUE:
        return VAGUE[int(low)]
    if low is not None and high is not None and low != high:
        return f"{low:,g}-{high:,g}"
    mark = MARKS.get(relation or "exact", "{}+" if high is None else "{}")
    return mark.format(f"{low if low is not None else high:,.10g}")


def what(event: Event) -> str:
    """Action and status, the status only where it is not the plain one.

    >>> from extract.records import Event
    >>> what(Event(action="hiring_freeze")), what(Event(status="reported"))
    ('hiring freeze', 'layoff, reported')
    """
    action = event.action.replace("_", " ")
    return action if event.status == "announced" else f"{action}, {event.status}"


def ai(event: Event) -> Text:
    """Who ties the cut to AI."""
    return Text("-" if event.ai == "none" else event.ai.replace("_", " "), style=AI_STYLE.get(event.ai, ""))


def printable(text: str) -> Text:
    """The text on one line, without what would steer a terminal."""
    return Text("".join(c if c.isprintable() else " " for c in text))


def shortened(text: str, width: int) -> str:
    """The text on one line of at most `width` cells, cut at a word, without what would steer a terminal.

    >>> shortened("Acme\\tlays off 90", 13), shortened("人人人人人", 8)
    ('Acme lays …', '人人人 …')
    """
    return clipped(printable(text).plain, width, cell_len)
