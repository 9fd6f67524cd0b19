"""`scrapy backfill` on this machine: what it reads, what the manifest says, what is read again, what faults cost."""

from __future__ import annotations

import gzip
import io
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipelines.backfill import archives, reading, run
from pipelines.backfill.reader import Limits, Reader, Stopped
from pipelines.backfill.result import Result
from pipelines.database import Ledger
from pipelines.paths import ROOT
from tests.archives import archive, cut, other, page, record, several
from tests.crawler.running import Commands

#: Each further process takes three seconds to start; for tests in which their number is not the point.
ALONE = ("--processes", "1")


def table(database: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(database)) as db:
        return db.execute(sql).fetchall()


def csv(command: Commands, tmp_path: Path) -> bytes:
    target = tmp_path / "events.csv"
    assert command("export", str(target)).status == 0
    return target.read_bytes()


def test_the_manifest_says_what_came_of_each_archive(command: Commands, tmp_path: Path) -> None:
    image = ("https://n.example/i.png", "x")
    german = ("https://n.example/de", '<html lang="de"><p>Die Firma streicht 200 Stellen.</p></html>')
    dull = ("https://n.example/dull", page("Layoffs in the news", "Layoffs were a word of the year. " * 9))
    one = archive(tmp_path / "one.warc.gz", [cut(1), other(1), german, dull, cut(2)])
    two = archive(tmp_path / "two.warc.gz", [cut(3), image])
    done = command("backfill", str(tmp_path), "--processes", "1")
    assert done.status == 0, done.errors
    rows = table(
        command.database,
        "select archive, state, error, size, consumed, records, pages, digests, damaged, passed, events from archives"
        " order by archive",
    )
    assert rows == [
        (str(one), "read", None, one.stat().st_size, one.stat().st_size, 5, 5, 5, 0, 2, 2),
        (str(two), "read", None, two.stat().st_size, two.stat().st_size, 2, 2, 2, 0, 1, 1),
    ]
    rules = dict(table(command.database, f"select rule, pages from archive_rejections where archive = '{one}'"))
    assert rules == {"skim.bytes": 1, "language.declared": 1, "no.claims": 1}
    assert "archives  2 read" in done.out and "events    3 new" in done.out
    assert "1/2 one.warc.gz: 5 pages, 2 kept" in done.errors or "1/2 two.warc.gz" in done.errors


def test_what_is_read_is_not_read_again_unless_asked_or_grown(command: Commands, tmp_path: Path) -> None:
    paths = several(tmp_path, 2, 1)
    assert command("backfill", str(tmp_path), *ALONE).status == 0
    assert "archives  2 read before" in command("backfill", str(tmp_path), *ALONE).out
    assert "archives  2 read\n" in command("backfill", str(tmp_path), "--again", *ALONE).out
    archive(paths[0], [cut(0), cut(9)])
    done = command("backfill", *map(str, paths), *ALONE)
    assert "archives  1 read, 1 read before" in done.out and "events    1 new" in done.out
    with closing(sqlite3.connect(command.database)) as db:
        db.execute("update archives set rules_version = 'older'")
        db.commit()
    assert "archives  2 read\n" in command("backfill", str(tmp_path), *ALONE).out


def test_one_process_or_two_or_a_crawl_give_the_same_bytes(command: Commands, tmp_path: Path) -> None:
    several(tmp_path, 4, 3)
    found = []
    for options in (["--processes", "1"], ["--processes", "2"]):
        for file in tmp_path.glob("layoffs.db*"):
            file.unlink()
        assert command("backfill", *options, f"{tmp_path}/*.warc.gz").status == 0
        found.append(csv(command, tmp_path))
    for file in tmp_path.glob("layoffs.db*"):
        file.unlink()
    given = ["crawl", "archive", "-a", f"path={tmp_path}", "-s", f"DATABASE={command.database}", "-s", "OVERRIDES="]
    scrapy = Path(sys.executable).with_name("scrapy")
    subprocess.run([scrapy, *given], check=True, cwd=ROOT, capture_output=True)
    found.append(csv(command, tmp_path))
    assert len(set(found)) == 1 and found[0].count(b"\n") == 13


