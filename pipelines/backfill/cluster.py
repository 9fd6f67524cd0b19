"""Archives read by the workers of a Dask cluster, each through a process of its own. The only file that knows Dask.

Results come back as bytes of JSON: the client is told to accept no pickles, which would let a scheduler, or whoever
answers in its place, run code here.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, suppress
from functools import cache
from typing import Any, Self

from pipelines.backfill.reader import Limits, Reader
from pipelines.backfill.result import Result

#: How often an archive may take a worker with it before it is given up.
RETRIES = 2
#: How messages to this process may be written.
PLAIN = ["dask", "msgpack"]


class ClusterError(Exception):
    """The cluster cannot be used, or is gone; the message says what to do."""


def read_on_worker(name: str, page_seconds: int, memory: int, model: str) -> bytes:
    """The task: the archive's result, packed."""
    return _reader(Limits(page_seconds, memory, model)).read(name).packed()


@cache
def _reader(limits: Limits) -> Reader:
    return Reader(limits)


class Cluster:
    """The workers of a scheduler at `address`, or `count` of a cluster on this machine, which listens on loopback."""

    def __init__(self, address: str | None, count: int, limits: Limits) -> None:
        self.limits = limits
        try:
            self.distributed: Any = importlib.import_module("distributed")
        except ImportError:
            raise ClusterError('Dask is not installed: pip install -e ".[dask]"') from None
        self.stack = ExitStack()
        try:
            self.client = self._client(address, count)
        except (OSError, TimeoutError, ValueError) as error:
            self.stack.close()
            raise ClusterError(f"{address}: no scheduler answers: {error}") from None

    def _client(self, address: str | None, count: int) -> Any:
        if address is None:
            address = self.stack.enter_context(
                self.distributed.LocalCluster(
                    n_workers=count, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
                )
            ).scheduler_address
        return self.stack.enter_context(
            self.distributed.Client(address, timeout=10, serializers=["pickle", *PLAIN], deserializers=PLAIN)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError, TimeoutError):  # of a scheduler that is gone
            self.stack.close()

    def results(self, archives: Sequence[str]) -> Iterator[Result | None]:
        """The results as they come. Raises ClusterError where the scheduler is gone."""
        try:
            yield from self._results(archives)
        except OSError:  # Dask's errors of broken connections are of this kind
            raise ClusterError("the scheduler is gone") from None

    def _results(self, archives: Sequence[str]) -> Iterator[Result]:
        limits = self.limits.page_seconds, self.limits.memory, self.limits.model
        names = {
            self.client.submit(read_on_worker, name, *limits, pure=False, retries=RETRIES): name for name in archives
        }
        for future in self.distributed.as_completed(list(names), raise_errors=False):
            if future.status == "finished":
                yield Result.unpacked(future.result())
            elif future.status == "error":
                yield Result(archive=names[future], state="failed", error="its workers died, or their version differs")
            else:
                raise ClusterError("the scheduler is gone")
            future.release()

    def under_way(self) -> tuple[int, int]:
        """Not known of workers elsewhere."""
        return 0, 0
