"""What reading costs: `python -m tests.benchmarks.reading FILE... [--number N] [--rounds N]`.

FILE is what `python -m extract` reads; of its articles the first N that pass the gate are taken. For each file, in a
process of its own, two things read the same headlines and bodies in turn: spaCy's blank English pipeline, a tokenizer
and nothing else (`nlp.pipe`), and `claims` with `decide`, the way from a text to its events. Both have been started:
word lists are loaded, expressions compiled, other articles read. "Cold" is the first time that either sees the
articles, "warm" the best of the rounds that follow, in which the tokenizer finds nearly every word in its cache.
Then the slowest article against the median one, and what hostile repetition costs by its length. Processor time.
"""

from __future__ import annotations

import argparse
import itertools
import os
import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path

import spacy

from extract import article, gate, inputs
from extract.decide import decide
from extract.events import claims
from extract.reasons import Rejected
from extract.records import Article, Page

#: What is read by way of starting; none of it is in a measured file.
START = Path(__file__).parents[2] / "data" / "gold" / "articles.jsonl"
#: Articles that one side reads before it is the other's turn.
TURN = 50
SIZES = (10_000, 100_000, 1_000_000)
#: What a hostile page repeats; {} is the number of the repetition.
HOSTILE = {
    "one sentence, many times": "Acme cuts 10 jobs. ",
    "one sentence without end": "and Acme will cut 10% of its 900 jobs ",
    "names": "Acme{} Brackwell Zentrix ",
    "numbers": "{} of 9,000 jobs ",
    "list items": "- Acme{}: {} jobs cut\n\n",
    "dates": "Layoffs of March 3, 2026, and of last week. ",
    "ties to AI": "Acme laid off 40 because of AI, ",
}


def main() -> None:
    """Measure each file, then hostile texts, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, metavar="FILE", nargs="*", help="what `python -m extract` reads")
    parser.add_argument("--number", type=int, default=2000, metavar="N", help="most articles of a file (2000)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="warm rounds (3)")
    options = parser.parse_args()
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as fresh:
        for path in options.file:
            print(fresh.submit(compared, path, options.number, options.rounds).result(), flush=True)
        print(fresh.submit(hostile).result())


def compared(path: Path, number: int, rounds: int) -> str:
    """The table of one file."""
    found = list(itertools.islice(articles(path), number))
    blank, costs = started(), [[float("inf")] * len(found) for _ in range(2)]
    lines = [f"{path}: {len(found):,} articles, {sum(len(text(a)) for a in found):,} characters"]
    for turn in range(1 + rounds):
        token, read = [], []
        for begin in range(0, len(found), TURN):
            part = found[begin : begin + TURN]
            token.append(timed(lambda part=part: list(blank.pipe(map(text, part)))))  # type: ignore[misc]
            read += [timed(lambda one=one: events(one)) for one in part]  # type: ignore[misc]
        costs = [[sum(token)], read] if turn < 2 else [[min(costs[0][0], sum(token))], list(map(min, costs[1], read))]
        if turn in (0, rounds):
            lines.append(row("cold" if turn == 0 else "warm", len(found), costs[0][0], sum(costs[1])))
    middle, worst = statistics.median(costs[1]), max(costs[1])
    slowest = found[costs[1].index(worst)]
    share = f"{worst / middle:.1f} times the median, {middle * 1e3:.2f} ms"
    return "\n".join([*lines, f"  slowest: {slowest.article_id}, {worst * 1e3:.2f} ms, {share}"])


def articles(path: Path) -> Iterator[Article]:
    """The articles of the file that pass the gate."""
    for page in inputs.pages(path):
        with suppress(Rejected):
            if isinstance(page, Page):
                found = article.read(page)
                gate.gate_text(found.title, found.text)
                yield found


def started() -> spacy.Language:
    """A tokenizer; it and the reader have read other articles."""
    blank = spacy.blank("en")
    for one in articles(START):
        blank(text(one))
        events(one)
    return blank


def text(one: Article) -> str:
    """What both read."""
    return f"{one.title}\n\n{one.text}"


def events(one: Article) -> object:
    """From text to events."""
    return decide(one, claims(one))


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def row(name: str, number: int, tokenizer: float, reading: float) -> str:
    """A line of the table: milliseconds an article, and how many times the cost."""
    each = f"tokenizer {tokenizer / number * 1e3:7.3f} ms, reading {reading / number * 1e3:7.3f} ms an article"
    return f"  {name}: {each}, ratio {reading / tokenizer:.1f}"


def hostile() -> str:
    """Milliseconds by length, and milliseconds a kilobyte; the reader reads no more than events.MAX_CHARACTERS."""
    started()
    lines = [f"{'ms (ms/kB)':<28}" + "".join(f"{size:>20,}" for size in SIZES)]
    for name, piece in HOSTILE.items():
        cells = []
        for size in SIZES:
            repeated = "".join(piece.format(n, n) for n in range(size // len(piece) + 1))[:size]
            one = Article(article_id="hostile", url="urn:x", title="Acme lays off 40", text=repeated, published=None)
            cost = min(timed(lambda one=one: events(one)) for _ in range(2)) * 1e3  # type: ignore[misc]
            cells.append(f"{f'{cost:,.0f} ({cost / size * 1e3:.2f})':>20}")
        lines.append(f"{name:<28}" + "".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
