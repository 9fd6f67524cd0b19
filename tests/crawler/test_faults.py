"""Servers that fail: what becomes of each request, as the ledger of requests tells it, and how the host is treated."""

from __future__ import annotations

import sqlite3
import ssl
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom.articles import ACME, GLOBEX
from tests.newsroom.certificate import self_signed
from tests.newsroom.client import Newsroom, Run, newsroom, options, scrapy, sources_file

NO_PATIENCE = 2  # seconds, for servers that never come to an end


def ledger(database: Path, columns: str = "outcome, reason") -> dict[str, Any]:
    """What the ledger of requests says, by the address without scheme and host."""
    with closing(sqlite3.connect(database)) as db:
        found = db.execute(f"select url, {columns} from requests").fetchall()
    return {"/" + url.split("/", 3)[3]: row[0] if len(row) == 1 else tuple(row) for url, *row in found}


def balanced(database: Path) -> bool:
    """Whether every request of every run has an end, and every run that ended well has counted all of its own."""
    with closing(sqlite3.connect(database)) as db:
        (still_open,) = db.execute("select count(*) from requests where outcome = 'open'").fetchone()
        counted = dict(db.execute("select run_id, sum(requests) from run_requests group by 1"))
        whole = {run for (run,) in db.execute("select run_id from runs where finish_reason = 'finished'")}
        last = db.execute("select run_id, count(*) from requests group by 1").fetchall()
    return still_open == 0 and all(counted.get(run, 0) >= number for run, number in last if run in whole)


def urls(site: Newsroom, tmp_path: Path, *paths: str, settings: str = "crawler.settings", **values: object) -> Run:
    """`scrapy crawl urls` of these paths."""
    listed = tmp_path / "urls.txt"
    listed.write_text("".join(f"{site.home}{path}\n" for path in paths))
    given = options(DATABASE=tmp_path / "a.db", FAILURE_THRESHOLD=1, **values)
    return scrapy("crawl", "urls", "-a", f"file={listed}", *given, settings=settings)


def news(site: Newsroom, tmp_path: Path, *listed: str, **settings: object) -> Run:
    """`scrapy crawl news` of sources that are listed so: "KIND PATH [KEYS]"."""
    sources = sources_file(tmp_path / "sources.toml", site.home, *listed)
    return scrapy(
        "crawl", "news", *options(DATABASE=tmp_path / "a.db", SOURCES=sources, FAILURE_THRESHOLD=1, **settings)
    )


def test_bodies_that_do_not_come_whole(site: Newsroom, tmp_path: Path) -> None:
    paths = ["/fault/cut", "/fault/cut-chunk", "/fault/hang", "/fault/drip", "/fault/none"]
    run = urls(site, tmp_path, *paths, DOWNLOAD_TIMEOUT=NO_PATIENCE, READ_SECONDS=60)
    assert ledger(tmp_path / "a.db") == {
        "/fault/cut": ("failed", "cut short"),
        "/fault/cut-chunk": ("failed", "cut short"),
        "/fault/hang": ("failed", "timeout"),
        "/fault/drip": ("failed", "timeout"),
        "/fault/none": ("stored", None),
    }
    assert run.summary()["pages"] == "1 read, 4 failed (cut short 2, timeout 2)"
    assert balanced(tmp_path / "a.db")


def test_bodies_without_end_and_bombs(site: Newsroom, tmp_path: Path) -> None:
    paths = ["/fault/endless", "/fault/gzip-bomb", "/fault/brotli-bomb", "/fault/zstd-bomb", "/fault/none"]
    urls(site, tmp_path, *paths, READ_SECONDS=60)
    found = ledger(tmp_path / "a.db")
    assert found.pop("/fault/none") == ("stored", None)
    assert set(found.values()) == {("failed", "too large")}, found


def test_hostile_pages_cost_only_themselves(site: Newsroom, tmp_path: Path) -> None:
    run = urls(site, tmp_path, "/fault/attributes", "/fault/none", READ_SECONDS=60)
    assert ledger(tmp_path / "a.db") == {
        "/fault/attributes": ("rejected", "too.many.attributes"), "/fault/none": ("stored", None)
    }  # fmt: skip
    assert run.status == 0


