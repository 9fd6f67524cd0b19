"""`scrapy report DIR` as a user runs it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crawler.running import Commands
from tests.report.ledger import fill


@pytest.fixture
def command(tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Commands:
    """Runs commands on a small ledger."""
    from pipelines.paths import ROOT

    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    fill(tmp_path / "layoffs.db")
    return Commands(tmp_path / "layoffs.db", capfd)


def test_the_site_is_written_and_then_left_as_it_is(command: Commands, tmp_path: Path) -> None:
    site = tmp_path / "site"
    done = command("report", str(site))
    assert done.status == 0 and done.out.startswith(f"{site}: ") and "0 as they were, 0 removed" in done.out
    assert (site / "index.html").exists() and done.errors == ""
    again = command("report", str(site), "--quiet")
    assert (again.status, again.out, again.errors) == (0, "", "")
    assert ": 0 files written" in command("report", str(site)).out
    changed = command("report", str(site), "--base", "https://paper.example/layoffs")
    assert (
        changed.status == 0 and 'href="https://paper.example/layoffs/index.html"' in (site / "index.html").read_text()
    )


def test_definitions_of_ones_own(command: Commands, tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[mine]\ntitle = "My own"\nabout = "What I count."\nspeakers = ["union"]\n')
    assert command("report", str(tmp_path / "site"), "--definitions", str(own)).status == 0
    assert "My own" in (tmp_path / "site" / "method.html").read_text()


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "name the folder of the site"),
        (["one", "two"], 2, "name the folder of the site"),
        (["site", "--base", "paper.example"], 2, "--base paper.example: not a web address"),
        (["site", "--nonsense"], 2, "--nonsense"),
        (["site", "--definitions", "/nowhere.toml"], 1, "/nowhere.toml"),
        (["/dev/null/site"], 1, "/dev/null"),
    ],
)
def test_usage_and_faults(command: Commands, arguments: list[str], status: int, words: str) -> None:
    done = command("report", *arguments)
    assert done.status == status and words in done.errors and "Traceback" not in done.errors


def test_without_a_database(command: Commands, tmp_path: Path) -> None:
    command.database.unlink()
    done = command("report", str(tmp_path / "site"))
    assert done.status == 1 and "no database yet" in done.errors and not (tmp_path / "site").exists()
