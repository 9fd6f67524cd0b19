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
    again: Counter[str]  # paths whose end or article was in the store at a kill -> times that they were given after it
    open: int  # fetches that no kill found an end of: all that may have been fetched in vain


def killed_and_resumed(
    site: Newsroom, folder: Path, pages: int, kills: int, seed: int, share: int = 3, patience: int = PATIENCE
) -> Crawled:
    """Crawl `pages` pages, one in `share` about cuts, killed so often by SIGKILL; then to the end."""
    chance = random.Random(seed)
    sources = sources_file(folder / "sources.toml", site.home, f"feed /many/{pages}/{share}/feed.xml")
    given = options(DATABASE=folder / "a.db", SOURCES=sources, FAILURE_THRESHOLD=1, PAGES_PER_HOST=0,
                    PAGES=folder / "pages", READ_SECONDS=60)  # fmt: skip
    met = [kill for _ in range(kills) if (kill := killed(site, folder / "a.db", given, pages, chance))]
    last = scrapy("crawl", "news", *given, patience=patience)
    return counted(site, folder / "a.db", last, met)


@dataclass(frozen=True, slots=True)
class Kill:
    """What there was right after a kill."""

    fetched: Counter[str]  # path -> times that the server had given it
    ended: set[str]  # paths of which the store held an article, or the ledger of requests an end


def killed(site: Newsroom, database: Path, given: list[str], pages: int, chance: random.Random) -> Kill | None:
    """Start a crawl and kill it once the server has given some more pages, or soon after its start.

    None where it had ended before.
    """
    before, more = len(site.asked()), chance.randrange(pages // 2)
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        command("crawl", "news", *given), cwd=ROOT, env=environment("crawler.settings"), stdout=quiet, stderr=quiet
    ) as crawl:
        for _ in range(PATIENCE * 50):
            if crawl.poll() is not None:
                return None
            if len(site.asked()) > before + more:
                break
            time.sleep(0.02)
        time.sleep(chance.random() / 5)
        at_work = crawl.poll() is None
        crawl.kill()
    return Kill(given_out(site), ended(database)) if at_work else None


def given_out(site: Newsroom) -> Counter[str]:
    """The pages that the server has given, and how often."""
    return Counter(path for path in site.asked() if path.endswith(".html"))


def ended(database: Path) -> set[str]:
    """The paths of the pages that need not be fetched any more, as the store says; none while there is no store."""
    if not database.exists():
        return set()
    with closing(sqlite3.connect(database)) as db:
        tables = {name for (name,) in db.execute("select name from sqlite_master where type = 'table'")}
        if not {"articles", "requests"} <= tables:
            return set()
        found = db.execute(
            "select url from articles union"
            " select url from requests where kind = 'page' and outcome not in ('open', 'waiting')"
        ).fetchall()
    return {"/" + url.split("/", 3)[3] for (url,) in found}


def counted(site: Newsroom, database: Path, last: Run, kills: list[Kill]) -> Crawled:
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
    fetched = given_out(site)
    again = sum((Counter({p: fetched[p] - kill.fetched[p] for p in kill.ended}) for kill in kills), Counter[str]())
    lost = sum(sum(n > 0 for p, n in kill.fetched.items() if p not in kill.ended) for kill in kills)
    return Crawled(last, len(kills), fetched, articles, integrity, outcomes, unbalanced, again, lost)
