"""Where in a text an expression is worth trying: at words with which it begins, near words that it holds.

Python's `re` tries an expression at every character. Of a dear one the first words are known, and stand seldom; the
words of a text are noted once, and each expression is tried only where one of its own stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache

_WORD = re.compile(r"\w+")
#: Where a word may begin, or a hedge that is none ("~").
_START = re.compile(r"(?<!\w)[\w~]")
#: Under this key a text's words are noted that begin with a digit.
DIGIT = "0"


@lru_cache(maxsize=256)
def words(text: str) -> frozenset[str]:
    """The words of the text, in lower case."""
    return frozenset(_WORD.findall(text.lower()))


def mentions(text: str, any_of: Set[str]) -> bool:
    """Does one of the words stand in the text?"""
    return not any_of.isdisjoint(words(text))


@lru_cache(maxsize=16)
def places(text: str) -> dict[str, list[int]]:
    """Every word of the text in lower case with the offsets at which it stands; numbers also under DIGIT.

    >>> places("Acme cut 40, then cut 3rd-party staff")
    {'acme': [0], 'cut': [5, 18], '40': [9], '0': [9, 22], 'then': [13], '3rd': [22], 'party': [26], 'staff': [32]}
    """
    found: dict[str, list[int]] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower()
        found.setdefault(word, []).append(match.start())
        if word[0].isdigit():
            found.setdefault(DIGIT, []).append(match.start())
    return found


def openings(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase, in lower case.

    >>> sorted(openings(["no fewer than", "No more", "A.I.", ": report", "~"]))
    ['a', 'no', 'report']
    """
    return frozenset(match[0].lower() for match in map(_WORD.search, phrases) if match)


def spots(text: str, any_of: Set[str], marks: str = "") -> list[int]:
    """Where the words, or one of the other characters `marks`, stand in the text, in order."""
    index = places(text)
    found = [place for word in any_of & index.keys() for place in index[word]]
    for mark in marks:
        if mark in text:
            found += [place for place, character in enumerate(text) if character == mark]
    return sorted(found)


def starting(pattern: re.Pattern[str], any_of: Set[str], text: str, marks: str = "") -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern whose every match begins with one of the words or marks.

    >>> [match[0] for match in starting(re.compile(r"(?:about )?\\d+"), {"about", DIGIT}, "some say about 40 or 50")]
    ['about 40', '50']
    """
    done = 0
    for place in spots(text, any_of, marks):
        if place >= done and (match := pattern.match(text, place)):
            yield match
            done = match.end()


def near(pattern: re.Pattern[str], anchors: Iterable[int], reach: int, text: str) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern whose matches begin with a word, and each hold an anchor.

    `anchors` are offsets in order, of which one lies at most `reach` characters behind the start of each match.

    >>> pattern = re.compile(r"(?:(?:about|some) )?\\d+")
    >>> [match[0] for match in near(pattern, [15, 26], 6, "some say about 40 or some 50")]
    ['about 40', 'some 50']
    """
    done = tried = 0  # up to `tried` no match begins
    for place in anchors:
        if place < done:
            continue  # within the last match
        for start in _START.finditer(text, max(done, tried, place - reach), place + 1):
            tried = start.end()
            if match := pattern.match(text, start.start()):
                yield match
                done = match.end()
                break
