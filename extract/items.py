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
from extract.words import context

_NUMBERED = r"(?:\d{1,2}[.)]\s+)?"
_WORD = r"[A-Z0-9À-Ý][\w’'&.+À-ÿ-]*"
_NEXT = r"\s(?:&|of|and|the|de|for|[A-Z0-9À-Ý&][\w’'&.+À-ÿ-]*)"
_LOWER = r"(?:[a-z]{2,4}\s(?=[A-Z]{2}))?"  # "ams OSRAM"
_PLACE = r"\s\([A-Z][^()\d]{1,30}\)"
#: Where the employer sits, behind its name: "Acme, Kansas City:", "Acme, Renton, Wash. —".
_SEAT = r"(?:,\s[A-Z][\w.]+(?:[ /][A-Z][\w.]+){0,2}){1,2}(?=\s?[:–—])"
#: "Feb. 9 - " before the name: the item's day.
_DAY = rf"(?:(?:{MONTH}\s\d{{1,2}}|\d{{1,2}}\s{MONTH})(?:,?\s{YEAR})?\s?[:|–—-]\s?)?"
#: No name: a time ("On January 4, 2024, …", "In March:").
_TIME = (
    rf"(?:(?:In|On|By|Since|From|Until|During|Through)\s(?:the\s|early\s|late\s|mid-)?(?:{MONTH}|{YEAR})|{MONTH}\s\d)"
)
#: Names what a line tells of an item, and no employer ("Percentage: 9 %", "Date: May 3").
_LABEL = rf"(?i:{context('items.label')})"
#: The line tells the item's employer: "Company: Acme".
_ITS_FIELD = rf"(?:(?i:{context('items.employer')})\s?:\s)?"
#: A line's beginning: bullet or number, perhaps a day, name, perhaps a place, and a mark behind it.
_ITEM = re.compile(
    rf"[^\w\n]{{0,6}}{_NUMBERED}[^\w\n]{{0,4}}{_DAY}{_ITS_FIELD}(?!{_TIME})(?!{_LABEL}\s?:)(?P<name>{_LOWER}{_WORD}(?:{_NEXT}){{0,5}})\**(?:{_SEAT})?"
    rf"(?:{_PLACE}[:.]?|\s?(?:[:|–—(]|-\s|,\s(?:of|in|a|an|the)\s|,\s(?=\d)))"
)
#: A line that holds nothing but a name, perhaps with a place.
_HEADING = re.compile(
    rf"[^\w\n]{{0,4}}{_NUMBERED}{_DAY}{_ITS_FIELD}(?!{_LABEL}\s?:)(?!{MONTH}(?:\s{YEAR})?\W*$)"
    rf"(?P<name>{_WORD}(?:{_NEXT}){{0,4}})(?:,\s[A-Z][\w .]{{2,20}}|\s\([^()\d]{{1,30}}\))?[.:]?"
)
#: A line that names a thing and tells it: "Announced: April 27", "How it started: Laid off 40 employees".
_FIELD = re.compile(r"\W*[A-Z][\w’' -]{2,30}:\s")
#: A line of a timeline opens with its time; what then begins with a number tells of those who went.
_TIMED = re.compile(
    rf"\W{{0,4}}(?:{MONTH}(?:\s\d{{1,2}})?(?:,?\s{YEAR})?|\d{{1,2}}\s{MONTH}(?:\s{YEAR})?|{YEAR})\s?[:|–—-]\s*"
)
_NUMBER = re.compile(r"(?:[A-Z][a-z]*\s(?:[a-z]+\s){0,2})?\d")
#: A list has at least so many items.
FEWEST = 3
#: Of so many headings one may stand over none.
NEARLY = 5


def mark(found: list[Sentence]) -> None:
    """Give each item of a list its employer's mark (form "item"), in place of what else was marked there."""
    if not any(_of_cuts(sentence) for sentence in found[:5]):
        return
    lines = [s for s in found if not s.title]
    items = [(s, match) for s in lines if (match := _item(s))]
    headings = [(s, match) for s in lines if (match := _heading(s))]
    if len(items) + len(headings) < FEWEST:
        return
    over_text = all(_alone(s) for s, _ in items) and _heads(items, found)
    for sentence, match in items:
        _name(sentence, match, heading=over_text)
    over_text = _heads(headings, found)
    for sentence, match in headings:
        _name(sentence, match, heading=over_text)


def dated_lines(found: list[Sentence]) -> frozenset[int]:
    """Where the lines of a timeline begin that open with their time and a number ("May 2021: Some 90 managers")."""
    lines = [s for s in found if not s.title and (s.start == 0 or s.text[s.start - 1] == "\n")]
    timed = [(s, match.end()) for s in lines if (match := _TIMED.match(s.text, s.start, s.end))]
    return frozenset(s.start for s, end in timed if _NUMBER.match(s.text, end) and len(timed) >= FEWEST)


def _of_cuts(sentence: Sentence) -> bool:
    """Does the sentence speak of cuts: by a word that says so, or of jobs counted ("6,000 jobs gone in a month")?"""
    kinds = {cut.value.kind for cut in sentence.of("cut")}
    counted = any(mark.value.role == "count" and mark.value.noun for mark in sentence.of("headcount"))
    return bool(kinds & {"noun", "people", "weaknoun", "object"}) or ("lose" in kinds and counted)


def _heads(lines: list[tuple[Sentence, re.Match[str]]], found: list[Sentence]) -> bool:
    """Are the lines headings, nearly each over a text of its own ("Acme", "Acme - 40 people", and what happened)?"""
    over_text = sum(_has_body(s, found) for s, _ in lines)
    return over_text >= FEWEST and over_text * NEARLY >= len(lines) * (NEARLY - 1)


def _alone(sentence: Sentence) -> bool:
    """Is the sentence a line that no stop closes?"""
    opens = sentence.start == 0 or sentence.text[sentence.start - 1] == "\n"
    closes = sentence.text[sentence.end : sentence.end + 1] in ("\n", "")
    return opens and closes and not sentence.words.rstrip().endswith((".", "!", "?"))


def _has_body(heading: Sentence, found: list[Sentence]) -> bool:
    """Does a sentence of prose, or a field with its value, follow the line, as one follows every heading of a list?"""
    after = next((s for s in found if s.start > heading.end), None)
    if after is None or _heading(after) is not None or _item(after) is not None:
        return False
    return after.words.rstrip('"”').endswith((".", "!", "?")) or _FIELD.match(after.words) is not None


def _name(sentence: Sentence, match: re.Match[str], heading: bool) -> None:
    start, end = _own_cell(sentence, match)
    written = tidy(sentence.text[start:end])
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


def _own_cell(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    """Where the name stands: in a row whose first cell is no known name, a known one that opens the second cell
    ("Retail | Acme | 300"), since the first then names a group of rows."""
    start, end = match.span("name")
    bar = sentence.text.find("|", end, end + 3)
    known = (m for m in sentence.of("company") if m.rule == "company.listed")
    second = next((m for m in known if 0 <= bar < m.start and not sentence.text[bar + 1 : m.start].strip()), None)
    if second is None or companies().get(tidy(match["name"])) or company(match["name"]):
        return start, end
    return second.start, second.end


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
