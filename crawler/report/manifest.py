"""What the site was made of: a mark for each file, by which the next build knows what it need not make again.

The manifest is a file in the site's folder. It also keeps small results (the sums of a month) with the mark of what
they were worked out from. Files that it does not list are never touched.

It has an entry for every file and is read and written whole by every build: so its tables are flat lists of texts, and
a result stays the JSON text that it is until somebody asks for it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from pipelines.export import replacing
from pipelines.snapshot import Moment

NAME = ".report.json"
T = TypeVar("T")


class ReportError(Exception):
    """The site cannot be made; the message says why and what to do."""


@dataclass
class Manifest:
    """The marks of a build, beside those of the one before."""

    edition: str
    old: dict[str, str] = field(default_factory=dict)  # file -> mark
    results: dict[str, tuple[str, str]] = field(default_factory=dict)  # name -> mark, value as JSON
    files: dict[str, str] = field(default_factory=dict)
    ledger: Moment | None = None  # what the last build saw
    there: set[str] = field(default_factory=set)  # the files that lie in the folder

    def fresh(self, path: str, mark: str) -> bool:
        """Note the file; is it there, made of just this before?"""
        self.files[path] = mark
        return self.old.get(path) == mark and path in self.there

    def marks_in(self, start: str, end: str) -> dict[str, str]:
        """Name -> mark of the files of the last build whose paths have this beginning and this end around a name."""
        first, last = len(start), -len(end)
        return {path[first:last]: mark for path, mark in self.old.items() if path.startswith(start)}

    def result(self, name: str, mark: str, work: Callable[[], T]) -> T:
        """The result of `work`, a plain value of JSON; worked out only where `mark` is another than before."""
        known = self.results.get(name)
        if known is not None and known[0] == mark:
            return json.loads(known[1])  # type: ignore[no-any-return]
        value = work()
        self.results[name] = mark, json.dumps(value, separators=(",", ":"))
        return value

    def gone(self) -> list[str]:
        """Files of the last build that this one has no more."""
        return sorted(self.old.keys() - self.files.keys())

    def save(self, folder: Path, ledger: Moment | None = None) -> None:
        """Write it, with the moment of the ledger that the files show. Raises OSError."""
        table: dict[str, Any] = {"edition": self.edition, "ledger": asdict(ledger) if ledger else None}
        table["files"] = list(chain.from_iterable(self.files.items()))
        table["results"] = list(chain.from_iterable((name, *found) for name, found in self.results.items()))
        with replacing(folder / NAME) as file:
            file.write(json.dumps(table, separators=(",", ":")).encode())


def manifest(folder: Path, edition: str) -> Manifest:
    """The manifest of the last build in this folder; of another edition (code, definitions, options) only its files.

    The folder is made where it is missing. Raises OSError, and ReportError for a folder that holds something else.
    """
    path = folder / NAME
    if not path.exists():
        if folder.is_dir() and any(folder.iterdir()):
            raise ReportError(f"{folder}: not empty, and no report; choose a folder of its own")
        folder.mkdir(parents=True, exist_ok=True)
        Manifest(edition).save(folder)  # so that a build that is broken off is known for one
        return Manifest(edition)
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        if table.get("edition") != edition:
            return Manifest(edition, old=dict.fromkeys(_paths(table["files"]), "of another edition"))
        files = dict(_by(2, table["files"]))
        results = {name: (mark, value) for name, mark, value in _by(3, table["results"])}
        ledger = Moment(**table["ledger"]) if table["ledger"] else None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ReportError(f"{path}: damaged; delete the folder, and the report is made anew") from None
    return Manifest(edition, files, results, ledger=ledger, there=_there(folder))


def _paths(files: list[str] | dict[str, str]) -> list[str]:
    """The files that a manifest names; those of older versions of the code are tables."""
    return list(files) if isinstance(files, dict) else files[::2]


def _by(size: int, flat: list[str]) -> Iterator[Any]:
    """The rows of a flat list. Raises ValueError where one is incomplete."""
    return zip(*(flat[place::size] for place in range(size)), strict=True)


def _there(folder: Path) -> set[str]:
    """The files that lie in the folder."""
    found: set[str] = set()
    for at, _, names in os.walk(folder):
        inside = os.path.relpath(at, folder)
        found.update(names if inside == "." else [f"{inside}/{name}" for name in names])
    return found if os.sep == "/" else {name.replace(os.sep, "/") for name in found}
