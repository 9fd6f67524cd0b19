"""The ledger for a command that writes: locked, open, and with a row in table runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract import RULES_VERSION, __version__
from pipelines.clock import stamp
from pipelines.database import Ledger
from pipelines.lock import DatabaseBusy, DiskFull, StoreError, lock
from pipelines.paths import database_path, overrides_path

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

#: Exit status, as of every command.
FAILED, EARLY, BUSY = 1, 4, 5


@contextmanager
def held(settings: BaseSettings | None) -> Iterator[Ledger]:
    """The database of the settings, for this process alone; raises DatabaseBusy, or StoreError where there is none."""
    assert settings is not None
    path = database_path(settings)
    if not path.exists():
        raise StoreError(f"{path}: no database yet; a crawl makes it, e.g. scrapy crawl archive -a path=data/sample")
    with made(settings) as ledger:
        yield ledger


@contextmanager
def made(settings: BaseSettings | None) -> Iterator[Ledger]:
    """As `held`; a database that is not there is made."""
    assert settings is not None
    path = database_path(settings)
    with lock(path), Ledger(path, overrides_path(settings)) as ledger:
        yield ledger


@dataclass
class RunRow:
    """A row of table runs: its number, and what it shall say at the end."""

    number: int
    reason: str = "finished"
    columns: Mapping[str, int] = field(default_factory=dict)


@contextmanager
def run(ledger: Ledger, name: str, arguments: Mapping[str, object]) -> Iterator[RunRow]:
    """A row of table runs around what the command does. It stays without an end where that fails."""
    given = json.dumps({key: value for key, value in arguments.items() if value is not None}, sort_keys=True)
    number = ledger.start_run(
        spider=name, arguments=given, started_at=stamp(), version=__version__, rules_version=RULES_VERSION
    )
    row = RunRow(number)
    yield row
    ledger.finish_run(number, finished_at=stamp(), finish_reason=row.reason, **row.columns)


def status(error: StoreError) -> int:
    """The exit status for it."""
    return BUSY if isinstance(error, DatabaseBusy) else EARLY if isinstance(error, DiskFull) else FAILED
