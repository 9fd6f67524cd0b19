"""What the back-fill costs: `python -m tests.benchmarks --pages FOLDER --texts FILE.jsonl [--number N] [--share S]`.

Builds an archive (see tests/benchmarks/archive.py), and prints for the same archive, in one run: reading it with
FastWARC and nothing else; the back-fill; the back-fill without its gates; other extractors, where installed, on the
same pages; the cost of each stage; one process and two; memory. Rates are by processor time, so that other programs on
the machine disturb little; the scaling is by the clock and says how loaded the machine was.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extract import article, warc
from extract.events import claims
from extract.reasons import Rejected
from extract.records import Page
from pipelines.backfill.reading import read_archive
from pipelines.backfill.result import Result
from tests.benchmarks.archive import folder_pages, mixed, texts, write
from tests.benchmarks.gates import agreement
from tests.benchmarks.resources import SAMPLE, memory, scaling
from tests.benchmarks.stages import stages

#: Pages on which what is slow is measured; and those on which both gates are compared, of which the pure one is slow.
SLOW, AGREE = 60, 300


def main() -> None:
    """Build, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, metavar="FILE", help="measure this archive, build none")
    parser.add_argument("--pages", type=Path, metavar="FOLDER", help="HTML files")
    parser.add_argument(
        "--texts", type=Path, action="append", default=[], metavar="FILE", help="JSON lines, title and text"
    )
    parser.add_argument("--number", type=int, default=3000, metavar="N", help="pages of the archive")
    parser.add_argument(
        "--other", action="append", default=[], metavar="PYTHON", help="an interpreter with other extractors"
    )
    parser.add_argument("--agree", type=int, default=AGREE, metavar="N", help="pages on which both gates are compared")
    parser.add_argument("--share", type=float, default=0.01, metavar="S", help="share of pages that tell of a cut")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.archive or Path(folder, "benchmark.warc.gz")
        if not options.archive:
            if not options.pages:
                parser.error("--pages or --archive is needed")
            kinds = write(path, mixed(folder_pages(options.pages), texts(options.texts), options.number, options.share))
            print(f"archive: {kinds}, {path.stat().st_size / 1e6:.0f} MB packed")
        report(path, options.other, options.agree)
        if not options.archive:
            unselected(options)


def unselected(options: argparse.Namespace) -> None:
    """The back-fill's cost where the articles are as they come, however many tell of cuts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "unselected.warc.gz")
        kinds = write(path, mixed(folder_pages(options.pages), texts(options.texts), options.number, None))
        print(f"the articles as they come: {kinds}")
        whole_journey(path)


def report(path: Path, interpreters: list[str], agree: int) -> None:
    """Measure the archive and print; `interpreters` are those with other extractors."""
    read_archive(SAMPLE)  # word lists and patterns are loaded once a process
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    gc.freeze()  # as the process that reads archives does
    pages, alone, whole, _ = whole_journey(path)
    sample = [page for page in islice(warc.pages(path), SLOW) if isinstance(page, Page)]
    bare = per_page(sample, ungated)
    row("back-fill without gates", bare, alone / pages)
    print(f"{'':34}{bare / (whole / pages):>9.1f} times the cost")
    for interpreter in (sys.executable, *interpreters):
        others(sample, interpreter, alone / pages)
    stages(path)
    agreement(path, agree)
    scaling(path)
    memory(path)


def whole_journey(path: Path) -> tuple[int, float, float, Result]:
    """Pages, processor seconds of reading them alone and of the back-fill, and what came of it; printed as well."""
    pages, alone = timed(lambda: reading_alone(path))
    result, whole = timed(lambda: read_archive(str(path)))
    print(f"{'':34}{'ms/page':>9}{'pages/s':>9}{'ratio':>8}")
    row("FastWARC reading alone", alone / pages, alone / pages)
    row("back-fill", whole / pages, alone / pages)
    print(f"kept {result.passed} pages with {result.events} events; let go: {dict(result.rejected.most_common())}")
    return pages, alone, whole, result


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """What it gives, and the processor seconds it took: the best of three times."""
    best, found = float("inf"), None
    for _ in range(3):
        begun = time.process_time()
        found = work()
        best = min(best, time.process_time() - begun)
    return found, best


def row(name: str, cost: float, alone: float) -> None:
    """A line of the table."""
    print(f"{name:<34}{cost * 1e3:>9.3f}{1 / cost:>9,.0f}{alone / cost:>8.3f}", flush=True)


def reading_alone(path: Path) -> int:
    """Every response of the archive with its body; nothing is done with them."""
    count = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all"):
            record.reader.read()
            count += 1
    return count


def ungated(page: Page) -> None:
    """The costly reading of a page."""
    claims(article.read(page))


def per_page(sample: Iterable[Page], read: Callable[[Page], object]) -> float:
    """Processor seconds a page."""
    sample = list(sample)
    begun = time.process_time()
    for page in sample:
        with contextlib.suppress(Rejected):
            read(page)
    return (time.process_time() - begun) / len(sample)


def others(sample: list[Page], interpreter: str, alone: float) -> None:
    """Rows of the extractors that are installed for an interpreter."""
    lines = "".join(json.dumps([page.url, page.body.decode("utf-8", "replace")]) + "\n" for page in sample)
    run = [interpreter, str(Path(__file__).with_name("others.py"))]
    done = subprocess.run(run, input=lines, text=True, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    for name, cost, told in map(json.loads, done.stdout.splitlines()):
        row(f"{name}, {told} read", cost, alone)


if __name__ == "__main__":
    main()
