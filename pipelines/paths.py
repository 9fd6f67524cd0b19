"""Where relative paths begin: the project root, the folder of scrapy.cfg, so that a cron line works from anywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

ROOT = Path(__file__).resolve().parent.parent
DATABASE = "data/layoffs.db"


class Settings(Protocol):
    """What of Scrapy's settings is needed here."""

    def get(self, name: Any, default: Any = None) -> Any:
        """The value of the setting `name`."""


def from_root(path: str | Path) -> Path:
    """`path` as an absolute path; a relative one begins at the project root, `~` is the home folder."""
    return ROOT / Path(path).expanduser()


def database_path(settings: Settings) -> Path:
    """The database file that the setting DATABASE names (default data/layoffs.db), absolute."""
    return from_root(settings.get("DATABASE") or DATABASE)


def overrides_path(settings: Settings) -> Path | None:
    """The file of corrections by hand that the setting OVERRIDES names, absolute; None where it names none."""
    named = settings.get("OVERRIDES")
    return from_root(named) if named else None


def pages_path(settings: Settings) -> Path | None:
    """The folder of WARCs that the setting PAGES names, absolute; None where it names none."""
    named = settings.get("PAGES")
    return from_root(named) if named else None
