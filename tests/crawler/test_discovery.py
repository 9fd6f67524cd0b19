"""Lists of every form, followed back to `since`; pages that give nothing; search feeds: against a site of its own."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crawler import shards
from tests.newsroom import lists
from tests.newsroom.client import Run, options, scrapy, sources_file
from tests.newsroom.served import Served, served

#: Pages are written down as they came; nothing reads them, which would take longer than the crawl.
UNREAD = "tests.newsroom.settings"
LINKS = r"links = '/2026/11/\d\d/|/plain/ship'"


@pytest.fixture
def site() -> Iterator[Served]:
    with served(lists.answer) as running:
        yield running


def crawl(site: Served, tmp_path: Path, source: str, *arguments: str, settings: str = "crawler.settings") -> Run:
    sources = sources_file(tmp_path / "sources.toml", site.home, source)
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, PAGES_FILE=tmp_path / "pages.jsonl")
    return scrapy("crawl", "news", *given, *arguments, settings=settings)


def days(site: Served) -> set[int]:
    """The days of which articles were asked for."""
    return {int(path[9:11]) for path in site.asked if path.startswith("/2026/11/")}


def query(tmp_path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(tmp_path / "a.db")) as db:
        return db.execute(sql).fetchall()


@pytest.mark.parametrize("source", [
    "feed /linked.xml",
    "feed /numbered.xml next = 'HOME/numbered.xml?paged={page}'",
    "feed /feed.json",
    f"index /topic {LINKS}",
    f"index /topic?plain {LINKS}\nnext = 'HOME/topic?plain&page={{page}}'",
])  # fmt: skip
def test_a_list_is_followed_back_to_since(site: Served, tmp_path: Path, source: str) -> None:
    run = crawl(site, tmp_path, source.replace("HOME", site.home), "-a", "since=2026-11-12", settings=UNREAD)
    assert (run.status, days(site)) == (0, set(range(12, 21))), run.err
    assert sum("page" in path for path in site.asked) == 9, "the tenth page shows that the rest is older"


@pytest.mark.parametrize("source", ["feed /linked.xml", "feed /feed.json", f"index /topic {LINKS}"])
def test_without_since_the_first_page_is_enough(site: Served, tmp_path: Path, source: str) -> None:
    assert crawl(site, tmp_path, source, settings=UNREAD).status == 0
    assert days(site) == {20}


def test_a_list_without_days_ends(site: Served, tmp_path: Path) -> None:
    run = crawl(site, tmp_path, f"index /undated {LINKS}", "-a", "since=2026-11-12", settings=UNREAD)
    assert (run.status, sum(path.startswith("/undated") for path in site.asked)) == (0, 5)


def test_a_list_that_goes_on_for_ever_ends(tmp_path: Path) -> None:
    def endless(home: str, path: str) -> lists.Answer:
        page = int(path.rpartition("=")[2]) if "=" in path else 1
        item = f"<item><link>{home}/x/{page}</link><pubDate>20 Nov 2026 08:00:00 GMT</pubDate></item>"
        link = f'<atom:link rel="next" href="{home}/endless.xml?p={page + 1}"/>'
        feed = f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>{link}{item}</channel></rss>'
        return lists.Answer(feed.encode() if "endless" in path else lists.story(20, 1).encode(), "text/html")

    with served(endless) as site:
        crawl(site, tmp_path, "feed /endless.xml", "-a", "since=2026-11-12", settings=UNREAD)
        assert sum("endless" in path for path in site.asked) == 30


@dataclass(frozen=True)
class Hidden:
    """A crawl of the feed whose pages hide what they tell: the site that was asked, what the crawl said, its folder."""

    site: Served
    run: Run
    folder: Path


@pytest.fixture(scope="module")
def hidden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hidden]:
    """Crawled once; not to be asked again."""
    folder = tmp_path_factory.mktemp("hidden")
    with served(lists.answer) as site:
        yield Hidden(site, crawl(site, folder, "feed /hidden.xml", "-s", "FAILURE_THRESHOLD=1"), folder)


def test_pages_that_give_nothing_are_told_by_their_entries(hidden: Hidden) -> None:
    assert hidden.run.status == 0, hidden.run.err
    found = {url.removeprefix(hidden.site.home): (grade, text) for url, grade, text in
             query(hidden.folder, "select url, grade, text from articles")}  # fmt: skip
    assert {path for path, (grade, _) in found.items() if grade == "entry"} == {
        "/stub",
        "/script",
        "/wall",
        "/dead-amp",
    }
    assert found["/stub"][1] == lists.SUMMARY.format(n=11)
    assert "4 known by their entry only" in hidden.run.summary()["pages"]


def test_a_shell_is_read_from_its_amp_copy(hidden: Hidden) -> None:
    where = f"url = '{hidden.site.home}/amped'"
    ((grade, text),) = query(hidden.folder, f"select grade, text from articles where {where}")
    assert (grade, "lay off 1300 workers" in text) == ("full", True)


def test_no_story_is_lost_for_its_title(hidden: Hidden) -> None:
    ((title,),) = query(hidden.folder, f"select title from articles where url = '{hidden.site.home}/quiet'")
    assert title == "Talks"
    order = [
        path for path in hidden.site.asked if path in {"/stub", "/script", "/amped", "/wall", "/dead-amp", "/quiet"}
    ]
    assert order.index("/quiet") >= 4, "those that promise news of cuts are fetched first"


def test_what_is_known_by_its_entry_alone_is_less_sure(hidden: Hidden) -> None:
    sql = "select a.grade, max(c.confidence) from claims c join articles a using (article_id) where c.kind = 'cut'"
    sure = dict(query(hidden.folder, f"{sql} and c.field = 'title' group by a.grade"))
    assert 0 < sure["entry"] < sure["full"]


def test_a_search_feed_leads_to_publishers_and_keeps_the_rest_apart(site: Served, tmp_path: Path) -> None:
    run = crawl(site, tmp_path, "search_feed /search.xml")
    assert run.status == 0, run.err
    assert {path for path in site.asked if path.startswith("/2026")} == {"/2026/11/20/ship-1", "/2026/11/20/ship-2"}
    apart = query(tmp_path, "select url, words, source from rejections where rule = 'search.unresolved'")
    assert apart == [
        ("https://news.google.com/rss/articles/CBMiAU_yqLPopaque", "Story 3 (A Paper)", "search-feed-search-xml")
    ]
    assert query(tmp_path, "select count(*) from articles where url like '%google%'") == [(0,)]


def test_shards_share_a_search_feed_and_no_host(tmp_path: Path) -> None:
    asked: list[set[str]] = []
    for number in (1, 2):
        with served(lists.answer) as site:
            crawl(site, tmp_path, "search_feed /search.xml", "-a", f"shard={number}/2", settings=UNREAD)
            asked.append({path for path in site.asked if path.startswith("/2026")})
    assert sorted(map(len, asked)) == [0, 2], "the host of the articles belongs to one of the two"


def test_the_first_shard_and_the_second_share_the_sources(tmp_path: Path) -> None:
    from crawler.shards import Shard
    from crawler.sources import load
    from tests.newsroom.client import ROOT

    sources = load(ROOT / "data" / "sources.toml")
    parts = [{s.id for s in sources if Shard(n, 8).holds(s.url)} for n in range(1, 9)]
    assert sum(map(len, parts)) == len(set().union(*parts)) == len(sources)
    assert all(len(part) > len(sources) / 16 for part in parts)


@pytest.mark.parametrize("shard", ["0/2", "3/2", "half", "1/0"])
def test_what_is_no_shard(shard: str) -> None:
    with pytest.raises(ValueError, match=f"'{shard}' is no shard; write the second of eight as 2/8"):
        shards.shard(shard)


@pytest.mark.parametrize("spider", [["news"], ["urls", "-a", "url=https://a.example/"]])
def test_a_wrong_shard_is_a_usage_error(tmp_path: Path, spider: list[str]) -> None:
    run = scrapy("crawl", *spider, "-a", "shard=3/2", *options(DATABASE=tmp_path / "a.db"))
    assert (run.status, run.err.count("\n")) == (2, 1)
    assert "shard: '3/2' is no shard; write the second of eight as 2/8" in run.err


def test_a_list_that_has_moved_for_good_is_read_and_noted(site: Served, tmp_path: Path) -> None:
    assert crawl(site, tmp_path, "feed /old-feed.xml").status == 0
    assert query(tmp_path, "select moved_to, outcome, listed from source_runs") == [
        (f"{site.home}/linked.xml", "read", 2)
    ]


def test_the_pages_spider_sees_the_entry(site: Served, tmp_path: Path) -> None:
    crawl(site, tmp_path, "feed /hidden.xml", "-s", "FAILURE_THRESHOLD=1", settings=UNREAD)
    pages = [json.loads(line) for line in (tmp_path / "pages.jsonl").read_text().splitlines()]
    (stub,) = [page for page in pages if page["url"].endswith("/stub")]
    assert (stub["headline"], stub["summary"]) == (lists.CUT.format(n=11), lists.SUMMARY.format(n=11))
