"""Where in a text an expression is worth trying: at words with which it begins, near words that it holds.

Python's `re` tries an expression at every character. Of a dear one the first words are known, and stand seldom; the
words of a text are noted once, and each expression is tried only where one of its own stands. With which words an
expression begins is read off it (`openings` in extract/required.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate

from extract.expression import Expression
from extract.required import DIGIT

Words = frozenset[str] | set[str]

#: A word, or a hedge that is none ("~").
_WORD = re.compile(r"\w+|~")
#: Splits a text into what stands before each word, and the word, in turn.
_PARTS = re.compile(rf"({_WORD.pattern})")


class Places:
    """The words of a text in lower case, in order, and where each stands; numbers stand under DIGIT too.

    >>> found = places("Acme cut 40, then eBay cut 3rd-party staff")
    >>> found.where["cut"], found.where[DIGIT], found.cased, found.capitals, found.named
    ([5, 23], [9, 27], [0, 18], [0], [(0, 'acme')])
    """

    __slots__ = ("capitals", "cased", "keys", "named", "starts", "where")

    def __init__(self, text: str) -> None:
        """Read the text once."""
        parts = _PARTS.split(text)
        ends = list(accumulate(map(len, parts)))
        self.starts: list[int] = ends[:-1:2]
        written = parts[1::2]
        self.keys: list[str] = [*map(str.lower, written)]  # the words, DIGIT for those that begin with a digit
        where: defaultdict[str, list[int]] = defaultdict(list)
        for start, word in zip(self.starts, self.keys, strict=True):
            where[word].append(start)
        where.default_factory = None
        self.where: dict[str, list[int]] = where
        pairs = zip(self.starts, self.keys, written, strict=True)
        cased = [(start, word) for start, word, as_written in pairs if word != as_written]
        self.cased = [start for start, _ in cased]  # where words stand with a capital anywhere
        self.named = [(start, word) for start, word in cased if "A" <= text[start] <= "Z"]  # at their beginning
        self.capitals = [start for start, _ in self.named]
        self._count_numbers()

    def _count_numbers(self) -> None:
        places = sorted([place for word, found in self.where.items() if word[0].isdigit() for place in found])
        if places:
            self.where[DIGIT] = places
            for place in places:
                self.keys[self.number(place)] = DIGIT

    def number(self, place: int) -> int:
        """The number of the first word that begins at `place` or behind it."""
        return bisect_left(self.starts, place)

    def between(self, start: int, end: int) -> set[str]:
        """The words that begin from `start` to before `end`, DIGIT for those that begin with a digit."""
        return set(self.keys[self.number(start) : self.number(end)])


@lru_cache(maxsize=16)
def places(text: str) -> Places:
    """The words of a text with their places; of the last few texts they are kept, since every component asks."""
    return Places(text)


def mentions(text: str, any_of: Words) -> bool:
    """Does one of the words stand in the text?"""
    return not any_of.isdisjoint(places(text).where)


def firsts(phrases: Iterable[str]) -> frozenset[str]:
    """The first word of each phrase, in lower case.

    >>> sorted(firsts(["no fewer than", "No more", "A.I.", ": report"]))
    ['a', 'no', 'report']
    """
    return frozenset(match[0].lower() for match in map(_WORD.search, phrases) if match)


def spots(text: str, any_of: Words) -> list[int]:
    """Where the words stand in the text, in order."""
    where = places(text).where
    return sorted([place for word in any_of.intersection(where) for place in where[word]])


def starting(
    pattern: re.Pattern[str] | Expression,
    any_of: Words,
    text: str,
    within: Sequence[tuple[int, int]] | None = None,
) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern whose every match begins with one of the words.

    With `within`, bounds in order that do not overlap, only matches that begin between two of them are looked for.

    >>> [match[0] for match in starting(re.compile(r"(?:about )?\\d+"), {"about", DIGIT}, "some say about 40 or 50")]
    ['about 40', '50']
    """
    found = spots(text, any_of)
    if within is not None:
        found = [place for low, high in within for place in found[bisect_left(found, low) : bisect_left(found, high)]]
    return trying(pattern, found, text)


def trying(pattern: re.Pattern[str] | Expression, offsets: Iterable[int], text: str) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern whose every match begins at one of the offsets, which are in order."""
    done = 0
    for place in offsets:
        if place >= done and (match := pattern.match(text, place)):
            yield match
            done = match.end()


def near(
    pattern: re.Pattern[str] | Expression, any_of: Words, anchors: Iterable[int], reach: int, text: str
) -> Iterator[re.Match[str]]:
    """As `pattern.finditer(text)`, for a pattern whose matches begin with one of the words, and each hold an anchor.

    `anchors` are offsets in order, of which one lies at most `reach` characters behind the start of each match.

    >>> pattern, words = re.compile(r"(?:(?:about|some) )?\\d+"), {"about", "some", DIGIT}
    >>> [match[0] for match in near(pattern, words, [15, 26], 6, "some say about 40 or some 50")]
    ['about 40', 'some 50']
    """
    found = places(text)
    starts, keys = found.starts, found.keys
    done = tried = 0  # up to `tried`, counted in words, no match begins
    for place in anchors:
        if place < done:
            continue  # within the last match
        for number in range(bisect_left(starts, max(done, place - reach), tried), bisect_right(starts, place, tried)):
            tried = number + 1
            if keys[number] in any_of and (match := pattern.match(text, starts[number])):
                yield match
                done = match.end()
                break


def followed(offsets: Iterable[int], anchors: Sequence[int], reach: int) -> Iterator[int]:
    """Those of the offsets behind which one of the anchors, which are in order, stands within reach.

    >>> list(followed([3, 40, 90], [50, 80], 20))
    [40]
    """
    for offset in offsets:
        at = bisect_right(anchors, offset)
        if at < len(anchors) and anchors[at] - offset <= reach:
            yield offset
