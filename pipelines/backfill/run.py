"""One run of the back-fill: what is unread is handed out, what comes back is written, at the end events are decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extract import RULES_VERSION
from pipelines.backfill.manifest import keep
from pipelines.backfill.result import Result
from pipelines.database import Ledger


class Engine(Protocol):
    """Whatever reads archives: processes here, or a cluster."""

    def results(self, archives: Sequence[str]) -> Iterator[Result | None]:
        """The results as they come; None now and then, so that progress can be shown."""

    def under_way(self) -> tuple[int, int]:
        """Records read and pages kept of the archives that are being read, as far as that is known."""


class Progress(Protocol):
    """Whoever shows how far it is."""

    def finished(self, result: Result) -> None:
        """An archive is written."""

    def tick(self, records: int, kept: int) -> None:
        """Time goes by; so many records and kept pages of unfinished archives."""


@dataclass
class Run:
    """What came of a run. `states` counts archives, `articles` and `events` what was written, `rejected` pages."""

    states: Counter[str] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    events: dict[str, int] = field(default_factory=dict)
    rejected: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    failures: list[str] = field(default_factory=list)  # for a person: archives that were not, or not wholly, read

    def columns(self) -> dict[str, int]:
        """The counts of its row in table runs."""
        articles = {f"articles_{name}": self.articles[name] for name in ("new", "updated", "unchanged")}
        events = {f"events_{name}": self.events.get(name, 0) for name in ("new", "changed", "unchanged", "gone")}
        return {"pages": self.pages, "rejected": self.rejected.total()} | articles | events


def fill(ledger: Ledger, engine: Engine, archives: Sequence[str], run: Run, run_id: int, progress: Progress) -> None:
    """Have the archives read, and write each as it comes; `run` counts. What is written stays, whatever ends this.

    Raises StoreError, and what the engine raises.
    """
    for found in engine.results(archives):
        if found is None:
            progress.tick(*engine.under_way())
            continue
        result = found
        if found.state != "failed" and found.rules_version != RULES_VERSION:
            result = Result(archive=found.archive, state="failed", error=_other_version(found.rules_version))
        run.articles += keep(ledger, result, run_id)
        run.states[result.state] += 1
        run.pages += result.pages
        run.rejected += result.rejected
        if result.error:
            run.failures.append(f"{result.archive}: {result.state}: {result.error}")
        progress.finished(result)


def _other_version(rules: str) -> str:
    return f"its worker has rules {rules}, here are {RULES_VERSION}; install the same version of the project on both"
