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

from extract.components.date import resolve
from extract.marks import Mark, marks
from extract.nlp import marked, pipeline
from extract.numbers import Amount

KINDS = ("company", "cut", "headcount", "share", "date", "attribution")
_SPAN = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
#: Words that state a cut on their own; the other kinds of the table only may, and what they govern decides.
_ALONE = {"people", "noun", "freeze", "furlough", "buyout", "attrition", "contract"}
#: Roles of numbers that may be said of a cut; the others are a company's size, hires, vacancies, voices.
_OF_A_CUT = {"count", "cut", "bare_trade"}


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """A mark as the notation writes it: `words[start:end]` of the sentence, kind, value ("" if it has none)."""

    start: int
    end: int
    kind: str
    value: str


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


def faults(sentence: Sentence) -> list[str]:
    """What differs between the marks asked for and those found, in words; empty if nothing does."""
    found = _found(sentence)
    asked = [w for w in sentence.wanted if not w.absent]
    return [
        *(f"missing:    {_show(sentence.words, w)}" for w in asked if not any(_same(w, f) for f, _ in found)),
        *(f"not wanted: {_show(sentence.words, f)}" for f in _surplus(sentence, asked, found)),
    ]


def _surplus(sentence: Sentence, asked: list[Wanted], found: list[tuple[Found, bool]]) -> Iterator[Found]:
    for one, firm in found:
        touched = any(w.absent and w.kind == one.kind and _touch(w, one) for w in sentence.wanted)
        if touched or (firm and one.kind in sentence.kinds and not any(_same(w, one) for w in asked)):
            yield one


def report(sentence: Sentence, differing: list[str]) -> str:
    """What a failing test shows: the line as it should be, as it is, and each difference."""
    found = [f for f, firm in _found(sentence) if firm and f.kind in sentence.kinds]
    return "\n".join(["", sentence.place, f"  as wanted: {sentence.line}", f"  as found:  {_line(sentence.words, found)}"]
                     + [f"  {fault}" for fault in differing])  # fmt: skip


def _line(words: str, found: list[Found]) -> str:
    out, last = "", 0
    for one in sorted(found):
        if one.start >= last:
            out += words[last : one.start] + _show(words, one)
            last = one.end
    return (out + words[last:]).replace("\n", "\\n")


def _show(words: str, one: Found | Wanted) -> str:
    return f"[{words[one.start : one.end]}|{one.kind}{'' if one.value is None else '=' + one.value}]"


def _touch(one: Found | Wanted, other: Found | Wanted) -> bool:
    return one.start < other.end and other.start < one.end


def _same(wanted: Wanted, found: Found) -> bool:
    if wanted.kind != found.kind or (wanted.value is not None and wanted.value != found.value):
        return False
    return _touch(wanted, found) if found.kind == "attribution" else (wanted.start, wanted.end) == (found.start, found.end)


def _found(sentence: Sentence) -> list[tuple[Found, bool]]:
    """All marks of the components, each with whether it says its kind for sure."""
    with pipeline().memory_zone():
        doc = marked(sentence.words)
        return [
            (Found(m.start, m.end, kind, _value(m, sentence.published)), _firm(m))
            for kind in KINDS
            for m in marks(doc, kind)
            if kind != "headcount" or m.value.role in _OF_A_CUT | {"bare"}
        ]


def _firm(mark: Mark) -> bool:
    if mark.kind == "cut":
        return mark.value.kind in _ALONE
    if mark.kind == "headcount":
        return mark.value.role in _OF_A_CUT
    return mark.kind != "share" or bool(mark.value.staff)


def _value(mark: Mark, published: dt.date) -> str:
    if mark.kind == "company":
        return str(mark.value.name)
    if mark.kind == "cut":
        return str(mark.value.action)
    if mark.kind == "date":
        return resolve(mark.value, published) or ""
    if mark.kind == "attribution":
        return "denied" if mark.value.stance == "denies" else str(mark.value.link)
    return figure(mark.value.amount)


def figure(amount: Amount) -> str:
    """An amount in the notation of the files.

    >>> figure(Amount(200, None, "vague")), figure(Amount(None, 50, "at_most")), figure(Amount(10, 12, "range"))
    ('200?', '<50', '10-12')
    """
    low, high = (f"{n:.10g}" for n in (amount.low or 0, amount.high or 0))
    forms = {"about": f"~{low}", "at_least": f"{low}+", "at_most": f"<{high}", "range": f"{low}-{high}", "vague": f"{low}?"}
    return forms.get(amount.relation, low)
