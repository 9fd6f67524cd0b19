"""Reads the pages of WARC archives, and goes on behind damage. The only file that knows FastWARC."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any, BinaryIO, get_args

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extract.records import Page, PublishedFrom

#: Most bytes kept of one page: one more than a page may have, so that its reader can refuse it.
MAX_PAGE = 10 * 2**20 + 1
CHUNK = 2**20
#: How records begin, packed and plain: where reading can go on behind damage.
PACKED = b"\x1f\x8b\x08"
PLAIN = b"WARC/1."
#: Header of a record with what was known of its page beforehand, as JSON, and the fields of a Page that it may hold.
METADATA = "WARC-JSON-Metadata"
KNOWN = ("source", "published", "published_from", "title", "author", "site", "language")
HTML_TYPES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Damage:
    """A place in an archive that cannot be read."""

    offset: int  # bytes from the start of the file
    error: str


def pages(path: Path, skipped: Counter[str]) -> Iterator[Page | Damage]:
    """The HTML pages with status 200 in the archive, in its order, and a Damage for each place that cannot be read.

    Other records are counted in `skipped` by reason. FastWARC itself is silent about a cut end and stops at the first
    error, so the end is looked at and reading goes on at the next record.
    """
    with path.open("rb") as stream:
        opening = PACKED if stream.read(3) == PACKED else PLAIN
        start: int | None = 0
        fresh = True  # has anything been read since the last damage was told?
        while start is not None:
            reader = _Reader(stream, start, skipped)
            yield from reader
            if reader.error and (fresh or reader.count):
                yield Damage(reader.last, reader.error)
            fresh = False
            start = _next(stream, opening, reader.last + 1) if reader.error and reader.error != CUT else None


CUT = "the file ends within this record"


class _Reader:
    """One pass from `start` to the end of the archive or the first error, which then stands in `error`."""

    def __init__(self, stream: BinaryIO, start: int, skipped: Counter[str]) -> None:
        self.stream, self.start, self.skipped = stream, start, skipped
        self.last = start  # offset of the record read last
        self.count = 0
        self.error = ""

    def __iter__(self) -> Iterator[Page]:
        """The pages; each is held back until the next record has shown that it is whole."""
        held: Page | None = None
        self.stream.seek(self.start)
        try:
            for record in ArchiveIterator(self.stream, record_types=WarcRecordType.any_type, parse_http=False):
                if held is not None:
                    yield held
                held = None
                self.last, self.count = record.stream_pos, self.count + 1
                held = self._page(record)
            if not self.count:
                self.error = "no WARC record in it"
            elif not _whole(self.stream, self.last):
                self.error, held = CUT, None
        except (OSError, ValueError) as error:
            self.error = str(error)
        if held is not None:
            yield held

    def _page(self, record: WarcRecord) -> Page | None:
        """The page in a record; None, counted, if it holds none."""
        if record.record_type != WarcRecordType.response or not record.is_http:
            return None
        if record.headers.get("WARC-Block-Digest") and not record.verify_block_digest():
            raise ValueError("its content does not fit its checksum")
        record.parse_http(auto_decode="all")
        reason = _no_page(record)
        if reason:
            self.skipped[reason] += 1
            return None
        date = record.record_date
        return Page(
            url=(record.headers.get("WARC-Target-URI") or "").strip("<>") or None,
            body=record.reader.read(MAX_PAGE),
            content_type=record.http_headers.get("Content-Type") if record.http_headers is not None else None,
            fetched_at=date.astimezone(UTC).isoformat(timespec="seconds") if date else None,
            **{"source": "archive"} | _known(record.headers.get(METADATA)),
        )


def _known(metadata: str | None) -> dict[str, Any]:
    """The fields of a Page that the crawl knew before it had the page; other tools' metadata are passed over."""
    try:
        said = json.loads(metadata or "{}")
    except ValueError:
        return {}
    found = {name: said.get(name) for name in KNOWN} if isinstance(said, dict) else {}
    if found.get("published_from") not in get_args(PublishedFrom):
        found.pop("published_from", None)
    return {name: value for name, value in found.items() if isinstance(value, str) and value}


def _no_page(record: WarcRecord) -> str:
    """Why the response is no page: "http 404", "type image/png"; "" if it is one."""
    status = record.http_headers.status_code if record.http_headers is not None else None
    if status != 200:
        return f"http {status or 'without status'}"
    kind = (record.http_content_type or "").lower()
    return "" if not kind or kind in HTML_TYPES else f"type {kind[:60]}"


def _next(stream: BinaryIO, opening: bytes, offset: int) -> int | None:
    """Offset of the next place from `offset` on that looks like the start of a record, None at the end."""
    stream.seek(offset)
    block = stream.read(CHUNK)
    while len(block) >= len(opening):
        found = block.find(opening)
        if found >= 0:
            return offset + found
        keep = len(opening) - 1
        offset += len(block) - keep
        block = block[-keep:] + stream.read(CHUNK)
        if len(block) == keep:
            break
    return None


def _whole(stream: BinaryIO, offset: int) -> bool:
    """Is the file complete from its last record, at `offset`, to its end?"""
    stream.seek(offset)
    packed = stream.read(3) == PACKED
    stream.seek(offset)
    return _whole_packed(stream) if packed else _whole_plain(stream)


def _whole_packed(stream: BinaryIO) -> bool:
    unpack = zlib.decompressobj(wbits=31)
    while block := stream.read(CHUNK):
        while block:
            if unpack.eof:
                unpack = zlib.decompressobj(wbits=31)
            try:
                unpack.decompress(block)
            except zlib.error:
                return False
            block = unpack.unused_data if unpack.eof else b""
    return unpack.eof


def _whole_plain(stream: BinaryIO) -> bool:
    length = None
    while (line := stream.readline(65_536)).strip():
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length" and value.strip().isdigit():
            length = int(value)
    here = stream.tell()
    return length is not None and stream.seek(0, 2) - here >= length
