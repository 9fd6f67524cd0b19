"""`python -m extract` as its users see it: lines out, messages, exit status."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from extract import __main__ as command
from extract import vocabulary
from extract.records import Event

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).parent / "pages"
EVENT = {
    *("company", "headcount_min", "headcount_max", "headcount_relation", "pct_min", "pct_max", "pct_relation", "unit"),
    *("date", "action", "status", "ai", "ai_link", "evidence", "ai_evidence", "confidence", "rules"),
    *("evidence_field", "evidence_start", "evidence_end", "ai_evidence_field", "ai_evidence_start", "ai_evidence_end"),
}
REPORT = {
    "id": "r1",
    "url": "https://n.example/a",
    "published": "2026-02-09",
    "title": "Intel to cut 1,200 jobs",
    "text": "Intel said on Monday that it will cut 1,200 jobs.",
}
RECIPE = {"id": "r2", "title": "Lemon tart", "text": "Whisk the eggs with the sugar and pour over the lemon juice."}
GERMAN = {
    "id": "r3",
    "title": "Tarif",
    "text": "Die Firma streicht 200 jobs und das ist nicht gut für die Stadt, wie der Rat sagt.",
}


def run(
    *arguments: str | Path, stdin: bytes = b"", env: dict[str, str] | None = None, cwd: Path = ROOT
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "extract", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env=os.environ | (env or {}),
        timeout=120,
        check=False,
    )


def rows(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.decode("utf-8").splitlines()]


def jsonl(*lines: dict[str, Any] | str) -> bytes:
    return "".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines).encode()


def test_events_of_articles_on_standard_input() -> None:
    done = run(stdin=jsonl(REPORT, RECIPE, GERMAN))
    report, recipe, german = rows(done.stdout)
    assert (done.returncode, done.stderr) == (0, b"")
    (event,) = report["events"]
    assert report["id"] == "r1" and set(event) == EVENT
    assert (event["company"], event["headcount_min"], event["headcount_max"]) == ("Intel", 1200, 1200)
    field = REPORT[event["evidence_field"]]
    assert field[event["evidence_start"] : event["evidence_end"]] == event["evidence"]
    assert recipe == {"id": "r2", "events": [], "rejected": recipe["rejected"]} and recipe["rejected"].startswith(
        "gate.text: "
    )
    assert german["events"] == [] and german["rejected"] == "language: the text reads as 'de'"


def test_articles_of_a_folder() -> None:
    done = run("--articles", PAGES)
    found = {row["id"]: row for row in rows(done.stdout)}
    assert done.returncode == 0 and len(found) == len(list(PAGES.glob("*.html")))
    mill = found["old_mill_news.html"]
    assert list(mill) == ["id", "url", "title", "author", "published", "published_from", "site", "language", "text"]
    assert (mill["title"], mill["published"], mill["published_from"]) == (
        "Paper mill lays off 85",
        "2025-11-14",
        "text",
    )
    assert mill["url"].startswith("urn:sha256:")
    assert found["valley_wire.html"]["url"] == "https://valleywire.example/2026/02/norvane-trims-1200-roles"
    assert found["morgenblatt.html"]["rejected"].startswith("language: the text reads as 'de'")
    assert found["empty_shell.html"]["rejected"].startswith("body.empty: ")


def test_pages_pass_the_byte_gate_first(tmp_path: Path) -> None:
    (tmp_path / "tart.html").write_text(
        "<h1>Tart</h1><p>Whisk the eggs with the sugar and pour over the lemon juice.</p>"
    )
    (row,) = rows(run(tmp_path).stdout)
    assert row["id"] == "tart.html" and row["rejected"].startswith("gate.bytes: ")


def test_bad_lines_are_told_and_the_rest_goes_on() -> None:
    done = run("--articles", stdin=jsonl(REPORT, "{", {"id": "x", "text": 5}, RECIPE))
    first, second, third, fourth = rows(done.stdout)
    assert done.returncode == 1
    assert second == {"id": None, "line": 2, "events": [], "error": second["error"]} and "not JSON" in second["error"]
    assert third == {"id": "x", "line": 3, "events": [], "error": "text: not text but int"}
    assert (first["id"], fourth["id"]) == ("r1", "r2")
    told = done.stderr.decode().splitlines()
    assert told[1] == "standard input, line 3: text: not text but int" and len(told) == 2


def test_a_wrong_path_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "in.jsonl.gz"
    path.write_bytes(gzip.compress(jsonl(REPORT)))
    done = run("--articles", tmp_path / "absent.warc", tmp_path / "in.pdf", path)
    absent, pdf, report = rows(done.stdout)
    assert done.returncode == 1 and report["id"] == "r1"
    assert absent["error"] == "no such file or folder" == pdf["error"] and absent["line"] is None
    assert f"{tmp_path / 'absent.warc'}: no such file or folder" in done.stderr.decode()


def test_usage() -> None:
    assert run("--no-such-option").returncode == 2
    shown = run("--help")
    assert shown.returncode == 0 and b"PATH" in shown.stdout and b"--articles" in shown.stdout
    assert b"rules" in run("--version").stdout


def test_output_is_utf_8_whatever_the_locale() -> None:
    row = REPORT | {"title": "Société Générale – “café” jobs cut \ud83d", "text": ""}
    done = run("--articles", stdin=jsonl(row), env={"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert done.returncode == 0 and rows(done.stdout)[0]["title"] == "Société Générale – “café” jobs cut \ufffd"


def test_a_reader_who_leaves_early_sees_no_traceback() -> None:
    many = jsonl(*[REPORT | {"text": "x " * 5000}] * 200)
    with subprocess.Popen(
        [sys.executable, "-m", "extract", "--articles"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin and process.stdout and process.stderr
        process.stdout.close()
        with suppress(BrokenPipeError):  # it may end before it has read all
            process.stdin.write(many)
            process.stdin.close()
        assert process.wait(60) == 0 and process.stderr.read() == b""


def test_one_articles_failure_ends_no_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def read(page: Any) -> Any:
        if page.page_id == "r1":
            raise RuntimeError("broken rule")
        raise command.Rejected("body.empty", "nothing")

    monkeypatch.setattr(command.article, "read", read)
    path = tmp_path / "in.jsonl"
    path.write_bytes(jsonl(REPORT, RECIPE))
    assert command._run([str(path)], articles=True) == 1
    out, err = capsys.readouterr()
    first, second = rows(out.encode())
    assert first == {"id": "r1", "line": None, "events": [], "error": "RuntimeError: broken rule"}
    assert second["rejected"] == "body.empty: nothing" and err == "r1: RuntimeError: broken rule\n"


def own_copy(folder: Path, companies: str) -> None:
    """The code, as it is compiled already, with its word lists beside it and this list of companies."""
    for part in ("extract", "data/vocabulary"):
        shutil.copytree(ROOT / part, folder / part)
    (folder / "data" / "companies.csv").write_text(companies, encoding="utf-8")


def test_a_broken_word_list_is_told_once(tmp_path: Path) -> None:
    own_copy(tmp_path, (ROOT / "data" / "companies.csv").read_text(encoding="utf-8"))
    cuts = tmp_path / "data" / "vocabulary" / "cuts.csv"
    cuts.write_text(cuts.read_text(encoding="utf-8") + "sent packing\n", encoding="utf-8")
    done = run(stdin=jsonl(REPORT, REPORT | {"id": "r4"}), cwd=tmp_path)
    assert done.returncode == 1 and done.stdout == b""
    (told,) = done.stderr.decode().splitlines()
    assert told.startswith(f"{cuts}:") and "1 cells where the header has 3" in told


@pytest.mark.parametrize("content", ["", "# none yet\n", "name,aliases,ticker,country,industry,context,parent\n"])
def test_a_list_of_companies_may_be_empty(tmp_path: Path, content: str) -> None:
    (tmp_path / "companies.csv").write_text(content, encoding="utf-8")
    assert vocabulary.rows(tmp_path / "companies.csv", may_be_empty=True) == []


def test_without_known_companies_names_are_read_by_their_place(tmp_path: Path) -> None:
    own_copy(tmp_path, "# none yet\n")
    done = run(stdin=jsonl(REPORT), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert [(e["company"], e["headcount_min"]) for e in rows(done.stdout)[0]["events"]] == [("Intel", 1200)]


def test_an_unknown_date_is_null() -> None:
    row = command.event_row(Event(company="Acme"))
    assert row["date"] is None and set(row) == EVENT and json.loads(json.dumps(row))["rules"] == []


def test_records_that_are_no_pages_are_counted_on_standard_error(tmp_path: Path) -> None:
    path = tmp_path / "in.warc"
    block = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>gone</p>"
    head = "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://n.example/a\r\n"
    head += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    path.write_bytes(head.encode() + block + b"\r\n\r\n")
    done = run("--articles", path)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"skipped in archives: 1 (http 404)\n")
