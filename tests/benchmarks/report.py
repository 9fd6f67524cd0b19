"""What the site costs as the ledger grows: `python -m tests.benchmarks.report [--events N]... [--browser FILE]`.

Fills a database with synthetic rounds, decides them, builds the site, lets ten new articles come and builds again,
and prints processor seconds, files and bytes. With a browser (Debian's Chromium, `--browser /usr/bin/chromium`) the
front page and the table of all rounds are opened from disk on a processor slowed down four times: first paint, bytes,
time in scripts, and how long a search takes.
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from crawler.report.book import Options
from crawler.report.site import Built, build
from extract.definitions import load_definitions
from extract.records import Article, Claim
from pipelines.database import Ledger
from pipelines.rows import article_row, claim_rows
from pipelines.snapshot import snapshot
from pipelines.sqlite import put, writing
from tests.benchmarks.ledger import WORDS
from tests.pipelines.told import reading

PER_COMPANY = 6  # rounds of a company on average
YEARS = 20  # over which the rounds are spread
INDUSTRIES = ("airlines", "banking", "games", "health", "media", "retail", "semiconductors", "software", "telecom")
COUNTRIES = ("US", "GB", "IN", "DE", "CA", "FR", None)
BATCH = 2000

Reading = tuple[Article, tuple[Claim, ...]]


def told(company: int, cut: int, report: int, chance: random.Random) -> Reading:
    """One article of a round of a company; every fifth round is put down to AI."""
    month = (cut * 7 + company) % (12 * YEARS)
    day = f"{2027 - YEARS + month // 12}-{month % 12 + 1:02}-{1 + (cut * 5 + company) % 20 + report:02}"
    jobs = 100 + 37 * (cut % 400) + company % 90
    url = f"https://paper{chance.randrange(60)}.example/{company}/{cut}/{report}-{chance.randrange(10**9)}"
    article, claims = reading(url, f"Quorvex {company:05}", jobs, day)
    body = f"{article.text}\n\n{' '.join(chance.choices(WORDS, k=120))}"
    if (company + cut) % 5 == 0:
        claims = (*claims, _voice(article, claims[1]))
    return replace(article, text=body, fetched_at=f"{day}T12:00:00+00:00"), claims


def _voice(article: Article, cut: Claim) -> Claim:
    end = article.text.index("\n\n")
    return replace(
        cut, kind="attribution", start=0, end=end, quote=article.text[:end], value="replacement", polarity="asserts",
        speaker="employer", modality="explicit", current=None, confidence=None, rule="attribution.test",
    )  # fmt: skip


def stored(events: int) -> Iterator[Reading]:
    """Two articles on average of each of so many rounds; few companies have many rounds, many have few."""
    chance = random.Random(events)
    companies = max(events // PER_COMPANY, 1)
    cuts = [0] * companies
    for _ in range(events):
        company = int(companies * chance.random() ** 1.5)
        cuts[company] += 1
        for report in range(chance.choice((1, 1, 2, 4))):
            yield told(company, cuts[company], report, chance)


def fill(path: Path, events: int) -> int:
    """Make the database; how many events it has."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="benchmark", started_at="2026-01-01T00:00:00+00:00")
        rows: list[Reading] = []
        for one in stored(events):
            rows.append(one)
            if len(rows) == BATCH:
                _write(ledger, rows, run)
                rows.clear()
        _write(ledger, rows, run)
        ledger.rebuild(run)
        _describe(ledger)
        ledger.finish_run(run, finish_reason="finished", finished_at="2026-01-01T01:00:00+00:00")
        return int(next(ledger.db.query("select count(*) as n from events"))["n"])


def _write(ledger: Ledger, rows: Sequence[Reading], run: int) -> None:
    with writing(ledger.db, ledger.path):
        put(ledger.db, "articles", ["article_id"], [article_row(article, run) for article, _ in rows])
        put(ledger.db, "claims", ["claim_id"], [row for one in rows for row in claim_rows(*one)])


def _describe(ledger: Ledger) -> None:
    """Industries and countries, which no list knows of invented companies."""
    with writing(ledger.db, ledger.path):
        for company in list(ledger.db.query("select company_id from companies where industry is null")):
            number = int("".join(c for c in company["company_id"] if c.isdigit()) or 0)
            values = [INDUSTRIES[number % len(INDUSTRIES)], COUNTRIES[number % len(COUNTRIES)], company["company_id"]]
            for table in ("companies", "events"):
                ledger.db.execute(f"update {table} set industry = ?, country = ? where company_id = ?", values)


