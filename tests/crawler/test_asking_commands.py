"""`scrapy show`, `why`, `changes`, `review` and `export --as-of` as a user runs them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from scrapy import cmdline

from extract.overrides import HEADER, load
from pipelines.database import Ledger
from pipelines.lock import DatabaseBusy
from pipelines.paths import ROOT
from tests.crawler.running import Commands, Done
from tests.pipelines.told import reading

A, B, C = (f"https://{name}.example/story" for name in "abc")
MERGED = "2026-04-01,merge,acme-2026-03-b,,acme-2026-03,,one round,me"

Run = Callable[..., Done]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Three runs: two events of Acme, a third article, and the two merged by hand."""
    path = tmp_path / "layoffs.db"
    steps = (
        [reading(A, jobs=900), reading(B, jobs=40, day="2026-03-25")],
        [reading(C, jobs=905, day="2026-03-04")],
        [],
    )
    for number, readings in enumerate(steps, 1):
        lines = [MERGED] if number == 3 else []
        path.with_name("overrides.csv").write_text("\n".join((",".join(HEADER), *lines)) + "\n", encoding="utf-8")
        with Ledger(path, path.with_name("overrides.csv")) as ledger:
            run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
            for one in readings:
                ledger.save(*one, run)
            ledger.reject(
                run,
                url="https://no.example/",
                reason="NotAboutCuts",
                rule="gate.text",
                words="no word of it",
                source="x",
            )
            ledger.rebuild(run)
            ledger.finish_run(run, finish_reason="finished")
    return path


@pytest.fixture
def scrapy(command: Commands, path: Path) -> Run:
    """Runs `scrapy ARGUMENTS` on the database and the corrections beside it."""

    def run(*arguments: str) -> Done:
        command.output.readouterr()
        files = (f"DATABASE={path}", f"OVERRIDES={path.with_name('overrides.csv')}")
        with pytest.raises(SystemExit) as ended:
            cmdline.execute(["scrapy", *arguments, *(word for file in files for word in ("-s", file))])
        return Done(int(ended.value.code or 0), *command.output.readouterr())

    return run


def text(done: Done) -> str:
    assert done.status == 0, done.errors
    assert "\x1b" not in done.out
    return done.out


def test_show(scrapy: Run) -> None:
    shown = text(scrapy("show", "acme-2026-03"))
    for words in (
        "acme-2026-03  Acme: 40 (layoff)", "905  not chosen: told earlier", "https://a.example/story",
        "superseded headcount   900  “900 jobs”",
        "2026-04-01  merge acme-2026-03-b acme-2026-03: one round (me)",
        "2026-03-04  headcount 900 -> 905  (new article: https://c.example/story)", "acme-2026-03-b (override)",
    ):  # fmt: skip
        assert words in shown, shown
    assert text(scrapy("show", "acme-2026-03-b")).startswith("acme-2026-03-b leads to acme-2026-03\n")


def test_show_tells_the_share_of_the_workforce_and_cuts_no_word(scrapy: Run, path: Path) -> None:
    article, said = reading("https://d.example/story", "Apex", 700, "2026-05-04")
    share = replace(said[2], kind="share", low=12.0, high=12.0)
    long = "Apex will cut 700 jobs, " + "reorganisation " * 9
    cut = replace(said[1], quote=long)
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-05-04")
        ledger.save(article, (said[0], cut, *said[2:], share), run)
        ledger.rebuild(run)
    shown = text(scrapy("show", "apex-2026-05"))
    assert "  share          12 %\n" in shown and "chosen     share       12 %  “" in shown, shown
    assert "reorganisation …”" in shown, shown


def test_show_as_json(scrapy: Run) -> None:
    found = json.loads(text(scrapy("show", "acme-2026-03-b", "--json")))
    assert (found["asked"], found["event_id"], found["event"]["headcount"]) == ("acme-2026-03-b", "acme-2026-03", 40)
    assert [(one["low"], one["chosen"], one["why"]) for one in found["figures"]["headcount"]] == [
        (40, True, None), (905, False, "told earlier"), (900, False, "told earlier"),
    ]  # fmt: skip
    assert {claim["round_id"] for claim in found["claims"]} == {"acme-2026-03", "acme-2026-03-b"}
    assert [row["event_id"] for row in found["redirects"]] == ["acme-2026-03-b"]


