"""Do the back-fill's gates say the same with Hyperscan and in pure Python, also of pages that nobody wrote?"""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import islice, pairwise
from pathlib import Path

from extract import skim, warc
from extract.records import Page

#: What a process does whose verdicts are compared with another's.
VERDICTS = """
import sys
if sys.argv[3] == "pure":
    sys.modules["hyperscan"] = None
from pathlib import Path
from tests.benchmarks.gates import verdicts
print(verdicts(Path(sys.argv[1]), int(sys.argv[2])))
"""
#: What is put into pages at random places to see whether both gates still agree.
MUTATIONS = (
    *(b" lays off 300 workers ", b"<p>job cuts", b" cut ", b" jobs ", b" staff ", b"<h1>", b"</script>", b"<script>"),
    *(b"<a href='/x'>", b"</a>", b"</p>", b"&shy;", b"\xc2\xad", b"laid&nbsp;off ", b"<b>", b"<!--", b"<title>"),
)


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
