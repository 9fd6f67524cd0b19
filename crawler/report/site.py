"""Build the site: decide which files it has, make those whose data changed, write those whose bytes did."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from crawler.html import TEMPLATES
from crawler.report.about_pages import about_pages
from crawler.report.book import Book, Options
from crawler.report.drawing import Series
from crawler.report.edition import edition
from crawler.report.event_pages import event_pages
from crawler.report.files import File
from crawler.report.front import front_pages
from crawler.report.group_pages import group_pages
from crawler.report.manifest import manifest
from crawler.report.preview import preview
from crawler.report.table import table_pages
from extract.definitions import Definition
from pipelines.snapshot import Snapshot, fingerprint

#: Files of crawler/templates/report/ that the site holds as they are.
ASSETS = ("report.css", "report.js", "rounds.js", "icon.svg")


@dataclass
class Built:
    """What a build did, in files."""

    written: int = 0
    kept: int = 0
    removed: int = 0


def build(
    ledger: Snapshot,
    folder: Path,
    definitions: Mapping[str, Definition],
    options: Options,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Built:
    """Bring the site in `folder` up to date. `progress` gets the files made and all there are to make.

    The same ledger and options give the same bytes, whatever was built before. Raises ReportError, StoreError, OSError.
    """
    with _planning():
        known = manifest(folder, edition(definitions, options))
        book = Book(ledger, known, definitions, options)
        stale = [file for file in _files(book) if not known.fresh(file.path, file.mark)]
    built, folders = Built(), set[Path]()
    with _lasting():
        for done, file in enumerate(stale, 1):
            built.written += _write(folder / file.path, file.make(), folders)
            progress(done, len(stale))
        built.kept = len(known.files) - built.written
        for path in known.gone():
            (folder / path).unlink(missing_ok=True)
            built.removed += 1
        known.save(folder, ledger.moment())
    return built


@contextmanager
def _planning() -> Iterator[None]:
    """No search for garbage while all that lives as long as the build is made: lists of everything, without cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@contextmanager
def _lasting() -> Iterator[None]:
    """What has been planned lasts as long as the build, and is not looked through for garbage meanwhile."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _files(book: Book) -> Iterator[File]:
    yield from event_pages(book)
    yield from group_pages(book)
    yield from table_pages(book)
    yield from front_pages(book)
    yield from about_pages(book)
    for name in ASSETS:
        yield File(f"assets/{name}", fingerprint(_asset(name)), partial(_asset, name))
    yield File("assets/preview.png", fingerprint(book.whole, book.reach), partial(_preview, book))


def _asset(name: str) -> bytes:
    return (TEMPLATES / "report" / name).read_bytes()


def _preview(book: Book) -> bytes:
    series = Series(book, book.months, "stretch")
    first = next(iter(book.definitions), None)
    points, parts = [], []
    for bucket, shares in series.shares():
        points.append(bucket.points[1])
        parts.append(shares[first]["ai_jobs"] if shares and first else 0)
    return preview(points, parts)


def _write(path: Path, data: bytes, folders: set[Path]) -> bool:
    """Write the file whole or not at all, if it holds other bytes; was it written?

    Not forced to disk, as a page can always be made again: the manifest, which comes last, is.
    """
    if path.parent not in folders:
        path.parent.mkdir(parents=True, exist_ok=True)
        folders.add(path.parent)
    try:
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return False
    except FileNotFoundError:
        pass
    draft = path.with_name(f".{path.name}.tmp")
    draft.write_bytes(data)
    os.replace(draft, path)
    return True
