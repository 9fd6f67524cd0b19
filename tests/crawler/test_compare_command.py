"""`scrapy compare` as a user runs it; and it imports nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.database import Ledger
from tests.crawler.running import Commands
from tests.pipelines.told import reading

MAP = ["--map", "company=Employer,date=Notice Date,headcount=Workers"]
LIST = "Employer,Notice Date,Workers\nAcme,2026-03-03,900\nApex,2026-05-06,45\nNowhere,2026-05-09,12\n"


def test_as_json_and_without_a_trace_in_the_database(filled: Commands, tmp_path: Path) -> None:
    (tmp_path / "warn.csv").write_text(LIST)
    before = filled.database.read_bytes()
    done = filled("compare", str(tmp_path / "warn.csv"), *MAP, "--json")
    assert (done.status, done.errors) == (0, "")
    table = done.table
    assert [(one["row"]["line"], one["event"]["event_id"], one["days"]) for one in table["matched"]] == [
        (2, "acme-2026-03", 1)
    ]
    assert [(one["row"]["line"], one["differs"]) for one in table["differing"]] == [(3, ["headcount"])]
    assert [one["company"] for one in table["missing_here"]] == ["Nowhere"]
    assert [one["event_id"] for one in table["missing_there"]] == ["zenith-2026-05"]
    assert table["bad_rows"] == []
    assert filled.database.read_bytes() == before


def test_as_a_table(filled: Commands, tmp_path: Path) -> None:
    (tmp_path / "warn.csv").write_text(LIST)
    done = filled("compare", str(tmp_path / "warn.csv"), *MAP)
    assert "\x1b" not in done.out and all(len(line) <= 80 for line in done.out.splitlines())
    assert "1 matched, 1 differing, 1 missing here, 1 missing there" in done.out.splitlines()
    assert [line.split() for line in done.out.splitlines() if line.startswith("Apex")] == [
        ["Apex", "2026-05-06", "45", "2026-05-06", "40", "line", "3,", "apex-2026-05"]
    ]


def test_an_id_is_never_cut(filled: Commands, tmp_path: Path) -> None:
    name = "Castlegate and Northern Mutual Insurance Society"
    with Ledger(filled.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-05-08T00:00:00+00:00")
        ledger.save(*reading("https://d.example/", name, 1275, "2026-05-08"), run)
        ledger.rebuild(run)
    (tmp_path / "warn.csv").write_text(LIST)
    done = filled("compare", str(tmp_path / "warn.csv"), *MAP)
    lines = done.out.splitlines()
    head = next(line for line in lines if line.startswith("Missing there"))
    where = "".join(line[head.index("Where") :].strip() for line in lines[lines.index(head) :])
    assert "castlegate-and-northern-mutual-insurance-society-2026-05" in where, done.out
    assert all(len(line) <= 80 for line in lines)


def test_bad_rows_are_told_and_the_rest_compared(filled: Commands, tmp_path: Path) -> None:
    (tmp_path / "warn.csv").write_text(LIST + "Acme,whenever,5\n")
    done = filled("compare", str(tmp_path / "warn.csv"), *MAP, "--json")
    assert done.status == 1 and f"{tmp_path}/warn.csv:5: date 'whenever' is not read" in done.errors
    assert len(done.table["matched"]) == 1 and len(done.table["bad_rows"]) == 1


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (
            ["warn.csv", "--map", "company=Employer,date=When"],
            2,
            "no column 'When'; it has Employer, Notice Date, Workers",
        ),
        (["warn.csv", "--map", "company=Employer"], 2, "--map lacks date"),
        (["warn.csv"], 2, "--map lacks company and date"),
        (
            ["warn.csv", "--map", "firm=Employer"],
            2,
            "--map firm=Employer: give company, date, headcount, pct a column each",
        ),
        (["warn.csv", *MAP, "--days", "-1"], 2, "--days -1"),
        ([*MAP], 2, "one file is needed"),
        (["missing.csv", *MAP], 1, "missing.csv: cannot be read: No such file or directory"),
        (["binary.csv", *MAP], 1, "binary.csv: not UTF-8 at byte 0"),
    ],
)
def test_what_goes_wrong_is_told(
    filled: Commands, tmp_path: Path, arguments: list[str], status: int, words: str
) -> None:
    (tmp_path / "warn.csv").write_text(LIST)
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    named = [str(tmp_path / word) if word.endswith(".csv") else word for word in arguments]
    done = filled("compare", *named)
    assert done.status == status and words in done.errors and "Traceback" not in done.errors
