"""Tells cheaply that a page cannot be about job cuts, from its raw bytes and again from its text.

The words are those of data/vocabulary/gate.txt. Hyperscan scans for all of them at once; where it has no wheel, a
slower scan in Python gives the same verdicts. Both look at bytes and fold the case of ASCII letters only.
"""

from __future__ import annotations

import importlib
import re
import threading
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from extract import vocabulary
from extract.reasons import NotAboutCuts

#: How far apart (bytes) the ends of two words of a pair may lie: about a sentence, with room for markup in a raw page.
TEXT_REACH = 100
BYTES_REACH = 250

#: What may stand between the words of a phrase: white space, hyphens, quotes, their entities and JSON escapes, tags.
GAP = (
    rb"(?:[\s'\"\xa0-]|\xc2|\xe2\x80[\x80-\xaf]|<[^<>]*>|\\[nrt]|\\u00a0|\\u20[01][0-9a-f]"
    rb"|&(?:nbsp|#160|#xa0|[lr][sd]quo|apos|quot|[nm]dash|#39|#x27|#34|#8(?:19|20|21|22)[0-9]|#x20[01][0-9a-f]);)+"
)
#: What may stand inside a word without being seen: soft hyphen, zero-width space, permitted break.
INVISIBLE = re.compile(rb"&shy;|&#173;|&#xad;|\xc2\xad|&#8203;|&#x200b;|\xe2\x80\x8b|<wbr[ /]*>", re.IGNORECASE)

#: What must not stand before a strict phrase (see Words.strict).
STRICT = rb"(?<![\w.#-])"

Hit = tuple[int, int]  # index of the phrase, offset behind its last byte
Scanner = Callable[[bytes], list[Hit]]


def gate_bytes(body: bytes) -> None:
    """Raise NotAboutCuts if nothing in the HTML page `body` (UTF-16, or a superset of ASCII) speaks of cuts."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        body = body.decode("utf-16", "replace").encode()
    if not _speaks_of_cuts(body, BYTES_REACH):
        raise NotAboutCuts("gate.bytes", f"no word of job cuts in a page of {len(body):,} bytes")


def gate_text(title: str, text: str) -> None:
    """Raise NotAboutCuts if neither headline nor body speaks of cuts."""
    data = f"{title}\n{text}".encode("utf-8", "replace")
    if not _speaks_of_cuts(data, TEXT_REACH):
        raise NotAboutCuts("gate.text", f"no word of job cuts in headline and {len(text):,} characters of text")


def _speaks_of_cuts(data: bytes, reach: int) -> bool:
    hits = _scanner()(data)
    if _decide(hits, reach):
        return True
    hidden = any(phrase == _words().invisible for phrase, _end in hits)
    return hidden and _decide(_scanner()(INVISIBLE.sub(b"", data)), reach)


def _decide(hits: list[Hit], reach: int) -> bool:
    words = _words()
    seen: dict[int, list[int]] = {}
    for phrase, end in hits:
        if phrase in words.alone:
            return True
        seen.setdefault(phrase, []).append(end)
    return any(_near(seen[w], _merged(seen, words.groups[g]), reach) for w in seen for g in words.beside.get(w, ()))


def _merged(seen: dict[int, list[int]], phrases: Iterable[int]) -> list[int]:
    return sorted(end for phrase in phrases for end in seen.get(phrase, ()))


def _near(left: Sequence[int], right: Sequence[int], reach: int) -> bool:
    """Does an offset of `left` lie within `reach` of one of `right` (sorted)? The same word does not count.

    >>> _near([10], [120], 100), _near([10], [80], 100), _near([10], [10], 100)
    (False, True, False)
    """
    for end in left:
        at = bisect_left(right, end - reach)
        if any(other != end for other in right[at : at + 2] if other <= end + reach):
            return True
    return False


@dataclass(frozen=True)
class Words:
    """The entries of gate.txt: phrases as byte patterns, and which of them count alone or beside a group."""

    patterns: list[bytes] = field(default_factory=list)  # from the first letter on, without what must stand before it
    openings: list[bytes] = field(default_factory=list)  # lower-case letters with which every match begins
    alone: set[int] = field(default_factory=set)
    beside: dict[int, list[str]] = field(default_factory=dict)
    groups: dict[str, set[int]] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)  # of the groups, as written

    def add(self, phrase: str) -> int:
        """Index of `phrase`, entered if it is new."""
        pattern = _pattern(phrase)
        if pattern not in self.patterns:
            self.patterns.append(pattern)
            self.openings.append(phrase.split()[0].rstrip("*").encode())
        return self.patterns.index(pattern)

    @property
    def invisible(self) -> int:
        """The index under which a scanner reports that INVISIBLE occurs."""
        return len(self.patterns)

    def strict(self, phrase: int) -> bool:
        """Must the phrase not follow a dot, a hash or a hyphen, as names in scripts and style sheets do?"""
        return phrase in self.beside and phrase not in self.alone and not any(phrase in g for g in self.groups.values())

    def whole(self, phrase: int) -> bytes:
        """Its expression with what must stand before it."""
        return (rb"(?:^|[^\w.#-])" if self.strict(phrase) else rb"\b") + self.patterns[phrase]


def _pattern(phrase: str) -> bytes:
    r"""The expression for a phrase of gate.txt, from its first letter on: `job cut*` is `jobGAPcut`.

    >>> _pattern("layoff*"), _pattern("severance")
    (b'layoff', b'severance\\b')
    """
    if not re.fullmatch(r"[a-z]+(?: [a-z]+)*\*?", phrase):
        raise vocabulary.VocabularyError(f"gate.txt: {phrase!r}: lower-case letters and spaces only, and * at the end")
    words = phrase.encode().split()
    return GAP.join(words).removesuffix(b"*") if phrase.endswith("*") else GAP.join(words) + rb"\b"


@cache
def _words() -> Words:
    words = Words()
    for line in vocabulary.lines("gate.txt"):
        if ":" in line:
            group, members = line.split(":")
            named = [member.strip() for member in members.split(",")]
            words.groups.setdefault(group, set()).update(map(words.add, named))
            words.members.setdefault(group, []).extend(named)
        elif "~" in line:
            phrase, groups = line.split("~")
            words.beside.setdefault(words.add(phrase.strip()), []).extend(groups.split())
        else:
            words.alone.add(words.add(line))
    unknown = {group for groups in words.beside.values() for group in groups} - set(words.groups)
    if unknown:
        raise vocabulary.VocabularyError(f"gate.txt: no group is named {', '.join(sorted(unknown))}")
    return words


@cache
def _scanner() -> Callable[[bytes], list[Hit]]:
    """The function that finds all phrases in bytes: Hyperscan's where it can be imported, else the pure one."""
    try:
        hyperscan = importlib.import_module("hyperscan")
    except ImportError:
        return pure_scan
    return _Hyperscan(hyperscan)


