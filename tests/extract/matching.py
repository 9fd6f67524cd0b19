"""Compares the marks that a sentence asks for (tests.extract.marking) with those that the components leave."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from extract.amounts import Amount
from extract.components.date import resolve
from extract.marks import Mark, marks
from extract.nlp import marked, zone
from tests.extract.marking import KINDS, Sentence, Wanted

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
    lines = [sentence.place, f"  as wanted: {sentence.line}", f"  as found:  {_line(sentence.words, found)}"]
    return "\n".join(["", *lines, *(f"  {fault}" for fault in differing)])


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
    if found.kind == "attribution":
        return _touch(wanted, found)
    return (wanted.start, wanted.end) == (found.start, found.end)


def _found(sentence: Sentence) -> list[tuple[Found, bool]]:
    """All marks of the components, each with whether it says its kind for sure."""
    with zone():
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
    match amount.relation:
        case "about":
            return f"~{low}"
        case "at_least":
            return f"{low}+"
        case "at_most":
            return f"<{high}"
        case "range":
            return f"{low}-{high}"
        case "vague":
            return f"{low}?"
    return low