def test_why(scrapy: Run, path: Path) -> None:
    assert "let go by gate.text (NotAboutCuts, run 1): no word of it" in text(scrapy("why", "https://no.example/"))
    shown = text(scrapy("why", C))
    assert "stored: Cuts at Acme" in shown and "“905 jobs”" in shown and "acme-2026-03  Acme" in shown
    found = json.loads(text(scrapy("why", C, "--json")))
    assert [event["event_id"] for event in found["articles"][0]["events"]] == ["acme-2026-03"]
    with Ledger(path) as ledger:
        article = replace(
            reading("https://silent.example/")[0], text="Acme denied that it will cut jobs.\n\nShares rose."
        )
        ledger.save(article, (), ledger.start_run(spider="test", started_at="2026-03-03"))
    assert "none: the article says nothing of an employer's cuts that counts" in text(
        scrapy("why", "https://silent.example/")
    )


def test_changes(scrapy: Run) -> None:
    shown = text(scrapy("changes", "--since", "2026-03-26"))
    assert "merged into acme-2026-03" in shown and "override, run 3: one round" in shown and "n_publishers" not in shown
    by_run = json.loads(text(scrapy("changes", "--run", "2", "--json")))["changes"]
    assert [
        (c["field"], c["old"], c["new"], c["cause"], c["company"]) for c in by_run if c["field"] == "headcount"
    ] == [("headcount", "900", "905", "new_article", "Acme")]
    every = json.loads(text(scrapy("changes", "--run", "2", "--json", "--all")))["changes"]
    assert {"n_publishers", "updated_at"} <= {c["field"] for c in every} - {c["field"] for c in by_run}
    assert text(scrapy("changes", "--since", "2030-01-01")).startswith("Nothing changed.")


def test_addresses_of_changes_are_not_broken_in_a_narrow_window(scrapy: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "30")
    lines = text(scrapy("changes", "--since", "2026-03-01")).splitlines()
    assert f"  new article, run 2: {C}" in lines, "an address can be copied, and found by grep"
    assert not [line for line in lines if line.endswith(" ")]


def exported(scrapy: Run, *options: str) -> list[tuple[str, str]]:
    table = csv.DictReader(io.StringIO(text(scrapy("export", "-", *options))))
    return [(row["event_id"], row["headcount"]) for row in table]


def test_export_of_another_time(scrapy: Run) -> None:
    assert exported(scrapy) == [("acme-2026-03", "40")]
    assert exported(scrapy, "--as-of", "2026-03-03") == [("acme-2026-03", "900")]
    assert exported(scrapy, "--as-of", "2026-03-31") == [("acme-2026-03-b", "40"), ("acme-2026-03", "905")]
    assert exported(scrapy, "--as-of", "2026-04-01") == [("acme-2026-03", "40")]
    assert exported(scrapy, "--as-of-run", "2") == [("acme-2026-03-b", "40"), ("acme-2026-03", "905")]


def test_review_lists_what_is_doubtful(scrapy: Run, path: Path) -> None:
    with Ledger(path, path.with_name("overrides.csv")) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03")
        ledger.save(*reading("https://d.example/", jobs=44, day="2026-03-26"), run)
        ledger.save(*reading("https://e.example/", "Apex", 7000), run)
        for number, confidence in enumerate((0.3, 0.4)):
            article, said = reading(f"https://{number}.example/", f"Unsure{number}", 10 + number)
            ledger.save(article, [replace(claim, confidence=confidence) for claim in said], run)
        ledger.rebuild(run)
    shown = text(scrapy("review"))
    heads = [line for line in shown.splitlines() if line.endswith("]")]
    assert [head.split()[0] for head in heads] == ["unsure1-2026-03", "unsure0-2026-03"]
    assert "[confidence 0.4]" in heads[0] and "Unsure1 will cut 11 jobs, the company said." in shown
    assert "1 of 2 doubtful events" in text(scrapy("review", "-n", "1"))
    found = json.loads(text(scrapy("review", "--json")))["events"]
    assert (found[0]["event_id"], found[0]["doubts"]) == ("unsure1-2026-03", ["confidence 0.4"])


