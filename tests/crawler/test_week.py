"""Nine days of cron in miniature: sources die, move, change, throttle; the alarms that come are the right ones."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.newsroom.client import PATIENCE, ROOT, Run, command, environment, options
from tests.newsroom.week import FIRST, TROUBLE

#: Day -> the sources about which an alarm has to come.
ALARMS: dict[int, set[str]] = {
    0: set(),
    1: set(),
    2: set(),
    3: set(),  # throttles answers 429 today, which may be over tomorrow, and is
    4: {"freezes", "template", "apology"},  # dies gives 404 for the first time
    5: {"freezes", "template", "dies", "empties", "undated"},
    6: {"freezes", "template", "dies", "errors", "undated"},
    7: {"freezes", "template", "dies", "undated"},  # a Monday: what has not been mended is told again
    8: {"freezes", "template", "dies", "undated"},
}
#: Days on which nobody is told, since all of it was told before.
QUIET = {8}
#: Sources that must never cause one.
CALM = {"steady", "weekly", "moves", "throttles"}


@dataclass(frozen=True)
class Days:
    """The crawl of each day, what the alarm command got, and the database."""

    runs: list[Run]
    alarms: dict[int, dict[str, object]]
    database: Path
    settings: list[str]


def sources(port: int) -> str:
    """The file of sources. The one that throttles is a host of its own, which its resting concerns alone."""
    blocks = []
    for name in TROUBLE:
        host = "localhost" if name == "throttles" else "127.0.0.1"
        blocks.append(
            f'[[source]]\nid = "{name}"\nname = "{name}"\npublisher = "{name}"\ncountry = "US"\nkind = "feed"\n'
            f'url = "http://{host}:{port}/{name}.xml"\ntags = ["week"]\ntier = 1\nevidence = "it is ours"\n'
            f"expected_gap_days = {7 if name == 'weekly' else 1}\n"
        )
    return "\n".join(blocks)


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    folder = tmp_path_factory.mktemp("week")
    database, told = folder / "week.db", folder / "alarms.jsonl"
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-m", "tests.newsroom.week"], cwd=ROOT, stdin=pipe, stdout=pipe, text=True
    ) as site:
        assert site.stdout is not None and site.stdin is not None
        port = int(site.stdout.readline())
        (folder / "sources.toml").write_text(sources(port))
        given = options(
            DATABASE=database, SOURCES=folder / "sources.toml", ALLOW_PRIVATE_HOSTS="127.0.0.1,localhost", ALARM=1
        )
        runs, alarms = [], {}
        for day in ALARMS:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/_day/{day}", timeout=10).close()
            told.unlink(missing_ok=True)
            runs.append(crawl(day, *given, "-s", f"ALARM_COMMAND=cat >{told}"))
            if told.exists():
                alarms[day] = json.loads(told.read_text())
        site.stdin.close()
        yield Days(runs, alarms, database, given)


def crawl(day: int, *arguments: str) -> Run:
    """The crawl that cron starts on a day."""
    now = f"{FIRST + timedelta(days=day)}T05:{10 + 3 * day}:00+00:00"
    done = subprocess.run(
        command("crawl", "news", *arguments), cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
        env=environment("tests.newsroom.week_settings") | {"LEDGER_NOW": now}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Run(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("day", list(ALARMS))
def test_the_alarms_of_a_day(days: Days, day: int) -> None:
    run, alarm = days.runs[day], days.alarms.get(day)
    found = {source["source_id"]: source["alarm"] for source in alarm["sources"]["alarms"]} if alarm else {}  # type: ignore[index]
    wanted = ALARMS[day] if day not in QUIET else set()
    assert (set(found), run.status) == (wanted, 6 if ALARMS[day] else 0), run.err
    assert {name for name in found if found[name] == "new"} == wanted - (ALARMS[day - 1] if day else set())
    assert all(name in run.out for name in ALARMS[day]), "the line tells every day"
    assert run.out.count("\n") == 1, "one line, whatever happens"
    if not wanted:
        assert run.err == "", "nothing else when all is well"
    for name in found:
        assert name in run.err


@pytest.mark.parametrize("source", sorted(CALM))
def test_what_is_well_never_alarms(days: Days, source: str) -> None:
    assert not any(source in json.dumps(alarm["sources"]["alarms"]) for alarm in days.alarms.values())  # type: ignore[index]


@pytest.mark.parametrize(("source", "day", "words"), [
    ("freezes", 4, "nothing new since 2026-11-04, usual gap 1 d"),
    ("dies", 5, "nothing new since 2026-11-05, usual gap 1 d; failed: http 404"),
    ("template", 4, "pages hold 0 bytes of prose, before 1,"),
    ("empties", 5, "the list is empty"),
    ("apology", 4, "answers with something else: no feed"),
    ("errors", 6, "pages are the same page"),
    ("undated", 5, "0% of the entries dated, before 100%"),
])  # fmt: skip
def test_an_alarm_says_why(days: Days, source: str, day: int, words: str) -> None:
    (told,) = [s for s in days.alarms[day]["sources"]["alarms"] if s["source_id"] == source]  # type: ignore[index]
    assert any(words in text for text in (told["told"] or "", *told["warnings"])), told


def test_a_move_is_noted(days: Days) -> None:
    rows = query(days, "select run_id, moved_to from source_runs where source_id = 'moves' order by run_id")
    assert [bool(moved and moved.endswith("/new-place.xml")) for _, moved in rows] == [False] * 3 + [True] * 6


def test_a_day_without_an_answer_is_unknown_and_not_fine(days: Days) -> None:
    assert "10 fine, 1 unknown" in days.runs[3].out
    assert "11 fine" in days.runs[2].out


def test_the_runs_table_has_counts_by_source(days: Days) -> None:
    sql = "select run_id, outcome, listed, new, pages from source_runs where source_id = 'steady' order by run_id"
    rows = query(days, sql)
    assert [row[1:4] for row in rows[:4]] == [("read", 4, 4), ("read", 8, 4), ("read", 12, 4), ("read", 12, 4)]
    (started, finished, reason, version) = query(
        days, "select started_at, finished_at, finish_reason, version from runs where run_id = 8"
    )[0]
    assert (started[:10], finished[:10], reason, bool(version)) == ("2026-11-09", "2026-11-09", "finished", True)


def query(days: Days, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(days.database)) as db:
        return db.execute(sql).fetchall()
