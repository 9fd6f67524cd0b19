"""What a visit to a source makes of what the source listed before."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines import visiting
from pipelines.database import Ledger
from tests.pipelines.told import query
from tests.report.ledger import source, visit


def crawled(path: Path, *listed: dict[str, str | None]) -> list[tuple[int, str | None]]:
    """A crawl for each of these states of the feed; number and newest day of what was new in all crawls so far."""
    with Ledger(path) as ledger:
        for entries in listed:
            run = ledger.start_run(spider="test", started_at="2026-03-21T00:00:00+00:00")
            row = visit("acme", "2026-03-20") | {"entries": entries}
            ledger.visited(run, [source("acme")], [row])
    return query(path, "select new, newest from source_runs order by run_id")


ONE, TWO, THREE = (f"https://acme.example/{name}" for name in ("one", "two", "three"))


def test_an_entry_that_returns_to_a_feed_is_not_new(tmp_path: Path) -> None:
    full = {ONE: "2026-03-02", TWO: "2026-03-03"}
    short = {TWO: "2026-03-03"}
    found = crawled(tmp_path / "a.db", full, short, full, full | {THREE: "2026-03-05"})
    assert found == [(2, "2026-03-03"), (0, None), (0, None), (1, "2026-03-05")]


def test_what_a_source_listed_is_forgotten_the_oldest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "REMEMBERED", 2)
    found = crawled(tmp_path / "a.db", {ONE: None}, {TWO: None}, {THREE: None}, {TWO: None}, {ONE: None})
    assert [new for new, _ in found] == [1, 1, 1, 0, 1]


def test_a_long_list_is_remembered_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visiting, "REMEMBERED", 2)
    every = {ONE: None, TWO: None, THREE: None}
    assert [new for new, _ in crawled(tmp_path / "a.db", every, every)] == [3, 0]