def test_review_writes_a_line_that_counts_at_once(scrapy: Run, path: Path) -> None:
    overrides = path.with_name("overrides.csv")
    before = overrides.read_text(encoding="utf-8")
    done = scrapy(
        "review",
        "--set",
        "acme-2026-03-b",
        "headcount=45",
        "--reason",
        "the filing, page 2",
        "--by",
        "me",
        "--date",
        "2026-04-02",
    )
    assert text(done) == f"{overrides}: set acme-2026-03\n"
    added = overrides.read_text(encoding="utf-8").removeprefix(before)
    assert added == f'2026-04-02,set,acme-2026-03,headcount,45,{B},"the filing, page 2",me\n'
    assert exported(scrapy) == [("acme-2026-03", "45")]
    text(scrapy("review", "--reject", "acme-2026-03", "--reason", "no cut", "--date", "2026-04-03"))
    assert exported(scrapy) == [] and exported(scrapy, "--rejected") == [("acme-2026-03", "45")]
    text(scrapy("review", "--accept", "acme-2026-03", "--date", "2026-04-04"))
    assert exported(scrapy) == [("acme-2026-03", "45")]
    assert [line.action for line in load(overrides)] == ["merge", "set", "reject", "accept"]
    text(scrapy("review", "--dispute", "acme-2026-03", "--reason", "a letter", "--date", "2026-04-05"))
    assert exported(scrapy) == [("acme-2026-03", "45")] and "[disputed" in text(scrapy("review"))
    history = json.loads(text(scrapy("show", "acme-2026-03", "--json")))["history"]
    assert [(c["new"], c["cause"], c["changed_at"]) for c in history if c["field"] == "review_status"] == [
        ("rejected", "override", "2026-04-03"), ("accepted", "override", "2026-04-04"),
        ("disputed", "override", "2026-04-05"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "figures", "role"),
    [
        ("870", ["870  chosen: set by hand", "905  not chosen: another is set by hand; 1 article, first 2026-03-04",
                 "900  not chosen: told earlier; 1 article, first 2026-03-02"], "agrees"),
        ("900", ["900  chosen; 1 article, first 2026-03-02",
                 "905  not chosen: another is set by hand; 1 article, first 2026-03-04"], "agrees"),
        ("", ["unknown  chosen: set by hand", "905  not chosen: another is set by hand; 1 article, first 2026-03-04",
              "900  not chosen: told earlier; 1 article, first 2026-03-02"], "conflicts"),
    ],
)  # fmt: skip
def test_what_is_set_by_hand_is_the_chosen_figure_and_no_claim_s(
    scrapy: Run, path: Path, value: str, figures: list[str], role: str
) -> None:
    line = f"2026-04-02,set,acme-2026-03,headcount,{value},,x,me"
    path.with_name("overrides.csv").write_text("\n".join((",".join(HEADER), line)) + "\n", encoding="utf-8")
    with Ledger(path, path.with_name("overrides.csv")) as ledger:
        ledger.rebuild(ledger.start_run(spider="test", started_at="2026-04-02T00:00:00+00:00"))
    shown = text(scrapy("show", "acme-2026-03"))
    assert shown.partition("Rival figures (jobs)\n")[2].splitlines()[: len(figures)] == [f"  {one}" for one in figures]
    claims = json.loads(text(scrapy("show", "acme-2026-03", "--json")))["claims"]
    assert {c["low"]: c["role"] for c in claims if c["kind"] == "headcount"}[905] == role