def test_a_list_may_have_a_base_and_name_what_is_not_there_yet(command: Commands, tmp_path: Path) -> None:
    several(tmp_path, 1, 1)
    (tmp_path / "all.paths.gz").write_bytes(gzip.compress(b"00.warc.gz\n# a remark\n01.warc.gz\n"))
    done = command("backfill", str(tmp_path / "all.paths.gz"), *ALONE)
    assert done.status == 1 and "01.warc.gz: failed: No such file or directory" in done.errors
    archive(tmp_path / "01.warc.gz", [cut(77)])
    done = command("backfill", str(tmp_path / "all.paths.gz"), "--base", f"file://{tmp_path}/", *ALONE)
    assert done.status == 0, done.errors
    assert "01.warc.gz" in done.errors and "events    1 new" in done.out


def test_a_damaged_archive_ends_with_1_and_all_that_can_be_read(command: Commands, tmp_path: Path) -> None:
    path = archive(tmp_path / "a.warc.gz", [cut(1), cut(2)])
    size = path.stat().st_size
    path.write_bytes(path.read_bytes()[:-5])
    done = command("backfill", str(path))
    assert done.status == 1 and "a.warc.gz: truncated: byte " in done.errors
    state, consumed, events = table(command.database, "select state, consumed, events from archives")[0]
    assert (state, events) == ("truncated", 1) and 0 < consumed < size - 5
    assert command("backfill", str(path)).status == 0  # known; it gives no more


@pytest.mark.parametrize(
    ("given", "status", "words"),
    [
        ([], 2, "name an archive"),
        (["no/such.warc.gz"], 1, "no such file"),
        (["no/such/*.warc.gz"], 1, "no file of this form"),
        (["README.md"], 1, "no archive, its name does not end in .warc"),
        (["x.warc", "--processes", "0"], 2, "--processes: at least 1"),
        (["x.warc", "--processes", "1", "--workers", "2"], 2, "only one of"),
        (["gopher://x/y.warc.gz"], 1, "cannot be opened"),
    ],
)
def test_what_cannot_be_used_is_told(command: Commands, given: list[str], status: int, words: str) -> None:
    done = command("backfill", *given)
    assert (done.status, words in done.errors) == (status, True), done.errors


@pytest.mark.parametrize("data", [b"broken", gzip.compress(b"a.warc.gz\n", mtime=0)[:-9]])
def test_a_list_that_cannot_be_unpacked_is_named(command: Commands, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "all.paths.gz").write_bytes(data)
    done = command("backfill", str(tmp_path / "all.paths.gz"))
    assert (done.status, done.errors.count("\n")) == (1, 1)
    assert "all.paths.gz: cannot be read: " in done.errors


