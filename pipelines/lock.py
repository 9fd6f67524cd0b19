"""One writer at a time: an advisory lock on a file beside the database, which dies with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_held: dict[Path, int] = {}  # databases that this process holds, with the descriptor of the lock file


class StoreError(Exception):
    """The database cannot be used; the message names the file, what is wrong and what helps."""


class DiskFull(StoreError):
    """There is no room for what was to be written; what was written before is whole."""


class DatabaseBusy(StoreError):
    """Another process holds the database; the message names it."""


@contextmanager
def lock(path: str | Path) -> Iterator[None]:
    """Hold the database `path` alone; a process that has it may take it again inside.

    The lock file is `path` with ".lock" behind it and holds the number of the process that has it. A process
    that is killed leaves the file, never the lock. Raises DatabaseBusy at once where another process has it and
    StoreError where the file cannot be written.
    """
    target = Path(path).resolve()
    if target in _held:
        yield
        return
    descriptor = _held[target] = _take(target)
    try:
        yield
    finally:
        del _held[target]
        os.ftruncate(descriptor, 0)
        os.close(descriptor)


def _take(target: Path) -> int:
    name = target.with_name(target.name + ".lock")
    try:
        descriptor = os.open(name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise StoreError(unusable(target, error)) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(descriptor, 200, 0).decode(errors="replace").strip()
        os.close(descriptor)
        who = f"process {holder}" if holder else "another process"
        raise DatabaseBusy(f"{target}: {who} is writing to this database; try again when it has ended") from None
    except OSError as error:
        os.close(descriptor)
        raise StoreError(f"{target}: cannot be locked: {error.strerror}") from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)
    return descriptor


def unusable(target: Path, error: OSError) -> str:
    """A sentence on why `target` cannot be opened for writing."""
    if not target.parent.is_dir():
        return f"{target}: the folder {target.parent} does not exist; make it or choose another DATABASE"
    return f"{target}: cannot be written: {error.strerror}"


def _forget() -> None:
    # A forked worker inherits the descriptor; were it kept open, the lock would outlive a killed parent.
    for descriptor in _held.values():
        os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_forget)