def test_review_while_another_run_writes(scrapy: Run, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.reviewing._apply", _busy)
    done = scrapy("review", "--accept", "acme-2026-03", "--date", "2026-04-04")
    assert text(done).endswith("accept acme-2026-03; counts from the next run on\n")
    assert [line.action for line in load(path.with_name("overrides.csv"))] == ["merge", "accept"]


def _busy(path: Path, overrides: Path) -> None:
    raise DatabaseBusy(f"{path}: process 1 is writing to this database")


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["show"], 2, "show takes one EVENT_ID, not 0"),
        (["show", "a", "b"], 2, "show takes one EVENT_ID, not 2"),
        (["show", "acme-2026-3"], 1, "no event acme-2026-3; near: acme-2026-03"),
        (["why", "https://unknown.example/"], 1, "no such page in this database, neither stored nor let go"),
        (["changes"], 2, "--since DAY or --run N is needed, one of them"),
        (["changes", "--since", "yesterday"], 2, "--since yesterday: not a day such as 2026-11-01"),
        (["changes", "--run", "9"], 1, "no run 9; the runs are 1 to 3"),
        (["changes", "Acme", "--run", "1"], 2, "changes takes no argument"),
        (["review", "-n", "0"], 2, "one event is the least"),
        (["review", "--accept", "nobody-2026-03"], 1, "no event nobody-2026-03"),
        (["review", "--reject", "acme-2026-03"], 2, "reject needs a reason"),
        (["review", "--set", "acme-2026-03", "headcout=1", "--reason", "x"], 2, "cannot be set; near: headcount"),
        (["review", "--set", "acme-2026-03", "headcount=many", "--reason", "x"], 2, "'many' is not a whole number"),
        (["review", "--set", "acme-2026-03", "headcount", "--reason", "x"], 2, "not FIELD=VALUE"),
        (["review", "--reason", "x"], 2, "--reason and --by belong to --accept, --reject, --dispute or --set"),
        (["review", "--accept", "acme-2026-03", "--date", "today"], 2, "--date today: not a day"),
        (["export", "-", "--as-of", "May"], 2, "--as-of May: not a day such as 2026-11-01"),
        (["export", "-", "--as-of-run", "9"], 1, "no run 9; the runs are 1 to 3"),
    ],
)  # fmt: skip
def test_what_goes_wrong_is_told_in_a_line(
    scrapy: Run, path: Path, arguments: list[str], status: int, words: str
) -> None:
    before = path.with_name("overrides.csv").read_bytes()
    done = scrapy(*arguments)
    assert (done.status, done.out) == (status, ""), done.errors
    assert words in done.errors and "Traceback" not in done.errors
    assert path.with_name("overrides.csv").read_bytes() == before


def test_a_wrong_file_of_corrections_stops_a_crawl_and_a_review(scrapy: Run, path: Path) -> None:
    overrides = path.with_name("overrides.csv")
    overrides.write_text(",".join(HEADER) + "\n2026-04-01,mrge,a-2026,,b-2026,,why,\n", encoding="utf-8")
    for arguments in (["review", "--accept", "acme-2026-03"], ["crawl", "archive", "-a", "path=data/sample"]):
        done = scrapy(*arguments)
        assert done.status == 1 and f"{overrides}:2: action 'mrge'" in done.errors


def test_evaluate_pairs(scrapy: Run, tmp_path: Path) -> None:
    one = {
        "url": A,
        "published": "2026-03-02",
        "title": "Acme cuts 900 jobs",
        "text": "Acme will cut 900 jobs, the company said.",
    }
    pair = {"id": "p1", "kind": "copy", "same": True, "one": one, "other": one | {"url": B}}
    (tmp_path / "pairs.jsonl").write_text(json.dumps(pair) + "\n", encoding="utf-8")
    printed = text(scrapy("evaluate", "--pairs", str(tmp_path / "pairs.jsonl")))
    assert printed == "precision 1.000  recall 1.000  pairs rightly joined 1\n"
    done = scrapy("evaluate", "--pairs", str(tmp_path / "none.jsonl"))
    assert done.status == 1 and "none.jsonl" in done.errors and "Traceback" not in done.errors


def test_a_crawl_tells_of_a_line_that_waits(path: Path, tmp_path: Path) -> None:
    overrides = tmp_path / "waiting.csv"
    overrides.write_text(",".join(HEADER) + "\n2026-04-01,reject,nobody-2026-03,,,,why,\n", encoding="utf-8")
    (tmp_path / "none.jsonl").write_text("", encoding="utf-8")
    command = [sys.executable, "-m", "scrapy", "crawl", "archive", "-a", f"path={tmp_path}/none.jsonl"]
    files = ["-s", f"DATABASE={path}", "-s", f"OVERRIDES={overrides}"]
    done = subprocess.run([*command, *files], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{overrides}:2: no event nobody-2026-03 (yet)" in done.stderr