def test_an_address_that_does_not_answer_is_named(command: Commands, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def glob(self, pattern: str) -> list[str]:
            raise RuntimeError("no route")

    monkeypatch.setattr(archives, "_fsspec", lambda name: Away())
    done = command("backfill", "s3://far/*.warc.gz")
    assert (done.status, done.errors) == (1, "scrapy backfill: s3://far/*.warc.gz: cannot be read: no route\n")


def test_an_archive_whose_address_stops_answering_has_failed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Breaks(io.FileIO):
        def read(self, size: int | None = -1) -> bytes:
            if self.tell() > 20_000:
                raise RuntimeError("503")  # aiohttp's errors are no OSError
            return super().read(20_000)

    path = archive(tmp_path / "a.warc.gz", [cut(number) for number in range(90)])
    monkeypatch.setattr(reading, "open_archive", lambda name: Breaks(path))
    result = reading.read_archive("https://far.example/a.warc.gz")
    assert (result.state, result.error, result.readings) == ("failed", "RuntimeError: 503", [])


def test_a_process_that_starts_while_all_are_stopped_is_stopped_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start, one = subprocess.Popen, Reader()

    def slow(*given: Any, **more: Any) -> subprocess.Popen[bytes]:
        process = start(*given, **more)
        one.stop()
        return process

    monkeypatch.setattr(subprocess, "Popen", slow)
    try:
        with pytest.raises(Stopped):
            one.read(str(archive(tmp_path / "a.warc.gz", [cut(1)])))
    finally:
        one.close()


def test_pages_that_hang_kill_or_eat_memory_cost_themselves_alone(
    command: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bad(kind: str) -> tuple[str, str]:
        return f"https://n.example/{kind}", page("Acme cuts 200 jobs", "Acme cut 200 jobs.")

    kinds = ("hang", "kill", "memory", "kill-once")
    archive(tmp_path / "a.warc.gz", [cut(0), *(one for n, kind in enumerate(kinds, 1) for one in (bad(kind), cut(n)))])
    several(tmp_path, 1, 2)
    monkeypatch.setenv("PYTHONPATH", str(ROOT / "tests" / "faults"))
    monkeypatch.setenv("FAULTS", str(tmp_path))
    done = command("backfill", str(tmp_path), "--processes", "2", "--page-seconds", "2", "--memory", "3000")
    assert done.status == 0, done.errors
    rejected = table(command.database, "select url, rule from rejections order by url")
    assert rejected == [
        ("https://n.example/hang", "page.died"),
        ("https://n.example/kill", "page.died"),
        ("https://n.example/memory", "page.failed"),
    ]
    assert table(command.database, "select pages, passed, events from archives order by archive") == [
        (4, 2, 2),
        (9, 6, 6),
    ]


def test_what_lies_between_pages_is_no_page_s_cost(tmp_path: Path) -> None:
    path, image = tmp_path / "a.warc.gz", record("https://n.example/i.png", " " * 60 * 10**6, "image/png")
    path.write_bytes(record(*cut(1)) + image * 60 + record(*cut(2)))  # seconds of unpacking and checksums
    one = Reader(Limits(page_seconds=2))
    try:
        result = one.read(str(path))
    finally:
        one.close()
    assert (result.state, result.pages, result.passed, result.rejections) == ("read", 2, 2, [])
    assert result.skipped == {"type image/png": 60}


def test_a_run_that_is_stopped_goes_on_where_it_stopped(command: Commands, tmp_path: Path) -> None:
    several(tmp_path, 6, 20)
    scrapy = shutil.which("scrapy", path=Path(sys.executable).parent)
    assert scrapy
    settings = ["-s", f"DATABASE={command.database}", "-s", "OVERRIDES="]
    running = subprocess.Popen(
        [scrapy, "backfill", str(tmp_path), "--processes", "1", *settings],
        cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert running.stderr is not None
    first = running.stderr.readline()
    assert first.startswith("1/6 "), first
    running.send_signal(signal.SIGTERM)
    out, errors = running.communicate(timeout=120)
    assert running.returncode == 4 and "the same command again goes on" in errors
    read = table(command.database, "select count(*), sum(passed) from archives")[0]
    assert 1 <= read[0] < 6 and read[1] == 20 * read[0]
    assert f"{read[1]} new" in out
    assert table(command.database, "select finish_reason from runs") == [("stopped",)]
    done = command("backfill", str(tmp_path), *ALONE)
    assert f"{6 - read[0]} read, {read[0]} read before" in done.out
    assert table(command.database, "select count(*), count(distinct company) from events") == [(120, 120)]


def test_a_full_disk_stops_it_early_and_it_goes_on_when_there_is_room(
    command: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several(tmp_path, 3, 20)
    keep = run.keep

    def filling(ledger: Ledger, result: Result, run_id: int) -> Counter[str]:
        found = keep(ledger, result, run_id)
        ledger.db.execute(f"pragma max_page_count = {ledger.db.execute('pragma page_count').fetchone()[0]}")
        return found

    with monkeypatch.context() as patch:
        patch.setattr(run, "keep", filling)
        done = command("backfill", str(tmp_path), *ALONE)
    assert done.status == 4 and "the disk is full" in done.errors and "run the command again" in done.errors
    assert table(command.database, "select count(*), sum(passed) from archives") == [(1, 20)]
    done = command("backfill", str(tmp_path), *ALONE)
    assert done.status == 0 and "archives  2 read, 1 read before" in done.out
    assert table(command.database, "select count(*), count(distinct company) from events") == [(60, 60)]


def test_nothing_is_left_running(command: Commands, tmp_path: Path) -> None:
    several(tmp_path, 1, 1)
    assert command("backfill", str(tmp_path), *ALONE).status == 0
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)
