"""`scrapy sources`: health, a visit to each, OPML out and in; and `scrapy merge` as a command."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crawler import blocks, opml
from crawler.sources import KINDS, load
from pipelines.database import Ledger
from tests.crawler.running import Commands, Done
from tests.newsroom import lists
from tests.newsroom.client import ROOT, Run, options, scrapy, sources_file
from tests.newsroom.served import Served, served
from tests.pipelines.told import reading

LISTED = ("feed /linked.xml", "feed /gone.xml", r"index /topic links = '/2026/11/\d\d/'", "feed /hidden.xml")
IDS = ["feed-linked-xml", "feed-gone-xml", "index-topic", "feed-hidden-xml"]


@pytest.fixture
def site() -> Iterator[Served]:
    with served(lists.answer) as running:
        yield running


def sources(tmp_path: Path, *arguments: str) -> Run:
    return scrapy("sources", *arguments, *options(DATABASE=tmp_path / "a.db", SOURCES=tmp_path / "sources.toml"))


def test_without_a_database_every_source_is_unknown(command: Commands) -> None:
    done = command("sources", "--json")
    rows = done.table["sources"]
    assert (done.status, len(rows)) == (0, len(load(ROOT / "data" / "sources.toml")))
    assert {row["state"] for row in rows} == {"unknown"}
    assert rows[0]["evidence"] and rows[0]["url"]


def test_one_source_and_an_unknown_one(command: Commands) -> None:
    done = command("sources", "techcrunch-layoffs")
    assert done.status == 0
    assert re.search(r"^unknown +techcrunch-layoffs +- +- +\(3 d\)", done.out, re.MULTILINE)
    assert "1 source: 0 fine, 0 silent, 0 doubtful, 1 unknown" in done.out
    assert "1 never visited: scrapy crawl news visits all, scrapy sources --check ID tries one" in done.out
    wrong = command("sources", "techcrunch-layof")
    assert (wrong.status, "did you mean techcrunch-layoffs" in wrong.errors) == (2, True)
    assert command("sources", "--check", "--opml", "x").status == 2


def test_after_a_crawl_the_health_is_shown(site: Served, tmp_path: Path) -> None:
    given = sources_file(tmp_path / "sources.toml", site.home, *LISTED)
    crawl = scrapy("crawl", "news", *options(DATABASE=tmp_path / "a.db", SOURCES=given, FAILURE_THRESHOLD=1))
    assert (crawl.status, "health" in crawl.summary()) == (0, True)
    rows = {row["id"]: row for row in json.loads(sources(tmp_path, "--json").out)["sources"]}
    assert (rows["feed-gone-xml"]["state"], rows["feed-gone-xml"]["told"]) == ("unknown", "failed: http 404")
    assert (rows["feed-linked-xml"]["state"], rows["feed-linked-xml"]["last_new"]) == ("unknown", "2026-11-20")
    table = sources(tmp_path).out
    assert "  failed: http 404" in table
    assert "4 sources: 0 fine, 0 silent, 0 doubtful, 4 unknown" in table


def test_a_check_visits_each_once_and_stores_nothing(site: Served, tmp_path: Path) -> None:
    sources_file(tmp_path / "sources.toml", site.home, *LISTED)
    run = sources(tmp_path, "--check", "--json")
    assert (run.status, run.err) == (3, "scrapy sources: 1 of 4 sources gave nothing\n")
    rows = json.loads(run.out)["sources"]
    assert [(row["source_id"], row["outcome"], row["listed"], row["promising"]) for row in rows] == [
        ("feed-linked-xml", "read", 2, 0), ("feed-gone-xml", "failed", 0, 0), ("index-topic", "read", 2, 0),
        ("feed-hidden-xml", "read", 6, 5),
    ]  # fmt: skip
    assert rows[0]["newest"].startswith("2026-11-20")
    assert rows[3]["entries"][0]["title"] == lists.CUT.format(n=11)
    assert sorted(site.asked) == ["/gone.xml", "/hidden.xml", "/linked.xml", "/robots.txt", "/topic"]
    assert not (tmp_path / "a.db").exists()


def test_a_check_can_note_the_day(site: Served, tmp_path: Path) -> None:
    path = sources_file(tmp_path / "sources.toml", site.home, *LISTED)
    before = path.read_text()
    assert "linked" in sources(tmp_path, "--check").out
    assert path.read_text() == before, "only where it is asked for"
    sources(tmp_path, "--check", "--save")
    found = {source.id: source.checked for source in load(path)}
    assert found.pop("feed-gone-xml") == "never"
    assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", day) for day in found.values())
    assert re.sub(r"checked = .*\n", "", path.read_text()) == before, "nothing else has changed"


def test_opml_goes_out_and_comes_back(command: Commands, tmp_path: Path) -> None:
    known = load(ROOT / "data" / "sources.toml")
    path = tmp_path / "out.opml"
    assert command("sources", "--opml", str(path)).status == 0
    found = [entry for _, entry in opml.entries(path.read_bytes(), "out.opml", (), "2026-11-24")]
    kept = ("id", "name", "country", "kind", "url", "tier", "links", "next", "expected_gap_days", "evidence", "terms")
    for source, entry in zip(known, found, strict=True):
        assert {k: entry.get(k) for k in kept} == {k: getattr(source, k) for k in kept}
        assert tuple(entry["tags"]) == source.tags
    assert {source.kind for source in known} == set(KINDS)


FOREIGN = """<?xml version="1.0"?><opml version="1.0"><body>
<outline text="My tech"><outline type="rss" text="Tech &amp; Trade" xmlUrl="https://www.paper.co.uk/rss?a=1&amp;b=2"/>
<outline type="rss" text="Known" xmlUrl="http://acme.example/feed/"/>
<outline type="rss" text="Broken" xmlUrl="file:///etc/passwd"/></outline>
<outline type="rss" text="" xmlUrl="https://blog.example/feed"/></body></opml>"""


def imported(command: Commands, name: Path) -> Done:
    """`scrapy sources --import` into the list of sources beside the file."""
    return command("sources", "--import", str(name), "-s", f"SOURCES={name.with_name('sources.toml')}")


def test_a_list_of_another_reader_is_added(command: Commands, tmp_path: Path) -> None:
    path = sources_file(tmp_path / "sources.toml", "https://acme.example", "feed /feed")
    (tmp_path / "mine.opml").write_text(FOREIGN)
    run = imported(command, tmp_path / "mine.opml")
    assert run.status == 1
    assert run.errors == (
        f"scrapy sources: {tmp_path}/mine.opml:4 (broken): key 'url': 'file:///etc/passwd' is no web address "
        "(http or https)\n"
    )
    assert "2 new sources" in run.out
    _, trade, blog = load(path)
    assert (trade.id, trade.name, trade.country, trade.url) == (
        "tech-trade", "Tech & Trade", "GB", "https://www.paper.co.uk/rss?a=1&b=2"
    )  # fmt: skip
    assert (trade.tags, trade.tier, trade.checked) == (("my-tech",), 3, "never")
    assert re.fullmatch(r"in mine\.opml, imported on 20\d\d-\d\d-\d\d", trade.evidence)
    assert (blog.id, blog.country, blog.tags) == ("blog-example", "ZZ", ("imported",))
    before = path.read_text()
    imported(command, tmp_path / "mine.opml")
    assert path.read_text() == before, "what is known by its address is not added again"


@pytest.mark.parametrize(("text", "message"), [
    ("<!DOCTYPE opml [<!ENTITY a 'b'>]><opml/>", "has a document type"),
    ("<html></html>", "no OPML: it is <html>"),
    ("{}", "no XML"),
])  # fmt: skip
def test_what_is_no_opml_is_told(command: Commands, tmp_path: Path, text: str, message: str) -> None:
    sources_file(tmp_path / "sources.toml", "https://acme.example", "feed /feed")
    (tmp_path / "bad.opml").write_text(text)
    run = imported(command, tmp_path / "bad.opml")
    assert (run.status, f"bad.opml: {message}" in run.errors) == (1, True)


def test_every_key_of_a_block_is_written(tmp_path: Path) -> None:
    for source in load(ROOT / "data" / "sources.toml"):
        text = blocks.block({name: getattr(source, name) for name in blocks.KEYS})
        (tmp_path / "one.toml").write_text(text)
        assert load(tmp_path / "one.toml") == (source,)


def test_merge_as_a_command(command: Commands, tmp_path: Path) -> None:
    for name, one in (
        ("1.db", reading("https://a.example/", jobs=900)),
        ("2.db", reading("https://b.example/", "Apex")),
    ):
        with Ledger(tmp_path / name) as ledger:
            run = ledger.start_run(spider="news", started_at="2026-03-04", arguments=name)
            ledger.save(*one, run)
    done = command("merge", str(tmp_path / "1.db"), str(tmp_path / "2.db"))
    assert (done.status, done.out.splitlines()[0]) == (0, "articles  2 new, 0 updated, 0 unchanged")
    assert {event["company"] for event in json.loads(command("events", "--json").out)["events"]} == {"Acme", "Apex"}
    with closing(sqlite3.connect(command.database)) as db:
        assert db.execute("select count(*) from runs").fetchall() == [(3,)]
    assert command("merge").status == 2
    missing = command("merge", str(tmp_path / "3.db"))
    assert (missing.status, "3.db: no such file" in missing.errors) == (1, True)
    own = command("merge", str(command.database))
    assert (own.status, "is the DATABASE that the others are taken into" in own.errors) == (1, True)
