"""Marks the words that state a cut: "lay off", "job cuts", "redundancies", "hiring freeze" (the table cuts.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import vocabulary, words
from extract.lookup import followed, spots, trying
from extract.marks import Mark, coat, marks, text_of
from extract.phrases import Phrases
from extract.required import openings


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that state or may state a cut; `kind` and `action` as the table cuts.csv explains them."""

    kind: str
    action: str


#: Kinds of the table, those that say more before those that say less.
KINDS = (
    *("people", "weak", "object", "noun", "weaknoun", "lose"),
    *("freeze", "furlough", "buyout", "attrition", "contract"),
)


@cache
def _cuts() -> Phrases[Cut]:
    """The table; in the place of "..." stand up to eight words, none of which begins another clause."""
    gap = rf"[^\S\n]+(?:(?!{words.context('cut.clause')}\b)[\w’'\"“”%&,/-]+(?:\.\d+)?[^\S\n]+"
    gap += r"(?<!,\s(?=(?-i:[A-Z])))){1,8}?"  # nor a name behind a comma
    return Phrases(_rows(), edges=(r"(?<![\w-])", r"(?!\w)"), gap=gap)


def _rows() -> Iterator[tuple[str, Cut]]:
    """Each form of the table with what it means; a form that stands twice means what its first row says."""
    known: set[str] = set()
    for row in vocabulary.table("cuts.csv"):
        if row["kind"] not in KINDS:
            kinds = ", ".join(KINDS)
            raise vocabulary.VocabularyError(f"cuts.csv: kind {row['kind']!r} of {row['forms']!r}: use one of {kinds}")
        for form in row["forms"].split("|"):
            if words.fold(form) not in known:
                known.add(words.fold(form))
                yield form, Cut(row["kind"], row["action"])


#: Behind "to go on", the day on which people were "asked to go".
_DAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|[a-z]{3,9}\.? \d)"


@cache
def _other() -> re.Pattern[str]:
    """Words that look like a cut but are another thing: sport, prices, pay, time off the track, tax."""
    return re.compile(
        rf"(?i)\b{words.context('cut.other')}(?!\w|(?<=\bgo on) {_DAY})"
        r"|\d+[- ](?:day|week|month|year)s?[- ]lay-?off|\bday lay-?off"
        r"|lost (?:more than )?\$|releases? (?:a|the|an|its|new)\b"
    )


@cache
def _other_openings() -> frozenset[str]:
    return openings(_other().pattern)


#: "go" and "went" say that people lose work only where these are counted just before.
_WENT = re.compile(r"(?i)go|went")
_COUNTED = re.compile(
    r"(?i)(?:\d[\d,.]*|hundreds|dozens|thousands|half|\b(?:two|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|\w+teen|\w+ty))"
    r"\s[^.;:()\n]*$"
)


def _goes_on(text: str, start: int, end: int) -> bool:
    """Is it "go" or "went" with nobody counted before it ("went public", "go-forward operations")?"""
    if not _WENT.fullmatch(text, start, end):
        return False
    return text[end : end + 1] == "-" or not _COUNTED.search(text[max(0, start - 60) : start])


#: Most characters from where such words begin to the end of the cut that they look like.
REACH = 150


def find(doc: Doc) -> Iterator[Mark]:
    """The words that state a cut; where two overlap, the one that begins first, then the longer, then the stronger."""
    text = text_of(doc)
    cuts = list(_cuts().find(text))
    near = followed(spots(text, _other_openings()), sorted(end for _, end, _ in cuts), REACH)
    others = [match.span() for match in trying(_other(), near, text)]
    others += [
        (m.start, m.end) for m in marks(doc, "company") if m.rule != "company.short" and " " in text[m.start : m.end]
    ]
    found = (
        Mark("cut", start, end, cut, f"cut.{cut.kind}")
        for start, end, cut in cuts
        if not any(low < end and start < high for low, high in others) and not _goes_on(text, start, end)
    )
    end = 0
    for mark in sorted(found, key=lambda m: (m.start, -m.end, KINDS.index(m.value.kind))):
        if mark.start >= end:
            end = mark.end
            yield mark


coat("cut", find)
