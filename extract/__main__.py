"""`python -m extract`: articles in, the job-cut events of each out, one JSON line an article."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import extract
from extract import article, gate, inputs
from extract.decide import decide
from extract.model import NoModel
from extract.reasons import Rejected
from extract.records import Article, Event, Page
from extract.vocabulary import VocabularyError

#: Keys of a printed event, in order; attributes of Event.
EVENT_KEYS = (
    "company", "headcount_min", "headcount_max", "headcount_relation", "pct_min", "pct_max", "pct_relation", "unit",
    "date", "action", "status", "ai", "ai_link", "evidence", "ai_evidence", "evidence_field", "evidence_start",
    "evidence_end", "ai_evidence_field", "ai_evidence_start", "ai_evidence_end", "confidence", "rules",
)  # fmt: skip
#: Keys of a printed article, in order; attributes of Article, where `id` is `article_id`.
ARTICLE_KEYS = ("url", "title", "author", "published", "published_from", "site", "language", "text")

DESCRIPTION = "Read news articles and print the job-cut events of each, one JSON line an article, on standard output."
DETAILS = """\
PATH is one of
  *.jsonl, *.jsonl.gz       one JSON object a line: id, url, published, and either title and text, or html;
                            a title or published given there wins over the page's own
  *.warc, *.warc.gz         the archive's HTML pages with status 200
  *.html, *.htm, *.html.gz  one page; its id is the file's name
  a folder                  its WARCs and HTML files, in all its folders
Without PATH, or with -, JSON lines are read from standard input.

Output, a line an article, in the order of the input:
  {"id", "events": [...]}                  what was read; with --articles the article's own fields
  {"id", "events": [], "rejected": "..."}  left out, with rule and reason: not about job cuts, not English, no text
  {"id", "line", "events": [], "error"}    could not be read; told on standard error too, and the rest is read

Exit status: 0 all was read; 1 some input was bad; 2 wrong usage; 4 stopped early."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with `arguments` (those of the process if None); returns the exit status."""
    options = _parser().parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        if options.ner_model:
            from extract import nlp  # spaCy loads with it

            nlp.use(options.ner_model)
        bad = _run(options.path, options.articles)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # who reads us has seen enough
        return 0
    except VocabularyError as error:
        print(error, file=sys.stderr)  # no article can be read without its word lists
        return 1
    except NoModel as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped early", file=sys.stderr)
        return 4
    return 1 if bad else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m extract",
        description=DESCRIPTION,
        epilog=DETAILS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", metavar="PATH", nargs="*", help="file or folder to read (standard input)")
    parser.add_argument(
        "--articles", action="store_true", help="print the articles as they are read, without their events"
    )
    parser.add_argument(
        "--ner-model", metavar="NAME", default="", help="a spaCy pipeline whose organisations are candidates too"
    )
    version = f"layoff-ledger {extract.__version__}, rules {extract.RULES_VERSION}"
    parser.add_argument("--version", action="version", version=version)
    return parser


def _run(paths: Sequence[str], articles: bool) -> int:
    """Print a line for everything in `paths`; returns how many inputs were bad."""
    skipped: Counter[str] = Counter()
    bad = 0
    for item in _items(paths or ["-"], skipped):
        row = _bad(item) if isinstance(item, inputs.BadInput) else _row(item, articles)
        if "error" in row:
            bad += 1
            where = item.where if isinstance(item, inputs.BadInput) else row["id"]
            print(f"{where}: {row['error']}", file=sys.stderr)
        print(json.dumps(row, ensure_ascii=False))
    for reason, count in sorted(skipped.items()):
        print(f"skipped in archives: {count} ({reason})", file=sys.stderr)
    return bad


def _items(paths: Iterable[str], skipped: Counter[str]) -> Iterator[Page | inputs.BadInput]:
    for path in paths:
        if path == "-":
            yield from inputs.json_lines(sys.stdin.buffer, "standard input")
            continue
        try:
            yield from inputs.pages(Path(path), skipped)
        except (FileNotFoundError, ValueError) as error:
            yield inputs.BadInput(path, str(error).removeprefix(f"{path}: "))


def _bad(item: inputs.BadInput) -> dict[str, Any]:
    return {"id": item.page_id, "line": item.line, "events": [], "error": item.error}


def _row(page: Page, articles: bool) -> dict[str, Any]:
    """The output line of one page."""
    try:
        return article_row(article.read(page)) if articles else events_row(page)
    except Rejected as reason:
        return {"id": page.page_id or page.url, "events": [], "rejected": str(reason)}
    except VocabularyError:
        raise
    except Exception as error:  # noqa: BLE001 - one article must not end a run over a million; it is told and counted as bad
        return {"id": page.page_id or page.url, "line": None, "events": [], "error": f"{type(error).__name__}: {error}"}


def article_row(found: Article) -> dict[str, Any]:
    """The record of an article, as printed with --articles."""
    return {"id": found.article_id} | {key: getattr(found, key) for key in ARTICLE_KEYS}


def events_row(page: Page) -> dict[str, Any]:
    """Gate, read and decide one page. Raises Rejected."""
    from extract.events import claims  # spaCy loads with it; --articles does without

    if page.text is None:
        gate.gate_bytes(page.body)
    found = article.read(page)
    gate.gate_text(found.title, found.text)
    decided = decide(found, claims(found))
    return {"id": found.article_id, "events": [event_row(event) for event in decided]}


def event_row(event: Event) -> dict[str, Any]:
    """An event as printed: an unknown value is null."""
    return {key: getattr(event, key) for key in EVENT_KEYS}


if __name__ == "__main__":
    sys.exit(main())
