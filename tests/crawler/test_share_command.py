"""`scrapy share` and the story of `scrapy show`, as a user runs them, over articles that are read in earnest."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.aggregates import aggregates
from extract.events import claims
from extract.records import Article
from pipelines.database import Ledger
from tests.crawler.running import Commands

ARTICLES = {
    "2026-01-12": "Acme is cutting 300 support jobs. A chatbot called Ava now does their work, the company said.",
    "2026-01-20": "Zenith laid off 100 clerks. The Rail Workers Union blamed automation for the cuts.",
    "2026-02-03": "Apex is cutting 600 jobs because of high costs.",
    "2026-02-05": "U.S. employers announced 217,362 job cuts in the first quarter of 2026, Challenger, Gray & Christmas"
    " said. Of these, 27,645 were attributed to AI.",
    "2026-06-02": "Acme, which cut 300 support jobs in January, is rehiring some of the agents, since its chatbot gave"
    " wrong answers. The company said that it had gone too far.",
}


@pytest.fixture
def filled(command: Commands) -> Commands:
    with Ledger(command.database) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-06-03T00:00:00+00:00")
        for number, (day, text) in enumerate(ARTICLES.items()):
            url = f"https://news{number}.example/"
            one = Article(article_id=url, url=url, title="", text=text, published=day)
            ledger.save(one, claims(one), run, aggregates(one))
        ledger.rebuild(run)
    return command


def test_every_definition_a_line_on_eighty_columns(filled: Commands) -> None:
    done = filled("share")
    assert (done.status, done.errors) == (0, "")
    assert "\x1b" not in done.out
    assert all(len(line) <= 80 for line in done.out.splitlines())
    rows = [line.split() for line in done.out.splitlines()[1:6]]
    assert rows[0] == ["Employer's", "own", "words", "3", "1", "33.3", "1,000", "300", "30.0"]
    assert rows[2] == ["Press", "or", "better", "3", "2", "66.7", "1,000", "400", "40.0"]


def test_one_definition_by_month_beside_what_others_counted(filled: Commands) -> None:
    table = filled("share", "--definition", "employer", "--by", "month", "--json").table
    (definition,) = table["definitions"]
    assert [(one["key"], one["ai_jobs"], one["jobs"]) for one in definition["groups"]] == [
        ("2026-01", 300, 400),
        ("2026-02", 0, 600),
    ]
    (other,) = table["counted_by_others"]
    assert (other["publisher"], other["period"]) == ("Challenger, Gray & Christmas", "2026-Q1")
    assert (other["value"], other["ai_value"]) == (217_362, 27_645)
    assert other["share"] == pytest.approx(0.1272, abs=0.0001)
    assert other["ours"]["employer"]["jobs"] == 1000
    shown = filled("share", "--definition", "employer").out
    assert "never mixed" in shown
    assert "217,362" in shown


def test_as_of_a_day_later_articles_are_not_known(filled: Commands) -> None:
    table = filled("share", "--definition", "press", "--as-of", "2026-01-15", "--json").table
    assert table["definitions"][0]["total"]["events"] == 1
    assert table["counted_by_others"] == []


def test_a_definition_of_ones_own(filled: Commands, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[unions]\ntitle = "Unions"\nabout = "What unions say."\nspeakers = ["union"]\n', encoding="utf-8")
    table = filled("share", "--definitions", str(path), "--json").table
    assert [(one["name"], one["total"]["ai_jobs"]) for one in table["definitions"]] == [("unions", 100)]


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["--definition", "employr"], 2, "--definition employr: not one of employer, challenger"),
        (["--by", "month"], 2, "--by needs --definition"),
        (["--as-of", "May"], 2, "--as-of May: not a day"),
        (["--definitions", "nowhere.toml"], 1, "nowhere.toml: No such file"),
        (["more"], 2, "share takes no argument 'more'"),
    ],
)
def test_what_cannot_be_done_is_told(filled: Commands, arguments: list[str], status: int, told: str) -> None:
    done = filled("share", *arguments)
    assert done.status == status
    assert told in done.errors + done.out


def test_the_story_is_told_in_order_of_time(filled: Commands) -> None:
    found = filled("show", "acme-2026-01", "--json").table
    assert [(one["published"], one["told"]) for one in found["story"]] == [
        ("2026-01-12", "layoff announced"),
        ("2026-01-12", "employer: AI is the reason (replacement)"),
        ("2026-06-02", "layoff completed"),
        ("2026-06-02", "people hired again"),
        ("2026-06-02", "said to have gone wrong"),
    ]
    assert (found["work"], found["systems"]) == (["support"], ["Ava"])
    shown = filled("show", "acme-2026-01").out
    assert "work cut       support" in shown
    assert shown.index("2026-01-12  layoff announced") < shown.index("2026-06-02  people hired again")


def test_views_tell_voices_work_and_aftermath(filled: Commands) -> None:
    with Ledger(filled.database) as ledger:
        voices = list(ledger.db.query("select event_id, stance, speaker, speaker_name, mechanism from attributions"))
        later = [row["kind"] for row in ledger.db.query("select * from aftermath")]
        named = [row["value"] for row in ledger.db.query("select * from work where event_id = 'acme-2026-01'")]
    union = {"stance": "asserts", "speaker": "union", "speaker_name": "Rail Workers Union", "mechanism": "unspecified"}
    assert {"event_id": "zenith-2026-01"} | union in voices
    assert later == ["rehiring", "regret"]
    assert {"support", "Ava"} <= set(named)
