"""The hold on a process that reads archives (`child.py`). Whatever kills it costs one page at most.

Pages are written by strangers: one may hang the parser, eat all memory or crash a library. So each archive is read in
a process of its own, which notes where it is before it touches a page. When it dies, another goes on; a page of which
two have died is passed over and named. Parent and child talk in lines of JSON.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import signal
import struct
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from pipelines.backfill.result import Result
from pipelines.paths import ROOT

#: Deaths at one place after which it is passed over, and in one archive after which that is given up.
DEATHS_AT_PAGE, DEATHS_AT_ALL = 2, 20
#: Before the first page.
NOWHERE = -1
#: Where the process is: offset of the page's record under way, or `behind` it; records so far, pages kept.
PLACE = struct.Struct("<qqq")


def behind(offset: int) -> int:
    """What stands for the place behind the page at `offset`: below NOWHERE, so that it is no page's."""
    return NOWHERE - 1 - offset


@dataclass(frozen=True, slots=True)
class Limits:
    """How a process reads: what a page may cost it, and which model reads along."""

    page_seconds: int = 30  # of the processor, for one page
    memory: int = 4096  # megabytes of address space; not on macOS, which has no such limit
    model: str = ""  # the statistical model that reads along (the setting NER_MODEL), none where empty


class Died(Exception):
    """The process has ended in mid-archive."""


class Stopped(Exception):
    """The process was ended on purpose."""


@dataclass
class Reader:
    """Reads archives in a process of its own, which is started when needed, and again when it has died."""

    limits: Limits = field(default_factory=Limits)
    process: subprocess.Popen[bytes] | None = None
    stopped: bool = False

    def __post_init__(self) -> None:
        with tempfile.TemporaryFile() as file:
            file.truncate(PLACE.size)
            self.file = os.dup(file.fileno())
        self.place = mmap.mmap(self.file, PLACE.size)

    def read(self, name: str) -> Result:
        """What came of the archive; where its readers keep dying, a result that has failed. Raises Stopped."""
        deaths: Counter[int] = Counter()
        while True:
            try:
                return self._read(name, [at for at, count in deaths.items() if count >= DEATHS_AT_PAGE])
            except Died as died:
                deaths[self.at[0]] += 1
                beside = any(count >= DEATHS_AT_PAGE for at, count in deaths.items() if at <= NOWHERE)
                if beside or deaths.total() >= DEATHS_AT_ALL:
                    return Result(archive=name, state="failed", error=f"{deaths.total()} processes died of it: {died}")

    @property
    def at(self) -> tuple[int, int, int]:
        """Where the process is, as in PLACE."""
        offset, records, kept = PLACE.unpack(self.place[:])
        return offset, records, kept

    def _read(self, name: str, skip: Collection[int]) -> Result:
        self.place[:] = PLACE.pack(NOWHERE, 0, 0)
        process = self.process if self.process and self.process.poll() is None else self._start()
        assert process.stdin is not None and process.stdout is not None
        try:
            process.stdin.write(json.dumps([name, list(skip)]).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except (BrokenPipeError, ValueError):
            line = b""
        if not line.endswith(b"\n"):
            self._bury(process)
        return Result.unpacked(line)

    def _start(self) -> subprocess.Popen[bytes]:
        if self.stopped:
            raise Stopped
        limits = [str(self.limits.page_seconds), str(self.limits.memory), self.limits.model]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "pipelines.backfill.child", str(self.file), str(os.getpid()), *limits],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, pass_fds=[self.file],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (os.environ.get("PYTHONPATH"), str(ROOT))))},
        )  # fmt: skip
        if self.stopped:  # in the meantime, by the thread that ends all of them
            self.process.kill()
        return self.process

    def _bury(self, process: subprocess.Popen[bytes]) -> None:
        """Raise Died with what killed it, or Stopped."""
        self.process = None
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(BrokenPipeError):
                    stream.close()
        status = process.wait()
        if self.stopped:
            raise Stopped
        why = f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
        raise Died("it took too long" if status == -signal.SIGPROF else why)

    def stop(self) -> None:
        """End the process; a `read` that waits for it raises Stopped."""
        self.stopped = True
        if self.process is not None:
            self.process.kill()

    def close(self) -> None:
        """End the process, which has nothing to do any more, and let go of all that it held."""
        self.stop()
        if self.process is not None:
            with contextlib.suppress(Stopped):
                self._bury(self.process)
        self.place.close()
        os.close(self.file)
