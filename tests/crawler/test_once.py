"""Each page once: what a second crawl asks for, what it is told, and what it looks at again."""

from __future__ import annotations

import asyncio
import gzip
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from scrapy.crawler import Crawler
from scrapy.http import Request
from scrapy.statscollectors import StatsCollector
from scrapy.utils.project import get_project_settings
from warcio.archiveiterator import ArchiveIterator
from warcio.warcwriter import WARCWriter

from crawler.middlewares.once import Once
from crawler.spiders.news import NewsSpider
from extract.inputs import pages
from extract.records import Page
from pipelines.pages import Answer, PageArchive
from pipelines.requests import known
from pipelines.store import Store
from tests.crawler.test_faults import balanced, ledger
from tests.newsroom.articles import ACME, PAYWALLED
from tests.newsroom.client import Newsroom, Run, newsroom, options, scrapy, sources_file

HOSTS, PAGES, DELAY = 50, 8, 0.5
#: Bytes of an answer's headers, roughly; bodies are counted.
HEADERS = 200


@dataclass(frozen=True)
class Days:
    """Two crawls of fifty hosts on one day, and what the server saw of each."""

    runs: tuple[Run, Run]
    seen: tuple[list[dict[str, Any]], list[dict[str, Any]]]
    database: Path


@pytest.fixture(scope="module")
def days(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Days]:
    """Crawl twice, politely."""
    folder = tmp_path_factory.mktemp("fifty")
    with newsroom() as site:
        port = site.home.rpartition(":")[2]
        homes = [f"http://h{n:02}.test:{port}" for n in range(HOSTS)]
        listed = [sources_file(folder / f"{n}", home, f"feed /many/{PAGES}/{PAGES}/feed.xml").read_text()
                  .replace('"feed-', f'"h{n:02}-') for n, home in enumerate(homes)]  # fmt: skip
        (folder / "sources.toml").write_text("\n".join(listed))
        given = [*options(DATABASE=folder / "a.db", SOURCES=folder / "sources.toml", READ_SECONDS=60),
                 "-s", "ALLOW_PRIVATE_HOSTS=True", "-s", f"DOWNLOAD_DELAY={DELAY}"]  # fmt: skip
        runs, seen = [], []
        for _ in range(2):
            before = len(site.requests())
            runs.append(scrapy("crawl", "news", *given, settings="tests.newsroom.fifty"))
            seen.append(site.requests()[before:])
        yield Days((runs[0], runs[1]), (seen[0], seen[1]), folder / "a.db")


def test_the_second_crawl_of_a_day_transfers_next_to_nothing(days: Days) -> None:
    assert [run.status for run in days.runs] == [0, 0], days.runs[0].err + days.runs[1].err
    first, second = (sum(request["sent"] + HEADERS for request in seen) for seen in days.seen)
    assert sum(request["path"].endswith(".html") for request in days.seen[0]) == HOSTS * PAGES
    assert second < 0.02 * first
    assert days.runs[1].summary()["sources"] == f"{HOSTS} read, {HOSTS} not modified"


def test_delay_and_concurrency_hold_at_each_host(days: Days) -> None:
    by_host = defaultdict(list)
    for request in days.seen[0]:
        by_host[request["host"]].append((float(request["time"]), float(request["end"] or request["time"])))
    assert len(by_host) == HOSTS
    for times in by_host.values():
        assert len(times) == PAGES + 2
        assert all(later >= end for (_, end), (later, _) in pairwise(times)), "one at a time"
        assert (times[-1][0] - times[0][0]) / (len(times) - 1) >= 0.9 * DELAY


def test_the_books_of_both_balance(days: Days) -> None:
    assert balanced(days.database)


def test_one_page_under_many_addresses_is_fetched_once(site: Newsroom, tmp_path: Path) -> None:
    same = ["", "?utm_source=rss&utm_medium=feed", "?fbclid=abc", "#comments", "?utm_campaign=x#top"]
    listed = tmp_path / "urls.txt"
    listed.write_text("".join(f"{site.home}{ACME.path}{end}\n" for end in same) + f"{site.home}/a/..{ACME.path}\n")
    given = options(DATABASE=tmp_path / "a.db", READ_SECONDS=60)
    run = scrapy("crawl", "urls", "-a", f"file={listed}", *given)
    assert [path for path in site.asked() if path != "/robots.txt"] == [ACME.path]
    assert run.summary()["pages"] == "1 read, 5 seen before"


