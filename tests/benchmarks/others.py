"""What other projects' extractors cost on the same pages: run by the benchmark under each interpreter of `--other`.

    PYTHON others.py < pages

A line of JSON a page (url, html) on standard input; a line of JSON an extractor that is installed (name, processor
seconds a page, pages of which it gave a text) on standard output. Each is called as its manual shows it. Needs nothing
of this project, since the others' requirements may contradict its own.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any


def _trafilatura() -> Callable[[str, str], Any]:
    trafilatura = importlib.import_module("trafilatura")
    return lambda url, html: trafilatura.bare_extraction(html, url=url, with_metadata=True).text


def _newsplease() -> Callable[[str, str], Any]:
    newsplease = importlib.import_module("newsplease").NewsPlease
    return lambda url, html: newsplease.from_html(html, url=url).maintext


def _newspaper() -> Callable[[str, str], Any]:
    newspaper = importlib.import_module("newspaper")
    return lambda url, html: newspaper.article(url, input_html=html).text


def _fundus() -> Callable[[str, str], Any]:
    """Fundus reads only pages of publishers that it has a parser for; all get the one that it has for AP News."""
    publishers = importlib.import_module("fundus").PublisherCollection
    publisher = publishers.us.APNews
    return lambda url, html: str(publisher.parser.latest_version().parse(html, "suppress").get("body"))


EXTRACTORS = {
    "trafilatura alone": _trafilatura,
    "news-please": _newsplease,
    "newspaper4k": _newspaper,
    "Fundus (parser of AP News)": _fundus,
}


def main() -> None:
    """Measure those that are installed; the first page is read once before, for what is loaded late."""
    pages = [json.loads(line) for line in sys.stdin]
    for name, made in EXTRACTORS.items():
        try:
            read = made()
        except ImportError:
            continue
        texts = 0
        with contextlib.suppress(Exception):
            read(*pages[0])
        begun = time.process_time()
        for url, html in pages:
            with contextlib.suppress(Exception):  # what it cannot read counts as read to nothing
                texts += bool(read(url, html))
        print(json.dumps([name, (time.process_time() - begun) / len(pages), texts]), flush=True)


if __name__ == "__main__":
    main()
