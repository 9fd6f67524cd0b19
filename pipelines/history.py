"""What changed in the events, when, and why; and from that, what the table showed after an earlier run. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipelines.lock import StoreError
from pipelines.migrations import event_columns
from pipelines.rows import Row
from pipelines.sqlite import Database, rows

Cause = Literal["new_article", "rule_change", "override"]

#: Columns whose change is no news of its own: they repeat another column's, or grow with every article.
QUIET = frozenset({
    "company_id", "date_precision", "evidence_url", "evidence_field", "evidence_start", "evidence_end",
    "ai_evidence_url", "ai_evidence_field", "ai_evidence_start", "ai_evidence_end", "rules", "rules_version",
    "updated_at", "n_publishers", "n_independent", "last_reported", "source_urls", "confidence",
})  # fmt: skip


@dataclass(frozen=True)
class Why:
    """The cause of a change, the day or instant of the data by which it is dated, and what it was in particular."""

    cause: Cause
    changed_at: str | None
    reason: str


def revisions(
    event_id: str, old: Row | None, new: Row | None, why: Mapping[str, Why], heir: str | None = None
) -> list[Row]:
    """The rows of event_revisions that lead from the old row to the new one; `why` has the field, or "" for others.

    The birth of an event is one row, of the field event_id; at its end each value that it had is kept.
    """

    def row(field: str, before: object, after: object) -> Row:
        reason = why.get(field, why[""])
        texts = {"old": _text(before), "new": _text(after)}
        told = {"cause": reason.cause, "reason": reason.reason or None}
        return {"event_id": event_id, "changed_at": reason.changed_at, "field": field} | texts | told

    if old is None:
        return [row("event_id", None, event_id)]
    if new is None:
        gone = [row(name, value, None) for name, value in old.items() if value is not None and name != "event_id"]
        return [row("event_id", event_id, heir), *gone]
    return [row(name, old[name], value) for name, value in new.items() if old.get(name) != value]


def check_run(db: Database, path: Path, run: int) -> None:
    """Raises StoreError for a run that was not, with those that were."""
    if not rows(db, "select 1 from runs where run_id = ?", [run]):
        last = rows(db, "select coalesce(max(run_id), 0) as n from runs")[0]["n"]
        raise StoreError(f"{path}: no run {run}; the runs are 1 to {last}" if last else f"{path}: no run yet")


def _text(value: object) -> str | None:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return None if value is None else str(value)


def undone(events: Iterable[Row], later: Sequence[Row]) -> dict[str, Row]:
    """The events as they were before the revisions `later`, which come newest first."""
    found = {row["event_id"]: dict(row) for row in events}
    kinds = event_columns()
    for change in later:
        key, name = change["event_id"], change["field"]
        if name == "event_id":
            if change["old"] is None:
                found.pop(key, None)
            continue
        row = found.setdefault(key, dict.fromkeys((*kinds, "company_id")) | {"event_id": key})
        kind = kinds.get(name, str)
        row[name] = None if change["old"] is None else kind(change["old"])
    return found