def test_a_stored_page_is_looked_at_again_for_corrections(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /many/9/3/feed.xml")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, READ_SECONDS=60)
    assert scrapy("crawl", "news", *given).status == 0
    with closing(sqlite3.connect(tmp_path / "a.db")) as db, db:
        db.execute("update requests set first_at = strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-25 hours')")
        db.execute("update requests set etag = 'of old' where url like '%/6.html'")  # this one has changed since
    before = len(site.requests())
    run = scrapy("crawl", "news", *given)
    asked = {r["path"].rpartition("/")[2]: r["headers"].get("If-None-Match") for r in site.requests()[before:]}
    assert {name: tag for name, tag in asked.items() if name.endswith(".html")} == {
        "0.html": '"0"', "3.html": '"3"', "6.html": "of old"
    }  # fmt: skip
    assert run.summary()["pages"] == "1 read, 2 not modified"
    assert run.summary()["articles"] == "1 unchanged"
    assert ledger(tmp_path / "a.db", "visits")["/many/9/3/3.html"] == 2
    before = len(site.requests())
    assert scrapy("crawl", "news", *given).status == 0
    assert [r["path"] for r in site.requests()[before:]] == ["/robots.txt", "/many/9/3/feed.xml"], "not every day"


def test_an_earlier_since_asks_for_the_whole_list(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /many/3/3/feed.xml")
    given = options(DATABASE=tmp_path / "a.db", SOURCES=sources, READ_SECONDS=60)
    told = []
    for day in ("2026-11-03", "2026-11-03", "2026-11-05", "2026-11-01"):
        scrapy("crawl", "news", "-a", f"since={day}", *given)
        told.append("If-None-Match" in [r for r in site.requests() if r["path"].endswith(".xml")][-1]["headers"])
    assert told == [False, True, True, False]


def test_pages_are_kept_for_other_tools_and_read_again_to_the_same_database(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /feeds/atom.xml", "feed /many/6/3/feed.xml")
    given = options(SOURCES=sources, READ_SECONDS=60)
    crawled = [*given, "-s", f"DATABASE={tmp_path / 'a.db'}", "-s", f"PAGES={tmp_path / 'pages'}"]
    assert scrapy("crawl", "news", *crawled).status == 0
    (file,) = (tmp_path / "pages").iterdir()
    with file.open("rb") as stream:
        kept = [
            (r.rec_type, r.rec_headers["WARC-Target-URI"], r.content_stream().read()) for r in ArchiveIterator(stream)
        ]
    assert [kind for kind, _, _ in kept] == ["warcinfo", *["response"] * 8]
    assert (f"{site.home}{ACME.path}", ACME.page.encode()) in [(url, body) for _, url, body in kept]
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    again = ["-a", f"path={tmp_path / 'pages'}", "-s", f"DATABASE={tmp_path / 'b.db'}"]
    assert scrapy("crawl", "archive", *again, *given[:-2]).status == 0
    one, other = (table(tmp_path / name) for name in ("a.db", "b.db"))
    assert len(one) == 4
    assert one == other, "dates of feeds and sources included"


def test_what_only_a_source_s_list_told_is_kept_as_well(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /feeds/rss.xml")
    given = options(SOURCES=sources, READ_SECONDS=60, FAILURE_THRESHOLD=1)
    scrapy("crawl", "news", *given, "-s", f"DATABASE={tmp_path / 'a.db'}", "-s", f"PAGES={tmp_path / 'pages'}")
    assert ledger(tmp_path / "a.db")[PAYWALLED] == ("stored", None)
    again = ["-a", f"path={tmp_path / 'pages'}", "-s", f"DATABASE={tmp_path / 'b.db'}"]
    assert scrapy("crawl", "archive", *again, *given[:-2]).status == 0
    one, other = (table(tmp_path / name) for name in ("a.db", "b.db"))
    assert any(f"{site.home}{PAYWALLED}" in row for row in one)
    assert one == other


ENTRY = Page(
    url="https://a.example/paid", title="Acme to cut 90 jobs", text="Acme – a maker of robots – will lay off 90.\n",
    source="feed", fetched_at="2026-11-02T08:00:00+00:00", published="2026-11-02", published_from="feed", grade="entry",
)  # fmt: skip
FULL = Page(
    url="https://a.example/shut", body=b"<p>Subscribe</p>", content_type="text/html", source="feed",
    fetched_at="2026-11-02T08:00:00+00:00", headline="Acme to cut 90 jobs", summary="Acme will lay off 90 people.",
)  # fmt: skip


def kept(folder: Path, *written: Page) -> list[object]:
    """What is read of pages that were written."""
    archive = PageArchive(folder, "news", {"software": "test"})
    for page in written:
        archive.write(page, Answer(200, [("Content-Type", "text/html")]))
    archive.close()
    return list(pages(archive.path))


def test_an_entry_comes_back_as_it_was_and_so_does_what_the_list_said_of_a_page(tmp_path: Path) -> None:
    assert kept(tmp_path, ENTRY, FULL, ENTRY) == [ENTRY, FULL, ENTRY]


def test_only_what_tells_of_cuts_is_written_beside_a_page_and_never_too_much_of_it(tmp_path: Path) -> None:
    fair, long = (replace(FULL, summary=text) for text in ("The fair opens.", "Acme will lay off 90. " * 9_000))
    one, other = kept(tmp_path, replace(fair, headline="Fair"), long)
    assert (one, getattr(other, "headline", None)) == (replace(fair, headline=None, summary=None), FULL.headline)
    assert getattr(other, "summary", "") == (long.summary or "")[:4000]


def test_resources_of_other_tools_are_no_pages(tmp_path: Path) -> None:
    with (tmp_path / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream)
        writer.write_record(
            writer.create_warc_record("https://a.example/", "resource", payload=BytesIO(b"Text"), length=4)
        )
    assert list(pages(tmp_path / "a.warc.gz")) == []


def table(database: Path) -> list[tuple[Any, ...]]:
    """All that the database says of its articles, but for the run."""
    with closing(sqlite3.connect(database)) as db:
        columns = [name for _, name, *_ in db.execute("pragma table_info(articles)") if name != "run_id"]
        return db.execute(f"select {', '.join(columns)} from articles order by url").fetchall()


def test_without_a_folder_nothing_is_kept(site: Newsroom, tmp_path: Path) -> None:
    given = options(DATABASE=tmp_path / "a.db", READ_SECONDS=60)
    scrapy("crawl", "urls", "-a", f"url={site.home}{ACME.path}", *given)
    assert not list(tmp_path.rglob("*.warc*"))


def test_what_a_killed_run_left_open_is_cut_to_its_whole_records_and_closed(tmp_path: Path) -> None:
    page = Page(url="https://a.example/1", body=b"<p>One</p>", source="feed", fetched_at="2026-11-02T08:00:00+00:00")
    archive = PageArchive(tmp_path, "news", {"software": "test"})
    archive.write(page, Answer(200, [("Content-Type", "text/html"), ("Transfer-Encoding", "chunked")]))
    (left,) = tmp_path.glob("*.open")
    whole = left.read_bytes()
    assert not list(tmp_path.glob("*.warc.gz"))
    other = PageArchive(tmp_path, "news", {})
    assert list(tmp_path.glob("*.open")) == [left], "one that is being written is let be"
    other.close()
    assert archive.stream is not None
    archive.stream.close()  # as the end of its process does
    left.write_bytes(whole + gzip.compress(b"WARC/1.1\r\nWARC-Type: response" * 99)[:-9])
    PageArchive(tmp_path, "news", {})
    (closed,) = tmp_path.iterdir()
    assert (closed.name, closed.read_bytes()) == (left.name.removesuffix(".open"), whole)
    (found,) = pages(closed)
    assert isinstance(found, Page)
    assert (found.url, found.body, found.source, found.fetched_at) == (page.url, page.body, "feed", page.fetched_at)


def test_what_other_tools_say_of_a_page_is_passed_over_where_it_is_none_of_ours(tmp_path: Path) -> None:
    record = (
        b"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2026-11-02T08:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:0d2b0e5e-0000-4000-8000-000000000001>\r\nWARC-JSON-Metadata: %s\r\n"
        b"Content-Type: application/http; msgtype=response\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
    )
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
    for said in (b"{", b"[1]", b'{"source": 7, "published_from": "stars", "body": "x"}'):
        (tmp_path / "a.warc").write_bytes(record % (said, len(http), http))
        (found,) = pages(tmp_path / "a.warc")
        assert isinstance(found, Page)
        assert (found.source, found.published_from, found.body) == ("archive", None, b"<p>x</p>")


def test_two_lists_at_once_ask_for_a_page_that_both_name_once(tmp_path: Path) -> None:
    """What an earlier run left comes up while a feed is read: whoever is second finds that the page is asked for."""
    settings = get_project_settings()
    settings.setdict({"DATABASE": str(tmp_path / "a.db"), "ALLOW_PRIVATE_HOSTS": True})
    urls = [f"https://example.org/{n}.html" for n in range(20)]

    async def both() -> tuple[list[str], set[str]]:
        crawler = Crawler(NewsSpider, settings)
        crawler.stats = StatsCollector(crawler)
        store = Store(crawler)
        await store.open_spider()
        once = Once(crawler)
        once.store = store
        sent = await asyncio.gather(*(once.wanted([Request(url) for url in urls]) for _ in range(2)))
        rows = await store.work(known, urls) or {}
        await store.close_spider()
        await store.spider_closed(NewsSpider(), "finished")
        return sorted(request.url for some in sent for request in some), {row["outcome"] for row in rows.values()}

    assert asyncio.run(both()) == (sorted(urls), {"open"})
