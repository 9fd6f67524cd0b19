"""Progress is shown on a terminal and nowhere else."""

from __future__ import annotations

import io
import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

from rich.console import Console

from crawler.bars import counting, tracked
from pipelines.paths import ROOT
from tests.newsroom.client import scrapy

SAMPLE = ROOT / "data" / "sample" / "sample.warc.gz"


def terminal() -> tuple[Console, io.StringIO]:
    out = io.StringIO()
    return Console(file=out, force_terminal=True, width=80), out


def test_a_bar_counts_and_hands_on_what_it_is_given() -> None:
    console, out = terminal()
    assert list(tracked(["a", "b", "c"], "articles", console)) == ["a", "b", "c"]
    assert "3/3" in out.getvalue() and "articles" in out.getvalue()


def test_elsewhere_there_is_none() -> None:
    out = io.StringIO()
    assert list(tracked([1, 2], "articles", Console(file=out))) == [1, 2]
    assert counting(Console(file=out)) is None and out.getvalue() == ""


def test_a_crawl_in_a_pipe_says_nothing_but_its_summary(tmp_path: Path) -> None:
    done = scrapy("crawl", "archive", "-a", f"path={SAMPLE}", "-s", f"DATABASE={tmp_path / 'x.db'}")
    assert done.status == 0 and "articles" in done.out and "deciding the events" not in done.out + done.err


def test_a_crawl_on_a_terminal_counts_and_takes_the_line_away(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "scrapy.cmdline", "crawl", "archive", "-a", f"path={SAMPLE}"]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")} | {"TERM": "xterm"}
    crawl = subprocess.Popen(
        [*command, "-s", f"DATABASE={tmp_path / 'x.db'}"], cwd=ROOT, env=clean, stdout=subprocess.PIPE, stderr=theirs
    )
    os.close(theirs)
    shown = read(ours, crawl)
    assert crawl.stdout is not None
    summary = crawl.stdout.read().decode()
    crawl.stdout.close()
    assert crawl.wait(timeout=60) == 0 and "22 new" in summary
    assert "27 pages, 23 articles; deciding the events" in shown
    assert shown.rstrip().endswith("\x1b[2K"), "the line is gone when the summary comes"


def read(terminal: int, process: subprocess.Popen[bytes]) -> str:
    """All that comes until the other side hangs up."""
    found, end = b"", time.monotonic() + 120
    while time.monotonic() < end and (process.poll() is None or select.select([terminal], [], [], 0)[0]):
        if select.select([terminal], [], [], 0.2)[0]:
            try:
                block = os.read(terminal, 65536)
            except OSError:
                break  # hung up
            if not block:
                break
            found += block
    os.close(terminal)
    return found.decode("utf-8", "replace")