def test_a_reader_that_is_stuck_is_killed_and_the_next_page_is_read(site: Newsroom, tmp_path: Path) -> None:
    run = urls(site, tmp_path, "/fault/many-attributes", "/fault/none",
               settings="tests.newsroom.unguarded", READ_SECONDS=6, READ_PROCESSES=1)  # fmt: skip
    assert ledger(tmp_path / "a.db") == {
        "/fault/many-attributes": ("rejected", "read.time"), "/fault/none": ("stored", None)
    }  # fmt: skip
    assert (run.status, run.err) == (0, "")


def test_lists_that_are_built_to_hurt_are_refused(site: Newsroom, tmp_path: Path) -> None:
    feeds = ("/fault/xxe.xml", "/fault/laughs.xml", "/fault/deep.xml")
    news(site, tmp_path, *(f"feed {path}" for path in feeds), "index /fault/attributes-list links = 'none'")
    refused = ("refused", "hostile markup")
    assert ledger(tmp_path / "a.db") == dict.fromkeys((*feeds, "/fault/attributes-list"), refused)
    assert not [path for path in site.asked() if path.startswith("/fault/none")]


def test_retry_after_is_obeyed(site: Newsroom, tmp_path: Path) -> None:
    urls(site, tmp_path, "/fault/429", RETRY_TIMES=1)
    first, second = (float(r["time"]) for r in site.requests() if r["path"] == "/fault/429")
    assert second - first >= 2
    assert ledger(tmp_path / "a.db") == {"/fault/429": ("failed", "http 429")}


def test_the_second_try_does_not_come_at_once(site: Newsroom, tmp_path: Path) -> None:
    urls(site, tmp_path, "/fault/500", RETRY_TIMES=1)
    first, second = (float(r["time"]) for r in site.requests() if r["path"] == "/fault/500")
    assert second - first >= 3, "four seconds, give or take a quarter"


def test_a_host_that_asks_for_an_hour_rests_until_the_next_crawl(site: Newsroom, tmp_path: Path) -> None:
    paths = ["/fault/503-long", *(f"/many/9/9/{n}.html" for n in range(1, 7))]
    run = urls(site, tmp_path, *paths, RETRY_TIMES=2, DOWNLOAD_DELAY=0.5, LOG_LEVEL="INFO")
    assert site.asked()[-1] == "/fault/503-long", "asked once, and nothing after it"
    assert "asked for a pause of 3600 s: left alone until the next crawl" in run.err
    found = ledger(tmp_path / "a.db")
    assert found.pop("/fault/503-long") == ("failed", "http 503")
    assert {path for path, end in found.items() if end == ("waiting", "host rests")} == set(paths) - set(site.asked())
    assert ("waiting", "host rests") in found.values()
    assert balanced(tmp_path / "a.db")


def test_a_host_that_fails_again_and_again_rests(site: Newsroom, tmp_path: Path) -> None:
    urls(site, tmp_path, *(f"/fault/500/{n}" for n in range(9)), DOWNLOAD_DELAY=0.5)  # none under way meanwhile
    assert sum(path.startswith("/fault/500/") for path in site.asked()) == 5
    assert sorted(ledger(tmp_path / "a.db", "outcome").values()) == ["failed"] * 5 + ["waiting"] * 4


@pytest.mark.parametrize("throttled", [0, 1])
def test_crawl_delay_is_the_least_delay(tmp_path: Path, throttled: int) -> None:
    with newsroom("crawl-delay") as site:
        urls(site, tmp_path, *(f"/many/9/1/{n}.html" for n in range(3)),
             AUTOTHROTTLE_ENABLED=throttled, AUTOTHROTTLE_START_DELAY=0)  # fmt: skip
        times = [float(request["time"]) for request in site.requests()]
    assert len(times) == 4
    assert all(later - earlier >= 1.45 for earlier, later in pairwise(times)), times


def test_no_cookie_is_sent_back(site: Newsroom, tmp_path: Path) -> None:
    urls(site, tmp_path, "/fault/cookie", READ_SECONDS=60)
    assert site.asked() == ["/robots.txt", "/fault/cookie", "/fault/none"], "asked after the cookie had come"
    assert [request["headers"] for request in site.requests()] == [{}] * 3


