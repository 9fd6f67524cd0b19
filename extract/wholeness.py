"""Is an archive, or one of its records, whole; and where does the next one begin? Looks at the bytes themselves."""

from __future__ import annotations

import base64
import io
import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 2**20
#: How records begin, packed and plain: where reading can go on behind damage.
PACKED = b"\x1f\x8b\x08"
OPENING = b"WARC/"
CANDIDATE = re.compile(rb"\x1f\x8b\x08|(?<![^\n])WARC/[01]\.")
#: A record's head is shorter than this (bytes).
HEAD = 2**17
LENGTH = re.compile(rb"(?i)\ncontent-length[ \t]*:[ \t]*(\d+)")
DIGESTS = ("sha1", "sha256", "sha512", "md5")


def following(stream: BinaryIO, offset: int) -> int | None:
    """Offset of the next place from `offset` on where a record begins, None where there is none up to the end."""
    while True:
        stream.seek(offset)
        block = stream.read(CHUNK)
        for match in CANDIDATE.finditer(block):
            at = offset + match.start()
            if match[0] != PACKED or _unpacked(stream, at, len(OPENING)) == OPENING:
                return at
        if len(block) < CHUNK:
            return None
        offset += CHUNK - 8  # a candidate may lie across the border


def whole(stream: BinaryIO, last: int, start: int) -> bool:
    """Is the file complete from its last record, which begins at `last`, to its end?

    Where `last` is no beginning of a packed record, as in archives packed in one piece, all from `start` is looked at.
    """
    at = last if _starts(stream, last, PACKED) or _starts(stream, last, OPENING) else start
    if _starts(stream, at, PACKED):
        return _members_whole(stream, at)
    return end(stream, at) == stream.seek(0, io.SEEK_END)


def same_digest(stated: str, made: bytes) -> bool:
    """Is a checksum, in base 32 or base 16, that of these bytes?

    >>> same_digest("ME======", b"a"), same_digest("61", b"a"), same_digest("62", b"a")
    (True, True, False)
    """
    written = stated.upper().rstrip("=")
    return written in (base64.b32encode(made).decode().rstrip("="), made.hex().upper())


def _starts(stream: BinaryIO, offset: int, opening: bytes) -> bool:
    stream.seek(offset)
    return stream.read(len(opening)) == opening


def _members_whole(stream: BinaryIO, offset: int) -> bool:
    """Do the packed members from `offset` on end where the file ends?"""
    stream.seek(offset)
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


def _unpacked(stream: BinaryIO, offset: int, length: int) -> bytes:
    """The first bytes of the packed member at `offset`; b"" where there is none."""
    stream.seek(offset)
    try:
        return zlib.decompressobj(wbits=31).decompress(stream.read(4096), length)
    except zlib.error:
        return b""


def end(stream: BinaryIO, offset: int) -> int | None:
    """Offset behind the record at `offset`, None where it is cut or its stated length is wrong."""
    packed = _starts(stream, offset, PACKED)
    stream.seek(offset)
    parts = _inflated(stream) if packed else _read(stream)
    head, place = b"", 0
    for data, place in parts:  # noqa: B007  (the last place is needed)
        head += data
        if b"\r\n\r\n" in head or len(head) > HEAD:
            break
    top, blank, rest = head.partition(b"\r\n\r\n")
    length = LENGTH.search(top)
    if not blank or not length or not top.startswith(OPENING):
        return None
    missing = int(length[1]) + 4 - len(rest)
    tail = rest
    while missing > 0:
        data, place = next(parts, (b"", 0))
        if not data:
            return None
        missing -= len(data)
        tail = (tail + data)[-CHUNK * 2 :]
    if tail[: len(tail) + missing][-4:] != b"\r\n\r\n":
        return None
    if not packed:
        return offset + len(top) + 4 + int(length[1]) + 4
    for data, place in parts:  # noqa: B007  (on to the member's end)
        missing -= len(data)
    return place if not missing and place else None


def _read(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    while block := stream.read(CHUNK):
        yield block, 0


def _inflated(stream: BinaryIO) -> Iterator[tuple[bytes, int]]:
    """What one packed member holds, in parts, the last with the offset in the file behind the member, others with 0."""
    unpack = zlib.decompressobj(wbits=31)
    while not unpack.eof and (block := stream.read(CHUNK)):
        try:
            data = unpack.decompress(block)
        except zlib.error:
            return
        if data or unpack.eof:
            yield data, stream.tell() - len(unpack.unused_data) if unpack.eof else 0
