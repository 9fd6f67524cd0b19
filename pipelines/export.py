"""The events as a file: CSV, JSON lines or JSON. The column order is that of records.Event, and a promise.

An empty cell (null in JSON) is unknown, never zero. Dates are ISO 8601. Rows come newest first: by the first day that
the date covers, undated last, then by company and id; so the same events give the same bytes.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, BinaryIO

from extract import RULES_VERSION, __version__
from extract.days import span
from extract.records import Event
from extract.resolve import company_key

COLUMNS = tuple(field.name for field in fields(Event))
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with these a spreadsheet takes a text for a formula


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which events are wanted; None or empty asks for nothing."""

    since: str | None = None  # ISO day: events whose date reaches to it or beyond; the undated are out
    company: str | None = None  # any of its names
    ai: frozenset[str] = frozenset()  # values of column ai
    min_headcount: int | None = None  # events known to be as large: the point, else the least
    rejected: bool = False  # those as well that a person has rejected

    @property
    def everything(self) -> bool:
        """Does it ask for nothing?"""
        return self == Filter()

    def __call__(self, event: Event) -> bool:
        """Is the event wanted?"""
        days = span(event.date)
        people = event.headcount if event.headcount is not None else event.headcount_min
        return (
            (self.rejected or event.review_status != "rejected")
            and (self.since is None or (days is not None and days[1].isoformat() >= self.since))
            and (self.company is None or company_key(event.company) == company_key(self.company))
            and (not self.ai or event.ai in self.ai)
            and (self.min_headcount is None or (people is not None and people >= self.min_headcount))
        )


def newest_first(events: Iterable[Event]) -> list[Event]:
    """The events in the order of every output."""
    named = sorted(events, key=lambda event: (event.company.casefold(), event.company, event.event_id or ""))
    return sorted(named, key=_first_day, reverse=True)


def _first_day(event: Event) -> str:
    days = span(event.date)
    return days[0].isoformat() if days else ""


def record(event: Event) -> dict[str, Any]:
    """The event as JSON has it: column -> value, whole numbers as integers."""
    return {name: _plain(getattr(event, name)) for name in COLUMNS}


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def to_json(events: Sequence[Event]) -> str:
    """One object: the project's and the rules' version, and the events."""
    table = {"version": __version__, "rules_version": RULES_VERSION, "events": [record(event) for event in events]}
    return json.dumps(table, ensure_ascii=False, indent=2) + "\n"


def to_jsonl(events: Sequence[Event]) -> str:
    """An object a line."""
    return "".join(json.dumps(record(event), ensure_ascii=False) + "\n" for event in events)


def to_csv(events: Sequence[Event], *, raw: bool = False) -> str:
    """RFC 4180: a header, a row an event, lines ended by CRLF, quotes where needed.

    A text that a spreadsheet would run as a formula gets an apostrophe in front, unless `raw`.
    """
    return csv_text(COLUMNS, (record(event).values() for event in events), raw=raw)


def csv_text(columns: Sequence[str], rows: Iterable[Iterable[Any]], *, raw: bool = False) -> str:
    """Any table as `to_csv` writes events."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        writer.writerow(
            [
                value  # most are written as they are, and a table has many
                if value is None or type(value) is int or (type(value) is str and value[:1] not in FORMULA)
                else _cell(value, raw)
                for value in row
            ]
        )
    return out.getvalue()


def _cell(value: Any, raw: bool) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    text = " ".join(value) if isinstance(value, (list, tuple)) else value
    if isinstance(text, str):
        return "'" + text if text.startswith(FORMULA) and not raw else text
    return _plain(text)


FORMATS: dict[str, Callable[[Sequence[Event]], str]] = {"csv": to_csv, "jsonl": to_jsonl, "json": to_json}


def encoded(events: Sequence[Event], form: str, *, bom: bool = False, raw: bool = False) -> bytes:
    """The file's bytes in the format `form`, UTF-8; `bom` marks them so for Excel, `raw` leaves formulas alone."""
    text = to_csv(events, raw=raw) if form == "csv" else FORMATS[form](events)
    return text.encode("utf-8-sig" if bom else "utf-8")


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write that takes the place of `path` once it is complete and on disk; else `path` stays as it was.

    Raises OSError.
    """
    target = path.resolve()
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with open(draft, "xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, target)
    except OSError as error:
        if error.filename == str(draft):
            raise OSError(error.errno, error.strerror, str(path)) from None  # by the name that the user gave
        raise
    finally:
        draft.unlink(missing_ok=True)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
