"""Short articles with the events that a careful person reads in them (tests/extract/readings/*.jsonl).

A line is a JSON object: `id`, `text`, and where they matter `title` and `published` (default 2026-02-11, a Wednesday;
null: unknown). `events` lists, in order of the text, what is read; of an event only what differs from the plainest
case is written (see PLAIN), figures in the notation of tests/extract/marking.py, and `unit` only where it is asked for:
words that the unit must hold. `"xfail": reason` marks what the rules do not yet read rightly.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extract.amounts import Amount
from extract.decide import decide
from extract.events import claims
from extract.records import Article, Event
from tests.extract.matching import figure

PUBLISHED = "2026-02-11"
#: An event that tells of nothing but who cuts: the article's own news, by the employer, dated by its publication.
PLAIN: dict[str, Any] = {
    "headcount": None, "pct": None, "date": "published", "action": "layoff", "status": "announced", "ai": "none",
    "ai_link": None,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One short article and the events expected of it, each with every key of PLAIN and `company`."""

    place: str
    article: Article
    events: tuple[dict[str, Any], ...]
    xfail: str | None


def cases(folder: Path) -> Iterator[Case]:
    """The cases of all files of the folder. Raises ValueError, with file and line, for what is no such file."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            yield _case(f"{path.stem}:{number}", json.loads(line))


def _case(place: str, row: dict[str, Any]) -> Case:
    unknown = set(row) - {"id", "title", "text", "published", "events", "xfail"}
    unknown |= {key for event in row["events"] for key in event if key not in {*PLAIN, "company", "unit"}}
    if unknown:
        raise ValueError(f"{place}: unknown keys {', '.join(sorted(unknown))}")
    article = told(row["text"], row.get("title", ""), row.get("published", PUBLISHED), f"{place}-{row['id']}")
    events = tuple(_full(event, article.published) for event in row["events"])
    return Case(article.article_id, article, events, row.get("xfail"))


def told(text: str, title: str = "", published: str | None = PUBLISHED, name: str = "told") -> Article:
    """An article of these words."""
    return Article(article_id=name, url=f"https://news.example/{name}", title=title, text=text, published=published)


def _full(event: dict[str, Any], published: str | None) -> dict[str, Any]:
    full = PLAIN | event
    return full | {"date": published if full["date"] == "published" else full["date"]}


def known_wrong(reason: str | None) -> list[pytest.MarkDecorator]:
    """The mark of a case that the rules read wrongly: the test fails once they read it rightly, so that it goes."""
    return [pytest.mark.xfail(reason=reason, strict=True)] if reason else []


def read(article: Article) -> list[dict[str, Any]]:
    """The events that the rules read, in the form of the cases."""
    return [shown(event) for event in decide(article, claims(article))]


def shown(event: Event) -> dict[str, Any]:
    """An event by the keys of the cases."""
    return {
        "company": event.company,
        "headcount": _figure(event.headcount_min, event.headcount_max, event.headcount_relation),
        "pct": _figure(event.pct_min, event.pct_max, event.pct_relation),
        **{key: getattr(event, key) for key in ("date", "action", "status", "ai", "ai_link", "unit")},
    }


def _figure(low: float | None, high: float | None, relation: str | None) -> str | None:
    return figure(Amount(low, high, relation)) if relation else None


def faults(wanted: tuple[dict[str, Any], ...], found: list[dict[str, Any]]) -> list[str]:
    """What differs, event by event; the order of events is left open."""
    rest = list(found)
    differing = []
    for event in wanted:
        same = [e for e in rest if e["company"] == event["company"]]
        if not same:
            differing.append(f"missing: {_line(event)}")
            continue
        mine = min((_differs(event, e) for e in same), key=len)
        rest.remove(next(e for e in same if _differs(event, e) == mine))
        differing += [f"{event['company']}: {difference}" for difference in mine]
    return differing + [f"not wanted: {_line(event)}" for event in rest]


def _differs(wanted: dict[str, Any], found: dict[str, Any]) -> list[str]:
    differing = [f"{key} {found[key]!r} in place of {wanted[key]!r}" for key in PLAIN if wanted[key] != found[key]]
    if "unit" in wanted and (wanted["unit"] or "") not in (found["unit"] or ""):
        differing.append(f"unit {found['unit']!r} in place of {wanted['unit']!r}")
    return differing


def _line(event: dict[str, Any]) -> str:
    return ", ".join(f"{key}={value}" for key, value in event.items() if value is not None)
