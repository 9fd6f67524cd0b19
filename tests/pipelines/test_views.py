"""Views and search: true to the rules in Python, made anew where they are missing, and true in a copy."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from extract.records import Event
from extract.totals import counted, figure, totals
from pipelines import views
from pipelines.afterwards import tidy
from pipelines.database import Ledger
from pipelines.migrations import migrations
from pipelines.rows import article_row, event_row
from tests.pipelines.told import reading

NUMBER = st.none() | st.integers(0, 10**6)
EVENTS = st.lists(
    st.builds(
        Event, headcount=NUMBER, headcount_min=NUMBER, headcount_max=NUMBER,
        date=st.sampled_from([None, "2026", "2026-Q1", "2026-03", "2026-03-02", "2026-04-01"]),
        status=st.sampled_from(["announced", "denied", "cancelled", "considered", "planned"]),
        action=st.sampled_from(["layoff", "hiring_freeze", "attrition", "buyout"]),
        review_status=st.sampled_from(["auto", "rejected", "accepted"]),
    ),
    max_size=8,
)  # fmt: skip


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(EVENTS)
def test_views_add_up_as_the_command_does(tmp_path: Path, events: list[Event]) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        db = ledger.db
        db.execute("delete from events")
        db.execute("insert or ignore into companies (company_id, name) values ('acme', 'Acme')")
        db.table("events").insert_all(event_row(one, "acme") | {"event_id": str(n)} for n, one in enumerate(events))
        rows = {row["event_id"]: row for row in db.query("select * from events_with_totals")}
        for number, event in enumerate(events):
            row = rows[str(number)]
            assert (row["low"], row["point"], row["high"]) == (figure(event) or (None, None, None))
            assert row["counted"] == counted(event)
        sums = {row.pop("month"): row for row in db.query("select * from totals_by_month")}
        wanted = {one.key: one for one in totals(filter(counted, events), "month")}
        assert sums == {
            key: {
                "events": one.events, "low": one.low, "point": one.point, "high": one.high,
                "without_figure": one.without_figure,
            }
            for key, one in wanted.items()
        }  # fmt: skip


def test_what_is_missing_or_of_another_day_is_made_anew_and_other_views_stay(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        ledger.db.execute("create view mine as select 1 as one")
        ledger.db.execute("drop view attributions")
        ledger.db.execute("drop view totals_by_month")
        ledger.db.execute("create view totals_by_month as select 2 as two")
        ledger.db.execute("drop trigger articles_fts_changed")
    with Ledger(tmp_path / "x.db") as ledger:
        assert views.current(ledger.db)
        assert set(ledger.db.view_names()) == {"mine", *views.VIEWS}


def test_a_copy_can_be_searched(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        for number in range(5):
            ledger.save(*reading(f"https://{number}.example/", f"Firm{number}", 40 + number), run)
        ledger.db.execute("delete from articles where url = 'https://1.example/'")
        tidy(ledger.db, path, 0)
        ledger.db.execute("delete from articles where url = 'https://2.example/'")
        ledger.db.execute("vacuum into ?", [str(tmp_path / "copy.db")])
    sql = "select a.url from articles_fts f join articles a on a.rowid = f.rowid where articles_fts match ? order by 1"
    for name in ("x.db", "copy.db"):
        db = sqlite3.connect(tmp_path / name)
        assert db.execute(sql, ["firm3"]).fetchall() == [("https://3.example/",)]
        assert [len(db.execute(sql, [word]).fetchall()) for word in ("firm1", "firm2", "jobs")] == [0, 0, 3]
        db.execute("insert into articles_fts (articles_fts, rank) values ('integrity-check', 1)")
        db.close()


def test_the_index_follows_in_batches_and_leaves_out_nothing(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03T00:00:00+00:00")
        count = "select count(*) from articles_fts where articles_fts match ?"
        ledger.save(*reading("https://a.example/"), run)
        assert ledger.db.execute(count, ["acme"]).fetchone() == (0,), "not page by page"
        tidy(ledger.db, path, 0)
        assert ledger.db.execute(count, ["acme"]).fetchone() == (1,)
        ledger.db.execute("update articles set title = title, text = text, author = 'B. Line'")
        assert ledger.db.execute(count, ["acme"]).fetchone() == (1,), "the same words stay"
        ledger.save(*reading("https://a.example/", "Apex", fetched_at="2026-04-01T00:00:00+00:00"), run)
        assert ledger.db.execute(count, ["acme"]).fetchone() == (0,), "old words leave at once"
        tidy(ledger.db, path, 0)
        assert ledger.db.execute(count, ["apex"]).fetchone() == (1,)


def test_a_database_from_before_has_its_articles_indexed_by_the_next_crawl(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    old = Database(path)
    migrations.apply(old, stop_before="m003_texts")
    run = {"run_id": 1, "spider": "test", "started_at": "2026-03-03T00:00:00+00:00"}
    old.table("runs").insert(run)
    articles = old.table("articles")
    today = article_row(reading("https://a.example/")[0], 1)
    articles.insert({name: value for name, value in today.items() if name in articles.columns_dict})
    old.close()
    with Ledger(path) as ledger:
        assert views.current(ledger.db)
        assert list(ledger.db.query("select text_erased from articles")) == [{"text_erased": None}]
        tidy(ledger.db, path, 0)
        found = ledger.db.execute("select count(*) from articles_fts where articles_fts match 'acme'").fetchone()
        assert found == (1,)
        assert ledger.db.execute("select count(*) from aggregates").fetchone() == (0,)
