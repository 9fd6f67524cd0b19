"""Turns JSON lines, WARC archives and folders of HTML into pages, one at a time; damage is told, the rest is read."""

from __future__ import annotations

import gzip
import json
import os
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, cast, get_args

from extract import published, warc
from extract.records import Page, PublishedFrom

JSON_LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")
WARC = warc.ENDINGS
HTML = (".html", ".htm", ".html.gz", ".htm.gz")

#: Most bytes of one JSON line, and of one HTML file unpacked (one more than a page may have, so that it is refused).
MAX_LINE = 32 * 2**20
MAX_FILE = 10 * 2**20 + 1

#: Keys of a JSON line that are text or null, besides `id`, `title`, `text`, `html`.
TEXTS = ("url", "author", "site", "language", "published", "published_from", "fetched_at", "source")


@dataclass(frozen=True, slots=True)
class BadInput:
    """One line, record or file that could not be read; the rest of the input is."""

    where: str  # file and line or record, for a person
    error: str
    line: int | None = None  # of a JSON lines file, from 1
    page_id: str | None = None  # the id, where it could be read


def pages(path: Path, skipped: Counter[str] | None = None) -> Iterator[Page | BadInput]:
    """The pages in `path`: a JSON lines file, a WARC, an HTML file, or a folder (recursive) of WARCs and HTML files.

    Holds one page at a time. `skipped` counts by reason the records of an archive that are no pages (images, errors).
    Raises FileNotFoundError for a missing path and ValueError for a file of a kind that cannot be read.
    """
    skipped = Counter() if skipped is None else skipped
    if path.is_dir():
        return _folder(path, skipped)
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or folder")
    if not path.name.lower().endswith((*JSON_LINES, *WARC, *HTML)):
        raise ValueError(f"{path}: neither a folder nor a file that ends in {', '.join((*JSON_LINES, *WARC, *HTML))}")
    return _file(path, path.name, skipped)


def _folder(folder: Path, skipped: Counter[str]) -> Iterator[Page | BadInput]:
    empty = True
    for parent, folders, files in os.walk(folder):
        folders.sort()
        for name in sorted(files):
            if name.lower().endswith((*WARC, *HTML)):
                empty = False
                path = Path(parent, name)
                yield from _file(path, path.relative_to(folder).as_posix(), skipped)
    if empty:
        yield BadInput(str(folder), "no page in it: no file ends in " + ", ".join((*WARC, *HTML)))


def _file(path: Path, name: str, skipped: Counter[str]) -> Iterator[Page | BadInput]:
    """The pages of one file; `name` is the id of an HTML page."""
    kind = path.name.lower()
    try:
        if kind.endswith(WARC):
            for page in warc.pages(path, skipped):
                yield page if isinstance(page, Page) else BadInput(f"{path}, record at byte {page.offset}", page.error)
        elif kind.endswith(HTML):
            with _opened(path) as stream:
                yield Page(url=None, body=stream.read(MAX_FILE), source="archive", page_id=name)
        else:
            with _opened(path) as stream:
                yield from json_lines(stream, str(path))
    except (OSError, EOFError, zlib.error) as error:
        yield BadInput(
            str(path),
            f"cannot be read: {getattr(error, 'strerror', None) or error}",
            page_id=name if kind.endswith(HTML) else None,
        )


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path)) if path.name.lower().endswith(".gz") else path.open("rb")


def json_lines(stream: BinaryIO, name: str) -> Iterator[Page | BadInput]:
    """The articles of a JSON lines `stream`, called `name` in messages: `id`, `url`, `published`, and text or html."""
    number = 0
    while True:
        number += 1
        try:
            raw = stream.readline(MAX_LINE)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield BadInput(f"{name}, line {number}", f"the file is damaged from here on: {error}", number)
            return
        if not raw:
            return
        if len(raw) == MAX_LINE and not raw.endswith(b"\n"):
            _skip_line(stream)
            yield BadInput(f"{name}, line {number}", f"longer than {MAX_LINE:,} bytes", number)
        elif raw.strip(b" \t\r\n\xef\xbb\xbf"):
            yield _line(raw, f"{name}, line {number}", number)


def _skip_line(stream: BinaryIO) -> None:
    while (rest := stream.readline(MAX_LINE)) and not rest.endswith(b"\n"):
        pass


def _line(raw: bytes, where: str, number: int) -> Page | BadInput:
    row: Any = None
    try:
        row = json.loads(raw.decode("utf-8-sig"))
        return _page(row)
    except UnicodeDecodeError as error:
        return BadInput(where, f"not UTF-8 at byte {error.start}", number)
    except json.JSONDecodeError as error:
        return BadInput(where, f"not JSON: {error.msg} at character {error.pos + 1}", number)
    except RecursionError:
        return BadInput(where, "not JSON: nested too deeply", number)
    except ValueError as error:
        return BadInput(where, str(error), number, _id(row))


def _page(row: Any) -> Page:
    """The page of a JSON line; ValueError says what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("not a JSON object with id, url, published, and title and text, or html")
    if not isinstance(row.get("id"), str | int | None) or isinstance(row.get("id"), bool):
        raise ValueError("id: neither text nor a whole number")
    for key in (*TEXTS, "title", "text", "html"):
        if not isinstance(row.get(key), str | None):
            raise ValueError(f"{key}: not text but {type(row[key]).__name__}")
    given: dict[str, Any] = {key: row.get(key) or None for key in (*TEXTS, "title")}
    given["published_from"] = _origin(given["published_from"])
    for key in ("published", "fetched_at"):
        if given[key] and published.iso(given[key]) is None:
            raise ValueError(f"{key}: {given[key][:40]!r} is no date; write it as 2026-11-24 or 2026-11-24T08:00:00Z")
    text, html = row.get("text"), row.get("html")
    if text is not None or (html is None and given["title"]):
        return Page(**given, text=text or "", page_id=_id(row))
    if html is None:
        raise ValueError("neither text nor html")
    return Page(
        **given, body=html.encode("utf-8", "replace"), content_type="text/html; charset=utf-8", page_id=_id(row)
    )


def _origin(value: str | None) -> PublishedFrom | None:
    return cast(PublishedFrom, value) if value in get_args(PublishedFrom) else None


def _id(row: Any) -> str | None:
    value = row.get("id") if isinstance(row, dict) else None
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) and value != "" else None
