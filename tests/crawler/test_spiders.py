"""The spiders against the newsroom, as `scrapy crawl` runs them; a pipeline of the tests writes what they yield."""

from __future__ import annotations

import json
import re
import subprocess
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from crawler.shards import Shard
from tests.newsroom.articles import ACME, DRAFT, GERMAN, GLOBEX, HOOLI, INITECH, OLD, PAYWALLED, SOUP
from tests.newsroom.client import (
    PATIENCE,
    ROOT,
    Newsroom,
    Run,
    command,
    environment,
    newsroom,
    options,
    scrapy,
    sources_file,
)

SETTINGS = "tests.newsroom.settings"


class Crawl:
    """A crawl of the newsroom: what it said, and the pages that it yielded by path."""

    def __init__(self, site: Newsroom, tmp_path: Path, *arguments: str, **settings: object) -> None:
        """Run it."""
        out = tmp_path / "pages.jsonl"
        given = options(PAGES_FILE=out, DATABASE=tmp_path / "a.db", SOURCES=tmp_path / "sources.toml", **settings)
        self.run: Run = scrapy("crawl", *given, *arguments, settings=SETTINGS)
        found = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []
        self.pages: dict[str, dict[str, Any]] = {page["url"].removeprefix(site.home): page for page in found}
        assert len(found) == len(self.pages), "a page came twice"
        assert "Traceback" not in self.run.err
        assert "Deprecat" not in self.run.err


def news(site: Newsroom, tmp_path: Path, listed: list[str], *arguments: str, **settings: object) -> Crawl:
    """`scrapy crawl news` of sources that are listed so: "KIND PATH [KEYS]"."""
    sources_file(tmp_path / "sources.toml", site.home, *listed)
    return Crawl(site, tmp_path, "news", *arguments, **settings)


@pytest.fixture(scope="module")
def feed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Newsroom, Crawl]]:
    """A crawl of the feed with everything, and the newsroom that it asked; crawled once, not to be asked again."""
    with newsroom() as site:
        yield site, news(site, tmp_path_factory.mktemp("feed"), ["feed /feeds/rss.xml"])


def test_a_feed_with_everything_that_can_be_behind_a_link(feed: tuple[Newsroom, Crawl]) -> None:
    _, crawl = feed
    articles = {story.path for story in (ACME, SOUP, HOOLI, GERMAN, OLD, GLOBEX)}
    assert set(crawl.pages) == articles | {PAYWALLED, "/2026/11/empty.html"}
    assert crawl.run.summary()["sources"] == "1 read"
    assert crawl.run.summary()["pages"] == (
        "7 read, 6 failed (redirects without end 2, too large 2, http 403 1, http 404 1), "
        "6 refused (private address 4, no web page 1, robots.txt 1), 1 known by their entry only"
    )
    assert crawl.run.status == 3
    assert crawl.run.err.splitlines()[-1] == "scrapy crawl: 6 of 13 pages failed, more than FAILURE_THRESHOLD (0.2)"


def test_the_date_of_the_feed_is_carried_on_and_its_title_is_not(feed: tuple[Newsroom, Crawl]) -> None:
    acme = feed[1].pages[ACME.path]
    assert (acme["published"], acme["published_from"]) == ("2026-11-02T19:00:00+00:00", "feed")
    assert (acme["title"], acme["text"], acme["source"]) == (None, None, "feed-feeds-rss-xml")
    assert acme["body"] == "<!DOCTYPE "
    assert acme["content_type"] == "text/html; charset=utf-8"


def test_behind_a_paywall_the_entry_is_the_article(feed: tuple[Newsroom, Crawl]) -> None:
    page = feed[1].pages[PAYWALLED]
    assert page["title"] == "Vandelay Imports will lay off 75 employees"
    assert page["text"] == "Vandelay Imports will lay off 75 employees in New York, the company said on Friday."
    assert (page["published"], page["body"]) == ("2026-11-06T10:00:00+00:00", "")


def test_robots_txt_is_asked_first_and_obeyed(feed: tuple[Newsroom, Crawl]) -> None:
    site, _ = feed
    asked = site.asked()
    assert asked[0] == "/robots.txt"
    assert asked.count("/robots.txt") == 1
    assert DRAFT.path not in asked
    agents = {request["agent"] for request in site.requests()}
    assert len(agents) == 1
    assert agents.pop().endswith("(+tests@example.org)")


def test_private_hosts_are_not_asked_at_all(feed: tuple[Newsroom, Crawl]) -> None:
    site, crawl = feed
    assert site.asked(site.other) == []
    assert not [path for path in site.asked() if path.startswith("/inside")]
    assert "private address 4" in crawl.run.summary()["pages"]


def test_private_hosts_can_be_asked_when_allowed(site: Newsroom, tmp_path: Path) -> None:
    news(site, tmp_path, ["feed /feeds/rss.xml"], "-s", "ALLOW_PRIVATE_HOSTS=True")
    reached = {path for path in site.asked(site.other) if path.startswith("/inside")}
    assert reached == {"/inside/by-link", "/inside/by-redirect", "/inside/by-refresh"}


