"""Nine kinds of damaged archives: each ends with the right account of it, and costs no record that can be read."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import re
from dataclasses import dataclass

import pytest

from extract import warc
from tests.extract.test_inputs import record

#: Five records, packed one by one, and plain. A packed one ends where the next begins.
PLAIN = [record(number, digest=False) for number in range(5)]
PACKED = [gzip.compress(one, mtime=0) for one in PLAIN]
ENDS = [sum(map(len, PACKED[: number + 1])) for number in range(5)]


def lengthened(one: bytes, by: int) -> bytes:
    """The record with another Content-Length than it has."""
    return re.sub(rb"Content-Length: (\d+)", lambda m: b"Content-Length: %d" % (int(m[1]) + by), one)


def zeroed(data: bytes, start: int) -> bytes:
    return data[:start] + bytes(64) + data[start + 64 :]


@dataclass(frozen=True)
class Case:
    """An archive, and what must come of it: the numbers of its pages, and the damage (offset and words)."""

    data: bytes
    pages: str
    damage: tuple[tuple[int, str], ...] = ()
    truncated: bool = False
    lost: int = 0  # bytes


ALL = b"".join(PACKED)
HUGE = record(9, b"<p>" + b"x" * 2**20)
CASES = {
    "truncated": Case(ALL[:-9], "0123", ((ENDS[3], warc.CUT),), True, len(PACKED[4]) - 9),
    "truncated in a head": Case(ALL[: ENDS[3] + 30], "0123", ((ENDS[3], warc.CUT),), True, 30),
    "truncated, plain": Case(
        b"".join(PLAIN)[:-9], "0123", ((len(b"".join(PLAIN[:4])), warc.CUT),), True, len(PLAIN[4]) - 9
    ),
    "zeroed": Case(zeroed(ALL, ENDS[0] + 40), "0234", ((ENDS[0], "data error"),), lost=len(PACKED[1])),
    "wrong length, too short": Case(
        PACKED[0] + gzip.compress(lengthened(PLAIN[1], -50), mtime=0) + PACKED[2], "02", ((ENDS[0], "header"),),
        lost=len(gzip.compress(lengthened(PLAIN[1], -50), mtime=0)),
    ),
    "wrong length, too long": Case(
        PACKED[0] + gzip.compress(lengthened(PLAIN[1], 99_000), mtime=0) + PACKED[2], "02", ((ENDS[0], warc.WRONG),),
        lost=len(gzip.compress(lengthened(PLAIN[1], 99_000), mtime=0)),
    ),
    "wrong length, plain": Case(
        PLAIN[0] + lengthened(PLAIN[1], 99_000) + PLAIN[2], "02", ((len(PLAIN[0]), warc.WRONG),),
        lost=len(lengthened(PLAIN[1], 99_000)),
    ),
    "one member": Case(gzip.compress(b"".join(PLAIN), mtime=0), "01234"),
    "garbage tail": Case(ALL + b"rubbish\n" * 20, "01234", ((ENDS[4], "data error"),), lost=160),
    "garbage tail, zeros": Case(ALL + bytes(100), "01234", ((ENDS[4], "data error"),), lost=100),
    "empty": Case(b"", "", ((0, "the file is empty"),)),
    "not gzip": Case(b"<html>no archive</html>" * 9, "", ((0, "header"),), lost=207),
    "not gzip, but a plain archive": Case(b"".join(PLAIN), "01234"),
    "mixed": Case(PACKED[0] + PLAIN[1] + PACKED[2] + PLAIN[3] + PLAIN[4], "01234"),
    "mixed, plain first": Case(PLAIN[0] + PACKED[1] + PACKED[2] + PLAIN[3], "0123"),
    "huge record": Case(PACKED[0] + gzip.compress(HUGE, 1, mtime=0) + PACKED[2], "02"),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_damage_is_told_and_costs_no_other_record(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "MAX_RECORD", 2**20)
    case, tally = CASES[name], warc.Tally()
    found = list(warc.pages(io.BytesIO(case.data), None, tally))
    urls = [page.url for page in found if not isinstance(page, warc.Damage)]
    damage = [one for one in found if isinstance(one, warc.Damage)]
    assert urls == [f"https://n.example/{number}" for number in case.pages]
    assert [one.offset for one in damage] == [offset for offset, _ in case.damage]
    assert all(words in one.error for one, (_, words) in zip(damage, case.damage, strict=True))
    assert (tally.truncated, tally.damaged, tally.lost) == (case.truncated, len(case.damage), case.lost)
    assert (tally.size, tally.consumed) == (len(case.data), len(case.data) - case.lost)
    huge = int(name == "huge record")
    assert (tally.pages, tally.records) == (len(case.pages), len(case.pages) + huge)
    assert tally.skipped == ({"too large": 1} if huge else {})


def test_one_member_that_is_cut_gives_what_stands_before_the_cut() -> None:
    tally = warc.Tally()
    found = list(warc.pages(io.BytesIO(gzip.compress(b"".join(PLAIN), mtime=0)[:-30]), None, tally))
    urls = [page.url for page in found if not isinstance(page, warc.Damage)]
    assert urls == [f"https://n.example/{number}" for number in range(len(urls))] and 0 < len(urls) < 5
    assert tally.truncated and tally.damaged == 1


@pytest.mark.parametrize("algorithm", ["sha1", "sha256", "md5"])
def test_checksums_of_every_kind_are_compared(algorithm: str) -> None:
    block = PLAIN[0].split(b"\r\n\r\n", 1)[1].removesuffix(b"\r\n\r\n")
    made = hashlib.new(algorithm, block).digest()
    for value, pages in ((base64.b32encode(made).decode(), 1), (made.hex(), 1), (made[::-1].hex(), 0)):
        head, rest = PLAIN[0].split(b"\r\n", 1)
        data = head + f"\r\nWARC-Block-Digest: {algorithm}:{value}\r\n".encode() + rest
        tally = warc.Tally()
        found = list(warc.pages(io.BytesIO(data), None, tally))
        assert (tally.pages, tally.digests, tally.damaged) == (pages, 1, 1 - pages)
        assert pages or [one.error for one in found if isinstance(one, warc.Damage)] == [
            "its content does not fit its checksum"
        ]
