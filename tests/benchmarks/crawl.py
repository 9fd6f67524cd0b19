"""`python -m tests.benchmarks.crawl throughput|lag|memory|kills`: how fast, how smooth, how large, how safe a crawl is.

throughput: pages a second of `crawl news`, and milliseconds of CPU a page, beside a spider that does nothing, without
and with WARC, in turns.
lag: how late the reactor is while readers parse hostile pages, and without them.
memory: the crawl's size as 20,000 pages go by. kills: sixty crawls of 300 pages, each killed by SIGKILL once or more.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newsroom.client import ROOT, command, environment, newsroom, options, sources_file
from tests.newsroom.killing import killed_and_resumed

FREE = {"ROBOTSTXT_OBEY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 16, "CONCURRENT_REQUESTS": 16, "PAGES_PER_HOST": 0,
        "FAILURE_THRESHOLD": 1, "READ_SECONDS": 60}  # fmt: skip


#: Of the pages of a crawl that is killed one in so many is about cuts; seconds that it may take where little is left.
SHARE, PATIENT = 10, 1200


@contextmanager
def press(size: int) -> Iterator[str]:
    """The fast server while the block lasts; its address."""
    given = [sys.executable, "-m", "tests.benchmarks.server", str(size)]
    with subprocess.Popen(given, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdin is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        process.stdin.close()


def span(home: str) -> tuple[float, int]:
    """Seconds from the first page to the last that the server gave since it was asked before, and how many."""
    with urllib.request.urlopen(f"{home}/_span", timeout=10) as answer:
        seconds, count = json.load(answer)
    return float(seconds), int(count)


def run(*arguments: str, settings: str = "crawler.settings", cwd: Path = ROOT, **more: str) -> None:
    """A command of Scrapy to its end."""
    known = environment(settings) | more
    subprocess.run(command(*arguments), cwd=cwd, env=known, check=False, stdout=subprocess.DEVNULL)


def ours(home: str, folder: Path, pages: int, settings: str = "crawler.settings", **more: object) -> list[str]:
    """Arguments of a crawl of all pages into a new database."""
    place = Path(tempfile.mkdtemp(dir=folder))
    sources = sources_file(place / "sources.toml", home, f"feed /feed/{pages}.xml")
    return ["crawl", "news", *options(DATABASE=place / "a.db", SOURCES=sources, **{**FREE, **more})]


def throughput(pages: int = 3000, turns: int = 5) -> None:
    """In turns: nothing, ours, ours with WARC. Each turn is compared within itself: what else the machine does, it does
    to all three. CPU time is that of the crawling process (`cost.py`), which other programs do not change."""
    found: dict[str, list[dict[str, float]]] = {"nothing": [], "ours": [], "ours with WARC": []}
    with press(185_000) as home, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for turn in range(turns):
            for kind in list(found) if turn % 2 == 0 else reversed(found):
                found[kind].append(measured(kind, home, folder, pages))
                rate, cpu = found[kind][-1].values()
                print(f"{kind}: {rate:.0f} pages a second, {cpu:.2f} ms of CPU a page", flush=True)
    for kind, rounds in found.items():
        shares = [one["rate"] / other["rate"] for one, other in zip(rounds, found["nothing"], strict=True)]
        costs = [other["cpu"] / one["cpu"] for one, other in zip(rounds, found["nothing"], strict=True)]
        print(
            f"{kind}: of a spider that does nothing, in the middle of {turns} turns: {statistics.median(shares):.2f} of"
            f" the pages a second ({min(shares):.2f} to {max(shares):.2f}), {statistics.median(costs):.2f} of the pages"
            f" a second of CPU; best {max(one['rate'] for one in rounds):.0f} pages a second,"
            f" {min(one['cpu'] for one in rounds):.2f} ms of CPU a page"
        )


def measured(kind: str, home: str, folder: Path, pages: int) -> dict[str, float]:
    """One crawl: `rate` (pages a second) and `cpu` (milliseconds a page)."""
    cost = folder / "cost.json"
    told = {"COST": str(cost), "PAGE_COUNT": str(pages), "PYTHONPATH": str(ROOT)}
    counted = ["-s", 'EXTENSIONS={"tests.benchmarks.cost.Cost":1}']
    if kind == "nothing":
        spider = [str(ROOT / "tests" / "benchmarks" / "nothing.py"), "-a", f"home={home}", "-a", f"count={pages}"]
        free = ["-L", "ERROR", "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=16", "-s", "REMOTE_CONTROL_ENABLED=0"]
        run("runspider", *spider, *free, *counted, settings="", cwd=folder, **told)  # no scrapy.cfg leads to ours there
    else:
        kept = {"PAGES": folder / "pages"} if "WARC" in kind else {}
        run(*ours(home, folder, pages, **kept), *counted, **told)
    seen: dict[str, float] = json.loads(cost.read_text())
    cost.unlink()
    return {"rate": seen["pages"] / seen["wall"], "cpu": 1000 * seen["cpu"] / seen["pages"]}


def lag(pages: int = 1500) -> None:
    """The same crawl without and with hostile pages that readers are busy with."""
    with press(50_000) as home, tempfile.TemporaryDirectory() as name:
        for kind, hostile in (("without", 0), ("with", 3)) * 3:
            given = ours(home, Path(name), pages, READ_SECONDS=5, DOWNLOAD_DELAY=0.005)
            sources = Path(next(part for part in given if part.startswith("SOURCES=")).partition("=")[2])
            if hostile:
                links = r'links = "hostile"'
                sources.write_text(sources.read_text() + sources_file(
                    sources.with_name("more"), home, f"index /index.html {links}").read_text())  # fmt: skip
            run(*given, settings="tests.benchmarks.lag", LAG=f"{name}/lag")
            middle, late, latest = (1000 * float(part) for part in Path(name, "lag").read_text().split())
            print(
                f"{kind} hostile pages: median {middle:.1f} ms late, 99 % {late:.1f}, latest {latest:.1f}", flush=True
            )


def memory(pages: int = 20_000) -> None:
    """The resident size of the crawl, each time that another tenth of the pages has gone by."""
    with press(20_000) as home, tempfile.TemporaryDirectory() as name:
        given = ours(home, Path(name), pages, PAGES=f"{name}/pages")
        with subprocess.Popen(
            command(*given), cwd=ROOT, env=environment("crawler.settings"), stdout=subprocess.DEVNULL
        ) as crawl:
            count, told = 0, 0
            while crawl.poll() is None:
                time.sleep(1)
                count += span(home)[1]
                if count >= told:
                    print(f"{count} pages: {resident(crawl.pid)} MB", flush=True)
                    told += pages // 10
        print(f"exit {crawl.returncode}, {count} pages")


def resident(pid: int) -> int:
    """Megabytes that a process holds."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(found.stdout or 0) // 1024


