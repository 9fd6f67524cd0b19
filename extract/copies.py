"""How many independent reports there are among articles: copies of one text count once, whatever their headlines.

A text is kept as a sketch, so that copies are told without the text itself: of the hashes of its five-word runs the
256 least (a MinHash of one hash function, "bottom-k"). The least hashes of two texts together are a fair sample of
all their runs, and the share of the sample that both have estimates the Jaccard index; of a text with fewer runs
than the sketch has room for, it is exact. `docs/database.md` has the figures by which the limit was set.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Sequence
from zlib import crc32

SHINGLE = 5  # words that stand together
ALIKE = 0.2  # share of runs in common from which two texts are copies
SHORT = 20  # words; of a shorter text the headline is part, and must agree too
SIZE = 256  # hashes in a sketch; the estimate is then within .06 of the index in 19 cases of 20

Sketch = tuple[int, ...]  # ascending, 32 bits each

_WORD = re.compile(r"\w+")


def independent(sketches: Sequence[Sketch]) -> int:
    """Number of groups among the sketches, where copies make a group.

    >>> independent([sketch(t, "") for t in ("Acme cuts 90 jobs", "Acme cuts 90 jobs", "Acme to shed staff")])
    2
    """
    different = sorted(set(sketches))
    groups = list(range(len(different)))

    def root(index: int) -> int:
        while groups[index] != index:
            index = groups[index] = groups[groups[index]]
        return index

    holders: dict[int, list[int]] = defaultdict(list)  # hash -> sketches that have it
    for index, new in enumerate(different):
        for other in {old for value in new for old in holders[value]}:
            if root(other) != root(index) and alike(new, different[other]):
                groups[root(index)] = root(other)
        for value in new:
            holders[value].append(index)
    return len({root(index) for index in range(len(different))})


def sketch(title: str, body: str) -> Sketch:
    """The least hashes of the five-word runs of the body (of title and body where the body is short)."""
    words = _WORD.findall(body.lower())
    if len(words) < SHORT:
        words = _WORD.findall(title.lower()) + words
    runs = (" ".join(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE + 1, 1)))
    return tuple(sorted({_mixed(crc32(run.encode())) for run in runs})[:SIZE])


def _mixed(value: int) -> int:
    """Spread a checksum, whose order follows the text too closely for a fair sample (the finaliser of murmur3)."""
    value = ((value ^ (value >> 16)) * 0x85EBCA6B) & 0xFFFFFFFF
    value = ((value ^ (value >> 13)) * 0xC2B2AE35) & 0xFFFFFFFF
    return value ^ (value >> 16)


def alike(one: Sketch, other: Sketch) -> bool:
    """Are the texts of these sketches copies?"""
    return likeness(one, other) >= ALIKE


def likeness(one: Sketch, other: Sketch) -> float:
    """Estimate of the Jaccard index of the two texts' runs, 0 to 1.

    >>> likeness(sketch("", "a b c d e f"), sketch("", "a b c d e f")), likeness(sketch("a", ""), sketch("b", ""))
    (1.0, 0.0)
    """
    shared = set(one) & set(other)
    sample = sorted({*one, *other})[:SIZE]
    return sum(value in shared for value in sample) / len(sample) if sample else 0.0


def packed(hashes: Sketch) -> bytes:
    """The sketch as bytes, four a hash.

    >>> unpacked(packed((1, 70000))), len(packed((1, 2)))
    ((1, 70000), 8)
    """
    return struct.pack(f"<{len(hashes)}I", *hashes)


def unpacked(data: bytes) -> Sketch:
    """The sketch of its bytes."""
    return struct.unpack(f"<{len(data) // 4}I", data)
