"""Taking pages out of the WARCs in the folder PAGES, by address or by age. What stays is copied byte by byte."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract import address
from extract.warc import ENDINGS
from extract.warc_records import Entry, entries
from pipelines.export import replacing
from pipelines.pages import OPEN, close_left


@dataclass
class Erased:
    """Pages taken out, from how many files, of which of the addresses; what went wrong, or is written to just now."""

    pages: int = 0
    files: int = 0
    urls: set[str] = field(default_factory=set)
    failures: list[str] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


class Unwanted:
    """Which pages have to go: those of some addresses, and those fetched before an ISO day ("" for none)."""

    def __init__(self, urls: Iterable[str] = (), before: str = "") -> None:
        """`urls` as anyone writes them."""
        self.before = before
        self.urls = set(map(spelled, urls))
        self.sites = {address.site(url) for url in self.urls}

    def inside(self, url: str) -> bool:
        """May the page that was fetched from `url` name one of the addresses as its own?"""
        return address.site(url) in self.sites or (bool(self.urls) and address.is_cache(url))

    def named(self, entry: Entry) -> set[str]:
        """The addresses of which the record is."""
        return {spelled(entry.url), entry.canonical} & self.urls if entry.url else set()

    def old(self, entry: Entry) -> bool:
        """Was it fetched too early?"""
        return bool(entry.day) and entry.day < self.before and not entry.about


def spelled(url: str) -> str:
    """The address as all are compared: cleaned, unless it is none of the web."""
    return address.clean(url) or url


def erase_pages(folder: Path | None, unwanted: Unwanted) -> Erased:
    """Take the unwanted pages, with all records of their addresses, out of every WARC in the folder and below it.

    A file is replaced whole or stays as it was; one without pages left goes. What a living crawl is writing to stays.
    """
    done = Erased()
    for path in _archives(folder, done):
        try:
            if not unwanted.urls and _begun(path) >= unwanted.before:
                continue
            pages, urls = _without(path, unwanted)
        except (OSError, ValueError) as error:
            done.failures.append(f"{path}: {getattr(error, 'strerror', None) or error}; its pages stay")
            continue
        done.pages += pages
        done.files += bool(pages)
        done.urls |= urls
    return done


def _archives(folder: Path | None, done: Erased) -> Iterator[Path]:
    """The WARCs of the folder; those that killed runs left open are closed before."""
    if folder is None or not folder.is_dir():
        return
    for left in sorted(folder.rglob(f"*{OPEN}")):
        try:
            close_left(left)
        except OSError as error:
            done.failures.append(f"{left}: {error.strerror}; its pages stay")
            continue
        if left.exists():
            done.busy.append(f"{left}: a crawl is writing to it; its pages stay; try again when that has ended")
    yield from sorted(path for path in folder.rglob("*") if path.name.lower().endswith(ENDINGS) and path.is_file())


def _begun(path: Path) -> str:
    """The day of the first record."""
    return next(entries(path, lambda url: False)).day


def _without(path: Path, unwanted: Unwanted) -> tuple[int, set[str]]:
    """Rewrite the file without the unwanted pages; how many there were, and of which addresses."""
    found = list(entries(path, unwanted.inside))
    named = {entry.url: urls for entry in found if (urls := unwanted.named(entry))}
    kept = [entry for entry in found if entry.url not in named and not unwanted.old(entry)]
    if len(kept) == len(found):
        return 0, set()
    if all(entry.about for entry in kept):
        path.unlink()
    else:
        _copy(path, kept)
    return sum(entry.page for entry in found) - sum(entry.page for entry in kept), set().union(*named.values())


def _copy(path: Path, kept: Sequence[Entry]) -> None:
    """Put a file with these records in the place of the old one, with its permissions and the time of its last page."""
    was = path.stat()
    with open(path, "rb") as old, replacing(path) as new:
        os.fchmod(new.fileno(), was.st_mode)
        for entry in kept:
            old.seek(entry.start)
            new.write(old.read(entry.end - entry.start))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
