"""Crawls that are killed at random moments and taken up again; what is counted afterwards, here and at the server."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.newsroom.client import PATIENCE, ROOT, Newsroom, Run, command, environment, options, scrapy, sources_file


@dataclass(frozen=True, slots=True)
class Crawled:
    """What a crawl that was killed and resumed left behind."""

    last: Run
    kills: int  # that met a crawl at work
    fetched: Counter[str]  # path -> times that the server gave it
    articles: Counter[str]  # address in the store -> rows
    integrity: str
    outcomes: Counter[str]  # of the ledger's pages
    unbalanced: int  # runs whose requests do not add up


def killed_and_resumed(site: Newsroom, folder: Path, pages: int, kills: int, seed: int, **settings: object) -> Crawled:
    """Crawl `pages` pages, one in three about cuts, killed so often by SIGKILL; then to the end."""
    chance = random.Random(seed)
    sources = sources_file(folder / "sources.toml", site.home, f"feed /many/{pages}/3/feed.xml")
    given = options(DATABASE=folder / "a.db", SOURCES=sources, FAILURE_THRESHOLD=1, PAGES_PER_HOST=0,
                    **{"PAGES": folder / "pages", "READ_SECONDS": 60, **settings})  # fmt: skip
    met = sum(killed(site, given, pages, chance) for _ in range(kills))
    last = scrapy("crawl", "news", *given)
    return counted(site, folder / "a.db", last, met)


def killed(site: Newsroom, given: list[str], pages: int, chance: random.Random) -> bool:
    """Start a crawl and kill it once the server has given some more pages, or soon after its start; was it at work?"""
    before, more = len(site.asked()), chance.randrange(pages // 2)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command("crawl", "news", *given), cwd=ROOT, env=environment("crawler.settings"), stdout=quiet, stderr=quiet
    ) as crawl:
        for _ in range(PATIENCE * 50):
            if crawl.poll() is not None:
                return False
            if len(site.asked()) > before + more:
                break
            time.sleep(0.02)
        time.sleep(chance.random() / 5)
        at_work = crawl.poll() is None
        crawl.kill()
    return at_work


def counted(site: Newsroom, database: Path, last: Run, kills: int) -> Crawled:
    """Look at the server and into the store."""
    with closing(sqlite3.connect(database)) as db:
        (integrity,) = db.execute("pragma integrity_check").fetchone()
        articles = Counter(url for (url,) in db.execute("select url from articles"))
        outcomes = Counter(o for (o,) in db.execute("select outcome from requests where kind = 'page'"))
        (unbalanced,) = db.execute(
            "select count(*) from runs r where r.finish_reason = 'finished' and coalesce((select sum(requests) from"
            " run_requests q where q.run_id = r.run_id and q.outcome not in ('open', 'waiting')), 0)"
            " <> (select count(*) from requests q where q.run_id = r.run_id)"
        ).fetchone()
    fetched = Counter(path for path in site.asked() if path.endswith(".html"))
    return Crawled(last, kills, fetched, articles, integrity, outcomes, unbalanced)
