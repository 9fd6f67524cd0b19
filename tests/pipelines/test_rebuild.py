"""Events in a database that lives: ids that stay, ids that lead on, history, corrections by hand, bit by bit."""

from __future__ import annotations

import csv
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from extract.companies import Company
from extract.overrides import HEADER
from extract.records import Article, Claim
from pipelines import rebuild
from pipelines.asof import as_of_day, as_of_run
from pipelines.database import Ledger, corrections, events
from pipelines.export import encoded, newest_first
from pipelines.lock import StoreError
from pipelines.rebuild import Rebuild
from tests.pipelines.told import query, reading

A, B, C, D = (f"https://{name}.example/story" for name in "abcd")
DERIVED = ("companies", "events", "event_claims", "event_redirects")

Reading = tuple[Article, tuple[Claim, ...]]
Crawl = Callable[..., dict[str, int]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "layoffs.db"


@pytest.fixture
def crawl(path: Path) -> Crawl:
    return lambda *readings, lines=None: run(path, *readings, lines=lines)


def run(path: Path, *readings: Reading, lines: Sequence[str] | None = None) -> dict[str, int]:
    """One run over the readings; with `lines` the corrections by hand are these from now on."""
    overrides = path.with_suffix(".csv")
    if lines is not None:
        overrides.write_text("\n".join((",".join(HEADER), *lines)) + "\n", encoding="utf-8")
    with Ledger(path, overrides) as ledger:
        number = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        for one in readings:
            ledger.save(*one, number)
        counts = ledger.rebuild(number)
        ledger.finish_run(number, finish_reason="finished")
    return counts


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of what is derived from articles, claims and corrections, runs aside."""
    tables = {name: query(path, f"select * from {name} order by 1, 2") for name in DERIVED}
    return tables | {"event_redirects": query(path, "select event_id, target, cause from event_redirects order by 1")}


def jobs(path: Path) -> dict[str | None, int | None]:
    return {event.event_id: event.headcount for event in events(path)}


# --- ids -------------------------------------------------------------------------------------------------------


def test_two_events_that_turn_out_to_be_one(crawl: Crawl, path: Path) -> None:
    """Two tellings three weeks apart, each with its number; then the second is corrected to the number of the first."""
    first, second = reading(A, jobs=900, day="2026-03-02"), reading(B, jobs=650, day="2026-03-22")
    crawl(first, second)
    assert jobs(path) == {"acme-2026-03": 900, "acme-2026-03-b": 650}
    corrected = reading(B, jobs=900, day="2026-03-22", fetched_at="2026-03-23")
    assert crawl(corrected) == {"new": 0, "changed": 1, "unchanged": 0, "gone": 1}
    assert jobs(path) == {"acme-2026-03": 900}
    assert query(path, "select event_id, target, cause, changed_at, run_id from event_redirects") == [
        ("acme-2026-03-b", "acme-2026-03", "new_article", "2026-03-22", 2)
    ]
    ended = (
        "select new, cause from event_revisions where event_id = 'acme-2026-03-b' and field = 'event_id' and run_id = 2"
    )
    assert query(path, ended) == [("acme-2026-03", "new_article")]


def test_a_bridge_between_two_events_leaves_a_redirect(crawl: Crawl, path: Path) -> None:
    crawl(reading(A, jobs=900, day="2026-03-02"), reading(B, jobs=905, day="2026-03-25"))
    assert jobs(path) == {"acme-2026-03": 900, "acme-2026-03-b": 905}
    crawl(reading(C, jobs=903, day="2026-03-14"))
    assert set(jobs(path)) == {"acme-2026-03"}
    assert query(path, "select event_id, target, cause, changed_at, run_id from event_redirects") == [
        ("acme-2026-03-b", "acme-2026-03", "new_article", "2026-03-25", 2)
    ]
    crawl(reading(D, jobs=4000, day="2026-03-25"))
    assert jobs(path)["acme-2026-03-c"] == 4000, "an id that leads elsewhere is not given to another round"


def test_a_gone_id_is_given_again_only_to_its_own_article(crawl: Crawl, path: Path) -> None:
    article, said = reading(A, jobs=900)
    crawl((article, said))
    crawl((article, ()))
    assert jobs(path) == {}
    crawl(reading(B, jobs=40, day="2026-03-25"))
    assert jobs(path) == {"acme-2026-03-b": 40}
    crawl((article, said))
    assert jobs(path) == {"acme-2026-03": 900, "acme-2026-03-b": 40}


def test_ids_survive_another_name_of_the_company(crawl: Crawl, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(reading(A, "Oldco", 900), reading(B, "Newco", 40, "2026-05-06"))
    listed = {"oldco": Company("Newco", ("Oldco",), ticker="NEW")}
    listed["newco"] = listed["oldco"]
    for module in ("extract.companies", "extract.resolve"):
        monkeypatch.setattr(f"{module}.company", lambda name: listed.get(name.lower()))
    monkeypatch.setattr(
        "extract.companies.company_key", lambda name: "newco" if name in ("Oldco", "Newco") else name.lower()
    )
    for module in (
        "extract.resolve",
        "extract.tellings",
        "pipelines.rows",
        "pipelines.rebuild",
        "extract.corrections",
        "pipelines.bound",
    ):
        monkeypatch.setattr(
            f"{module}.company_key", lambda name: "newco" if name in ("Oldco", "Newco") else name.lower()
        )
    monkeypatch.setattr(rebuild, "basis", lambda: "other list")
    assert crawl()["gone"] == 0
    assert {(e.event_id, e.company, e.ticker) for e in events(path)} == {
        ("oldco-2026-03", "Newco", "NEW"), ("newco-2026-05", "Newco", "NEW"),
    }  # fmt: skip
    assert query(path, "select distinct cause from event_revisions where field = 'company' and run_id = 2") == [
        ("rule_change",)
    ]


# --- history ---------------------------------------------------------------------------------------------------


def history(path: Path, run_id: int) -> list[tuple[Any, ...]]:
    sql = (
        "select event_id, field, old, new, cause, changed_at, reason from event_revisions where run_id = {}"
        " and field in ('event_id', 'headcount', 'review_status', 'n_articles')"
    )
    return query(path, sql.format(run_id) + " order by revision_id")


def test_every_change_has_its_cause_and_a_date_of_the_data(crawl: Crawl, path: Path) -> None:
    crawl(reading(A, jobs=900), reading(C, "Apex", 40, "2026-05-06"))
    crawl(reading(B, jobs=905, day="2026-03-04"))
    assert history(path, 1)[0] == ("acme-2026-03", "event_id", None, "acme-2026-03", "new_article", "2026-03-02", A)
    assert history(path, 2) == [
        ("acme-2026-03", "headcount", "900", "905", "new_article", "2026-03-04", B),
        ("acme-2026-03", "n_articles", "1", "2", "new_article", "2026-03-04", B),
    ]
    article, _ = reading(B, jobs=905, day="2026-03-04")
    crawl((article, ()))
    assert {row[4] for row in history(path, 3)} == {"rule_change"}, "the text is as it was"
    crawl()
    assert history(path, 4) == []


def test_other_rules_decide_everything_anew(crawl: Crawl, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(reading(A, jobs=900), reading(C, "Apex", 40, "2026-05-06"))
    monkeypatch.setattr(rebuild, "RULES_VERSION", "99")
    monkeypatch.setattr("extract.values.point", lambda low, high, relation: 1)
    assert crawl() == {"new": 0, "changed": 2, "unchanged": 0, "gone": 0}
    told = {(row[1], row[2], row[3], row[4]) for row in history(path, 2)}
    assert told == {("headcount", "900", "1", "rule_change"), ("headcount", "40", "1", "rule_change")}
    assert all(row[6].startswith("rules ") and row[6].endswith("-> 99") for row in history(path, 2))


def test_the_table_of_each_earlier_run(crawl: Crawl, path: Path) -> None:
    tables = []
    merge = "2026-04-01,merge,acme-2026-03-b,,acme-2026-03,,one round,me"
    steps: list[tuple[list[Reading], list[str] | None]] = [
        ([reading(A, jobs=900), reading(B, jobs=40, day="2026-03-25")], None),
        ([reading(C, jobs=905, day="2026-03-04")], None),
        ([], [merge]),
        ([reading(D, "Apex", 7, "2026-05-06")], [merge, "2026-04-02,set,acme-2026-03,headcount,950,,filing,"]),
        ([(reading(D, "Apex", 7, "2026-05-06")[0], ())], []),
    ]
    for readings, lines in steps:
        crawl(*readings, lines=lines)
        tables.append(sorted(events(path), key=lambda e: e.event_id or ""))
    for number, table in enumerate(tables, 1):
        assert sorted(as_of_run(path, number), key=lambda e: e.event_id or "") == table
    assert [table == tables[1] for table in tables] == [False, True, False, False, True]
    with pytest.raises(StoreError, match="no run 9; the runs are 1 to 5"):
        as_of_run(path, 9)


def test_the_table_of_an_earlier_day(crawl: Crawl, path: Path) -> None:
    late = reading(D, jobs=70, day="2026-04-20")
    undated = reading(C, "Apex", 40, "2026-03-01", published=None, fetched_at="2026-03-20T08:00:00+00:00")
    lines = ["2026-03-10,set,acme-2026-03,headcount,950,,filing,", "2026-05-01,reject,acme-2026-03,,,,no,"]
    crawl(late, reading(B, jobs=905, day="2026-03-04"), reading(A, jobs=900), undated, lines=lines)
    made = corrections(path.with_suffix(".csv"))

    def then(day: str) -> dict[str | None, tuple[int | None, str]]:
        return {e.event_id: (e.headcount, e.review_status) for e in as_of_day(path, day, made)}

    assert then("2026-03-01") == {}
    assert then("2026-03-02") == {"acme-2026-03": (900, "auto")}
    assert then("2026-03-04") == {"acme-2026-03": (905, "auto")}
    assert then("2026-03-19") == {"acme-2026-03": (950, "auto")}
    assert then("2026-03-20") == {"acme-2026-03": (950, "auto"), "apex-2026-03": (40, "auto")}
    now = {e.event_id: (e.headcount, e.review_status) for e in events(path)}
    assert then("2026-05-01") == now and now["acme-2026-03"] == (950, "rejected")


# --- corrections by hand ---------------------------------------------------------------------------------------


def test_a_correction_survives_new_articles_and_goes_with_its_line(crawl: Crawl, path: Path) -> None:
    crawl(reading(A, jobs=900), lines=["2026-04-01,set,acme-2026-03,headcount,870,,the filing,me"])
    assert jobs(path) == {"acme-2026-03": 870}
    assert history(path, 1)[1:] == [("acme-2026-03", "headcount", "900", "870", "override", "2026-04-01", "the filing")]
    crawl(reading(B, jobs=905, day="2026-03-04"))
    assert jobs(path) == {"acme-2026-03": 870}
    crawl(lines=[])
    assert jobs(path) == {"acme-2026-03": 905}
    assert [row[2:] for row in history(path, 3)] == [("870", "905", "override", "2026-03-04", "withdrawn: the filing")]
    assert query(path, "select count(*) from overrides") == [(0,)]


def test_a_line_waits_for_its_event(crawl: Crawl, path: Path) -> None:
    crawl(reading(A), lines=["2026-04-01,reject,apex-2026-03,,,,wrong,me"])
    assert query(path, "select line, state, told from overrides") == [(2, "waiting", "no event apex-2026-03 (yet)")]
    crawl(reading(B, "Apex", 40))
    assert {e.event_id: e.review_status for e in events(path)} == {"acme-2026-03": "auto", "apex-2026-03": "rejected"}
    assert query(path, "select line, state, told from overrides") == [(2, "applied", None)]


def test_merge_across_two_companies_and_back(crawl: Crawl, path: Path) -> None:
    crawl(reading(A, "Acme", 900), reading(B, "Acme Holdings Worldwide", 900))
    ids = sorted(key or "" for key in jobs(path))
    assert ids == ["acme-2026-03", "acme-holdings-worldwide-2026-03"]
    line = f"2026-04-01,merge,{ids[1]},,{ids[0]},{B} {A},the same firm,"
    crawl(lines=[line])
    assert jobs(path) == {ids[0]: 900}
    assert query(path, "select event_id, target, cause from event_redirects") == [(ids[1], ids[0], "override")]
    assert query(path, "select distinct event_id, round_id from event_claims order by 2") == [
        (ids[0], ids[0]),
        (ids[0], ids[1]),
    ]
    crawl(reading(C, "Acme Holdings Worldwide", 900, "2026-03-03"))
    assert jobs(path) == {ids[0]: 900} and events(path)[0].n_articles == 3
    crawl(lines=[])
    assert set(jobs(path)) == set(ids)
    assert query(path, "select * from event_redirects") == []


def test_split_keeps_its_id_over_later_runs(crawl: Crawl, path: Path) -> None:
    line = f"2026-04-01,split,acme-2026-03,,{B},,another round,"
    crawl(
        reading(A, jobs=900),
        reading(B, jobs=905, day="2026-03-04"),
        reading(C, jobs=40, day="2026-03-25"),
        lines=[line],
    )
    assert jobs(path) == {"acme-2026-03": 900, "acme-2026-03-b": 40, "acme-2026-03-c": 905}
    before = dump(path)
    crawl()
    assert dump(path) == before
    crawl(reading(D, jobs=902, day="2026-03-05"))
    assert set(jobs(path)) == set(before_ids := {"acme-2026-03", "acme-2026-03-b", "acme-2026-03-c"}), before_ids


def test_the_company_may_be_corrected(crawl: Crawl, path: Path) -> None:
    crawl(reading(A, "Acme", 900), lines=["2026-04-01,set,acme-2026-03,company,Meta,,misread,"])
    (event,) = events(path)
    assert (event.event_id, event.company, event.ticker) == ("acme-2026-03", "Meta", "META")
    assert query(path, "select company_id, name from companies") == [("meta", "Meta")]
    crawl(reading(B, "Meta", 55, "2026-03-20"), reading(C, "Acme", 901))
    assert jobs(path) == {"acme-2026-03": 900, "meta-2026-03": 55} or jobs(path) == {
        "acme-2026-03": 901,
        "meta-2026-03": 55,
    }


def test_a_file_that_does_not_hold_stops_before_anything_is_written(path: Path, crawl: Crawl) -> None:
    with pytest.raises(StoreError, match=r"layoffs\.csv:2: action 'drop' is not one of"):
        crawl(lines=["2026-04-01,drop,acme-2026-03,,,,why,"])
    assert not path.exists()


# --- bit by bit ------------------------------------------------------------------------------------------------


def test_only_the_companies_of_new_articles_are_decided(
    crawl: Crawl, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"Quorvex{n}" for n in range(6)]
    crawl(*[reading(f"https://{name}.example/", name, 90 + n) for n, name in enumerate(names)])
    loaded: list[tuple[str, ...]] = []
    load = rebuild.load
    monkeypatch.setattr(rebuild, "load", lambda db, keys, **of: loaded.append(tuple(keys)) or load(db, keys, **of))
    crawl(reading(A, "Quorvex3", 91, "2026-03-03"), lines=["2026-04-01,accept,quorvex5-2026-03,,,,,"])
    assert loaded == [("quorvex3",), ("quorvex5",)]
    crawl()
    assert len(loaded) == 2


def test_a_run_that_was_killed_is_made_good(path: Path) -> None:
    with Ledger(path) as ledger:
        number = ledger.start_run(spider="test", started_at="x")
        ledger.save(*reading(A), number)
    assert query(path, "select company_id, cause from pending") == [("acme", "new_article")]
    run(path)
    assert jobs(path) == {"acme-2026-03": 900} and query(path, "select * from pending") == []


def test_a_failure_in_mid_rebuilding_changes_nothing(crawl: Crawl, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crawl(reading(A))
    before = dump(path)
    monkeypatch.setattr(Rebuild, "_finish", lambda self, states: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        crawl(reading(B, "Apex", 40), reading(C, jobs=1000, day="2026-03-03"))
    assert dump(path) == before and len(query(path, "select * from pending")) == 2
    monkeypatch.undo()
    crawl()
    assert jobs(path) == {"acme-2026-03": 1000, "apex-2026-03": 40}


# --- any order, any number of times ----------------------------------------------------------------------------

TOLD = st.builds(
    lambda who, jobs, day, number: reading(f"https://{number}.example/", who, jobs, day),
    who=st.sampled_from(["Acme", "Acme Inc", "Apex", "LinkedIn", "Microsoft"]),
    jobs=st.sampled_from([40, 80, 900, 905, 1400, 10000]),
    day=st.sampled_from(["2026-03-02", "2026-03-09", "2026-03-20", "2026-04-02", "2026-09-05"]),
    number=st.integers(1, 10_000),
)
READINGS = st.lists(TOLD, min_size=1, max_size=8, unique_by=lambda one: one[0].url)
SLOW = settings(max_examples=20, deadline=None, derandomize=True, phases=(Phase.explicit, Phase.generate))


def lines_for(readings: list[Reading]) -> list[str]:
    """Corrections about events that the readings may make, by id alone and by article."""
    first, last = readings[0][0].url, readings[-1][0].url
    return [
        f"2026-04-01,set,acme-2026-03,headcount,777,{first},why,",
        f"2026-04-02,merge,acme-2026-04,,acme-2026-03,{last} {first},why,",
        f"2026-04-03,split,acme-2026-03,,{last},,why,",
        "2026-04-04,reject,apex-2026-03,,,,why,",
        "2026-04-05,accept,linkedin-2026-03,,,,,",
    ]


@SLOW
@given(READINGS, st.randoms(use_true_random=False))
def test_shuffled_and_run_twice_gives_equal_bytes(readings: list[Reading], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one.db"), Path(folder, "other.db")
        lines = lines_for(readings)
        run(one, *readings, lines=lines)
        first = dump(one)
        run(one, *readings)
        assert dump(one) == first, "a second time changes nothing"
        shuffled = list(readings)
        chance.shuffle(shuffled)
        run(other, *shuffled, lines=lines)
        assert dump(other) == first
        assert exported(other) == exported(one)
        run(other, lines=[])
        run(other, lines=lines)
        assert _without_ids(dump(other)) == _without_ids(first)


def exported(path: Path) -> bytes:
    return encoded(newest_first(events(path)), "csv")


VERSIONS = st.lists(
    st.builds(
        lambda number, jobs, day, hour: reading(
            f"https://{number}.example/", "Acme", jobs, day, fetched_at=f"2026-10-01T0{hour}:00:00+00:00"
        ),
        number=st.integers(1, 3),
        jobs=st.sampled_from([40, 900, 905, 1400]),
        day=st.sampled_from(["2026-03-02", "2026-03-09", "2026-04-02"]),
        hour=st.integers(1, 3),
    ),
    min_size=2,
    max_size=7,
)


@SLOW
@given(VERSIONS, st.randoms(use_true_random=False))
def test_versions_of_a_page_may_come_in_any_order(versions: list[Reading], chance: random.Random) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder, "one.db"), Path(folder, "other.db")
        run(one, *versions)
        shuffled = list(versions)
        chance.shuffle(shuffled)
        run(other, *shuffled)
        assert dump(other) == dump(one)
        assert exported(other) == exported(one)


@SLOW
@given(READINGS, st.integers(1, 4), st.booleans())
def test_batches_end_the_same_up_to_ids(readings: list[Reading], size: int, corrected: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        whole, parts = Path(folder, "whole.db"), Path(folder, "parts.db")
        apex = [article.url for article, _ in readings if "Apex" in article.title]
        lines = [f"2026-04-04,reject,apex-2026-09,,,{apex[-1]},why,"] if corrected and apex else []
        run(whole, *readings, lines=lines)
        for start in range(0, len(readings), size):
            run(parts, *readings[start : start + size], lines=lines)
        assert _without_ids(dump(parts)) == _without_ids(dump(whole))
        runs = query(parts, "select max(run_id) from runs")[0][0]
        assert sorted(map(repr, as_of_run(parts, runs))) == sorted(map(repr, events(parts)))


def _without_ids(tables: dict[str, list[tuple[Any, ...]]]) -> list[object]:
    """Events with their claims, by what they say."""
    claims: dict[str, list[tuple[Any, ...]]] = {}
    for event_id, claim_id, role, _ in tables["event_claims"]:
        claims.setdefault(event_id, []).append((claim_id, role))
    return [sorted((repr(row[1:]), sorted(claims[row[0]])) for row in tables["events"]), tables["companies"]]


def test_overrides_are_read_by_any_csv_reader(path: Path, crawl: Crawl) -> None:
    crawl(reading(A), lines=['2026-04-01,accept,acme-2026-03,,,,"so it is, indeed",'])
    (row,) = csv.DictReader(path.with_suffix(".csv").read_text(encoding="utf-8").splitlines())
    assert tuple(row) == HEADER and row["reason"] == "so it is, indeed"