def ten_more(path: Path, events: int, turn: int) -> None:
    """Ten new articles, of as many companies, in the latest month."""
    chance = random.Random(turn)
    companies = max(events // PER_COMPANY, 1)
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="benchmark", started_at=f"2026-12-{20 + turn}T00:00:00+00:00")
        for _ in range(10):
            company = chance.randrange(companies)
            url = f"https://paper{chance.randrange(60)}.example/new/{turn}/{chance.randrange(10**9)}"
            day = f"2026-12-{20 + turn}"
            ledger.save(*reading(url, f"Quorvex {company:05}", chance.randrange(50, 5000), day), run)
        ledger.rebuild(run)
        _describe(ledger)
        ledger.finish_run(run, finish_reason="finished", finished_at=f"2026-12-{20 + turn}T00:10:00+00:00")


def built(path: Path, site: Path) -> tuple[Built, float]:
    """Build the site; processor seconds."""
    gc.collect()
    begun = time.process_time()
    with snapshot(path) as ledger:
        done = build(ledger, site, load_definitions(), Options())
    return done, time.process_time() - begun


def size(site: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, action="append", metavar="N", help="rounds in the ledger; several times")
    parser.add_argument("--browser", metavar="FILE", help="a Chromium that measures the largest site")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leave databases and sites in this folder")
    options = parser.parse_args()
    print(f"{'events':>7} {'build':>8} {'per 1,000':>10} {'files':>7} {'size':>9} {'front':>8}", end="")
    print(f" {'ten new':>8} {'share':>7} {'files':>6}")
    with tempfile.TemporaryDirectory() as folder:
        home = options.keep or Path(folder)
        for events in options.events or [1_000, 10_000, 50_000]:
            site = _measured(home, events)
        if options.browser:
            _browse(site, options.browser)


def _measured(home: Path, events: int) -> Path:
    path, site = home / f"{events}.db", home / f"site-{events}"
    if not path.exists():
        fill(path, events)
    done, seconds = built(path, site)
    bytes_, front = size(site), (site / "index.html").stat().st_size
    again = []
    for turn in range(1, 4):
        ten_more(path, events, turn)
        again.append(built(path, site))
    second, files = sorted((spent, one.written) for one, spent in again)[1]
    print(
        f"{events:>7,} {seconds:>7.1f}s {seconds / events * 1000:>9.2f}s {done.written:>7,} {bytes_ / 1e6:>6.1f} MB"
        f" {front / 1e3:>5.0f} kB {second:>7.2f}s {second / seconds:>7.2%} {files:>6,}",
        flush=True,
    )
    return site


def _browse(site: Path, browser: str) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        for name in ("index.html", "events.html", *(f"event/{p.name}" for p in sorted((site / "event").iterdir())[:1])):
            page = chromium.new_page(viewport={"width": 1280, "height": 900})
            print(f"{name}: {_opened(page, site / name)}")
            page.close()
        chromium.close()


_FIGURES = """() => {
  const paint = performance.getEntriesByName("first-contentful-paint")[0];
  const shift = (window.shifts ?? []).reduce((sum, one) => sum + one, 0);
  return { paint: paint?.startTime ?? null, shift };
}"""
_WATCH = """window.shifts = []; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) if (!one.hadRecentInput) window.shifts.push(one.value);
}).observe({ type: "layout-shift", buffered: true });"""


def _opened(page: Any, path: Path) -> str:
    """Open a page on a slow processor: bytes of all it loads, first paint, layout shift, time in scripts; a search."""
    session = page.context.new_cdp_session(page)
    loaded: set[Path] = set()
    page.on("request", lambda request: loaded.add(Path(unquote(urlsplit(request.url).path))))
    session.send("Performance.enable")
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    page.add_init_script(_WATCH)
    page.goto(path.as_uri())
    table = path.name == "events.html"
    page.wait_for_selector("body[data-ready]" if table else "main", timeout=120_000)
    page.wait_for_timeout(500)
    metrics = {one["name"]: one["value"] for one in session.send("Performance.getMetrics")["metrics"]}
    seen = page.evaluate(_FIGURES)
    bytes_ = sum(file.stat().st_size for file in loaded)
    words = (
        f"{bytes_ / 1e3:,.0f} kB in {len(loaded)} files, first paint {seen['paint']:.0f} ms,"
        f" layout shift {seen['shift']:.3f},"
        f" scripts {metrics['ScriptDuration']:.2f} s, all work {metrics['TaskDuration']:.2f} s"
    )
    if table:
        begun = time.monotonic()
        page.fill("#f-q", "quorvex 000")
        while "q=" not in page.evaluate("location.hash") and time.monotonic() < begun + 60:
            page.wait_for_timeout(10)
        words += f", search {time.monotonic() - begun:.2f} s"
    return words


if __name__ == "__main__":
    main()
