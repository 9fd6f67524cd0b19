"""`scrapy backfill` on a Dask cluster of real processes: a worker is killed, the scheduler is killed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pipelines.paths import ROOT
from tests.archives import several
from tests.crawler.running import Commands

BIN = Path(sys.executable).parent


def start(stack: ExitStack, *arguments: str) -> subprocess.Popen[bytes]:
    """A process of Dask's, killed at the end."""
    process = subprocess.Popen(
        [BIN / "dask", *arguments, "--no-dashboard"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    stack.callback(process.wait)
    stack.callback(process.kill)
    return process


class Cluster:
    """A scheduler and two workers on loopback."""

    def __init__(self, stack: ExitStack) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self.scheduler = start(stack, "scheduler", "--host", self.address)
        worker = "worker", self.address, "--host", "127.0.0.1", "--nthreads", "1", "--no-nanny"
        self.workers = [start(stack, *worker) for _ in range(2)]


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with ExitStack() as stack:
        yield Cluster(stack)


def backfill(command: Commands, folder: Path, address: str) -> subprocess.Popen[str]:
    settings = ["-s", f"DATABASE={command.database}", "-s", "OVERRIDES="]
    return subprocess.Popen(
        [BIN / "scrapy", "backfill", str(folder), "--scheduler", address, *settings],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"COLUMNS": "80"},
    )  # fmt: skip


def test_a_worker_that_is_killed_changes_no_byte(command: Commands, cluster: Cluster, tmp_path: Path) -> None:
    several(tmp_path, 8, 10)
    running = backfill(command, tmp_path, cluster.address)
    assert running.stderr is not None
    lines = [running.stderr.readline() for _ in range(4)]
    cluster.workers[0].kill()
    out, errors = running.communicate(timeout=300)
    assert running.returncode == 0, (lines, errors)
    assert "archives  8 read" in out and "events    80 new" in out
    assert command("export", str(tmp_path / "cluster.csv")).status == 0
    command.database = tmp_path / "alone.db"
    assert command("backfill", str(tmp_path), "--processes", "1").status == 0
    assert command("export", str(tmp_path / "alone.csv")).status == 0
    assert (tmp_path / "cluster.csv").read_bytes() == (tmp_path / "alone.csv").read_bytes()


def test_a_scheduler_that_dies_ends_the_run_with_what_to_do(
    command: Commands, cluster: Cluster, tmp_path: Path
) -> None:
    several(tmp_path, 12, 10)
    running = backfill(command, tmp_path, cluster.address)
    assert running.stderr is not None
    assert running.stderr.readline().startswith("1/12 ")
    cluster.scheduler.send_signal(signal.SIGKILL)
    out, errors = running.communicate(timeout=300)
    left = re.search(r"the scheduler is gone; (\d+) archives are left: the same command again goes on", errors)
    assert running.returncode == 4 and left, errors
    done = command("backfill", str(tmp_path), "--processes", "1")
    assert f"archives  {left[1]} read, {12 - int(left[1])} read before" in done.out
    assert "events    120 new" in out + done.out or "unchanged" in done.out


def test_a_scheduler_that_is_not_there_is_told(command: Commands, tmp_path: Path) -> None:
    several(tmp_path, 1, 1)
    with socket.socket() as taken:  # bound and not listening: nobody answers there
        taken.bind(("127.0.0.1", 0))
        done = command("backfill", str(tmp_path), "--scheduler", f"tcp://127.0.0.1:{taken.getsockname()[1]}")
    assert done.status == 4 and "no scheduler answers" in done.errors
