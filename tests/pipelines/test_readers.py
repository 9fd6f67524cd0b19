"""Processes that read: one that is stuck, one that dies, one that wants too much; and the next page is read."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest

from extract.reasons import NoBody, Unreadable
from pipelines.readers import MEMORY, Readers


def stuck() -> None:
    """A minute's work that no Python signal handler interrupts; without the limit the test fails, and does not hang."""
    sum(range(3 * 10**9))


def dead() -> None:
    """The end of the process, as a fault in a C library would have it."""
    os._exit(11)


def greedy() -> int:
    """More memory than a reader may have."""
    return len(bytearray(2 * MEMORY))


def refused() -> None:
    """A page that is let go on purpose."""
    raise NoBody("body.empty", "nothing there")


def good(number: int) -> tuple[int, int]:
    """What was given, and the process that did it."""
    return number, os.getpid()


def after(work: Callable[[], Any], seconds: float = 30) -> tuple[BaseException | None, tuple[int, int]]:
    """What `work` raises in the one reader that there is, and what the page after it gives."""

    async def both() -> tuple[BaseException | None, tuple[int, int]]:
        readers = Readers(1, seconds)
        raised: BaseException | None = None
        try:
            try:
                await readers.read(work)
            except Exception as error:  # noqa: BLE001 (which one is what the test asks)
                raised = error
            return raised, await readers.read(good, 7)
        finally:
            readers.close()

    return asyncio.run(both())


@pytest.mark.parametrize(("work", "rule", "seconds"), [
    (stuck, "read.time", 3),
    (dead, "read.killed", 30),
    pytest.param(greedy, "read.memory", 30, marks=pytest.mark.skipif(
        sys.platform != "linux", reason="this system keeps no limit of address space")),
])  # fmt: skip
def test_a_page_costs_its_reader_at_most(work: Callable[[], Any], rule: str, seconds: float) -> None:
    raised, (number, process) = after(work, seconds)
    assert isinstance(raised, Unreadable)
    assert raised.rule == rule
    assert number == 7
    assert process != os.getpid()


def test_reasons_come_through_as_they_are() -> None:
    raised, _ = after(refused)
    assert isinstance(raised, NoBody)
    assert (raised.rule, raised.words) == ("body.empty", "nothing there")


def test_starting_does_not_hold_the_crawl_up() -> None:
    """Readers load for seconds; the loop goes round meanwhile."""

    async def loop() -> list[float]:
        readers = Readers(1, 60)
        late = []
        try:
            reading = asyncio.ensure_future(readers.read(good, 1))
            while not reading.done():
                before = time.monotonic()
                await asyncio.sleep(0.01)
                late.append(time.monotonic() - before)
        finally:
            readers.close()
        return late

    late = asyncio.run(loop())
    assert max(late) < sum(late) / 2
    assert len(late) > 2
