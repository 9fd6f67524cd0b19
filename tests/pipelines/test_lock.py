"""One writer at a time, and no lock that outlives its process."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipelines.lock import DatabaseBusy, StoreError, lock
from pipelines.paths import ROOT, database_path, from_root

HOLDER = """
import sys, time
from pathlib import Path
from pipelines.lock import lock
with lock(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path: Path) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", HOLDER, str(tmp_path / "x.db")]
    child = subprocess.Popen(arguments, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert child.stdout and child.stdout.readline() == "held\n"
    return child


def end(child: subprocess.Popen[str]) -> None:
    child.kill()
    child.communicate()


def test_a_second_process_is_refused_at_once_and_told_who_has_it(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    started = time.monotonic()
    with pytest.raises(DatabaseBusy) as told, lock(tmp_path / "x.db"):
        pass
    assert time.monotonic() - started < 1
    assert (
        str(told.value)
        == f"{tmp_path / 'x.db'}: process {holder.pid} is writing to this database; try again when it has ended"
    )
    end(holder)


def test_a_killed_process_leaves_no_lock(tmp_path: Path, holder: subprocess.Popen[str]) -> None:
    end(holder)
    with lock(tmp_path / "x.db"):
        assert (tmp_path / "x.db.lock").read_text() == f"{os.getpid()}\n"
    assert (tmp_path / "x.db.lock").read_text() == ""


def test_the_same_process_may_take_it_again(tmp_path: Path) -> None:
    with lock(tmp_path / "x.db"), lock(tmp_path / "." / "x.db"):
        pass
    with lock(tmp_path / "x.db"):
        pass


def test_a_forked_worker_does_not_keep_the_lock(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with lock(tmp_path / "x.db"):
        child = os.fork()
        if child == 0:
            os.close(writing)
            os.read(reading, 1)  # until the parent has let go and looked
            os._exit(0)
    os.close(reading)
    code = f"from pipelines.lock import lock\nwith lock({str(tmp_path / 'x.db')!r}): pass"
    try:
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    finally:
        os.close(writing)
        os.waitpid(child, 0)


def test_missing_folder(tmp_path: Path) -> None:
    with (
        pytest.raises(StoreError, match="does not exist; make it or choose another DATABASE"),
        lock(tmp_path / "no" / "x.db"),
    ):
        pass


def test_relative_database_begins_at_the_project_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert database_path({}) == ROOT / "data" / "layoffs.db"
    assert database_path({"DATABASE": "x.db"}) == ROOT / "x.db"
    assert database_path({"DATABASE": str(tmp_path / "x.db")}) == tmp_path / "x.db"
    assert from_root("~/x.db") == Path.home() / "x.db"
    assert (ROOT / "scrapy.cfg").is_file()
