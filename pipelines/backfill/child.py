"""The process that reads archives, for `pipelines/backfill/reader.py`: alone here is loaded what reads."""

from __future__ import annotations

import gc
import json
import mmap
import os
import resource
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from extract.model import NoModel
from extract.nlp import pipeline, use
from pipelines.backfill.reader import PLACE, behind
from pipelines.backfill.reading import read_archive
from pipelines.backfill.result import Result


def main(model: str, file: int, parent: int, page_seconds: int, memory: int) -> None:
    """Read the archives that standard input names, one a line, until it ends."""
    with os.fdopen(os.dup(1), "wb") as out:
        os.dup2(2, 1)  # what a library prints must not get among the answers
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides what Ctrl-C means
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        if sys.platform == "linux":
            resource.setrlimit(resource.RLIMIT_AS, (memory * 2**20, memory * 2**20))
        place = mmap.mmap(file, PLACE.size)

        @contextmanager
        def watch(at: int, records: int, kept: int) -> Iterator[None]:
            if os.getppid() != parent:
                os._exit(1)  # nobody waits for the answer
            place[:] = PLACE.pack(at, records, kept)
            signal.setitimer(signal.ITIMER_PROF, page_seconds)
            yield
            signal.setitimer(signal.ITIMER_PROF, 0)
            place[:] = PLACE.pack(behind(at), records, kept)  # what comes now is not this page's fault

        missing = _loaded(model)
        for line in sys.stdin.buffer:
            name, skip = json.loads(line)
            if missing:
                result = Result(archive=name, state="failed", error=missing)
            else:
                result = read_archive(name, frozenset(skip), watch)
            out.write(result.packed() + b"\n")
            out.flush()


def _loaded(model: str) -> str:
    """Load what reads; what to say where the model is not to be had here, as on a worker of another machine.

    What is loaded stays, so that the garbage collector need not look at it, neither meanwhile nor later.
    """
    gc.disable()
    try:
        use(model)
        pipeline()
    except NoModel as error:
        return str(error)
    finally:
        gc.freeze()
        gc.enable()
    return ""


if __name__ == "__main__":
    *numbers, name = sys.argv[1:]
    main(name, *map(int, numbers))
