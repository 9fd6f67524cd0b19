"""What the back-fill takes of a machine: processors, and memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipelines.backfill.processes import Processes
from pipelines.backfill.reader import Limits

SAMPLE = str(Path("data/sample/sample.warc.gz").absolute())
TRIES = 3
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


def scaling(path: Path) -> None:
    """Pages a second by the clock, of one process and of two, over two archives; start not counted, best of tries."""
    spent: dict[int, float] = {}
    for number in (1, 2) * TRIES:
        with Processes(number, Limits()) as engine:
            list(engine.results([SAMPLE] * number * 2))  # all are awake
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
