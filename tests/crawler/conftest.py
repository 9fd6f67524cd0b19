"""The newsroom, started once for a test, and the project's commands on a database of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.paths import ROOT
from tests.crawler.running import Commands
from tests.newsroom.client import Newsroom, newsroom


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
