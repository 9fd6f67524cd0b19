"""Reads the pages of WARC archives, and goes on behind damage. It and warc_records.py alone know FastWARC."""

from __future__ import annotations

import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO, get_args

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extract import wholeness
from extract.http_head import Head
from extract.records import Page, PublishedFrom

#: How names of archives end.
ENDINGS = (".warc", ".warc.gz")
#: Most bytes kept of one page: one more than a page may have, so that its reader can refuse it.
MAX_PAGE = 10 * 2**20 + 1
#: A record longer than this (bytes) is passed over without a look: no page, or none that would be read.
MAX_RECORD = 64 * 2**20
#: Most lines of a response's head.
MAX_LINES = 1000
CHUNK = wholeness.CHUNK  # bytes read at a time
#: Header of a record with what was known of its page beforehand, as JSON, and the fields of a Page that it may hold.
METADATA = "WARC-JSON-Metadata"
KNOWN = ("source", "published", "published_from", "title", "author", "site", "language", "headline", "summary")
#: Grade, in the same header, of a resource record that is what a source's list says of a page that did not come.
ENTRY = "entry"
HTML_TYPES = ("text/html", "application/xhtml+xml")
CUT = "the file ends within this record"
WRONG = "it is not as long as it says"


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in an archive that cannot be read."""

    offset: int  # bytes from the start of the file
    error: str


@dataclass(slots=True)
class Tally:
    """What came of one archive so far."""

    size: int = 0  # bytes of the file
    records: int = 0  # of every kind, read whole
    pages: int = 0
    digests: int = 0  # checksums of records compared with their content
    damaged: int = 0  # places that cannot be read
    lost: int = 0  # bytes in these places
    truncated: bool = False  # the file ends within a record
    skipped: Counter[str] = field(default_factory=Counter)  # records that are no pages, by reason
    at: int = 0  # where the record of the page begins that was given out last

    @property
    def consumed(self) -> int:
        """Bytes of the file that were read and make sense."""
        return self.size - self.lost


def pages(
    source: Path | BinaryIO, skipped: Counter[str] | None = None, tally: Tally | None = None
) -> Iterator[Page | Damage]:
    """The HTML pages with status 200 in the archive, in its order, and a Damage for each place that cannot be read.

    `source` is a path or a stream that can seek. Other records are counted in `skipped` by reason. FastWARC itself is
    silent about a cut end and stops at the first error, so the end is looked at and reading goes on at the next
    record. A record is given out once the next one, or the end of the file, has shown that it is whole. In a packed
    archive the decompressor checks each record's CRC-32 as well.
    """
    tally = Tally() if tally is None else tally
    if skipped is not None:
        tally.skipped = skipped
    with source.open("rb") if isinstance(source, Path) else nullcontext(source) as stream:
        tally.size = stream.seek(0, io.SEEK_END)
        start: int | None = 0
        told = False  # of the damage that the last pass ended with
        while start is not None:
            reader = _Reader(stream, start, tally)
            yield from reader
            if not reader.error:
                return
            start = wholeness.following(stream, reader.resume)
            lost = (tally.size if start is None else start) - reader.last
            tally.lost += lost
            tally.truncated = reader.error == CUT and start is None
            if (told and not reader.count) or (not lost and start is not None):
                continue  # the same place, or a packed record behind a plain one: no damage
            told = True
            tally.damaged += 1
            wrong = WRONG if reader.error == CUT and start is not None else reader.error
            yield Damage(reader.last, wrong)


class _Reader:
    """One pass from `start` to the end of the archive or the first error, which then stands in `error`."""

    def __init__(self, stream: BinaryIO, start: int, tally: Tally) -> None:
        self.stream, self.start, self.tally = stream, start, tally
        self.last = start  # offset of the record read last; behind an error, where the damage begins
        self.resume = start + 1  # where the next record may begin, behind an error
        self.count = 0
        self.error = ""

    def __iter__(self) -> Iterator[Page]:
        held, inside = None, False
        self.stream.seek(self.start)
        try:
            for record in ArchiveIterator(self.stream, record_types=WarcRecordType.any_type, parse_http=False):
                if self.count:
                    yield from self._out(held)
                held = None
                self.last, self.count, inside = record.stream_pos, self.count + 1, True
                held = self._page(record)
                inside = False
            if not self.count:
                self.error = "no WARC record in it" if self.tally.size else "the file is empty"
            elif wholeness.whole(self.stream, self.last, self.start):
                yield from self._out(held)
            else:
                yield from self._broken(CUT, held)
        except (OSError, ValueError) as error:
            yield from self._broken(str(error), None if inside else held)

    def _broken(self, error: str, held: Page | None) -> Iterator[Page]:
        """Reading has ended with an error, which lies behind the last record where that is `held`, and whole."""
        self.error = error
        end = wholeness.end(self.stream, self.last) if self.count else None
        if end is not None and held is not None:
            yield from self._out(held)
            self.last = end
        self.resume = self.last + 1 if end is None else end

    def _out(self, held: Page | None) -> Iterator[Page]:
        """The record is whole: count it, and give its page out."""
        self.tally.records += 1
        if held is not None:
            self.tally.pages += 1
            self.tally.at = self.last
            yield held

    def _page(self, record: WarcRecord) -> Page | None:
        """The page in a record; None, counted, if it holds none."""
        if record.record_type == WarcRecordType.resource:
            return self._entry(record)
        if record.record_type != WarcRecordType.response or not record.is_http:
            return None
        if record.content_length > MAX_RECORD:
            self.tally.skipped["too large"] += 1
            return None
        top = _head(record)
        rest = record.reader.read()
        if len(top) + len(rest) < record.content_length:
            raise ValueError(CUT)
        self._check(record.headers.get("WARC-Block-Digest"), top, rest)
        head = Head.of(top)
        reason = _no_page(head)
        if reason:
            self.tally.skipped[reason] += 1
            return None
        body = _unpacked(top + rest) if head.packed else rest[:MAX_PAGE]
        return Page(body=body, content_type=head.content_type, **_about(record))

    def _entry(self, record: WarcRecord) -> Page | None:
        """The short article in a record of ours; other tools' resources are no pages."""
        if _said(record).get("grade") != ENTRY or record.content_length > MAX_PAGE:
            return None
        text = record.reader.read()
        if len(text) < record.content_length:
            raise ValueError(CUT)
        self._check(record.headers.get("WARC-Block-Digest"), text)
        return Page(text=text.decode("utf-8", "replace"), grade="entry", **_about(record))

    def _check(self, stated: str | None, *block: bytes) -> None:
        """Raise ValueError where the content does not fit its checksum; one of an unknown kind is let be."""
        name, _, value = (stated or "").partition(":")
        if name.lower() not in wholeness.DIGESTS:
            return
        self.tally.digests += 1
        made = hashlib.new(name.lower(), usedforsecurity=False)
        for part in block:  # joining them would cost as much as the checksum
            made.update(part)
        if not wholeness.same_digest(value.strip(), made.digest()):
            raise ValueError("its content does not fit its checksum")


