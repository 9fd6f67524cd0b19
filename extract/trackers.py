"""Reads another list of job cuts, a tracker's or a state's WARN notices, as a CSV file with columns of its own."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from extract.compare import Entry
from extract.days import span

#: What can be read of a list, and what must be.
FIELDS = ("company", "date", "headcount", "pct")
NEEDED = ("company", "date")

_DATES = ("%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%B %d %Y", "%Y/%m/%d", "%B %Y", "%b %Y")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d\d)(?:\s.*)?")
_UNKNOWN = {"", "-", "--", "n/a", "na", "none", "null", "nan", "unknown", "undisclosed", "tbd", "not specified"}


class Unreadable(ValueError):
    """A file that cannot be read as a list; the message names it and what is wrong."""


class NoColumn(ValueError):
    """A column that the file does not have; the message names those that it has."""


@dataclass
class Tracker:
    """The rows that could be read, and a message for each that could not."""

    entries: list[Entry] = field(default_factory=list)
    bad: list[str] = field(default_factory=list)


def read(path: Path, columns: Mapping[str, str]) -> Tracker:
    """The rows of the CSV file at `path`; `columns` maps company, date, headcount, pct to the file's own names.

    Commas, semicolons or tabs; UTF-8. Dates are ISO, 3/14/2026, 14 March 2026 or the like; whether day or month
    comes first is told by the first date of the column that has only one reading, else the month does, as in WARN
    lists. Shares are per cent; a column without any figure above 1 and without % holds fractions. Raises OSError,
    Unreadable, NoColumn.
    """
    rows = list(_rows(path))
    header = [name.strip() for name in rows[0][1]]
    missing = [name for name in columns.values() if name not in header]
    if missing:
        raise NoColumn(f"{path}: no column {missing[0]!r}; it has {', '.join(header)}")
    places = {key: header.index(name) for key, name in columns.items()}
    cells = [
        (line, {key: row[at].strip() if at < len(row) else "" for key, at in places.items()}) for line, row in rows[1:]
    ]
    return _entries(path, [(line, cell) for line, cell in cells if any(cell.values())])


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of each row that is not empty, the header first."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    empty, before = True, 0
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield before + 1, row
                empty = False
            before = reader.line_num
    except csv.Error as error:
        raise Unreadable(f"{path}:{reader.line_num}: not CSV: {error}") from None
    if empty:
        raise Unreadable(f"{path}: empty; the first line must name the columns")


def _entries(path: Path, cells: Sequence[tuple[int, Mapping[str, str]]]) -> Tracker:
    found = Tracker()
    day_first = _day_first(row["date"] for _, row in cells)
    shares = [row["pct"] for _, row in cells if row.get("pct", "").lower() not in _UNKNOWN]
    fractions = bool(shares) and all(_is_fraction(share) for share in shares)
    for line, row in cells:
        try:
            found.entries.append(_entry(line, row, day_first, fractions))
        except ValueError as error:
            found.bad.append(f"{path}:{line}: {error}")
    return found


def _entry(line: int, row: Mapping[str, str], day_first: bool, fractions: bool) -> Entry:
    if not row["company"]:
        raise ValueError("no company")
    share = number(row.get("pct", ""), "pct")
    people = number(row.get("headcount", ""), "headcount")
    return Entry(
        line=line, company=row["company"], date=iso(row["date"], day_first),
        headcount=None if people is None else round(people),
        pct=None if share is None else round(share * 100, 4) if fractions else share,
    )  # fmt: skip


def _day_first(dates: Iterator[str]) -> bool:
    for date in dates:
        if found := _SLASHED.fullmatch(date):
            if int(found[1]) > 12:
                return True
            if int(found[2]) > 12:
                return False
    return False


def iso(text: str, day_first: bool = False) -> str | None:
    """The date in ISO form, as precise as written; None for an empty cell. Raises ValueError for anything else.

    >>> [iso(t) for t in ("2026-03-02", "2026-03-02 00:00:00", "3/2/2026", "March 2, 2026", "Mar 2026", "2026-Q1", "")]
    ['2026-03-02', '2026-03-02', '2026-03-02', '2026-03-02', '2026-03', '2026-Q1', None]
    >>> iso("2/3/26", day_first=True)
    '2026-03-02'
    """
    if text.lower() in _UNKNOWN:
        return None
    plain = text if span(text) else re.split(r"[T ]", text)[0]
    if span(plain):
        return plain
    if found := _SLASHED.fullmatch(text):
        first, second, year = (int(part) for part in found.groups())
        day, month = (first, second) if day_first else (second, first)
        written = f"{year + 2000 if year < 100 else year}-{month:02}-{day:02}"
        if span(written):
            return written
    for form in _DATES:
        try:
            day_of = datetime.strptime(text.replace(".", ""), form).replace(tzinfo=UTC)
        except ValueError:
            continue
        return f"{day_of:%Y-%m-%d}" if "%d" in form else f"{day_of:%Y-%m}"
    raise ValueError(f"date {text!r} is not read; write it as 2026-03-14")


def number(text: str, name: str) -> float | None:
    """The number in a cell; None where the cell says that it is not known. Raises ValueError for anything else.

    >>> number("1,200", "headcount"), number("12%", "pct"), number("Unknown", "headcount")
    (1200.0, 12.0, None)
    """
    if text.lower() in _UNKNOWN:
        return None
    plain = re.sub(r"[,\s\u00a0%+~]", "", text)
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        raise ValueError(f"{name} {text!r} is no number")
    return float(plain)


def _is_fraction(share: str) -> bool:
    try:
        return "%" not in share and (number(share, "pct") or 0) <= 1
    except ValueError:
        return True  # told as a bad row
