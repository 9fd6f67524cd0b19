"""How many independent reports there are among articles: copies of one text count once, whatever their headlines."""

from __future__ import annotations

import re
from collections.abc import Sequence

SHINGLE = 5  # words that stand together
ALIKE = 0.5  # share of shingles in common from which two texts are copies; a wire text with a tenth edited has 0.52
SHORT = 20  # words; of a shorter text the headline is part, and must agree too

_WORD = re.compile(r"\w+")


def independent(texts: Sequence[tuple[str, str]]) -> int:
    """Number of groups among (title, body) pairs, where copies make a group.

    Two texts are copies if the Jaccard index of their sets of five-word shingles is 0.5 or more.

    >>> independent([("Acme cuts 90 jobs", ""), ("Acme cuts 90 jobs", ""), ("Acme to shed staff", "")])
    2
    """
    groups: list[list[frozenset[int]]] = []
    numbers: dict[tuple[str, ...], int] = {}  # sets of small numbers meet faster than sets of words
    for title, body in sorted(set(texts)):
        new = frozenset(numbers.setdefault(run, len(numbers)) for run in shingles(title, body))
        joined, apart = [new], []
        for group in groups:
            if any(_alike(new, old) for old in group):
                joined += group
            else:
                apart.append(group)
        groups = [*apart, joined]
    return len(groups)


def shingles(title: str, body: str) -> frozenset[tuple[str, ...]]:
    """The five-word runs of the body (of title and body where the body is short), lower case, no punctuation."""
    words = _WORD.findall(body.lower())
    if len(words) < SHORT:
        words = _WORD.findall(title.lower()) + words
    return frozenset(tuple(words[i : i + SHINGLE]) for i in range(max(len(words) - SHINGLE + 1, 1)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    if min(len(one), len(other)) < ALIKE * max(len(one), len(other)):
        return False  # the index cannot reach the limit
    common = len(one & other)
    return common >= ALIKE * (len(one) + len(other) - common)
