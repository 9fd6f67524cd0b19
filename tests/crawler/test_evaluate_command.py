"""`scrapy evaluate` as a user runs it: tables, JSON, differences, floors, the page of figures, and what goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from crawler.scores import MARKS, NoPlace, line_of, with_scores
from extract import RULES_VERSION, __version__
from extract.answers import Difference
from extract.evaluate import summary
from extract.scoring import FIGURES
from pipelines.paths import ROOT
from tests.crawler.running import Commands, Done

SAID = "Acme Robotics said on Monday it will lay off 120 workers."
EVENT: dict[str, Any] = {
    "company": "Acme Robotics", "headcount_min": 120, "headcount_max": 120, "date": "2026-02-09", "action": "layoff",
    "status": "announced", "ai": "none", "evidence": SAID,
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "id": "a", "url": None, "published": "2026-02-10", "title": "Acme Robotics cuts 120 jobs", "text": SAID,
    "events": [EVENT],
}  # fmt: skip
QUIET = {"id": "q", "published": "2026-02-10", "title": "The weather", "text": "It rained.", "events": []}
PAGE = "# Figures\n\n<!-- scores -->\nstale words\n<!-- end of scores -->\n\nEnd\n"


@pytest.fixture
def scrapy(command: Commands) -> Callable[..., Done]:
    """Runs `scrapy evaluate ARGUMENTS`; its standard output is no terminal."""
    return partial(command, "evaluate")


def gold(folder: Path, *articles: dict[str, Any], name: str = "gold.jsonl") -> str:
    path = folder / name
    path.write_text("".join(json.dumps(article) + "\n" for article in articles), encoding="utf-8")
    return str(path)


def missed() -> dict[str, Any]:
    """An article whose second event is not read."""
    text = f"{SAID} There will be no layoffs at Nokia."
    second = EVENT | {"company": "Nokia", "evidence": "There will be no layoffs at Nokia."}
    return ARTICLE | {"id": "b", "text": text, "events": [EVENT, second]}


def test_the_table_shows_every_figure(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    path = gold(tmp_path, missed(), QUIET)
    done = scrapy(path)
    text = done.out
    assert (done.status, done.errors) == (0, "") and "\x1b" not in text
    lines = [line.split() for line in text.splitlines()]
    assert lines[0] == ["Figure", "P", "R", "F1/share", "90", "%", "n"]
    assert [line[0] for line in lines[1 : len(FIGURES) + 1]] == list(FIGURES)
    assert lines[1][:4] == ["event", "1.000", "0.500", "0.667"] and lines[1][-1] == "2"
    assert ["clean", "1.000", "1.000-1.000", "1"] in lines and ["ai_link", "-", "0"] in lines
    assert text.splitlines()[-1] == f"{path} · 2 articles · layoff-ledger {__version__}, rules {RULES_VERSION}"
    assert max(map(len, text.splitlines()[:-1])) <= 80


def test_differences_have_a_line_each(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    lines = scrapy(gold(tmp_path, missed()), "--errors").out.splitlines()
    assert lines[-1] == "b  Nokia  missed: There will be no layoffs at Nokia.  [cut.negated]"


def test_a_difference_cannot_steer_a_terminal() -> None:
    line = line_of(Difference("a\n", "A\x1b[31m", "date", "2026\u202e", None, "date.weekday"))
    assert line == "a   A [31m  date: wanted 2026 , got nothing  [date.weekday]"


def test_json_holds_all_of_it(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    one, two = gold(tmp_path, missed()), gold(tmp_path, ARTICLE, QUIET, name="two.jsonl")
    found = json.loads(scrapy(one, two, "--json", "--errors", "--vocabulary").out)
    assert (found["version"], found["rules_version"]) == (__version__, RULES_VERSION)
    assert [(made["name"], made["articles"]) for made in found["sets"]] == [(one, 1), (two, 2), ("all files", 3)]
    event = found["sets"][2]["figures"]["event"]
    assert (event["P"], event["R"], event["n"]) == (1.0, pytest.approx(2 / 3), 3)
    assert event["low"] <= event["value"] <= event["high"]
    assert [made["field"] for made in found["sets"][2]["differences"]] == ["missed"]
    assert sum(band["n"] for band in found["sets"][2]["confidence"]) == 2
    assert "because of" in found["unused"]["ai_links.csv"]


def test_unused_phrases_are_listed(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    text = scrapy(gold(tmp_path, ARTICLE), "--vocabulary").out
    assert "ai_links.csv: " in text and "phrases stand in no article" in text
    assert "\n  due to\n" in text and "\n  lay off|" not in text


def test_floors_hold_or_fail_and_rise(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    path, floors = gold(tmp_path, missed(), QUIET), tmp_path / "scores.json"
    done = scrapy(path, "--floor", str(floors))
    assert done.status == 1 and "scores.json: No such file" in done.errors
    assert scrapy(path, "--floor", str(floors), "--raise").status == 0
    written = json.loads(floors.read_text(encoding="utf-8"))[path]
    assert written["event"] == 0.166 and written["clean"] == 0.0  # less one event of two, one article of one
    assert set(written) == set(FIGURES) - {"pct", "ai_link", "ai_quote", "ai_F1"}, "nothing is asked where n is 0"
    assert scrapy(path, "--floor", str(floors)).status == 0
    floors.write_text(
        json.dumps({path: written | {"event": 0.7, "action": 0.1, "ai": 0.95, "row": 0.99}}), encoding="utf-8"
    )
    done = scrapy(path, "--floor", str(floors), "--raise")
    assert done.status == 1
    assert done.errors.splitlines() == [
        f"scrapy evaluate: {path}: event is 0.667, below its floor 0.700",
        f"scrapy evaluate: {path}: row is 0.667, below its floor 0.990",
    ]
    raised = json.loads(floors.read_text(encoding="utf-8"))[path]
    assert (raised["event"], raised["ai"], raised["row"]) == (0.7, 0.95, 0.99), "never lowered"


def test_a_file_without_floors_is_no_success(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    (tmp_path / "scores.json").write_text("{}", encoding="utf-8")
    done = scrapy(gold(tmp_path, ARTICLE), "--floor", str(tmp_path / "scores.json"))
    assert done.status == 1 and "no floors for" in done.errors


def test_the_page_gets_its_figures(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(PAGE, encoding="utf-8")
    path = gold(tmp_path, missed(), QUIET)
    assert scrapy(path, "--markdown", str(page)).status == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Figures\n\n<!-- scores -->\nMeasured by version") and text.endswith("\n\nEnd\n")
    assert "| `event` | 1.000 | 0.500 | 0.667 | " in text and "stale words" not in text
    assert scrapy(path, "--markdown", str(page)).status == 0
    assert page.read_text(encoding="utf-8") == text, "written twice it is the same"


def test_a_page_without_a_place_is_told(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("nothing\n", encoding="utf-8")
    done = scrapy(gold(tmp_path, ARTICLE), "--markdown", str(page))
    assert done.status == 1 and "page.md: has no lines <!-- scores -->" in done.errors
    with pytest.raises(NoPlace):
        with_scores("nothing", [summary("x", [])])


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        ([], 2, "name a labelled file"),
        (["gold.jsonl", "--raise"], 2, "--raise: say which floors"),
        (["gold.jsonl", "--colour"], 2, "unknown option --colour"),
        (["missing.jsonl"], 1, "scrapy evaluate: missing.jsonl: No such file or directory"),
        (["data"], 1, "scrapy evaluate: data: Is a directory"),
        (["data/sources.toml"], 1, "data/sources.toml, line 1: not JSON"),
    ],
)
def test_what_goes_wrong_is_told(scrapy: Callable[..., Done], arguments: list[str], status: int, words: str) -> None:
    done = scrapy(*arguments)
    assert done.status == status and words in done.errors and "Traceback" not in done.errors


def test_bad_labels_name_file_line_and_key(scrapy: Callable[..., Done], tmp_path: Path) -> None:
    path = gold(tmp_path, ARTICLE, ARTICLE | {"id": "b", "events": [EVENT | {"status": "sad"}]})
    done = scrapy(path)
    assert (done.status, done.out) == (1, "")
    assert done.errors.startswith(f'scrapy evaluate: {path}, line 2: events[0].status: "sad" is not one of')


def test_the_projects_own_gold_keeps_its_floors() -> None:
    """In a process of its own, as a user does it; docs/accuracy.md gives the very command."""
    files = ["data/gold/articles.jsonl", "data/gold/articles2.jsonl"]
    command = [sys.executable, "-m", "scrapy", "evaluate", *files, "--floor", "tests/scores.json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, timeout=300)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    assert done.stdout.decode().splitlines()[-1].startswith("all files · ")


def figures_of(page: str) -> dict[str, dict[str, float]]:
    """The figures that docs/accuracy.md prints: labelled file -> figure -> value."""
    block = MARKS.search(page)
    assert block is not None
    found: dict[str, dict[str, float]] = {}
    name = ""
    for line in block[0].splitlines():
        cells = [cell.strip(" `") for cell in line.strip("|").split("|")]
        if line.endswith(" articles:"):
            name = line.split(", ")[0].strip("`")
        elif cells[0] in FIGURES and cells[3] != "-":
            found.setdefault(name, {})[cells[0]] = float(cells[3])
    return found


def test_the_page_is_not_older_than_the_floors() -> None:
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    floors = json.loads((ROOT / "tests" / "scores.json").read_text(encoding="utf-8"))
    printed = figures_of(page)
    assert set(floors) == {f"data/gold/{path.name}" for path in (ROOT / "data" / "gold").glob("*.jsonl")}
    assert set(printed) == {*floors, "all files"}
    for name, least in floors.items():
        assert set(least) == set(printed[name])
        low = {figure: value for figure, value in printed[name].items() if round(value + 0.0005, 4) < least[figure]}
        assert not low, f"{name}: scrapy evaluate --markdown docs/accuracy.md was not run since the floors rose: {low}"


def test_the_page_says_by_which_rules_and_what_each_figure_is() -> None:
    page = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")
    block = MARKS.search(page)
    assert block is not None
    first = block[0].splitlines()[0]
    assert first.startswith("Measured by version ") and first.rpartition(" rules ")[2].rstrip(".").count(".") == 2
    explained = page.partition("<!-- scores -->")[0]
    assert all(f"`{name}`" in explained for name in FIGURES)
    assert "../data/gold/README.md" in page