class _Hyperscan:
    def __init__(self, hyperscan: Any) -> None:
        words = _words()
        self._alone = words.alone
        self._ended = hyperscan.ScanTerminated
        self._lock = threading.Lock()  # a database has one scratch space
        patterns = [*map(words.whole, range(len(words.patterns))), INVISIBLE.pattern]
        self._database = database(hyperscan, patterns, once={words.invisible})

    def __call__(self, data: bytes) -> list[Hit]:
        """All hits; fewer when one of them decides alone."""
        hits: list[Hit] = []

        def note(phrase: int, _start: int, end: int, _flags: int, _context: object) -> bool | None:
            hits.append((phrase, end))
            return True if phrase in self._alone else None

        with self._lock, suppress(self._ended):
            self._database.scan(data, match_event_handler=note)
        return hits


def scanner(patterns: Sequence[bytes]) -> Scanner:
    """A function that finds every match of the patterns in bytes, as (number of the pattern, end) by their ends."""
    try:
        hyperscan = importlib.import_module("hyperscan")
    except ImportError:
        compiled = [re.compile(b"(?i)" + pattern) for pattern in patterns]
        return lambda data: sorted(
            ((number, match.end()) for number, one in enumerate(compiled) for match in one.finditer(data)),
            key=lambda hit: hit[1],
        )
    made, lock = database(hyperscan, patterns), threading.Lock()

    def scan(data: bytes) -> list[Hit]:
        hits: list[Hit] = []
        with lock:
            made.scan(
                data, match_event_handler=lambda number, _start, end, _flags, _context: hits.append((number, end))
            )
        return hits

    return scan


def database(hyperscan: Any, patterns: Sequence[bytes], once: Collection[int] = ()) -> Any:
    """A Hyperscan database of the patterns, numbered from 0, without regard to case; those of `once` match once."""
    flags = [hyperscan.HS_FLAG_CASELESS] * len(patterns)
    for number in once:
        flags[number] |= hyperscan.HS_FLAG_SINGLEMATCH
    made = hyperscan.Database()
    made.compile(expressions=patterns, ids=range(len(patterns)), elements=len(patterns), flags=flags)
    return made


def pure_scan(data: bytes) -> list[Hit]:
    """The same verdict without Hyperscan: all hits, or the first that decides alone."""
    words = _words()
    lower = data.lower()
    hits = [(words.invisible, 0)] if INVISIBLE.search(lower) else []
    for phrase in sorted(range(len(words.patterns)), key=lambda p: p not in words.alone):
        opening, pattern = words.openings[phrase], _compiled(words.patterns[phrase], words.strict(phrase))
        at = lower.find(opening)
        while at >= 0:
            match = pattern.match(lower, at)
            if match:
                hits.append((phrase, match.end()))
                if phrase in words.alone:
                    return hits
            at = lower.find(opening, at + 1)
    return hits


@cache
def _compiled(pattern: bytes, strict: bool) -> re.Pattern[bytes]:
    return re.compile((STRICT if strict else rb"\b") + pattern)
