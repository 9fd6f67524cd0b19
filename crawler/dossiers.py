"""One event or one page, as lines for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from crawler.said import value_of
from crawler.tables import jobs, printable, share, shortened, what
from extract.records import Event
from pipelines.history import QUIET
from pipelines.rows import claim_of

if TYPE_CHECKING:
    from extract.rejections import Rejection

Row = Mapping[str, Any]

QUOTE = 90  # cells of a quotation
WORDS = {"headcount": "jobs", "pct": "per cent"}
HEAD = ("date", "unit", "ai", "ai_link", "review_status", "confidence", "n_articles", "n_independent", "updated_at")


def line(console: Console, text: str, style: str = "", indent: int = 0) -> None:
    """Print one line; what would steer a terminal is left out."""
    console.print(Text(" " * indent) + Text(printable(text).plain, style=style))


def print_event(console: Console, found: Mapping[str, Any]) -> None:
    """What `pipelines.dossier.event` found."""
    if found["asked"] != found["event_id"]:
        line(console, f"{found['asked']} leads to {found['event_id']}")
    if found["event"] is None:
        line(console, f"{found['event_id']} is no more", style="bold")
    else:
        _print_values(console, found)
    _print_section(console, "Corrections by hand", [_correction(row) for row in found["overrides"]])
    _print_section(console, "History", changed(found["history"]))
    _print_section(console, "Ids that lead here", [f"{r['event_id']} ({r['cause']})" for r in found["redirects"]])


def _print_values(console: Console, found: Mapping[str, Any]) -> None:
    row = dict(found["event"])
    event = Event(**row | {"source_urls": tuple(row["source_urls"]), "rules": tuple(row["rules"])})
    line(console, f"{event.event_id}  {event.company}: {jobs(event)} ({what(event)})", style="bold")
    for name in HEAD:
        if row[name] not in (None, "none", "auto"):
            line(console, f"{name.replace('_', ' '):<14} {row[name]}", indent=2)
    told = {"share": share(event), "work cut": ", ".join(found["work"]), "AI named": ", ".join(found["systems"])}
    for title, words in told.items():
        if words:
            line(console, f"{title:<14} {words}", indent=2)
    line(console, f"“{event.evidence}”", indent=2)
    line(console, event.evidence_url or "", style="dim", indent=4)
    for name, figures in found["figures"].items():
        if len(figures) > 1:
            _print_section(console, f"Rival figures ({WORDS[name]})", [_figure(one) for one in figures])
    _print_section(console, "Story", [_turn(one) for one in found["story"]])
    _print_claims(console, found["claims"])


def _quoted(text: str) -> str:
    return f"“{shortened(text, QUOTE)}”"


def _turn(one: Row) -> str:
    day = (one["published"] or "undated")[:10]
    return f"{day}  {one['told']}  {_quoted(one['quote'])} {one['publisher'] or ''}".rstrip()


def _figure(one: Row) -> str:
    figure = number(one["low"], one["high"]) or "unknown"
    if not one["articles"]:
        return f"{figure}  chosen: set by hand"
    told = len(one["articles"])
    why = "chosen" if one["chosen"] else f"not chosen: {one['why']}"
    first = min(a["published"] or "undated" for a in one["articles"])[:10]
    return f"{figure}  {why}; {told} article{'' if told == 1 else 's'}, first {first}"


def number(low: float | None, high: float | None) -> str:
    """A figure by its bounds.

    >>> number(1200, 1200), number(200, None), number(None, 300), number(None, None)
    ('1,200', 'at least 200', 'up to 300', '')
    """
    least, most = ("" if bound is None else f"{bound:,g}" for bound in (low, high))
    if not least or not most:
        return f"at least {least}" if least else f"up to {most}" if most else ""
    return least if least == most else f"{least} to {most}"


def _print_claims(console: Console, claims: Iterable[Row]) -> None:
    url = None
    line(console, "Claims", style="bold")
    for claim in claims:
        if claim["url"] != url:
            url = claim["url"]
            line(console, f"{(claim['published'] or 'undated')[:10]}  {url}", style="dim", indent=2)
        line(
            console,
            f"{claim['role']:<10} {claim['kind']:<11} {value_of(claim_of(claim))}  {_quoted(claim['quote'])}",
            indent=4,
        )


def changed(history: Sequence[Row]) -> list[str]:
    """The changes of one event, a line each; those that only repeat another are left out.

    >>> changed([{"field": "headcount", "old": "90", "new": "95", "cause": "new_article", "reason": "https://a.example/",
    ...           "changed_at": "2026-03-04", "event_id": "x"}])
    ['2026-03-04  headcount 90 -> 95  (new article: https://a.example/)']
    """
    lines: list[str] = []
    ended = {row["changed_at"] for row in history if row["field"] == "event_id" and row["old"]}
    for row in history:
        if row["field"] in QUIET or (row["new"] is None and row["field"] != "event_id" and row["changed_at"] in ended):
            continue
        why = f"{row['cause'].replace('_', ' ')}{': ' + row['reason'] if row['reason'] else ''}"
        lines.append(f"{(row['changed_at'] or 'undated')[:10]}  {step(row)}  ({why})")
    return lines


def step(row: Row) -> str:
    """One change in words.

    >>> step({"field": "event_id", "old": "a", "new": "b"}), step({"field": "unit", "old": None, "new": "sales"})
    ('merged into b', 'unit - -> sales')
    """
    if row["field"] != "event_id":
        return f"{row['field']} {shortened(row['old'] or '-', 40)} -> {shortened(row['new'] or '-', 40)}"
    if row["old"] is None:
        return "new"
    return f"merged into {row['new']}" if row["new"] else "gone"


def _correction(row: Row) -> str:
    by = f" ({row['by']})" if row["by"] else ""
    value = " ".join(filter(None, (row["field"], row["value"])))
    waits = f" [waiting: {row['told']}]" if row["state"] == "waiting" else ""
    return f"{row['date']}  {row['action']} {row['event']} {value}".rstrip() + f": {row['reason']}{by}{waits}"


def _print_section(console: Console, title: str, lines: Sequence[str]) -> None:
    if lines:
        line(console, title, style="bold")
    for text in lines:
        line(console, text, indent=2)


def print_page(console: Console, found: Mapping[str, Any], rejected: Sequence[Rejection]) -> None:
    """What `pipelines.dossier.page` found; `rejected` are the rules that spoke against events in an article without."""
    for row in found["rejections"]:
        line(
            console, f"let go by {row['rule']} ({row['reason']}, run {row['run_id']}): {shortened(row['words'], QUOTE)}"
        )
    for article in found["articles"]:
        line(console, f"stored: {article['title']}", style="bold")
        for name in ("url", "canonical_url", "publisher", "published", "fetched_at", "found_by", "rules_version"):
            if article[name] and (name != "canonical_url" or article[name] != article["url"]):
                line(console, f"{name.replace('_', ' '):<14} {article[name]}", indent=2)
        claims = [f"{c['kind']:<11} {value_of(claim_of(c))}  {_quoted(c['quote'])}" for c in article["claims"]]
        _print_section(
            console, "Claims", claims or ["none: the article says nothing of an employer's cuts that counts"]
        )
        _print_section(console, "Rules against", [f"{r.rule}: {r.meaning}" for r in rejected])
        _print_section(console, "Events", [f"{e['event_id']}  {e['company']}" for e in article["events"]])
