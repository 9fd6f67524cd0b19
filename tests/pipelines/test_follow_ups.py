"""News of what became of a cut is tied to the event that it follows, though its article does not tell the cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.events import claims
from extract.records import Article
from pipelines.database import Ledger
from pipelines.dossier import event

BOT = "Acme is cutting 300 support jobs. A chatbot now does their work, the company said."
OLDER = "Acme is laying off 90 drivers because of high costs."
NEWER = "Acme is laying off 120 cooks because sales fell."
AGAIN = "Acme hires humans again after its AI support fell short."


def tied(path: Path, *told: tuple[str, str]) -> list[tuple[str, str]]:
    """Event and kind of all that the view `follow_ups` ties, once these articles (day, text) are stored."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-06-03T00:00:00+00:00")
        for number, (day, text) in enumerate(told):
            url = f"https://news{number}.example/"
            one = Article(article_id=url, url=url, title="", text=text, published=day)
            ledger.save(one, claims(one), run)
        ledger.rebuild(run)
        sql = "select event_id, value from follow_ups join claims using (claim_id) order by event_id, value"
        return [(row["event_id"], row["value"]) for row in ledger.db.query(sql)]


@pytest.mark.parametrize(
    ("later", "kind"),
    [
        (AGAIN, "rehiring"),
        ("Acme's chief executive said it had rehired some of the agents who once answered calls.", "rehiring"),
        ("Acme switched off the chatbot that handled customer support calls.", "withdrawn"),
        ("Acme said on Tuesday that AI was not the reason for its layoffs.", "denial"),
        ("Acme regrets the layoffs that it once put down to AI, its founder said.", "regret"),
    ],
)
def test_tied_to_the_earlier_event(tmp_path: Path, later: str, kind: str) -> None:
    assert tied(tmp_path / "x.db", ("2026-01-12", BOT), ("2026-06-02", later)) == [("acme-2026-01", kind)]


def test_the_order_in_which_articles_came_does_not_matter(tmp_path: Path) -> None:
    assert tied(tmp_path / "x.db", ("2026-06-02", AGAIN), ("2026-01-12", BOT)) == [("acme-2026-01", "rehiring")]


def test_what_speaks_of_ai_follows_the_cut_tied_to_ai(tmp_path: Path) -> None:
    told = (("2025-10-06", OLDER), ("2026-01-12", BOT), ("2026-03-09", NEWER), ("2026-06-02", AGAIN))
    assert tied(tmp_path / "x.db", *told) == [("acme-2026-01", "rehiring")]


def test_what_does_not_speak_of_ai_follows_the_latest(tmp_path: Path) -> None:
    later = "Acme rehired some of the workers."
    told = (("2026-01-12", BOT), ("2026-03-09", NEWER), ("2026-06-02", later))
    assert tied(tmp_path / "x.db", *told) == [("acme-2026-03", "rehiring")]


@pytest.mark.parametrize(
    "told",
    [
        pytest.param((("2026-01-12", OLDER), ("2026-06-02", AGAIN)), id="no-cut-was-tied-to-ai"),
        pytest.param((("2026-06-03", BOT), ("2026-06-02", AGAIN)), id="the-cut-came-later"),
        pytest.param((("2022-01-12", BOT), ("2026-06-02", AGAIN)), id="too-long-ago"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", AGAIN.replace("Acme", "Zenith"))), id="another-company"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Acme may hire humans again, it said.")), id="only-perhaps"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Unions urge Acme to rehire the agents.")), id="only-asked"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Will Acme rehire the agents?")), id="a-question"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Acme reversed course on prices.")), id="no-cut-spoken-of"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Acme is hiring in India.")), id="hires-somewhere"),
        pytest.param((("2026-01-12", BOT), ("2026-06-02", "Acme apologised for late parcels.")), id="another-regret"),
        pytest.param(
            (
                ("2026-01-12", BOT),
                ("2026-01-20", "Acme, the grocer, cut 45 editors in January since AI writes its texts, staff said."),
                ("2026-06-02", AGAIN),
            ),
            id="two-equally-near",
        ),
    ],
)
def test_not_tied(tmp_path: Path, told: tuple[tuple[str, str], ...]) -> None:
    assert tied(tmp_path / "x.db", *told) == []


def test_an_article_of_the_cut_itself_needs_no_tie(tmp_path: Path) -> None:
    later = "Acme, which cut 300 support jobs in January, is rehiring some of the agents, since its chatbot failed."
    assert tied(tmp_path / "x.db", ("2026-01-12", BOT), ("2026-06-02", later)) == []


def test_the_story_in_order_of_time(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    tied(path, ("2026-06-02", AGAIN), ("2026-01-12", BOT))
    found = event(path, "acme-2026-01")
    assert found is not None
    assert [(one["published"], one["told"]) for one in found["story"]] == [
        ("2026-01-12", "layoff announced"),
        ("2026-01-12", "employer: AI is the reason (replacement)"),
        ("2026-06-02", "people hired again"),
    ]
    assert [claim["role"] for claim in found["claims"] if claim["kind"] == "aftermath"] == ["follows"]
