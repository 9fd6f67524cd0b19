"""A decision of a person becomes a line of data/overrides.csv, and counts at once where nobody else is writing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from extract import RULES_VERSION, __version__
from extract.overrides import Override, appended, checked
from pipelines.database import Ledger, corrections
from pipelines.lock import DatabaseBusy, StoreError, lock


def noted(path: Path, overrides: Path, line: Override) -> bool:
    """Append the line to the file, and decide the event anew; False where that is left to the next run.

    Raises ValueError for a line that does not hold, StoreError where the file or the database cannot be used.
    """
    checked(list(vars(line).values()))
    corrections(overrides)  # a file that is wrong already is told before it grows
    try:
        appended(overrides, line)
    except OSError as error:
        raise StoreError(f"{overrides}: cannot be written: {error.strerror}") from error
    try:
        _apply(path, overrides)
    except DatabaseBusy:
        return False
    return True


def _apply(path: Path, overrides: Path) -> None:
    with lock(path), Ledger(path, overrides) as ledger:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        versions = {"version": __version__, "rules_version": RULES_VERSION}
        run = ledger.start_run(spider="review", arguments="{}", started_at=now, **versions)
        counts = {f"events_{name}": count for name, count in ledger.rebuild(run).items()}
        ledger.finish_run(run, finished_at=now, finish_reason="finished", **counts)
