"""The picture that shows beside a shared link: the columns of the front page's chart, as a PNG of our own making."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 1200, 630
PAPER, INK, SOFT, BLUE, ORANGE = b"\xfb\xf9\xf4", b"\x1b\x1b\x1b", b"\xd9\xd4\xc8", b"\x1f\x5f\x8b", b"\xc4\x4e\x14"
#: The frame around the columns: left, top, right, bottom.
FRAME = (80, 110, 1120, 540)

Rectangle = tuple[int, int, int, int, bytes]


def preview(points: Sequence[int], of_ai: Sequence[int]) -> bytes:
    """A column for each number, the part of it that is put down to AI in another colour."""
    return png(_rectangles(points, of_ai))


def _rectangles(points: Sequence[int], of_ai: Sequence[int]) -> list[Rectangle]:
    left, top, right, bottom = FRAME
    found = [(left, 60, right, 66, INK), (left, 72, right, 74, INK)]
    quarters = (bottom - (bottom - top) * n // 4 for n in (1, 2, 3))
    found += [(left, line, right, line + 2, SOFT) for line in quarters]
    most, slot = max([*points, 1]), (right - left) / max(len(points), 1)
    for place, (point, part) in enumerate(zip(points, of_ai, strict=True)):
        begin, end = round(left + slot * (place + 0.14)), round(left + slot * (place + 0.86))
        for value, colour in ((point, BLUE), (min(part, point), ORANGE)):
            found.append((begin, bottom - round((bottom - top) * value / most), max(end, begin + 1), bottom, colour))
    return [*found, (left, bottom, right, bottom + 3, INK)]


def png(rectangles: Sequence[Rectangle]) -> bytes:
    """The picture: rectangles (left, top, right, bottom, colour) on paper, later ones above; true colour, no alpha.

    >>> png([]) == png([]) and png([])[:8]
    b'\\x89PNG\\r\\n\\x1a\\n'
    """
    lines = [bytearray(PAPER * WIDTH) for _ in range(HEIGHT)]
    for left, top, right, bottom, colour in rectangles:
        for line in lines[top:bottom]:
            line[3 * left : 3 * right] = colour * (right - left)
    data = zlib.compress(b"".join(b"\0" + bytes(line) for line in lines), 9)
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
