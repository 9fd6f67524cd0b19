"""What the site was made of: a mark for each file, by which the next build knows what it need not make again.

The manifest is a file in the site's folder. It also keeps small results (the sums of a month) with the mark of what
they were worked out from. Files that it does not list are never touched.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
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
    results: dict[str, list[Any]] = field(default_factory=dict)  # name -> [mark, value]
    files: dict[str, str] = field(default_factory=dict)
    ledger: Moment | None = None  # what the last build saw
    there: set[str] = field(default_factory=set)  # the files that lie in the folder

    def fresh(self, path: str, mark: str) -> bool:
        """Note the file; is it there, made of just this before?"""
        self.files[path] = mark
        return self.old.get(path) == mark and path in self.there

    def result(self, name: str, mark: str, work: Callable[[], T]) -> T:
        """The result of `work`, a plain value of JSON; worked out only where `mark` is another than before."""
        known = self.results.get(name)
        if known is None or known[0] != mark:
            known = self.results[name] = [mark, work()]
        return known[1]  # type: ignore[no-any-return]

    def gone(self) -> list[str]:
        """Files of the last build that this one has no more."""
        return sorted(self.old.keys() - self.files.keys())

    def save(self, folder: Path, ledger: Moment | None = None) -> None:
        """Write it, with the moment of the ledger that the files show. Raises OSError."""
        table: dict[str, Any] = {"edition": self.edition, "files": self.files, "results": self.results}
        table["ledger"] = asdict(ledger) if ledger else None
        with replacing(folder / NAME) as file:
            file.write(json.dumps(table, ensure_ascii=False, separators=(",", ":")).encode())


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
        files, results = dict(table["files"]), dict(table["results"])
        ledger = Moment(**table["ledger"]) if table["ledger"] else None
    except (ValueError, KeyError, TypeError):
        raise ReportError(f"{path}: damaged; delete the folder, and the report is made anew") from None
    if table.get("edition") != edition:
        return Manifest(edition, old=dict.fromkeys(files, "of another edition"))
    return Manifest(edition, files, results, ledger=ledger, there=_there(folder))


def _there(folder: Path) -> set[str]:
    """The files that lie in the folder."""
    found: set[str] = set()
    for at, _, names in os.walk(folder):
        inside = Path(at).relative_to(folder).as_posix()
        found.update(names if inside == "." else (f"{inside}/{name}" for name in names))
    return found
