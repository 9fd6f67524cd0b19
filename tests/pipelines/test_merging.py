"""Databases merged: what two crawls met is there once, and as one crawl would have left it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.database import Ledger, events
from pipelines.erasure import erase
from pipelines.merging import merge
from pipelines.rows import article_id
from pipelines.sqlite import rows
from tests.pipelines.told import reading

A, B, C = (f"https://{name}.example/" for name in "abc")
SOURCE = dict.fromkeys(("name", "publisher", "country", "kind", "url", "tags", "evidence", "checked", "terms"), "x")


def filled(path: Path, started: str, *readings: Any, source: str = "") -> Path:
    """A database of one run."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="news", started_at=started, arguments="{}")
        for one in readings:
            ledger.save(*one, run)
        ledger.reject(run, url="https://no.example/", reason="NoBody", rule="body.empty", words="x", source="s")
        if source:
            row = SOURCE | {"source_id": source, "tier": 1, "expected_gap_days": 1.0}
            ledger.visited(run, [row], [visit(source)])
        ledger.rebuild(run)
        ledger.finish_run(run, finished_at=started, finish_reason="finished")
    return path


def visit(source: str) -> dict[str, Any]:
    counts = dict.fromkeys(("listed", "dated", "promising", "pages", "alike", "prose", "articles", "undated"), 1)
    return {"source_id": source, "outcome": "read", "reason": None, "moved_to": None, "entries": {A: None}} | counts


def held(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The tables, without what numbers a run gets."""
    with Ledger(path) as ledger:
        found = {
            name: rows(ledger.db, f"select * from {name}")
            for name in ("articles", "claims", "rejections", "runs", "source_runs", "sources", "events", "pending")
        }
    return {
        name: sorted(({k: v for k, v in row.items() if k not in ("run_id", "listing")} for row in table), key=repr)
        for name, table in found.items()
    }


def merged(target: Path, *others: Path) -> dict[str, int]:
    with Ledger(target) as ledger:
        counts = merge(ledger, others)
        ledger.rebuild()
    return counts


def test_what_two_hold_is_there_once(tmp_path: Path) -> None:
    one = filled(
        tmp_path / "1.db", "2026-03-04T05:00:00+00:00", reading(A, jobs=900), reading(B, "Apex", 40), source="s"
    )
    two = filled(
        tmp_path / "2.db", "2026-03-04T05:00:01+00:00", reading(A, jobs=900), reading(C, "Acme", 905), source="t"
    )
    target = tmp_path / "all.db"
    assert merged(target, one, two) == {"new": 3, "updated": 0, "unchanged": 1}
    found = held(target)
    assert [len(found[name]) for name in ("articles", "runs", "rejections", "sources", "source_runs")] == [
        3,
        2,
        1,
        2,
        2,
    ]
    both = filled(
        tmp_path / "0.db", "2026-03-04", reading(A, jobs=900), reading(B, "Apex", 40), reading(C, "Acme", 905)
    )
    assert held(both)["claims"] == found["claims"]
    assert {e.event_id: e.headcount for e in events(target)} == {e.event_id: e.headcount for e in events(both)}


def test_to_merge_again_changes_nothing(tmp_path: Path) -> None:
    one = filled(tmp_path / "1.db", "2026-03-04", reading(A, jobs=900), source="s")
    target = tmp_path / "all.db"
    merged(target, one)
    before = held(target)
    assert merged(target, one, one) == {"new": 0, "updated": 0, "unchanged": 2}
    assert held(target) == before


@pytest.mark.parametrize("order", [("1.db", "2.db"), ("2.db", "1.db")])
def test_of_two_versions_the_later_stays(tmp_path: Path, order: tuple[str, str]) -> None:
    filled(tmp_path / "1.db", "2026-03-04", reading(A, jobs=900, fetched_at="2026-03-04T05:00:00+00:00"))
    filled(tmp_path / "2.db", "2026-03-05", reading(A, jobs=950, fetched_at="2026-03-05T05:00:00+00:00"))
    merged(tmp_path / "all.db", *(tmp_path / name for name in order))
    assert [e.headcount for e in events(tmp_path / "all.db")] == [950]


def test_what_was_erased_anywhere_is_erased(tmp_path: Path) -> None:
    whole = filled(tmp_path / "1.db", "2026-03-04", reading(A, jobs=900))
    erased = filled(tmp_path / "2.db", "2026-03-05", reading(A, jobs=900))
    with Ledger(erased) as ledger:
        assert erase(ledger.db, ledger.path, [article_id(A)], "request") == 1
    wanted = held(erased)["articles"][0]["text"]
    for name, others in (("a.db", (whole, erased)), ("b.db", (erased, whole))):
        merged(tmp_path / name, *others)
        (article,) = held(tmp_path / name)["articles"]
        assert (article["text_erased"], article["text"]) == ("request", wanted), name


def test_the_later_visit_of_a_source_counts(tmp_path: Path) -> None:
    late = filled(tmp_path / "1.db", "2026-03-06", source="s")
    early = filled(tmp_path / "2.db", "2026-03-04", source="s")
    merged(tmp_path / "all.db", late, early)
    found = held(tmp_path / "all.db")
    assert ([row["last_visit"] for row in found["sources"]], len(found["source_runs"])) == (["2026-03-06"], 2)


def test_the_memory_of_what_was_asked_for_is_merged(tmp_path: Path) -> None:
    for name, day, outcome in (("1.db", "2026-03-04", "failed"), ("2.db", "2026-03-05", "stored")):
        with Ledger(filled(tmp_path / name, day)) as ledger:
            asked = {"address": A, "url": A, "kind": "page", "spider": "news", "outcome": outcome, "first_at": day}
            counts = {"asked_at": day, "visits": 1, "tries": 0, "run_id": 1}
            ledger.db.table("requests").insert(asked | counts)
            ended = {"run_id": 1, "kind": "page", "outcome": outcome, "reason": "", "requests": 1}
            ledger.db.table("run_requests").insert(ended)
    merged(tmp_path / "all.db", tmp_path / "2.db", tmp_path / "1.db")
    with Ledger(tmp_path / "all.db") as ledger:
        assert [r["outcome"] for r in rows(ledger.db, "select outcome from requests")] == ["stored"], "the later"
        found = rows(ledger.db, "select outcome from run_requests order by run_id")
    assert [row["outcome"] for row in found] == ["stored", "failed"]
