"""Marked sentences: `[Acme|company=Acme] [will cut|!headcount] …`, read from a file and compared with the components.

A file opens with two lines, `kinds:` (kinds of mark that its sentences mark in full: what bears no mark must get none)
and `published:` (the day from which dates are seen). A sentence is a line; `\\n` in it stands for a line break, lines
that start with `#` are comments, and `xfail: reason` goes before a sentence that the rules do not yet read rightly.

`[words|kind=value]` asks for a mark on just these words, `[words|kind]` for one of any value, `[words|!kind]` for none
that so much as touches them; several are separated by `;`. Figures are written `1200`, `~1200` (about), `1200+` (at
least), `<1200` (at most), `1000-1200` and `200?` (vague). A link to AI needs only to touch the words: how far it
reaches is no one's business.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

KINDS = ("company", "cut", "headcount", "share", "date", "attribution")
_SPAN = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A mark asked for (`value` None: any), or with `absent` one that must not be."""

    start: int
    end: int
    kind: str
    value: str | None
    absent: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One line of a file: the bare words, what is asked of them, and where it stands."""

    place: str
    line: str
    words: str
    wanted: tuple[Wanted, ...]
    kinds: frozenset[str]
    published: dt.date
    xfail: str | None


def read(path: Path) -> Iterator[Sentence]:
    """The sentences of a file. Raises ValueError, with file and line, for what is no such file."""
    header: dict[str, str] = {}
    xfail = None
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        key, colon, value = line.partition(": ")
        if not line.strip() or line.startswith("#"):
            continue
        if colon and key in ("kinds", "published"):
            header[key] = value
        elif colon and key == "xfail":
            xfail = value
        else:
            yield _sentence(f"{path.name}:{number}", line, header, xfail)
            xfail = None


def _sentence(place: str, line: str, header: dict[str, str], xfail: str | None) -> Sentence:
    words, wanted = _parse(place, line.replace("\\n", "\n"))
    kinds = frozenset(header["kinds"].split())
    return Sentence(place, line, words, tuple(wanted), kinds, dt.date.fromisoformat(header["published"]), xfail)


def _parse(place: str, line: str) -> tuple[str, list[Wanted]]:
    words, wanted, last = "", list[Wanted](), 0
    for match in _SPAN.finditer(line):
        words += line[last : match.start()]
        start, last = len(words), match.end()
        words += match[1]
        for asked in match[2].split(";"):
            kind, equals, value = asked.strip().partition("=")
            absent = kind.startswith("!")
            kind = kind.removeprefix("!")
            if kind not in KINDS:
                raise ValueError(f"{place}: {kind!r} is no kind of mark: use one of {', '.join(KINDS)}")
            wanted.append(Wanted(start, len(words), kind, value if equals else None, absent))
    words += line[last:]
    if "|" in words or "[" in words:
        raise ValueError(f"{place}: a bracket is not closed, or holds no mark")
    return words, wanted