@pytest.mark.parametrize("status", ["500", "429"])
def test_an_unreachable_robots_txt_is_a_no(tmp_path: Path, status: str) -> None:
    with newsroom(status) as site:
        crawl = news(site, tmp_path, ["feed /feeds/rss.xml"])
        assert set(site.asked()) == {"/robots.txt"}
    assert crawl.run.summary()["sources"] == "1 refused (robots.txt unreachable 1)"
    assert crawl.run.status == 3


def test_a_missing_robots_txt_is_a_yes(tmp_path: Path) -> None:
    with newsroom("404") as site:
        crawl = news(site, tmp_path, ["feed /feeds/atom.xml"])
    assert (crawl.run.status, set(crawl.pages)) == (0, {ACME.path, INITECH.path})


def test_a_news_sitemap(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, ["news_sitemap /sitemaps/news.xml"])
    assert (crawl.run.status, set(crawl.pages)) == (0, {GLOBEX.path})
    assert crawl.pages[GLOBEX.path]["published"] == "2026-11-03T06:30:00+00:00"


def test_an_index_of_sitemaps_one_of_them_gzipped(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, ["sitemap /sitemaps/index.xml"])
    assert (crawl.run.status, set(crawl.pages)) == (0, {OLD.path, SOUP.path, INITECH.path})
    assert {page["published"] for page in crawl.pages.values()} == {None}, "a last change is no publication"


def test_sitemaps_without_end_end(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, ["sitemap /sitemaps/endless.xml"])
    assert sum(path.startswith("/sitemaps/") for path in site.asked()) == 4
    assert "nested deeper than 3" in crawl.run.err


def test_an_index_page(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, [r"index /topics/layoffs links = '/20\d\d/\d\d/'"])
    assert (crawl.run.status, set(crawl.pages)) == (0, {INITECH.path, ACME.path})
    assert "/about" not in site.asked()


def test_since_leaves_out_what_is_known_to_be_older(site: Newsroom, tmp_path: Path) -> None:
    listed = ["feed /feeds/rss.xml", "sitemap /sitemaps/index.xml"]
    crawl = news(site, tmp_path, listed, "-a", "since=2026-11-04", "-s", "FAILURE_THRESHOLD=1")
    assert {SOUP.path, HOOLI.path, GERMAN.path, INITECH.path} <= set(crawl.pages)
    assert not {ACME.path, OLD.path} & set(crawl.pages)
    assert "/sitemaps/2020.xml" not in site.asked()


def test_an_article_in_two_sources_is_fetched_once(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, ["feed /feeds/atom.xml", r"index /topics/layoffs links = '/20\d\d/\d\d/'"])
    assert sorted(path for path in site.asked() if path.startswith("/2026")) == sorted([ACME.path, INITECH.path])
    assert crawl.run.summary()["pages"] == "2 read, 2 seen before"


def test_a_date_that_any_source_gives_is_the_page_s(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, [r"index /topics/layoffs links = '/20\d\d/\d\d/'", "feed /feeds/atom.xml"])
    assert crawl.pages[INITECH.path]["published"] == "2026-11-04T06:00:00+00:00"
    assert crawl.pages[ACME.path]["published"] is None


def test_sources_are_chosen_by_name_and_tag(site: Newsroom, tmp_path: Path) -> None:
    listed = ["feed /feeds/rss.xml", "feed /feeds/atom.xml", "news_sitemap /sitemaps/news.xml"]
    chosen = ["-a", "source=feed-feeds-atom-xml", "-a", "source=news-sitemap-sitemaps-news-xml"]
    crawl = news(site, tmp_path, listed, *chosen)
    assert set(crawl.pages) == {ACME.path, INITECH.path, GLOBEX.path}
    crawl = news(site, tmp_path, listed, "-a", "tag=news-sitemap")
    assert set(crawl.pages) == {GLOBEX.path}


FAILING = {
    "feed /feeds/gone.xml": "http 404",
    "feed /broken": "http 500",
    "feed /feeds/page.xml": "",
    "news_sitemap /2026/11/empty.html": "",
    "index /topics/layoffs links = '/19../'": "",
    "feed /loop/a": "redirects without end",
}


def test_each_source_that_fails_is_told_with_why(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, list(FAILING))
    failed = "not read 3, http 404 1, http 500 1, redirects without end 1"
    assert (crawl.run.status, crawl.run.summary()["sources"]) == (3, f"6 failed ({failed})")
    told = dict(re.findall(r"([\w-]+) \(([^)]+)\)", crawl.run.err.partition("without result: ")[2]))
    names = [re.sub("[^a-z0-9]+", "-", " ".join(one.split()[:2]).lower()).strip("-") for one in FAILING]
    assert told.keys() == set(names)
    assert all(why in told[name] for name, why in zip(names, FAILING.values(), strict=True)), told


