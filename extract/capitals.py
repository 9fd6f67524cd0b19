"""Capital letters: the words that bear them, the runs they form, the lines in which they say nothing."""

from __future__ import annotations

import re
from functools import lru_cache

from extract.names import not_names

#: A word as names have them: "Acme", "U.S", "eBay", "3M", "P&G", "Re/Max", "Inc.".
TOKEN = (
    r"(?:(?:Inc|Corp|Co|Ltd|St|Bros|[A-Z])\.(?!\w)|[A-Z][a-z]?/[A-Z][a-z]+|[A-Z][\w’'&+-]*(?:\.\w+)*"
    r"|\d+[A-Z][A-Za-z]+|\d+and[A-Z]\w*|[a-z]{1,3}[A-Z]\w+|[A-Z]&[A-Z])"
)
_BEFORE = re.compile(rf"({TOKEN})[ \u00a0]$")
#: The first letter of a word of four letters or more, nothing of a shorter one.
_LONG_WORD = re.compile(r"([A-Za-z])[\w’'-]{3,}|[A-Za-z][\w’'-]*")
_BLANKS = (" ", "\u00a0")
_BEHIND = re.compile(rf"(?:[ \u00a0]{TOKEN})*")
_JOINED = re.compile(r"\b[A-Z][\w’'-]+\s(?:(?:of|for)\s)?the\s$")
_STOPPED = re.compile(r"[a-z\d)]{2}\.[\"”’]?$")
#: A line longer than twice this is looked at only so far to either side.
_SIDE = 400


def line_around(text: str, at: int) -> str:
    """The line around an offset, at most 400 characters to either side."""
    low, high = max(0, at - _SIDE), min(len(text), at + _SIDE)
    start, end = text.rfind("\n", low, at) + 1, text.find("\n", at, high)
    return text[max(start, low) : end if end >= 0 else high]


@lru_cache(maxsize=1024)
def title_case(line: str) -> bool:
    """Has the line capitals as headlines have them, so that they show no name?

    >>> title_case("Acme Plans Hundreds More Cuts"), title_case("Acme Corp plans hundreds more cuts")
    (True, False)
    """
    initials = "".join(_LONG_WORD.findall(line))
    return len(initials) >= 3 and sum(map(str.isupper, initials)) >= 0.7 * len(initials)


def heading(text: str, at: int) -> bool:
    """Does the offset lie in a line with capitals as headlines have them, and without a full stop at its end?"""
    return _headline(line_around(text, at))


@lru_cache(maxsize=1024)
def _headline(line: str) -> bool:
    return not _STOPPED.search(line.rstrip()[-4:]) and title_case(line)


def run_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of capitalised words in which the words from `start` to `end` stand.

    >>> run_around("the Rolls Royce Motor Cars plant", 4, 15)
    (4, 26)
    """
    left = start
    while text[left - 1 : left] in _BLANKS:
        before = text[max(0, left - 40) : left]
        match = None if before[before.rfind(" ", 0, -1) + 1 :].islower() else _BEFORE.search(before)
        if match is None:
            break
        left -= len(match[0])
    behind = _BEHIND.match(text, end)
    return left, behind.end() if behind else end


def ends_longer(text: str, start: int) -> bool:
    """Does the word at `start` close a longer name with "the" in it?

    >>> ends_longer("said Power the Future, a lobby", 15), ends_longer("At the Gap, a retailer", 7)
    (True, False)
    """
    found = _JOINED.search(text, max(0, start - 40), start)
    return found is not None and found[0].split()[0].lower() not in not_names()
