"""Corrections by hand: the lines of data/overrides.csv, read and checked.

A line says what a person decided about an event, on which day and why. `event` is its id; `article` the address of an
article that tells of it, by which it is known again in a database where it has another id (a merge has two: of the
event, and of the one that it is merged into). Meaning of the other cells by action:

- merge: `value` is the event that stays; the id of `event` leads to it from then on
- split: `value` holds addresses of articles, separated by spaces, that tell of a round of their own
- set: `field` is a column, `value` what stands there from now on; empty is unknown
- reject, accept: the row is wrong, or right
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path

from extract.choose import ACTIONS, AI, STATES
from extract.days import precision
from extract.vocabulary import VocabularyError

COMMANDS = ("merge", "split", "set", "reject", "accept")
RELATIONS = ("exact", "about", "at_least", "at_most", "range", "vague")
LINKS = ("replacement", "reallocation", "anticipated", "demand_loss", "unspecified")
STRENGTHS = ("explicit", "contributing", "context")


class OverrideError(VocabularyError):
    """A line of the overrides that cannot be used; the message names file and line, what is wrong, what is near."""


@dataclass(frozen=True)
class Override:
    """One line. All cells are text; empty cells are ""."""

    date: str
    action: str
    event: str
    field: str
    value: str
    article: str
    reason: str
    by: str

    @property
    def override_id(self) -> str:
        """Digest of all cells."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:16]

    @property
    def events(self) -> tuple[str, ...]:
        """The ids that the line names."""
        return (self.event, self.value) if self.action == "merge" else (self.event,)

    @property
    def articles(self) -> tuple[str, ...]:
        """For each id of `events`, the address by which it is known again; "" where the line gives none."""
        given = self.article.split()
        return tuple(given[i] if i < len(given) else "" for i in range(len(self.events)))


HEADER = tuple(field.name for field in fields(Override))

Check = Callable[[str], object]


def _one_of(*words: str) -> Check:
    def check(text: str) -> str:
        if text not in words:
            raise ValueError(f"not one of {', '.join(words)}{near(text, words)}")
        return text

    return check


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError("not a whole number such as 1200, without signs, commas or words")
    return int(text)


def _share(text: str) -> float:
    if not re.fullmatch(r"\d{1,3}(\.\d+)?", text) or float(text) > 100:
        raise ValueError("not a share of the workforce in per cent, such as 12.5")
    return float(text)


def _date(text: str) -> str:
    if precision(text) is None:
        raise ValueError("not an ISO day, month, quarter or year, such as 2026-03-02 or 2026-Q1")
    return text


def _country(text: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}", text):
        raise ValueError("not a country's two capital letters (ISO 3166 alpha-2), such as TR")
    return text


#: Columns that a person may set, each with the check of its value.
SETTABLE: dict[str, Check] = {
    "company": str, "ticker": str, "industry": str, "country": _country, "action": _one_of(*ACTIONS),
    "status": _one_of(*STATES), "date": _date, "effective_from": _date, "headcount": _number,
    "headcount_min": _number, "headcount_max": _number, "headcount_relation": _one_of(*RELATIONS),
    "pct_min": _share, "pct_max": _share, "pct_relation": _one_of(*RELATIONS), "workforce_before": _number,
    "unit": str, "job_country": _country, "ai": _one_of(*AI), "ai_link": _one_of(*LINKS), "ai_speaker": str,
    "ai_strength": _one_of(*STRENGTHS), "ai_headcount": _number, "review_status": _one_of("disputed"),
}  # fmt: skip
#: Columns that are never unknown.
STATED = frozenset({"company", "action", "status", "ai", "review_status"})


def near(word: str, known: Iterable[str]) -> str:
    """A hint at what may have been meant: "; near: merge", or nothing.

    >>> near("mrge", COMMANDS), near("xyz", ())
    ('; near: merge', '')
    """
    found = get_close_matches(word, list(known), 3, 0.6)
    return f"; near: {', '.join(found)}" if found else ""


def parsed(field: str, value: str) -> object:
    """The value of a column that a person sets; None for empty. Raises ValueError with what is wrong."""
    if not value:
        if field in STATED:
            raise ValueError("must not be empty")
        return None
    return SETTABLE[field](value)


def load(path: Path) -> dict[Override, int]:
    """The lines of the file, in its order, each with its number; none where there is no file.

    Raises OverrideError for the first line that cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except UnicodeDecodeError as error:
        raise OverrideError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
    found: dict[Override, int] = {}
    for number, cells in _lines(path, text):
        try:
            line = checked(cells)
            if line in found:
                raise ValueError(f"stands already in line {found[line]}; remove one")
        except ValueError as error:
            raise OverrideError(f"{path}:{number}: {error}") from None
        found[line] = number
    return found


def _lines(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows under the header, each with the number of its first line; empty lines and comments left out."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    header, begun = None, 1
    try:
        for cells in reader:
            number, begun = begun, reader.line_num + 1
            if not cells or cells[0].startswith("#"):
                continue
            if header is None:
                header = tuple(cell.strip() for cell in cells)
                if header != HEADER:
                    raise OverrideError(f"{path}:{number}: the first line must be {','.join(HEADER)}")
                continue
            yield number, [cell.strip() for cell in cells]
    except csv.Error as error:
        raise OverrideError(f"{path}:{begun}: {error}") from None


def checked(cells: list[str]) -> Override:
    """The line of these cells; raises ValueError with what is wrong in it."""
    if len(cells) != len(HEADER):
        raise ValueError(f"{len(cells)} cells where the header has {len(HEADER)} ({','.join(HEADER)})")
    line = Override(*cells)
    if precision(line.date) != "day":
        raise ValueError(f"date {line.date!r} is not a day such as 2026-11-24")
    if line.action not in COMMANDS:
        raise ValueError(f"action {line.action!r} is not one of {', '.join(COMMANDS)}{near(line.action, COMMANDS)}")
    if not line.reason and line.action != "accept":
        raise ValueError(f"{line.action} needs a reason")
    for name in line.events:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            raise ValueError(f"{name!r} is not an event's id such as acme-2026-03")
    _check_value(line)
    return line


def _check_value(line: Override) -> None:
    if line.action == "set":
        if line.field not in SETTABLE:
            raise ValueError(f"field {line.field!r} cannot be set{near(line.field, SETTABLE)}")
        try:
            parsed(line.field, line.value)
        except ValueError as error:
            raise ValueError(
                f"{line.field} {line.value!r} is {error}" if line.value else f"{line.field} {error}"
            ) from None
    elif line.field:
        raise ValueError(f"{line.action} takes no field, and here is {line.field!r}")
    if line.action == "merge" and line.value == line.event:
        raise ValueError(f"{line.event} cannot be merged into itself")
    if line.action == "split" and not line.value:
        raise ValueError("split needs the addresses of the articles that go, separated by spaces")
    if line.action in ("reject", "accept") and line.value:
        raise ValueError(f"{line.action} takes no value, and here is {line.value!r}")


def appended(path: Path, line: Override) -> None:
    """Write the line at the end of the file, which is made, with its header, where there is none. Raises OSError."""
    checked(list(vars(line).values()))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    old = path.read_bytes() if path.exists() else b""
    if not old.strip():
        writer.writerow(HEADER)
    elif not old.endswith(b"\n"):
        out.write("\n")
    writer.writerow(vars(line).values())
    with open(path, "ab") as file:
        file.write(out.getvalue().encode())
