"""Reads labelled files: JSON lines, an article each with the events that a careful person reads in it (data/gold)."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract import inputs
from extract.days import span
from extract.records import Page

#: An event by the keys of data/gold/README.md, hand-written or predicted; a missing key is unknown.
Row = Mapping[str, Any]

RELATIONS = ("exact", "about", "at_least", "at_most", "range", "vague")
ACTIONS = ("layoff", "buyout", "closure", "hiring_freeze", "attrition", "contract_end", "furlough", "other")
STATUSES = ("announced", "reported", "planned", "considered", "completed", "denied", "cancelled")
VOICES = ("company", "third_party", "denied", "none")
LINKS = ("replacement", "reallocation", "anticipated", "demand_loss", "unspecified")


class LabelError(ValueError):
    """A labelled file that cannot be used; each line of the message names file, line and key."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """One article as it is handed to the reader, and the events that a person read in it."""

    page: Page
    events: tuple[Row, ...]


def labelled(path: Path) -> list[Labelled]:
    """The articles of a labelled file, in its order. Raises LabelError with all faults, and OSError."""
    found: list[Labelled] = []
    faults: list[str] = []
    ids: dict[str, int] = {}
    for number, raw in enumerate(path.read_bytes().splitlines(), 1):
        if not raw.strip():
            continue
        page = next(inputs.json_lines(io.BytesIO(raw), str(path)))
        if isinstance(page, inputs.BadInput):
            faults.append(f"{path}, line {number}: {page.error}")
            continue
        row = json.loads(raw.decode("utf-8-sig"))
        here = [*_article_faults(page, row, ids, number)]
        faults += [f"{path}, line {number}: {fault}" for fault in here]
        if not here:
            ids[page.page_id or ""] = number
            found.append(Labelled(page, tuple(row["events"])))
    if not found and not faults:
        faults.append(f"{path}: no article in it; a line is a JSON object with id, title, text and events")
    if faults:
        raise LabelError("\n".join(faults))
    return found


def _article_faults(page: Page, row: dict[str, Any], ids: dict[str, int], number: int) -> Iterator[str]:
    if page.page_id is None:
        yield "id: missing"
    elif page.page_id in ids:
        yield f"id: {page.page_id!r} stands already in line {ids[page.page_id]}"
    if not isinstance(row.get("events"), list):
        yield "events: missing or no list; write [] where the article tells of none"
        return
    for place, event in enumerate(row["events"]):
        if not isinstance(event, dict):
            yield f"events[{place}]: not a JSON object"
            continue
        for key, fault in _event_faults(event, page):
            yield f"events[{place}].{key}: {fault}"


def _event_faults(event: Row, page: Page) -> Iterator[tuple[str, str]]:
    """Each fault of a hand-written event as key and words. Keys that are not compared are left alone."""
    for key, (good, meaning) in CHECKS.items():
        if not good(event.get(key)):
            yield key, f"{json.dumps(event.get(key), ensure_ascii=False)[:60]} is not {meaning}"
    for key in ("evidence", "ai_evidence"):
        quote = event.get(key)
        if isinstance(quote, str) and quote not in (page.title or "") and quote not in (page.text or ""):
            yield key, f"{quote[:60]!r} stands neither in the title nor in the text"


Check = tuple[Callable[[Any], bool], str]


def _one_of(values: tuple[str, ...]) -> Check:
    return (lambda value: value is None or value in values), f"one of {', '.join(values)}, or null"


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | float) and not isinstance(value, bool) and value > 0)


_NUMBER: Check = (_is_number, "a number above 0, or null")
_TEXT: Check = (lambda value: value is None or isinstance(value, str)), "text, or null"
#: Key -> what its value must be, and how that is said.
CHECKS: dict[str, Check] = {
    "company": (lambda value: isinstance(value, str) and bool(value.strip()), "the employer's name"),
    "aliases": (
        lambda value: value is None or (isinstance(value, list) and all(isinstance(name, str) for name in value)),
        "a list of names",
    ),
    "headcount_min": _NUMBER,
    "headcount_max": _NUMBER,
    "headcount_relation": _one_of(RELATIONS),
    "pct_min": _NUMBER,
    "pct_max": _NUMBER,
    "pct_relation": _one_of(RELATIONS),
    "unit": _TEXT,
    "date": (
        lambda value: value is None or (isinstance(value, str) and span(value) is not None),
        "an ISO day, month, quarter or year, or null",
    ),
    "action": _one_of(ACTIONS),
    "status": _one_of(STATUSES),
    "ai": _one_of(VOICES),
    "ai_link": _one_of(LINKS),
    "evidence": _TEXT,
    "ai_evidence": _TEXT,
}
