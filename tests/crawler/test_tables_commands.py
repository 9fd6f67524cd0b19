"""`scrapy events` and `scrapy export` as a user runs them: what they print, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from rich.console import Console
from scrapy import cmdline

from crawler.tables import print_events
from extract import RULES_VERSION, __version__
from extract.records import Event
from pipelines.database import Ledger
from pipelines.export import COLUMNS
from pipelines.paths import ROOT
from tests.pipelines.told import reading


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ledger") / "layoffs.db"
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        for one in (reading("https://a.example/"), reading("https://b.example/", "Apex", 40, "2026-05-06")):
            ledger.save(*one, run)
        ledger.rebuild()
    return path


@dataclass
class Done:
    """How a command ended."""

    returncode: int
    stdout: bytes
    stderr: bytes


class Scrapy(Protocol):
    """Runs a command."""

    def __call__(self, *arguments: str, database: Path) -> Done:
        """As `scrapy ARGUMENTS -s DATABASE=database`."""


@pytest.fixture
def scrapy(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Scrapy:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("SCRAPY_SETTINGS_MODULE", "crawler.settings")
    monkeypatch.setenv("COLUMNS", "80")

    def run(*arguments: str, database: Path) -> Done:
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", *arguments, "-s", f"DATABASE={database}"])
        return Done(int(ended.value.code or 0), *capfdbinary.readouterr())

    return run


def test_export_to_each_kind_of_file(scrapy: Scrapy, database: Path, tmp_path: Path) -> None:
    for ending in ("csv", "jsonl", "json"):
        done = scrapy("export", str(tmp_path / f"e.{ending}"), database=database)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    rows = list(csv.DictReader((tmp_path / "e.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["event_id"], row["headcount"]) for row in rows] == [("apex-2026-05", "40"), ("acme-2026-03", "900")]
    assert tuple(rows[0]) == COLUMNS
    lines = [json.loads(line) for line in (tmp_path / "e.jsonl").read_text(encoding="utf-8").splitlines()]
    assert json.loads((tmp_path / "e.json").read_text(encoding="utf-8")) == {
        "version": __version__, "rules_version": RULES_VERSION, "events": lines,
    }  # fmt: skip
    assert sorted(file.name for file in tmp_path.iterdir()) == ["e.csv", "e.json", "e.jsonl"], "nothing else is left"


def test_export_to_standard_output_with_filters(scrapy: Scrapy, database: Path) -> None:
    done = scrapy(
        "export",
        "-",
        "--company",
        "ACME Inc",
        "--since",
        "2026-03-01",
        "--min-headcount",
        "100",
        "--bom",
        database=database,
    )
    assert done.returncode == 0 and done.stdout.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8-sig"))))
    assert [row["company"] for row in rows] == ["Acme"]
    done = scrapy("export", "-", "--format", "jsonl", "--ai", "company,third_party", database=database)
    assert (done.returncode, done.stdout) == (0, b"")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["export"], 2, "one file is needed"),
        (["export", "a.csv", "b.csv"], 2, "one file is needed"),
        (
            ["export", "events.xls"],
            2,
            "events.xls: unknown ending; use .csv, .jsonl, .json, .parquet, .atom or --format",
        ),
        (["export", "-", "--since", "last week"], 2, "--since last week: not a day such as 2026-11-01"),
        (["export", "-", "--since", "2026-02-30"], 2, "not a day"),
        (["export", "-", "--ai", "company,robots"], 2, "--ai robots: not one of company, third_party, denied, none"),
        (["export", "-", "--min-headcount", "many"], 2, "invalid int value"),
        (["export", "-", "--colour"], 2, "unknown option --colour"),
        (["events", "Acme"], 2, "events takes no argument 'Acme'"),
        (["events", "-n", "0"], 2, "one event is the least"),
        (["export", "/nowhere/at/all/e.csv"], 1, "/nowhere/at/all/e.csv: cannot be written: No such file or directory"),
        (["export", "/proc/e.csv"], 1, "/proc/e.csv: cannot be written"),
    ],
)
def test_what_goes_wrong_is_told_in_a_line(
    scrapy: Scrapy, database: Path, arguments: list[str], status: int, words: str
) -> None:
    done = scrapy(*arguments, database=database)
    errors = done.stderr.decode()
    assert done.returncode == status, errors
    assert words in errors and "Traceback" not in errors
    assert status == 2 or errors.count("\n") == 1


@pytest.mark.parametrize("command", [["export", "-"], ["events"]])
def test_missing_and_wrong_database(scrapy: Scrapy, tmp_path: Path, command: list[str]) -> None:
    done = scrapy(*command, database=tmp_path / "x.db")
    assert done.returncode == 1 and b"no database yet; a crawl makes it" in done.stderr
    (tmp_path / "x.db").write_bytes(b"%PDF-1.7 something else entirely, and long enough to be read")
    done = scrapy(*command, database=tmp_path / "x.db")
    assert done.returncode == 1 and b"is not an SQLite database" in done.stderr and done.stderr.count(b"\n") == 1


def test_events_in_a_pipe_is_plain_and_fits_80_columns(scrapy: Scrapy, database: Path) -> None:
    done = scrapy("events", "-n", "1", database=database)
    text = done.stdout.decode()
    assert done.returncode == 0 and "\x1b" not in text and all(len(line) <= 80 for line in text.splitlines())
    head, row, sentence, foot = text.splitlines()
    assert head.split() == ["Date", "Company", "Jobs", "What", "AI"]
    assert row.split() == ["2026-05-06", "Apex", "40", "layoff", "-"]
    assert sentence == "  Apex will cut 40 jobs, the company said."
    assert foot == f"1 of 2 events · layoff-ledger {__version__}, rules {RULES_VERSION}"


def test_events_as_json(scrapy: Scrapy, database: Path) -> None:
    table = json.loads(scrapy("events", "--json", "--company", "acme", database=database).stdout)
    assert (table["version"], table["rules_version"]) == (__version__, RULES_VERSION)
    assert [event["event_id"] for event in table["events"]] == ["acme-2026-03"]


def test_no_events(scrapy: Scrapy, tmp_path: Path) -> None:
    Ledger(tmp_path / "x.db").close()
    text = scrapy("events", database=tmp_path / "x.db").stdout.decode()
    assert (
        text.startswith("No events yet. Read some pages first, for example: scrapy crawl archive")
        and "0 events" in text
    )
    assert (
        scrapy("events", "--ai", "denied", database=tmp_path / "x.db")
        .stdout.decode()
        .startswith("No event is as asked for.")
    )


def test_export_from_a_shell_whose_reader_leaves_early(database: Path) -> None:
    command = f"{sys.executable} -m scrapy export - -s DATABASE={database} | head -c 8"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, check=False, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"event_id", b"")


HOSTILE = Event(
    company="A company with a very long name indeed, of the sort that fills a line", date="2026-03-02",
    headcount_min=10_000, headcount_max=12_000, headcount_relation="range",
    status="considered", action="hiring_freeze", ai="third_party",
    evidence="A [bold]sentence[/bold] with \x1b]8;;https://x.example\x07escapes\x1b[31m and a great many words " * 4,
)  # fmt: skip


@pytest.mark.parametrize("width", [80, 119, 120, 200])
def test_table_fits_its_window_and_obeys_no_text(width: int) -> None:
    out = io.StringIO()
    print_events(
        Console(file=out, width=width, color_system=None, force_terminal=False, highlight=False), [HOSTILE] * 2
    )
    text = out.getvalue()
    assert "\x1b" not in text and "\x07" not in text and "[bold]sentence[/bold]" in text
    lines = text.splitlines()
    assert len(lines) == (3 if width >= 120 else 5)
    assert max(len(line.rstrip()) for line in lines) <= width
    assert "10,000-12,000" in lines[1] and "hiring freeze, considered" in lines[1] and "third party" in lines[1]
    assert lines[1].startswith("2026-03-02  A company")


def test_a_narrow_window_takes_from_names_and_not_from_dates_and_numbers() -> None:
    out = io.StringIO()
    event = Event(
        company="Wrenfield Telecommunications", headcount_min=None, headcount_max=1100, headcount_relation="at_most",
        status="cancelled", date="2026-11-12", ai="third_party", evidence="Wrenfield scraps its plan",
    )  # fmt: skip
    print_events(Console(file=out, width=60, color_system=None, force_terminal=False, highlight=False), [event])
    _, row, sentence = out.getvalue().splitlines()
    assert row.startswith("2026-11-12  Wren") and "…  up to 1,100  layoff" in row and row.endswith("…  third party")
    assert len(row) <= 60 and sentence == "  Wrenfield scraps its plan"