def test_passwords_and_tokens_go_nowhere(site: Newsroom, tmp_path: Path) -> None:
    secret = site.home.replace("://", "://me:hunter2@")
    given = ["-a", f"url={secret}{ACME.path}", "-a", f"url={site.home}/none?api_key=hunter3", "-L", "DEBUG"]
    run = scrapy("crawl", "urls", *given, *options(DATABASE=tmp_path / "a.db", FAILURE_THRESHOLD=1))
    assert ACME.path in site.asked()
    assert all("Authorization" not in request["headers"] for request in site.requests())
    assert "hunter" not in run.out + run.err
    assert "api_key=***" in run.err
    assert b"hunter2" not in (tmp_path / "a.db").read_bytes()


def test_a_name_that_leads_elsewhere_at_the_second_question(site: Newsroom, tmp_path: Path) -> None:
    """The look-up before the request says "public"; the one for the connection gives a private address."""
    given = options(DATABASE=tmp_path / "a.db", FAILURE_THRESHOLD=1, ROBOTSTXT_OBEY=0, RETRY_TIMES=0)
    run = scrapy("crawl", "urls", "-a", f"url={site.other}{ACME.path}", *given, settings="tests.newsroom.rebinding")
    assert site.asked(site.other) == []
    assert "localhost leads to the private address 127.0.0.1: not connected" in run.err
    assert ledger(tmp_path / "a.db") == {ACME.path: ("failed", "unknown host")}


@contextmanager
def secure_site(folder: Path) -> Iterator[str]:
    """A server whose certificate nobody vouches for."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path != "/robots.txt" else 404)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(ACME.page.encode())))
            self.end_headers()
            self.wfile.write(ACME.page.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
            pass

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*self_signed(folder))
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"https://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("more", "outcome"), [({}, "failed"), ({"DOWNLOAD_VERIFY_CERTIFICATES": 0}, "stored")])
def test_certificates_are_verified(tmp_path: Path, more: dict[str, object], outcome: str) -> None:
    with secure_site(tmp_path) as home:
        given = options(DATABASE=tmp_path / "a.db", FAILURE_THRESHOLD=1, ROBOTSTXT_OBEY=0, READ_SECONDS=60, **more)
        scrapy("crawl", "urls", "-a", f"url={home}/a", *given)
    assert ledger(tmp_path / "a.db", "outcome") == {"/a": outcome}


def test_redirects_that_run_in_circles_have_an_end_in_the_ledger(site: Newsroom, tmp_path: Path) -> None:
    urls(site, tmp_path, "/loop/a", "/chain/9", "/moved", GLOBEX.path, READ_SECONDS=60)
    found = ledger(tmp_path / "a.db")
    assert found["/loop/a"] == found["/chain/9"] == ("failed", "redirects without end")
    assert {found["/moved"], found[GLOBEX.path]} == {("duplicate", None), ("stored", None)}


def test_a_host_gets_no_more_than_its_share(site: Newsroom, tmp_path: Path) -> None:
    for asked in (4, 6):  # two of the first crawl's and four of the day's; the feed has not changed
        news(site, tmp_path, "feed /many/20/99/feed.xml", PAGES_PER_HOST=4)
        assert sum(path.endswith(".html") for path in site.asked()) == asked
    outcomes = sorted(ledger(tmp_path / "a.db", "outcome").values())
    assert outcomes.count("waiting") == 14
    assert balanced(tmp_path / "a.db")


def test_folders_of_pickles_in_which_others_can_write_are_refused(site: Newsroom, tmp_path: Path) -> None:
    (tmp_path / "job").mkdir()
    (tmp_path / "job").chmod(0o777)
    run = urls(site, tmp_path, "/fault/none", JOBDIR=tmp_path / "job")
    assert (run.status, "others can write there" in run.err) == (1, True)
    run = urls(site, tmp_path, "/fault/none", JOBDIR=tmp_path / "own", READ_SECONDS=60)
    assert (run.status, (tmp_path / "own").stat().st_mode & 0o777) == (0, 0o700)
