"""Sources as lines for people: how each is, and what a visit found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from crawler.tables import printable

if TYPE_CHECKING:
    from rich.console import Console

    from crawler.sources import Source

#: What the database knows of a source beside what the file says.
JUDGED = (
    "state", "told", "warnings", "last_visit", "last_read", "last_new", "gap_days", "usual_gap_days", "moved_to",
)  # fmt: skip
#: How a source is, those first that somebody should look at.
STYLES = {"silent": "bold red", "doubtful": "yellow", "unknown": "dim", "fine": "green"}
MOODS = tuple(STYLES)
NEVER = "never visited by a crawl into this database"


def with_health(sources: Iterable[Source], known: Mapping[str, Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The sources with what the database knows of them; one that it does not know is of unknown state."""
    rows = []
    for source in sources:
        judged = known.get(source.id, {"state": "unknown", "told": NEVER})
        rows.append(asdict(source) | {name: judged.get(name) for name in JUDGED})
    return rows


def mood(row: Mapping[str, Any]) -> str:
    """The state in a word; a source that is not silent but has a warning is doubtful."""
    return "doubtful" if row["warnings"] and row["state"] != "silent" else str(row["state"])


def print_health(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """A row a source, those first that somebody should look at; then how many are how."""
    table = _table("State", "Source", "Last new", "Gap", "Usual")
    for row in sorted(rows, key=lambda row: MOODS.index(mood(row))):
        gap, usual = (_days(row[name]) for name in ("gap_days", "usual_gap_days"))
        usual = usual if row["usual_gap_days"] else f"({_days(row['expected_gap_days'])})"
        table.add_row(Text(mood(row), style=STYLES[mood(row)]), row["id"], row["last_new"] or "-", gap, usual)
        moved = f"has moved to {row['moved_to']}" if row["moved_to"] else None
        if told := "; ".join(filter(None, (row["told"] if row["told"] != NEVER else None, row["warnings"], moved))):
            table.add_row("", Text.assemble("  ", printable(told), style="dim"), "", "", "")
    console.print(table, soft_wrap=False)
    counts = Counter(mood(row) for row in rows)
    told = ", ".join(f"{counts[word]} {word}" for word in ("fine", "silent", "doubtful", "unknown"))
    console.print(f"{len(rows)} source{'' if len(rows) == 1 else 's'}: {told}")
    if never := sum(row["told"] == NEVER for row in rows):
        console.print(f"{never} never visited: scrapy crawl news visits all, scrapy sources --check ID tries one")


def print_check(console: Console, rows: Sequence[Mapping[str, Any]]) -> None:
    """A row a source: how it answered, and what it lists."""
    table = _table("Answer", "Source", "Listed", "Dated", "Cuts", "Newest")
    for row in rows:
        counts = [str(row[name]) for name in ("listed", "dated", "promising")]
        table.add_row(row["outcome"], row["source_id"], *counts, (row["newest"] or "-")[:10])
        moved = f"has moved to {row['moved_to']}" if row["moved_to"] else None
        if told := "; ".join(filter(None, (row["reason"], moved))):
            table.add_row("", Text.assemble("  ", printable(told), style="dim"))
        for entry in row["entries"]:
            table.add_row("", Text.assemble("  ", printable(entry["title"] or entry["url"]), style="dim"))
    console.print(table, soft_wrap=False)


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for title in titles:
        table.add_column(title, overflow="fold" if title == "Source" else "ellipsis", no_wrap=title != "Source")
    return table


def _days(days: float | None) -> str:
    return "-" if days is None else f"{days:g} d"
