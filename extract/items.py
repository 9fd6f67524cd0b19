"""List items: lines that open with an employer's name and a mark behind it ("- Acme: 300 jobs", "Acme | 3 May | 40").

In a list about cuts the place at the line's start shows a name to be an employer's, whatever words it is made of.
"""

from __future__ import annotations

import re

from extract.companies import companies, company, tidy
from extract.marks import Mark
from extract.names import Name, named
from extract.sentences import Sentence
from extract.time_words import MONTH, YEAR

_NUMBERED = r"(?:\d{1,2}[.)]\s+)?"
_WORD = r"[A-Z0-9À-Ý][\w’'&.+À-ÿ-]*"
_NEXT = r"\s(?:&|of|and|the|de|for|[A-Z0-9À-Ý&][\w’'&.+À-ÿ-]*)"
_LOWER = r"(?:[a-z]{2,4}\s(?=[A-Z]{2}))?"  # "ams OSRAM"
_PLACE = r"\s\([A-Z][^()\d]{1,30}\)"
#: Where the employer sits, behind its name: "Acme, Kansas City:", "Acme, Renton, Wash. —".
_SEAT = r"(?:,\s[A-Z][\w.]+(?:[ /][A-Z][\w.]+){0,2}){1,2}(?=\s?[:–—])"
#: "Feb. 9 - " before the name: the item's day.
_DAY = rf"(?:(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s{YEAR})?\s?[:|–—-]\s?)?"
#: A line's beginning: bullet or number, perhaps a day, name, perhaps a place, and a mark behind it.
_ITEM = re.compile(
    rf"[^\w\n]{{0,6}}{_NUMBERED}[^\w\n]{{0,4}}{_DAY}(?!{MONTH}\s\d)(?P<name>{_LOWER}{_WORD}(?:{_NEXT}){{0,5}})\**(?:{_SEAT})?"
    rf"(?:{_PLACE}[:.]?|\s?(?:[:|–—(]|-\s|,\s(?:of|in|a|an|the)\s|,\s(?=\d)))"
)
#: A line that holds nothing but a name, perhaps with a place.
_HEADING = re.compile(
    rf"[^\w\n]{{0,4}}{_NUMBERED}(?P<name>{_WORD}(?:{_NEXT}){{0,4}})(?:,\s[A-Z][\w .]{{2,20}}|{_PLACE})?[.:]?"
)
#: A list has at least so many items.
FEWEST = 3


def mark(found: list[Sentence]) -> None:
    """Give each item of a list its employer's mark (form "item"), in place of what else was marked there."""
    if not any(_of_cuts(sentence) for sentence in found[:5]):
        return
    lines = [s for s in found if not s.title]
    items = [(s, match) for s in lines if (match := _item(s))]
    headings = [(s, match) for s in lines if (match := _heading(s))]
    if len(items) + len(headings) < FEWEST:
        return
    repeated = len(headings) >= FEWEST and all(_has_body(s, found) for s, _ in headings)
    for sentence, match in items + headings:
        _name(sentence, match, heading=repeated and not any(sentence is s for s, _ in items))


def _of_cuts(sentence: Sentence) -> bool:
    """Does the sentence speak of cuts: by a word that says so, or of jobs counted ("6,000 jobs gone in a month")?"""
    kinds = {cut.value.kind for cut in sentence.of("cut")}
    counted = any(mark.value.role == "count" and mark.value.noun for mark in sentence.of("headcount"))
    return bool(kinds & {"noun", "people", "weaknoun", "object"}) or ("lose" in kinds and counted)


def _has_body(heading: Sentence, found: list[Sentence]) -> bool:
    """Does a sentence of prose follow the line, as one follows every heading of a list?"""
    after = next((s for s in found if s.start > heading.end), None)
    return after is not None and _heading(after) is None and after.words.rstrip('"”').endswith((".", "!", "?"))


def _name(sentence: Sentence, match: re.Match[str], heading: bool) -> None:
    start, end = match.span("name")
    written = tidy(match["name"])
    if not named(written):
        return
    known = companies().get(written) or company(written)  # "Block" is not "The Block"
    own = Mark(
        "company",
        start,
        end,
        Name(known.name if known else written, "item"),
        "company.heading" if heading else "company.item",
    )
    others = [mark for mark in sentence.of("company") if mark.end <= start or mark.start >= end]
    sentence.marks["company"] = sorted([own, *others], key=lambda mark: mark.start)
    sentence.marks["cut"] = [mark for mark in sentence.of("cut") if mark.start >= end]


def _heading(sentence: Sentence) -> re.Match[str] | None:
    """The match of a name that has a line for itself."""
    if sentence.text[sentence.end : sentence.end + 1] != "\n":
        return None
    return _HEADING.fullmatch(sentence.text, sentence.start, sentence.end)


def _item(sentence: Sentence) -> re.Match[str] | None:
    """The match of an item at the start of a line that also holds a figure or a cut behind the name."""
    if sentence.start and sentence.text[sentence.start - 1] != "\n":
        return None
    figures = [mark for kind in ("headcount", "share", "cut") for mark in sentence.of(kind)]
    match = _ITEM.match(sentence.text, sentence.start, sentence.end) if figures else None
    if match is None or len(match["name"]) < 2:
        return None
    return match if any(mark.start >= match.end("name") for mark in figures) else None
