"""Archives read by processes of this machine, one archive at a time each."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from typing import Self

from pipelines.backfill.reader import Limits, Reader, Stopped
from pipelines.backfill.result import Result


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class Processes:
    """`count` processes; each takes the next archive when it is done with one."""

    def __init__(self, count: int, limits: Limits) -> None:
        self.readers = [Reader(limits) for _ in range(count)]
        self.threads: list[threading.Thread] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for reader in self.readers:
            reader.stop()
        for thread in self.threads:
            thread.join()
        for reader in self.readers:
            reader.close()

    def results(self, archives: Sequence[str]) -> Iterator[Result | None]:
        """The results as they come; None now and then, so that whoever waits can look after other things."""
        todo: queue.SimpleQueue[str] = queue.SimpleQueue()
        done: queue.SimpleQueue[Result | BaseException] = queue.SimpleQueue()
        for name in archives:
            todo.put(name)
        for reader in self.readers[: len(archives)]:
            thread = threading.Thread(target=_work, args=(reader, todo, done), daemon=True)
            self.threads.append(thread)
            thread.start()
        left = len(archives)
        while left:
            try:
                one = done.get(timeout=0.5)
            except queue.Empty:
                yield None
                continue
            if isinstance(one, BaseException):
                raise one
            left -= 1
            yield one

    def under_way(self) -> tuple[int, int]:
        """Records read and pages kept of the archives that are being read."""
        places = [reader.at for reader in self.readers]
        return sum(records for _, records, _ in places), sum(kept for _, _, kept in places)


def _work(reader: Reader, todo: queue.SimpleQueue[str], done: queue.SimpleQueue[Result | BaseException]) -> None:
    try:
        while True:
            done.put(reader.read(todo.get_nowait()))
    except (queue.Empty, Stopped):
        pass
    except BaseException as error:  # noqa: BLE001  (told where the results are waited for)
        done.put(error)
