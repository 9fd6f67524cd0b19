"""Packs data/sample/pages/ into data/sample/sample.warc.gz, the input of README's first command.

    python -m tests.build_sample [TARGET]

The pages are HTML files that people edit; data/sample/pages.csv names the address, the fetch time, the status and the
content type of each. Nothing in the archive comes from the clock or from chance: record ids are derived from address
and time, so that the same pages give the same archive.
"""

from __future__ import annotations

import csv
import os
import sys
import uuid
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

SAMPLE = Path(__file__).resolve().parent.parent / "data" / "sample"
PAGES = SAMPLE / "pages"
MANIFEST = SAMPLE / "pages.csv"
ARCHIVE = SAMPLE / "sample.warc.gz"
MADE = "2026-11-18T00:00:00Z"
INFO = {
    "software": "layoff-ledger tests/build_sample.py",
    "format": "WARC File Format 1.1",
    "description": "Invented pages of three invented news sites",
}
PHRASES = {"200": "OK"}


class Entry(NamedTuple):
    """One line of data/sample/pages.csv."""

    file: str  # below data/sample/pages/
    url: str
    fetched_at: str  # ISO 8601, UTC
    status: str
    content_type: str  # the HTTP header as the site sends it

    @property
    def body(self) -> bytes:
        """The page as the site sends it."""
        return (PAGES / self.file).read_bytes()


def entries() -> list[Entry]:
    """The manifest in file order. Raises TypeError for a line with too few or too many cells."""
    with MANIFEST.open(encoding="utf-8", newline="") as stream:
        return [Entry(**row) for row in csv.DictReader(stream)]


def build(target: Path) -> int:
    """Writes the archive to `target`, a warcinfo record and then one response a page; returns the number of pages."""
    pages = entries()
    with target.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True, warc_version="1.1")
        for record in records(writer, pages):
            writer.write_record(record)
    return len(pages)


def records(writer: WARCWriter, pages: list[Entry]) -> Iterator[ArcWarcRecord]:
    """The records of the archive in order."""
    fields = "".join(f"{key}: {value}\r\n" for key, value in INFO.items()).encode()
    head = {**headers(ARCHIVE.name, MADE), "WARC-Filename": ARCHIVE.name}
    yield writer.create_warc_record(
        None,
        "warcinfo",
        payload=BytesIO(fields),
        length=len(fields),
        warc_content_type="application/warc-fields",
        warc_headers_dict=head,
    )
    for page in pages:
        yield response(writer, page)


def response(writer: WARCWriter, page: Entry) -> ArcWarcRecord:
    """The response record of one page."""
    http = StatusAndHeaders(
        f"{page.status} {PHRASES[page.status]}",
        [("Content-Type", page.content_type), ("Content-Length", str(len(page.body)))],
        protocol="HTTP/1.1",
    )
    return writer.create_warc_record(
        page.url,
        "response",
        payload=BytesIO(page.body),
        length=len(page.body),
        warc_headers_dict=headers(page.url, page.fetched_at),
        http_headers=http,
    )


def headers(name: str, made: str) -> dict[str, str]:
    """The WARC headers that would otherwise come from the clock and from chance."""
    return {"WARC-Date": made, "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{made} {name}')}>"}


def main(arguments: list[str]) -> int:
    """Writes the archive beside its target and moves it into place; prints how many pages it holds."""
    target = Path(arguments[0]) if arguments else ARCHIVE
    draft = target.with_name(f"{target.name}.part")
    number = build(draft)
    os.replace(draft, target)
    print(f"{target}: {number} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
