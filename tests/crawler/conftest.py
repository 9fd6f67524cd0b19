"""The newsroom, started once for a test, and the project's commands on a database of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.database import Ledger
from pipelines.paths import ROOT
from tests.crawler.running import Commands
from tests.newsroom.client import Newsroom, newsroom
from tests.pipelines.told import reading


@pytest.fixture
def site() -> Iterator[Newsroom]:
    """A newsroom of one's own, with an empty record of requests."""
    with newsroom() as running:
        yield running


@pytest.fixture
def command(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Runs commands on `tmp_path / "layoffs.db"`, in a window of 80 columns."""
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.setenv("COLUMNS", "80")
    return Commands(tmp_path / "layoffs.db", capfd)


@pytest.fixture
def filled(command: Commands) -> Commands:
    """The same, where three articles tell of a cut each."""
    with Ledger(command.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        ledger.save(*reading("https://a.example/"), run)
        ledger.save(*reading("https://b.example/", "Apex", 40, "2026-05-06"), run)
        ledger.save(*reading("https://c.example/", "Zenith", 70, "2026-05-07"), run)
        ledger.rebuild(run)
    return command
