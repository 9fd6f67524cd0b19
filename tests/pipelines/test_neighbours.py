"""Deciding only what new articles bear on ends as deciding the whole house does."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from extract.records import Article, Claim
from pipelines import rebuild
from pipelines.database import Ledger
from pipelines.neighbours import neighbours
from pipelines.rows import article_id
from pipelines.sqlite import open_to_read
from tests.pipelines.test_rebuild import dump, jobs, run
from tests.pipelines.told import reading

Reading = tuple[Article, tuple[Claim, ...]]

DAYS = ["2026-01-05", "2026-01-20", "2026-02-20", "2026-03-02", "2026-03-12", "2026-06-01", "2026-09-05"]


def told(number: int, day: str, shape: str, jobs: int, who: str, version: int) -> Reading:
    """A reading of one of the shapes in which articles tell a round; a later version of an address replaces it."""
    article, claims = reading(f"https://{number}.example/", who, jobs, day, fetched_at=f"{day}T0{version}:00:00Z")
    by_kind = {claim.kind: claim for claim in claims}
    without: tuple[str, ...] = {
        "no number": ("headcount",), "no date": ("date",), "bare": ("headcount", "date"), "nothing": tuple(by_kind),
    }.get(shape, ())  # fmt: skip
    if shape in ("no date", "bare"):
        by_kind["cut"] = replace(by_kind["cut"], current=False, modality="completed")
    if shape == "share":
        by_kind["headcount"] = replace(by_kind["headcount"], kind="share", low=jobs % 30, high=jobs % 30)
    if shape == "vague":
        by_kind["headcount"] = replace(by_kind["headcount"], low=200.0, high=None, relation="vague")
        by_kind["cut"] = replace(by_kind["cut"], current=False)
        without = ("date",)
    return article, tuple(claim for kind, claim in by_kind.items() if kind not in without)


TOLD = st.builds(
    told,
    st.integers(1, 9),
    st.sampled_from(DAYS),
    st.sampled_from(["full", "full", "full", "no number", "no date", "bare", "share", "vague", "nothing"]),
    st.sampled_from([40, 80, 300, 900, 905, 1400]),
    st.sampled_from(["Acme", "Acme", "Acme", "LinkedIn", "Microsoft"]),
    st.integers(1, 3),
)


@contextmanager
def whole_houses() -> Iterator[None]:
    """Every house is decided whole."""
    with patch.object(rebuild, "neighbours", lambda *_: None):
        yield


@settings(max_examples=60, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate, Phase.shrink))
@given(st.lists(st.lists(TOLD, min_size=1, max_size=4), min_size=2, max_size=5))
def test_it_ends_as_deciding_whole_houses_does(batches: list[list[Reading]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        near, whole = Path(folder, "near.db"), Path(folder, "whole.db")
        for batch in batches:
            run(near, *batch)
            with whole_houses():
                run(whole, *batch)
            assert dump(near) == dump(whole)


def of(path: Path, *urls: str) -> set[str] | None:
    """Which of the articles, by address, are decided with those of `urls`; None for all."""
    db = open_to_read(path)
    try:
        found = neighbours(db, ["acme"], {article_id(url) for url in urls}, set(urls))
        names = {article_id(row["url"]): row["url"] for row in db.query("select url from articles")}
    finally:
        db.close()
    return None if found is None else {names[key] for key in found if key in names}


def test_what_bears_on_an_article(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    number = {name: f"https://{name}.example/" for name in ("a", "b", "c", "d", "e")}
    a, b, c, d, e = number.values()
    run(
        path,
        reading(a, jobs=900, day="2026-03-02"),
        reading(b, jobs=40, day="2026-03-12"),
        reading(c, jobs=900, day="2026-08-01"),
        reading(d, jobs=75, day="2026-09-05"),
    )
    assert of(path, d) == {d}
    assert of(path, b) == {a, b, c}, "days near each other, and the very same number"
    bare, said = reading(e, day="2026-05-01")
    cut = replace(said[1], current=False)
    run(path, (bare, (said[0], cut)))
    assert of(path, e) is None, "with neither date nor figure it looks for the latest round of all"
    assert of(path, b) is None, "and is looked at where a round before it may change"
    assert of(path, d) == {d}


def test_any_number_of_articles_may_have_changed(tmp_path: Path) -> None:
    path, urls = tmp_path / "x.db", {f"https://{number}.example/" for number in range(40)}
    run(path, *(reading(url) for url in sorted(urls)))
    db = open_to_read(path)
    try:
        db.conn.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 30)
        assert neighbours(db, ["acme"], set(), urls) == {article_id(url) for url in urls}
    finally:
        db.close()


def test_a_round_that_a_changed_article_held_together_is_decided_whole(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    a, b, bridge = ("https://a.example/", "https://b.example/", "https://bridge.example/")
    run(path, reading(a, jobs=900, day="2026-03-02"), reading(b, jobs=905, day="2026-03-25"))
    run(path, reading(bridge, jobs=903, day="2026-03-14"))
    assert set(jobs(path)) == {"acme-2026-03"}
    article, _ = reading(bridge, jobs=903, day="2026-03-14")
    with Ledger(path) as ledger:
        ledger.save(article, (), ledger.start_run(spider="test", started_at="x"))
    assert of(path, bridge) == {a, b, bridge}
    run(path)
    assert sorted(jobs(path).values(), key=str) == [900, 905]
