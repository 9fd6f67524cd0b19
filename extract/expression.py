"""Regular expressions that know words without which nothing matches them, so that most sentences need no search.

Python's `re` tries an expression at every character. Nearly all of the rules' expressions cannot match without one of
a few words ("denied", "refused" …). These are read off the expression itself (`extract/required.py`), each set of such
words gets a bit, and the words of a sentence tell which bits it lacks: one pass for all rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from extract.required import DIGIT, required

_bits: dict[frozenset[str], int] = {}  # a set of which one word is required -> its bit
_keys: dict[str, int] = {}  # a word, or how words begin -> the bits of the sets in which it stands
_all = 0  # all bits given so far


class Expression:
    """A compiled expression, to be used as `re.compile` gives it; `bits` are those of the sets of required words."""

    __slots__ = ("bits", "findall", "finditer", "fullmatch", "match", "pattern", "search", "sub")

    def __init__(self, pattern: str) -> None:
        """Raises re.error for what is no expression."""
        compiled = re.compile(pattern)
        self.pattern = pattern
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.findall, self.finditer, self.sub = compiled.findall, compiled.finditer, compiled.sub
        self.bits = 0
        for words in required(pattern):
            self.bits |= _bit(words)


def _bit(words: frozenset[str]) -> int:
    global _all  # noqa: PLW0603 - bits are given once a process
    if words not in _bits:
        bit = _bits[words] = 1 << len(_bits)
        for word in words:
            _keys[word] = _keys.get(word, 0) | bit
        _all |= bit
        _held.cache_clear()
    return _bits[words]


@lru_cache(maxsize=50_000)
def _held(word: str) -> int:
    """The bits of the sets of which the word, in lower case, is one; one with letters beyond ASCII may be any."""
    if not word.isascii():
        return _all
    held = _keys.get(f"{word} ", 0) | (_keys.get(DIGIT, 0) if word[0].isdigit() else 0)
    for end in range(1, len(word) + 1):
        held |= _keys.get(word[:end], 0)
    return held


def lacking(words: Iterable[str]) -> int:
    """The bits of the sets of which none of these words, in lower case, is one; a bit given later is not among them."""
    held = 0
    for word in words:
        held |= _held(word)
    return _all & ~held