def kills(crawls: int = 60, pages: int = 300, first: int = 0) -> None:
    """Each crawl is killed one to three times and resumed; what was found wrong is told. `first` is a seed."""
    bad = met = twice = ended = 0
    for seed in range(first, first + crawls):
        with newsroom() as site, tempfile.TemporaryDirectory() as name:
            done = killed_and_resumed(
                site, Path(name), pages, kills=1 + seed % 3, seed=seed, share=SHARE, patience=PATIENT
            )
            wanted = {f"{site.home}/many/{pages}/{SHARE}/{n}.html" for n in range(0, pages, SHARE)}
            good = (
                done.last.status == 0 and done.integrity == "ok" and done.unbalanced == 0 and not done.again
                and set(done.articles) == wanted and set(done.articles.values()) == {1} and len(done.fetched) == pages
            )  # fmt: skip
            again = sum(done.fetched.values()) - pages
            met, twice, bad = met + done.kills, twice + again, bad + (not good)
            ended += sum(done.again.values())
            print(f"{seed}: {'good' if good else f'BAD {done}'}, {done.kills} kills, {again} fetched twice", flush=True)
    print(f"{crawls} crawls, {met} kills, {bad} bad, {twice} of {crawls * pages} pages fetched twice")
    print(f"{ended} of them had ended in the store before the kill")


if __name__ == "__main__":
    os.environ.pop("PYTHONUNBUFFERED", None)
    work = {"throughput": throughput, "lag": lag, "memory": memory, "kills": kills}[sys.argv[1]]
    work(*map(int, sys.argv[2:]))
