"""Regular expressions that know words without which nothing matches them, so that most sentences need no search.

Python's `re` tries an expression at every character. Nearly all of the rules' expressions cannot match without one of
a few words ("denied", "refused" …). These are read off the expression itself (`extract/required.py`), each set of such
words gets a bit, and the words of a sentence tell which bits it lacks: one pass for all rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_

from extract.required import beginnings, required

_bits: dict[frozenset[str], int] = {}  # a set of which one word is required -> its bit
_keys: dict[str, int] = {}  # a word, or how words begin -> the bits of the sets in which it stands
_all = 0  # all bits given so far


class Expression:
    """A compiled expression, to be used as `re.compile` gives it; `bits` are those of the sets of required words.

    `begins` is the bit of the words with one of which every match begins, 0 where that is not told.
    """

    __slots__ = ("begins", "bits", "findall", "finditer", "fullmatch", "match", "pattern", "search", "sub")

    def __init__(self, pattern: str) -> None:
        """Raises re.error for what is no expression."""
        compiled = re.compile(pattern)
        self.pattern = pattern
        self.search, self.match, self.fullmatch = compiled.search, compiled.match, compiled.fullmatch
        self.findall, self.finditer, self.sub = compiled.findall, compiled.finditer, compiled.sub
        self.bits = 0
        for words in required(pattern):
            self.bits |= _bit(words)
        first = beginnings(pattern)
        self.begins = 0 if first is None else _bit(first)
        self.bits |= self.begins


def _bit(words: frozenset[str]) -> int:
    global _all  # noqa: PLW0603 - bits are given once a process
    if words not in _bits:
        bit = _bits[words] = 1 << len(_bits)
        for word in words:
            _keys[word] = _keys.get(word, 0) | bit
        _all |= bit
        _held.clear()
    return _bits[words]


class _Held(dict[str, int]):
    """The bits of the sets of which a word, in lower case, is one; of one with letters beyond ASCII, all.

    All bits not given so far are among them: an expression made later must not take the word for none of its own.
    """

    def __missing__(self, word: str) -> int:
        if len(self) >= MOST:
            self.clear()
        held = _keys.get(f"{word} ", 0) if word.isascii() else _all
        for end in range(1, len(word) + 1):
            held |= _keys.get(word[:end], 0)
        held |= ~_all
        self[word] = held
        return held


MOST = 50_000
_held = _Held()


def held(words: Iterable[str]) -> list[int]:
    """Of each word the bits of the sets in which it stands, and all bits that are given later.

    The words are in lower case, with DIGIT for any that begins with a digit.
    """
    return [_held[word] for word in words]


def without(sets: Iterable[int]) -> int:
    """The bits of the sets of which none is among those given, as `held` gives them."""
    return _all & ~reduce(or_, sets, 0)


def lacking(words: Iterable[str]) -> int:
    """The bits of the sets of which none of these words, as `held` takes them, is one."""
    return without(held(words))