def _head(record: WarcRecord) -> bytes:
    """The lines of the response up to the first empty one, which is read off."""
    lines: list[bytes] = []
    while not lines or (lines[-1].strip() and len(lines) < MAX_LINES):
        lines.append(record.reader.readline())
    return b"".join(lines)


def _said(record: WarcRecord) -> dict[str, Any]:
    """What the crawl wrote into the record's header beside it; other tools' metadata are passed over."""
    stated = record.headers.get(METADATA)
    try:
        said = json.loads(stated) if stated else {}
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _about(record: WarcRecord) -> dict[str, Any]:
    """The fields of a Page that the record's header fills."""
    date = record.record_date
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>") or None
    fetched = date.astimezone(UTC).isoformat(timespec="seconds") if date else None
    said = _said(record)
    return {"url": url, "fetched_at": fetched, "source": "archive"} | (_known(said) if said else {})


def _known(said: dict[str, Any]) -> dict[str, Any]:
    """The fields of a Page that the crawl knew before it had the page."""
    found = {name: said.get(name) for name in KNOWN}
    if found.get("published_from") not in get_args(PublishedFrom):
        found.pop("published_from", None)
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _no_page(head: Head) -> str:
    """Why the response is no page: "http 404", "type image/png"; "" if it is one."""
    if head.status != 200:
        return f"http {head.status or 'without status'}"
    kind = (head.content_type or "").partition(";")[0].strip().lower()
    return "" if not kind or kind in HTML_TYPES else f"type {kind[:60]}"


def _unpacked(block: bytes) -> bytes:
    """The body of a response that was sent packed or in chunks; raises ValueError or OSError where it is not."""
    kind = b"WARC-Type: response\r\nContent-Type: application/http; msgtype=response"
    stream = io.BytesIO(b"WARC/1.0\r\n%b\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (kind, len(block), block))
    for record in ArchiveIterator(stream, parse_http=True, auto_decode="all"):
        return record.reader.read(MAX_PAGE)
    raise ValueError("the response cannot be unpacked")