def test_a_host_that_is_down_is_told(tmp_path: Path) -> None:
    with newsroom() as gone:
        pass
    crawl = Crawl(gone, tmp_path, "urls", "-a", f"url={gone.home}/a", "-L", "INFO")
    assert crawl.run.status == 3
    assert "1 refused (robots.txt unreachable 1)" in crawl.run.summary()["pages"]
    assert "no answer (DownloadConnectionRefusedError), so the host is left alone" in crawl.run.err


def test_urls_from_the_command_line(site: Newsroom, tmp_path: Path) -> None:
    given = ["-a", f"url={site.home}{ACME.path},{site.home}{SOUP.path}", "-a", f"url={site.home}{GLOBEX.path}"]
    crawl = Crawl(site, tmp_path, "urls", *given)
    assert (crawl.run.status, set(crawl.pages)) == (0, {ACME.path, SOUP.path, GLOBEX.path})
    assert {page["source"] for page in crawl.pages.values()} == {"urls"}


def test_urls_from_a_file(site: Newsroom, tmp_path: Path) -> None:
    listed = tmp_path / "urls.txt"
    listed.write_text(f"# ours\n\n{site.home}{ACME.path}  # the first\nacme.example/a\n{site.home}{SOUP.path}#top\n")
    crawl = Crawl(site, tmp_path, "urls", "-a", f"file={listed}")
    assert (crawl.run.status, set(crawl.pages)) == (1, {ACME.path, SOUP.path})
    assert f"{listed}:4: no web address: 'acme.example/a'" in crawl.run.err


def test_shards_share_the_hosts_of_addresses(site: Newsroom, tmp_path: Path) -> None:
    both, given = [site.home + SOUP.path, site.other + SOUP.path], {"ALLOW_PRIVATE_HOSTS": "127.0.0.1,localhost"}
    for number in (1, 2, 3):
        arguments = ["-a", f"url={','.join(both)}", "-a", f"shard={number}/3"]
        crawl = Crawl(site, tmp_path, "urls", *arguments, **given)
        mine = {url for url in both if Shard(number, 3).holds(url)}
        assert {page["url"] for page in crawl.pages.values()} == mine
        others = len(both) - len(mine)
        assert crawl.run.summary().get("inputs") == (f"{others} skipped (other shard {others})" if others else None)
        assert crawl.run.status == 0
    assert site.asked().count(SOUP.path) == site.asked(site.other).count(SOUP.path) == 1


def test_urls_that_are_refused_are_not_passed_over_in_silence(site: Newsroom, tmp_path: Path) -> None:
    crawl = Crawl(site, tmp_path, "urls", "-a", f"url={site.home}{DRAFT.path}")
    assert (crawl.run.status, crawl.run.summary()["pages"]) == (3, "1 refused (robots.txt 1)")
    assert f"{site.home}{DRAFT.path}: robots.txt" in crawl.run.err


def test_nothing_listens_while_a_crawl_runs(site: Newsroom, tmp_path: Path) -> None:
    crawl = news(site, tmp_path, ["feed /feeds/atom.xml"])
    assert [page["listening"] for page in crawl.pages.values()] == [[], []]
    open_door = news(site, tmp_path, ["feed /feeds/atom.xml"], "-s", "TELNETCONSOLE_ENABLED=1")
    assert any(page["listening"] for page in open_door.pages.values()), "the test sees a port where there is one"


def test_one_request_a_host_at_a_time_with_delay(site: Newsroom, tmp_path: Path) -> None:
    news(site, tmp_path, ["feed /feeds/atom.xml"], "-s", "DOWNLOAD_DELAY=1", "-s", "DOWNLOAD_DELAY_JITTER=0")
    times = [float(request["time"]) for request in site.requests()]
    assert len(times) == 4
    assert all(later - earlier > 0.9 for earlier, later in pairwise(times))


def test_a_stop_does_not_wait_for_the_delay(site: Newsroom, tmp_path: Path) -> None:
    sources = sources_file(tmp_path / "sources.toml", site.home, "feed /feeds/atom.xml")
    given = options(PAGES_FILE=tmp_path / "p", DATABASE=tmp_path / "a.db", SOURCES=sources, DOWNLOAD_DELAY=60)
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command("crawl", "news", *given), cwd=ROOT, env=environment(SETTINGS), stdout=pipe, stderr=pipe, text=True
    ) as crawl:
        for _ in range(PATIENCE * 10):
            if site.asked() or crawl.poll() is not None:
                break
            time.sleep(0.1)
        crawl.terminate()
        out, err = crawl.communicate(timeout=30)  # half the delay
    assert (crawl.returncode, site.asked()) == (4, ["/robots.txt"]), err
    assert "1 refused (stopped 1)" in out
    assert err == "scrapy crawl: stopped early: shutdown\n"
