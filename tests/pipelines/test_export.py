"""The export: bytes that stay the same, cells that mean what they say, and a file that is whole or the old one."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import fields
from pathlib import Path

import pytest

from extract.records import Event
from pipelines.export import COLUMNS, FORMATS, Filter, encoded, newest_first, record, replacing, to_csv, to_jsonl
from pipelines.paths import ROOT

EVENT = Event(
    event_id="acme-2026-03", company="Acme", date="2026-03-02", date_precision="day", headcount=900, headcount_min=900,
    headcount_max=900, headcount_relation="exact", pct_min=12.0, pct_max=12.5, pct_relation="range", ai="company",
    contested=True, evidence='Acme said: "We cut 900 jobs",\nand more.', source_urls=("https://a.example/", "https://b.example/"),
    rules=("cut.verb",), confidence=0.9,
)  # fmt: skip


def cells(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_csv() -> None:
    text = to_csv([EVENT])
    assert text.split("\r\n")[0] == ",".join(f.name for f in fields(Event))
    (row,) = cells(text)
    assert (row["headcount"], row["pct_min"], row["pct_max"], row["confidence"]) == ("900", "12", "12.5", "0.9")
    assert (row["unit"], row["workforce_before"], row["contested"]) == ("", "", "true")
    assert row["source_urls"] == "https://a.example/ https://b.example/"
    assert row["evidence"] == EVENT.evidence
    assert text.count("\r\n") == 2 and text.endswith("\r\n")
    assert '"Acme said: ""We cut 900 jobs"",\nand more."' in text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_made_harmless_in_text_only(start: str) -> None:
    hostile = f"{start}HYPERLINK(1)"
    event = Event(company=hostile, evidence=hostile, headcount=-1, pct_min=-0.5)
    (row,) = cells(to_csv([event]))
    assert (row["company"], row["evidence"], row["headcount"], row["pct_min"]) == (
        "'" + hostile,
        "'" + hostile,
        "-1",
        "-0.5",
    )
    (raw,) = cells(to_csv([event], raw=True))
    assert raw["company"] == hostile
    assert json.loads(to_jsonl([event]))["company"] == hostile


def test_json() -> None:
    table = json.loads(encoded([EVENT], "json"))
    assert {"version", "rules_version", "events"} == table.keys()
    (event,) = table["events"]
    assert tuple(event) == COLUMNS
    assert (event["pct_min"], event["unit"], event["contested"], event["source_urls"]) == (
        12,
        None,
        True,
        list(EVENT.source_urls),
    )
    assert [json.loads(line) for line in encoded([EVENT, EVENT], "jsonl").splitlines()] == [event, event]
    assert isinstance(record(EVENT)["pct_min"], int)


def test_bom_is_for_those_who_ask() -> None:
    assert encoded([], "csv", bom=True).startswith(b"\xef\xbb\xbfevent_id,")
    assert encoded([], "csv").startswith(b"event_id,")
    assert all(encoded([], form) is not None for form in FORMATS)


def test_order_is_newest_first_and_depends_on_nothing_else() -> None:
    days = ["2026-03-02", None, "2026-Q1", "2026-03", "2025", "2026-03-01"]
    events = [Event(event_id=f"{n}", company=name, date=day) for n, day in enumerate(days) for name in ("Apex", "Acme")]
    found = newest_first(events)
    assert [(e.date, e.company) for e in found][::2] == [
        ("2026-03-02", "Acme"), ("2026-03", "Acme"), ("2026-03", "Apex"),
        ("2026-Q1", "Acme"), ("2025", "Acme"), (None, "Acme"),
    ]  # fmt: skip
    assert newest_first(reversed(events)) == found


@pytest.mark.parametrize(
    ("wanted", "held"),
    [
        (Filter(), True),
        (Filter(since="2026-03-02"), True),
        (Filter(since="2026-03-03"), False),
        (Filter(company="ACME, Inc."), True),
        (Filter(company="Apex"), False),
        (Filter(ai=frozenset({"company", "third_party"})), True),
        (Filter(ai=frozenset({"none"})), False),
        (Filter(min_headcount=900), True),
        (Filter(min_headcount=901), False),
    ],
)
def test_filter(wanted: Filter, held: bool) -> None:
    assert wanted(EVENT) is held


def test_filter_on_what_is_known_by_halves() -> None:
    assert Filter(since="2026-02-15")(Event(company="A", date="2026-02"))
    assert not Filter(since="2026-03-01")(Event(company="A", date="2026-02"))
    assert not Filter(since="2026-03-01")(Event(company="A"))
    assert Filter(min_headcount=200)(Event(company="A", headcount_min=200, headcount_relation="vague"))
    assert not Filter(min_headcount=1)(Event(company="A", pct_min=50))


def test_a_file_that_cannot_be_written_is_called_as_the_user_called_it(tmp_path: Path) -> None:
    target = tmp_path / "none" / "a.csv"
    with pytest.raises(FileNotFoundError) as told, replacing(target):
        pass
    assert told.value.filename == str(target)


def test_an_export_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "events.csv"
    target.write_text("old")
    with pytest.raises(TypeError), replacing(target) as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]
    assert target.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == ["events.csv"]


WRITER = """
import sys
from pathlib import Path
from pipelines.export import replacing
with replacing(Path(sys.argv[1])) as file:
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_export_that_is_interrupted_leaves_the_old_file(tmp_path: Path, how: signal.Signals) -> None:
    target = tmp_path / "events.csv"
    target.write_text("old")
    command = [sys.executable, "-c", WRITER, str(target)]
    pipe = subprocess.PIPE
    child = subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe)
    assert child.stdout and child.stdout.readline() == b"written\n"
    child.send_signal(how)
    child.communicate(timeout=20)
    assert target.read_text() == "old"
    with replacing(target) as file:
        file.write(b"new")
    assert target.read_text() == "new"


def test_a_link_is_followed_and_rights_are_kept_usual(tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    before = time.time() - 5
    with replacing(tmp_path / "link.csv") as file:
        file.write(b"new")
    assert (tmp_path / "link.csv").is_symlink() and (tmp_path / "real.csv").read_text() == "new"
    mask = os.umask(0)
    os.umask(mask)
    assert (tmp_path / "real.csv").stat().st_mode & 0o777 == 0o666 & ~mask
    assert (tmp_path / "real.csv").stat().st_mtime > before
