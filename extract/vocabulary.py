"""The only door to the word lists in data/vocabulary/, which people edit.

Two forms: plain lists (one entry a line, `#` starts a comment line) and tables (CSV with a header line).
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
VOCABULARY = DATA / "vocabulary"


class VocabularyError(ValueError):
    """A word list that cannot be used; the message names file and line and what is wrong."""


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of the list `name` (e.g. "gate.txt"), in file order.

    Raises VocabularyError for a missing file or an entry that stands twice.
    """
    path = VOCABULARY / name
    entries: dict[str, int] = {}
    for number, line in enumerate(_read(path).splitlines(), 1):
        entry = line.strip()
        if not entry or entry.startswith("#"):
            continue
        if entry in entries:
            raise VocabularyError(f"{path}:{number}: {entry!r} stands already in line {entries[entry]}; remove one")
        entries[entry] = number
    return tuple(entries)


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of the table `name` (e.g. "cuts.csv"), each a dict by column; lines that start with `#` are comments.

    Raises VocabularyError for a missing file or a row whose cells do not fit the header.
    """
    path = VOCABULARY / name
    return tuple(rows(path))


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The phrases of the set `name` of contexts.csv (e.g. "headcount.hire"), in file order, inflections apart.

    Raises VocabularyError for a set without phrases.
    """
    if name not in contexts():
        raise VocabularyError(f"{VOCABULARY / 'contexts.csv'}: no set {name!r}; a rule reads it")
    return contexts()[name]


@cache
def contexts() -> dict[str, tuple[str, ...]]:
    """Every set of contexts.csv with its phrases. Raises VocabularyError for a phrase that stands twice in a set."""
    sets: dict[str, list[str]] = {}
    for row in table("contexts.csv"):
        for phrase in row["phrase"].split("|"):
            known = sets.setdefault(row["set"], [])
            if not phrase or phrase in known:
                path = VOCABULARY / "contexts.csv"
                raise VocabularyError(f"{path}: {row['set']}: {phrase!r} is empty or stands twice")
            known.append(phrase)
    return {name: tuple(found) for name, found in sets.items()}


def rows(path: Path, *, may_be_empty: bool = False) -> list[dict[str, str]]:
    """The rows of any CSV file that a person edits, stripped; errors name file and line.

    A file without even a header is an error too, unless it `may_be_empty`.
    """
    found: list[dict[str, str]] = []
    numbered = [(n, line) for n, line in enumerate(_read(path).splitlines(), 1) if line.strip() and line[0] != "#"]
    if not numbered and may_be_empty:
        return []
    if not numbered:
        raise VocabularyError(f"{path}: empty; the first line must name the columns")
    header = next(csv.reader([numbered[0][1]]))
    for number, line in numbered[1:]:
        cells = next(csv.reader([line]))
        if len(cells) != len(header):
            raise VocabularyError(f"{path}:{number}: {len(cells)} cells where the header has {len(header)}: {line!r}")
        found.append({key: cell.strip() for key, cell in zip(header, cells, strict=True)})
    return found


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise VocabularyError(f"{path}: no such word list; restore it from the repository") from None
    except UnicodeDecodeError as error:
        raise VocabularyError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from None
