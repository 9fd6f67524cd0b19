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
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from extract import article, language, skim, warc
from extract.events import claims
from extract.reasons import Rejected
from extract.records import Page
from pipelines.backfill.processes import Processes
from pipelines.backfill.reader import Limits
from pipelines.backfill.reading import read_archive
from pipelines.backfill.result import Result
from tests.benchmarks.archive import folder_pages, mixed, texts, write

#: What a process does whose peak memory is measured.
#: Linux counts in ru_maxrss what the process was before it became another program; VmHWM begins anew.
PEAK = """
import re, resource, sys
from pathlib import Path
from pipelines.backfill.reading import read_archive
read_archive(sys.argv[1])
if sys.platform == "linux":
    print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
else:
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
#: What a process does whose verdicts are compared with another's.
VERDICTS = """
import sys
if sys.argv[3] == "pure":
    sys.modules["hyperscan"] = None
from pathlib import Path
from tests.benchmarks.__main__ import verdicts
print(verdicts(Path(sys.argv[1]), int(sys.argv[2])))
"""
#: What is put into pages at random places to see whether both gates still agree.
MUTATIONS = (
    *(b" lays off 300 workers ", b"<p>job cuts", b" cut ", b" jobs ", b" staff ", b"<h1>", b"</script>", b"<script>"),
    *(b"<a href='/x'>", b"</a>", b"</p>", b"&shy;", b"\xc2\xad", b"laid&nbsp;off ", b"<b>", b"<!--", b"<title>"),
)
#: Pages on which what is slow is measured; and those on which both gates are compared, of which the pure one is slow.
SLOW, AGREE = 60, 300
TRIES = 3


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
    read_archive(
        str(Path("data/sample/sample.warc.gz").absolute())
    )  # word lists and patterns are loaded once a process
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


def agreement(path: Path, number: int) -> None:
    """Verdicts with Hyperscan and in pure Python, on the first pages and on another made of each by chance."""
    runs = [
        subprocess.Popen([sys.executable, "-c", VERDICTS, str(path), str(number), name], stdout=subprocess.PIPE)
        for name in ("hyperscan", "pure")
    ]
    quick, pure = (run.communicate()[0].decode().strip() for run in runs)
    differ = sum(one != other for one, other in zip(quick, pure, strict=True))
    print(f"gates with and without Hyperscan: {differ} of {len(quick):,} verdicts differ; {quick.count('1'):,} tell")


def verdicts(path: Path, number: int) -> str:
    """A 1 or 0 for each page, and for each with words of cuts and pieces of markup put in where chance will have it."""
    chance, found = random.Random(1), ""
    for page in islice((page for page in warc.pages(path) if isinstance(page, Page)), number):
        for body in (page.body, mutated(page.body, chance)):
            found += "1" if skim.page_tells(body) else "0"
    return found


def mutated(body: bytes, chance: random.Random) -> bytes:
    """The page with eight of MUTATIONS in it."""
    places = sorted(chance.randrange(len(body) + 1) for _ in range(8))
    parts = [body[start:end] for start, end in pairwise([0, *places, len(body)])]
    return parts[0] + b"".join(chance.choice(MUTATIONS) + part for part in parts[1:])


class Meter:
    """Adds up processor time by stage."""

    def __init__(self) -> None:
        self.cost, self.count = Counter[str](), Counter[str]()

    def __call__(self, stage: str, work: Callable[..., Any], *given: Any) -> Any:
        """What `work` gives."""
        begun = time.process_time()
        try:
            return work(*given)
        finally:
            self.cost[stage] += time.process_time() - begun
            self.count[stage] += 1


def stages(path: Path) -> None:
    """Processor time of each stage: a page that comes to it, and spread over all pages."""
    meter, found, pages = Meter(), warc.pages(path), 0
    while (page := meter("read, compare checksums", next, found, None)) is not None:
        if isinstance(page, Page):
            pages += 1
            with suppress(Rejected):
                journey(meter, page)
    print(f"{'stage':34}{'pages':>9}{'ms each':>9}{'ms a page of all':>18}")
    for name, count in meter.count.items():
        spent = meter.cost[name] * 1e3
        print(f"{name:<34}{count:>9,}{spent / count:>9.3f}{spent / pages:>18.3f}")


def journey(meter: Meter, page: Page) -> None:
    """One page as far as it goes."""
    if not meter("words of the page", skim.page_tells, page.body):
        return
    title, text = meter("rough text", skim.rough_text, page.body)
    lines = meter("words of the text", skim.telling, title, text)
    if not lines:
        return
    meter("language", language.check, title, text, "")
    if not meter("claims of an excerpt", skim.excerpt_tells, title, text, lines):
        return
    read = meter("article", article.read, page)
    meter("claims", claims, read)


def scaling(path: Path) -> None:
    """Pages a second by the clock, of one process and of two, over two archives; start not counted, best of tries."""
    spent: dict[int, float] = {}
    for number in (1, 2) * TRIES:
        with Processes(number, Limits()) as engine:
            list(engine.results([str(Path("data/sample/sample.warc.gz").absolute())] * number * 2))  # all are awake
            begun = time.monotonic()
            list(engine.results([str(path)] * 2))
            spent[number] = min(spent.get(number, float("inf")), time.monotonic() - begun)
    times = f"two archives by one process {spent[1]:.1f} s, by two {spent[2]:.1f} s"
    print(f"{times}: {spent[1] / spent[2]:.2f} times as fast; load {os.getloadavg()[0]:.1f}")


def memory(path: Path) -> None:
    """Peak memory of a process that reads the archive once, and of one that reads it ten times over, as one file."""
    with tempfile.TemporaryDirectory() as folder:
        ten = Path(folder, "ten.warc.gz")
        with ten.open("wb") as stream:
            for _ in range(10):
                stream.write(path.read_bytes())
        for name, file in (("once", path), ("ten times the input", ten)):
            done = subprocess.run([sys.executable, "-c", PEAK, str(file)], check=True, capture_output=True)
            peak = int(done.stdout) / (1024 if sys.platform == "linux" else 2**20)
            print(f"peak memory, {name}: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
