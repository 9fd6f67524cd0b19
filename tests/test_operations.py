"""The units of systemd and the crontab line in docs/operations.md are such that systemd and cron take them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import textwrap
from pathlib import Path

import pytest

from crawler.commands import crawl
from tests.needs import missing
from tests.newsroom.client import ROOT

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
HOME = "/srv/layoff-ledger"


def units() -> dict[str, str]:
    """The files that the page describes, by name."""
    found = re.findall(r"^`/etc/systemd/system/([\w.@-]+)`:\n\n((?:(?: {4}.*)?\n)+)", PAGE, re.MULTILINE)
    return {name: textwrap.dedent(text) for name, text in found}


def test_there_are_a_service_and_a_timer() -> None:
    assert set(units()) == {"layoff-ledger.service", "layoff-ledger.timer"}


@pytest.mark.server
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        missing("systemd-analyze")
    program = tmp_path / "srv" / ".venv" / "bin" / "scrapy"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name, text in units().items():
        (tmp_path / name).write_text(text.replace(HOME, str(tmp_path / "srv")))
    assert verified(tmp_path, "layoff-ledger.service", "layoff-ledger.timer") == (0, "")
    broken = (tmp_path / "layoff-ledger.service").read_text().replace("Type=oneshot", "Type=onceshot")
    (tmp_path / "layoff-ledger.service").write_text(broken)
    assert "onceshot" in verified(tmp_path, "layoff-ledger.service")[1], "a mistake would be seen"


def verified(folder: Path, *names: str) -> tuple[int, str]:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(folder / name) for name in names)],
        capture_output=True, text=True, timeout=60, check=False, env={**os.environ, "SYSTEMD_LOG_LEVEL": "warning"},
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("text", [PAGE, README], ids=["operations", "readme"])
def test_the_crontab_line_is_one_that_cron_takes(text: str) -> None:
    (line,) = re.findall(r"^ *(\d+ \d+ \* \* \* .*)$", text, re.MULTILINE)
    command = line.split(maxsplit=5)[5]
    assert not re.search(r"(?<!\\)%", command), "cron would end the command at a bare %"
    done = subprocess.run(["sh", "-n", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_every_exit_status_is_described() -> None:
    statuses = {str(n) for n in (crawl.GOOD, crawl.FAILED, crawl.USAGE, crawl.THRESHOLD, crawl.EARLY, crawl.BUSY)}
    for text in (PAGE, README):
        assert set(re.findall(r"^\| (\d) \|", text, re.MULTILINE)) == statuses | {str(crawl.SILENT)}
