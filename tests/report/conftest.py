"""The site of the small ledger, built once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from crawler.report.book import Options
from crawler.report.site import Built, build
from extract.definitions import load_definitions
from pipelines.snapshot import snapshot
from tests.report.ledger import fill, listed


def make(database: Path, folder: Path, options: Options | None = None) -> Built:
    """Build the site of a database."""
    with snapshot(database) as ledger:
        return build(ledger, folder, load_definitions(), options or Options(sources=listed()))


@dataclass(frozen=True)
class Site:
    """A site and its database."""

    folder: Path
    database: Path

    def text(self, path: str) -> str:
        """A page."""
        return (self.folder / path).read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the small ledger; not to be changed."""
    home = tmp_path_factory.mktemp("report")
    fill(home / "layoffs.db")
    make(home / "layoffs.db", home / "site")
    return Site(home / "site", home / "layoffs.db")
