"""How far long work is, on standard error of a terminal only; a pipe or a log sees nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

T = TypeVar("T")


def tracked(work: Sequence[T], what: str, console: Console | None = None) -> Iterator[T]:
    """The parts of the work, one after another, with a bar that says how many are done and how long the rest takes.

    >>> list(tracked([1, 2], "articles", Console(file=None, force_terminal=False)))
    [1, 2]
    """
    console = console or Console(stderr=True)
    if not console.is_terminal:
        yield from work
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        yield from progress.track(work, description=what)


def counting(console: Console | None = None) -> Progress | None:
    """A bar for work whose end is not known; None where nobody would see it."""
    console = console or Console(stderr=True)
    if not console.is_terminal:
        return None
    columns = (BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    return Progress(*columns, console=console, transient=True)
