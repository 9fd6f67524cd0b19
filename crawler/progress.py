"""How far a back-fill is: a bar on a terminal, a line for each archive elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from pipelines.backfill.result import Result


@dataclass
class Lines:
    """Counts, and prints a line for each archive that is finished."""

    total: int  # archives
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    clock: Callable[[], float] = time.monotonic
    done: int = 0
    pages: int = 0
    kept: int = 0
    events: int = 0

    def __post_init__(self) -> None:
        self.begun = self.clock()

    def finished(self, result: Result) -> None:
        """An archive is written."""
        self.done += 1
        self.pages += result.pages
        self.kept += result.passed
        self.events += result.events
        state = "" if result.state == "read" else f"{result.state}, "
        name = PurePath(result.archive).name
        self.show(
            f"{self.done}/{self.total} {name}: {state}{result.pages:,} pages, {result.passed:,} kept; {self.far()}"
        )

    def tick(self, records: int, kept: int) -> None:
        """Nothing: a log has no use for it."""

    def show(self, line: str) -> None:
        """Print it."""
        print(line, file=self.stream, flush=True)

    def far(self, records: int = 0, kept: int = 0) -> str:
        """All archives so far, those under way with `records` and `kept` pages: pages a second, time left."""
        seconds = max(self.clock() - self.begun, 1e-3)
        rate = (self.pages + records) / seconds
        return f"{rate:,.0f} pages/s, {self.kept + kept:,} kept, {self.events:,} events, {self.left(seconds)} left"

    def left(self, seconds: float) -> str:
        """How long the rest takes if it goes on as so far.

        >>> Lines(total=3, done=1).left(60), Lines(total=3).left(60)
        ('0:02:00', '?')
        """
        if not self.done:
            return "?"
        rest = int(seconds / self.done * (self.total - self.done))
        return f"{rest // 3600}:{rest // 60 % 60:02}:{rest % 60:02}"


class Bar(Lines):
    """A bar with the same figures, moving."""

    progress: Progress
    task: TaskID

    def show(self, line: str) -> None:
        """The bar moves on."""
        self.progress.update(self.task, completed=self.done, far=self.far())

    def tick(self, records: int, kept: int) -> None:
        """The figures move on."""
        self.progress.update(self.task, far=self.far(records, kept))


@contextmanager
def shown(total: int) -> Iterator[Lines]:
    """Progress on standard error, by what it is."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield Lines(total)
        return
    columns = BarColumn(), TextColumn("{task.completed}/{task.total} archives, {task.fields[far]}")
    with Progress(*columns, console=console) as progress:
        bar = Bar(total)
        bar.progress, bar.task = progress, progress.add_task("", total=total, far="")
        yield bar
