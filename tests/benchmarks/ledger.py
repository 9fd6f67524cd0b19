"""What resolving costs as the ledger grows: `python -m tests.benchmarks.ledger [--claims N]... [--companies N]`.

Fills a database with synthetic articles of four claims each, resolves it for the first time, then lets ten new
articles of ten companies come, several times over, and prints processor seconds: of the first resolve, and of all that
a crawl does with ten articles, from opening the database to the search index. Two series: companies in proportion
(200 claims each at every size, so that only the store grows), and the same number of companies at every size (so that
each company's own history grows as well).
"""

from __future__ import annotations

import argparse
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extract.records import Article, Claim
from pipelines.afterwards import tidy
from pipelines.database import Ledger
from pipelines.rows import article_row, claim_rows
from pipelines.sqlite import put, writing
from tests.pipelines.told import reading

CLAIMS = 4  # of an article
PER_COMPANY = 200  # claims, in the first series
ROUND = 6  # articles that tell of one round
BATCH = 2000
KEEP = 40 * 366  # days that texts are kept: all, but their ages are asked for as in a crawl that erases
WORDS = [f"word{number}" for number in range(4000)]

Reading = tuple[Article, tuple[Claim, ...]]


def told(number: int, company: int, chance: random.Random) -> Reading:
    """The article `number`, of one of the rounds of the company: two months apart, each with its own figure."""
    cut = chance.randrange(1000) if number < 0 else number // ROUND
    month = cut * 2 % 240
    day = f"{2000 + month // 12}-{month % 12 + 1:02}-{chance.randrange(1, 12):02}"
    jobs = 100 + 37 * (cut % 400) + chance.choice((0, 0, 0, 1))
    url = f"https://paper{chance.randrange(60)}.example/{company}/{number}-{chance.random()}"
    article, claims = reading(url, f"Quorvex {company:05}", jobs, day)
    body = f"{article.text}\n\n{' '.join(chance.choices(WORDS, k=120))}"
    return replace(article, text=body, fetched_at=f"{day}T12:00:00+00:00"), claims


def stored(articles: int, companies: int) -> Iterator[Reading]:
    """All articles of a ledger, company after company in turns."""
    chance = random.Random(articles)
    for index in range(articles):
        yield told(index // companies, index % companies, chance)


def fill(ledger: Ledger, articles: int, companies: int) -> None:
    """Write the articles and claims, unresolved."""
    run = ledger.start_run(spider="benchmark", started_at="2026-01-01")
    rows: list[Reading] = []
    for one in stored(articles, companies):
        rows.append(one)
        if len(rows) == BATCH:
            _write(ledger, rows, run)
            rows.clear()
    _write(ledger, rows, run)


def _write(ledger: Ledger, rows: list[Reading], run: int) -> None:
    with writing(ledger.db, ledger.path):
        put(ledger.db, "articles", ["article_id"], [article_row(article, run) for article, _ in rows])
        put(ledger.db, "claims", ["claim_id"], [row for one in rows for row in claim_rows(*one)])


def measured(articles: int, companies: int, folder: Path) -> tuple[float, float, int]:
    """Processor seconds of the first resolve, and of ten new articles (median of seven times); the events."""
    path = folder / f"{articles}-{companies}.db"
    with Ledger(path) as ledger:
        fill(ledger, articles, companies)
        begun = time.process_time()
        events = ledger.rebuild()["new"]
        first = time.process_time() - begun
        tidy(ledger.db, path, KEEP)
    ten = []
    chance = random.Random(7)
    for turn in range(7):
        new = [told(-1 - turn, chance.randrange(companies), chance) for _ in range(10)]
        begun = time.process_time()
        with Ledger(path) as ledger:
            run = ledger.start_run(spider="benchmark", started_at="2026-01-02")
            for one in new:
                ledger.save(*one, run)
            ledger.rebuild(run)
            tidy(ledger.db, path, KEEP)
            ledger.finish_run(run, finish_reason="finished")
        ten.append(time.process_time() - begun)
    path.unlink()
    return first, statistics.median(ten), events


def main() -> None:
    """Print both series."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--claims", type=int, action="append", metavar="N", help="size of the ledger; several times")
    parser.add_argument("--companies", type=int, default=5000, metavar="N", help="companies of the second series")
    parser.add_argument("--series", choices=("proportion", "same", "both"), default="both")
    options = parser.parse_args()
    sizes = options.claims or [10_000, 100_000, 1_000_000]
    print(f"{'companies':>9} {'claims':>9} {'events':>7} {'first':>8} {'per claim':>10} {'ten new':>9} {'share':>9}")
    for series in ("proportion", "same"):
        for claims in sizes if options.series in (series, "both") else ():
            companies = claims // PER_COMPANY if series == "proportion" else options.companies
            if claims // CLAIMS < companies:
                companies = claims // CLAIMS
            with tempfile.TemporaryDirectory() as folder:
                first, ten, events = measured(claims // CLAIMS, companies, Path(folder))
            print(
                f"{companies:>9,} {claims:>9,} {events:>7,} {first:>7.1f}s {first / claims * 1e6:>7.0f} us"
                f" {ten * 1000:>6.0f} ms {ten / first:>9.2%}",
                flush=True,
            )


if __name__ == "__main__":
    main()
