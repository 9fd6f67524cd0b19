"""Processes that read pages, each of which can be killed: one hostile page costs its reader, never the crawl.

The only file that knows pebble. The processes are forked from a clean one of their own, not from the crawl with its
threads and open files.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as OutOfTime
from typing import Any, ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from extract.reasons import Unreadable

P = ParamSpec("P")
T = TypeVar("T")

#: Pages after which a reader is replaced, so that what it holds on to does not pile up.
PAGES_EACH = 2000
#: Bytes of address space that a reader may take, where the system keeps such a limit: a page of 10 MB takes 500 MB.
MEMORY = 3 * 2**30
#: What every reader needs, loaded once before they are forked.
PRELOADED = ["pipelines.warm"]


class Readers:
    """A pool of reading processes. `seconds` is the longest that one may work on one page, `model` as NER_MODEL."""

    def __init__(self, processes: int, seconds: float, model: str = "") -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self.seconds = seconds
        self.pool = ProcessPool(
            max_workers=processes or max(os.cpu_count() or 2, 2) - 1,
            max_tasks=PAGES_EACH, initializer=_begin, initargs=(model,), context=context,
        )  # fmt: skip

    async def read(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`work(*args)` in one of the processes; a function of a module, with arguments and result that pickle.

        Raises what it raises, and Unreadable where it took too long or brought its process down.
        """
        future = self.pool.schedule(_bounded, args=(self.seconds, work, args), timeout=self.seconds)
        try:
            result: T = await asyncio.wrap_future(future)
        except (OutOfTime, TimeoutError):
            raise Unreadable("read.time", f"reading was given up after {self.seconds:g} s") from None
        except ProcessExpired as error:
            raise Unreadable("read.killed", f"the process that read it ended with code {error.exitcode}") from None
        except MemoryError:
            raise Unreadable("read.memory", "reading it takes too much memory") from None
        return result

    def close(self) -> None:
        """End the processes; those at work are killed."""
        self.pool.stop()  # type: ignore[no-untyped-call]
        self.pool.join()


def _begin(model: str) -> None:
    """In a new reader: it reads with this model, signals for the crawl are not for it, and memory has a limit."""
    from extract.nlp import use  # the crawl itself loads none of what reads

    use(model)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    except (ImportError, OSError, ValueError):  # not every system keeps it; the limits of time and size hold
        pass


def _bounded(seconds: float, work: Callable[..., Any], args: tuple[Any, ...]) -> Any:
    """Do the work, and die soon after the time is up: a reader whose crawl was killed would have nobody to end it."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds + 5)
    try:
        return work(*args)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
