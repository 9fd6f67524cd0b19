"""Where the records of a WARC archive lie and which page each is about: what is needed to take pages out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from extract import markup, metadata
from extract.reasons import Rejected
from extract.warc import MAX_PAGE

PAGES = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.revisit)


@dataclass(frozen=True, slots=True)
class Entry:
    """One record: bytes `start` to `end` of the file; `end` of the last one is that of the file."""

    start: int
    end: int
    page: bool  # does it hold a page, or say that it has not changed?
    about: bool  # is it about the file itself (warcinfo)?
    url: str  # "" where it names none
    canonical: str  # the address that the page in it names as its own, where that was asked for; else ""
    day: str  # ISO day of the fetch, "" where it tells none


def entries(path: Path, inside: Callable[[str], bool]) -> Iterator[Entry]:
    """The records in order; those whose address is `inside` are opened for the address that their page names.

    Raises OSError, and ValueError for an archive that is damaged or whose records cannot be told apart by bytes.
    """
    held: Entry | None = None
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False):
            found = _entry(record, inside)
            if held is not None:
                yield _ending(held, found.start)
            held = found
    if held is None:
        raise ValueError("no WARC record in it")
    yield _ending(held, path.stat().st_size)


def _entry(record: WarcRecord, inside: Callable[[str], bool]) -> Entry:
    kind, date = record.record_type, record.record_date
    url = (record.headers.get("WARC-Target-URI") or "").strip("<>")
    return Entry(
        start=record.stream_pos,
        end=0,
        page=kind in PAGES,
        about=kind == WarcRecordType.warcinfo,
        url=url,
        canonical=_canonical(record, url) if kind == WarcRecordType.response and inside(url) else "",
        day=date.astimezone(UTC).date().isoformat() if date else "",
    )


def _ending(one: Entry, end: int) -> Entry:
    if end <= one.start:
        raise ValueError("its records are packed together; pack each by itself (warcio recompress) and try again")
    return replace(one, end=end)


def _canonical(record: WarcRecord, url: str) -> str:
    """The address that the page names as its own; "" for what is no page."""
    if not record.is_http:
        return ""
    record.parse_http(auto_decode="all")
    kind = record.http_headers.get("Content-Type") if record.http_headers is not None else None
    try:
        return metadata.read(markup.parse(record.reader.read(MAX_PAGE), kind), url).canonical
    except (Rejected, OSError, ValueError):
        return ""
