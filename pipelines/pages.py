"""Keeps pages as they came, in WARC files that others' tools read too. The only file that knows warcio's writer.

One file a run, `*.warc.gz`, each record a gzip member of its own. While it is written it ends in `.open`; what a
killed run leaves so is cut back to its last whole record and closed by the next run.
"""

from __future__ import annotations

import fcntl
import json
import os
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from extract.entry import entry_of
from extract.records import Page
from extract.warc import CHUNK, ENTRY, KNOWN, METADATA

OPEN = ".open"
#: Of zlib: a tenth larger than the best, in a third of the time.
LEVEL = 6
#: Bytes of what is known of a page: FastWARC refuses a header beyond 32 kB or so. Characters of a summary that, however
#: they are written, are less.
LONGEST, SHORTENED = 28_000, 4_000
#: Headers that tell how the body travelled; it is kept unpacked.
TRAVEL = {"transfer-encoding", "content-length", "connection", "keep-alive"}


class NotKept(Exception):
    """The folder of pages cannot be written; the message names the file, what is wrong and what helps."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an HTTP response says besides its body."""

    status: int
    headers: Sequence[tuple[str, str]]
    address: str | None = None  # of the server


class PageArchive:
    """The WARC file of one run, made with its first page. Calls must come one after the other."""

    def __init__(self, folder: Path, name: str, about: Mapping[str, str]) -> None:
        """Pages go to `folder / NAME-TIME-PROCESS.warc.gz`; `about` is said in its first record. Raises NotKept."""
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        self.path = folder / f"{name}-{stamp}-{os.getpid()}.warc.gz"
        self.about = about
        self.stream: BinaryIO | None = None
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            for left in sorted(folder.glob(f"*.warc.gz{OPEN}")):
                close_left(left)
        except OSError as error:
            raise NotKept(f"{folder}: {error.strerror}; choose another PAGES, or keep none with -s PAGES=") from error

    def write(self, page: Page, answer: Answer) -> None:
        """Keep one page; on return it is in the file. Raises NotKept, and leaves the file as it was before."""
        try:
            if self.stream is None:
                self.stream = self._opened()
            start = self.stream.tell()
            try:
                self._append(_resource(page) if page.grade == ENTRY else _response(page, answer))
            except OSError:
                self.stream.truncate(start)
                self.stream.seek(start)
                raise
        except OSError as error:
            raise NotKept(f"{self.path}{OPEN}: {error.strerror}; the page is left to the next crawl") from error

    def close(self) -> None:
        """End the file under its name without `.open`. Raises NotKept."""
        if self.stream is None:
            return
        try:
            os.fsync(self.stream.fileno())
            Path(f"{self.path}{OPEN}").rename(self.path)
            self.stream.close()
        except OSError as error:
            raise NotKept(f"{self.path}: {error.strerror}") from error

    def _opened(self) -> BinaryIO:
        descriptor = os.open(f"{self.path}{OPEN}", os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(descriptor, fcntl.LOCK_EX)  # so that another run does not take it for left behind
        self.stream = os.fdopen(descriptor, "r+b", buffering=0)
        self._append(_first(self.path.name, self.about))
        return self.stream

    def _append(self, member: bytes) -> None:
        assert self.stream is not None
        rest = memoryview(member)
        while rest:
            rest = rest[self.stream.write(rest) :]


def _first(name: str, about: Mapping[str, str]) -> bytes:
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    writer.write_record(writer.create_warcinfo_record(name, {"format": "WARC File Format 1.1", **about}))
    return packed(out.getvalue())


def _response(page: Page, answer: Answer) -> bytes:
    """One response record as a gzip member: the page's bytes, unpacked, and what we knew of it beforehand."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    phrase = HTTPStatus(answer.status).phrase if answer.status in set(HTTPStatus) else ""
    kept = [(name, value) for name, value in answer.headers if name.lower() not in TRAVEL]
    head = StatusAndHeaders(
        f"{answer.status} {phrase}".strip(), [*kept, ("Content-Length", str(len(page.body)))], protocol="HTTP/1.1"
    )
    record = writer.create_warc_record(
        page.url or "", "response", payload=BytesIO(page.body), length=len(page.body), http_headers=head,
        warc_headers_dict=_known(page) | ({"WARC-IP-Address": answer.address} if answer.address else {}),
    )  # fmt: skip
    writer.write_record(record)
    return packed(out.getvalue())


def _resource(page: Page) -> bytes:
    """One resource record: what a source's list says of a page that did not come. The page itself was never had."""
    out = BytesIO()
    writer = WARCWriter(out, gzip=False, warc_version="WARC/1.1")
    text = (page.text or "").encode()
    record = writer.create_warc_record(
        page.url or "", "resource", payload=BytesIO(text), length=len(text), warc_headers_dict=_known(page),
        warc_content_type="text/plain; charset=utf-8",
    )  # fmt: skip
    writer.write_record(record)
    return packed(out.getvalue())


def _known(page: Page) -> dict[str, str]:
    """Headers: when the page came, and what was known of it beforehand."""
    known = {name: value for name in KNOWN if (value := getattr(page, name)) is not None}
    if page.grade == ENTRY:
        known["grade"] = ENTRY
    elif entry_of(page) is None:  # it tells of no cuts, so nobody will ask for it
        known = {name: value for name, value in known.items() if name not in ("headline", "summary")}
    if len(json.dumps(known)) > LONGEST and "summary" in known:
        known["summary"] = known["summary"][:SHORTENED]
    date = (page.fetched_at or "").replace("+00:00", "Z") or WARCWriter.curr_warc_date()
    return {"WARC-Date": date} | ({METADATA: json.dumps(known)} if known else {})


def packed(record: bytes) -> bytes:
    """A WARC record as one gzip member."""
    compressor = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    return compressor.compress(record) + compressor.flush()


def close_left(path: Path) -> None:
    """Cut a file that a killed run left open back to its last whole record, and take `.open` from its name.

    One that a living process is writing to is let be. Raises OSError.
    """
    with path.open("r+b") as stream, suppress(BlockingIOError):
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        end = last_whole(stream)
        if end == 0:
            path.unlink()
            return
        stream.truncate(end)
        path.rename(path.with_name(path.name.removesuffix(OPEN)))


def last_whole(stream: BinaryIO) -> int:
    """Offset behind the last gzip member that is whole."""
    stream.seek(0)
    end, unpack, fed = 0, zlib.decompressobj(wbits=31), 0
    while block := stream.read(CHUNK):
        while block:
            try:
                unpack.decompress(block)
            except zlib.error:
                return end
            fed += len(block) - len(unpack.unused_data)
            block = unpack.unused_data
            if unpack.eof:
                end, unpack = fed, zlib.decompressobj(wbits=31)
    return end
