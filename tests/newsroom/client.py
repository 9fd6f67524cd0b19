"""Starts the newsroom, and crawls, each in a process of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
#: Seconds that a crawl of the newsroom may take; it takes four.
PATIENCE = 120
#: What makes a crawl of loopback quick, and possible at all.
QUICK = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=0",
    "RETRY_TIMES=0",
    "CONTACT=tests@example.org",
    "ALLOW_PRIVATE_HOSTS=127.0.0.1",
    "PAGES=",
)


@dataclass(frozen=True, slots=True)
class Newsroom:
    """A running newsroom: the addresses of its two hosts."""

    home: str
    other: str

    def asked(self, host: str | None = None) -> list[str]:
        """The paths that a host was asked for, in their order."""
        return [request["path"] for request in self.requests(host)]

    def requests(self, host: str | None = None) -> list[dict[str, Any]]:
        """The requests to a host: path, host, agent, time, end, bytes of body sent, headers of note."""
        address = (host or self.home).replace("localhost", "127.0.0.1")
        with urllib.request.urlopen(f"{address}/_requests", timeout=10) as answer:
            found: list[dict[str, Any]] = json.load(answer)
        return found


@contextmanager
def newsroom(*arguments: str) -> Iterator[Newsroom]:
    """A newsroom while the block lasts."""
    command = [sys.executable, "-m", "tests.newsroom", *arguments]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield Newsroom(**json.loads(process.stdout.readline()))
        assert process.stdin is not None
        process.stdin.close()  # it serves until then, also where this process is killed


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: exit status, and what it said."""

    status: int
    out: str
    err: str

    def summary(self) -> dict[str, str]:
        """The parts of the summary by their first word: lines of a block, or of the one line that cron sees."""
        return dict(re.findall(r"(?:^  | · )(\w+) +(.+?)(?= · |$)", self.out, re.MULTILINE))


def command(*arguments: str) -> list[str]:
    """`scrapy ARGUMENTS` for this Python."""
    return [sys.executable, "-m", "scrapy", *arguments]


def environment(settings: str) -> dict[str, str]:
    """The environment of a crawl: these settings ("" for those that Scrapy finds by itself), and no proxy."""
    kept = {name: value for name, value in os.environ.items() if "proxy" not in name.lower()}
    named = {"SCRAPY_SETTINGS_MODULE": settings, "PYTHONPATH": str(ROOT)} if settings else {}
    return {**kept, **named}


def scrapy(*arguments: str, cwd: Path = ROOT, settings: str = "crawler.settings", patience: int = PATIENCE) -> Run:
    """Run `scrapy ARGUMENTS` to its end, which must come within `patience` seconds."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        env=environment(settings),
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def options(**settings: object) -> list[str]:
    """`-s NAME=VALUE` for what makes the crawl quick and for `settings`."""
    pairs = [*QUICK, *(f"{name}={value}" for name, value in settings.items())]
    return [part for pair in pairs for part in ("-s", pair)]


def sources_file(path: Path, home: str, *listed: str) -> Path:
    """A file of sources: each of `listed` is a kind, a path at `home`, and words for further keys."""
    blocks = []
    for entry in listed:
        kind, place, *more = entry.split(" ", 2)
        name = f"{kind}-{re.sub('[^a-z0-9]+', '-', place.lower()).strip('-')}".replace("_", "-")
        blocks.append(f"""[[source]]
id = "{name}"
name = "{name}"
publisher = "The Loopback Times"
country = "US"
kind = "{kind}"
url = "{home}{place}"
tags = ["{kind.replace("_", "-")}", "all"]
tier = 1
evidence = "it is ours"
{"".join(more)}
""")
    path.write_text("\n".join(blocks), encoding="utf-8")
    return path
