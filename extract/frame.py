"""The time that a whole list of cuts names as its own ("layoffs in 2025", "this week"), and what it makes of its items.

In an article about one employer the frame is that employer: what is told of others in passing is background.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract.about import About
from extract.components.date import resolve
from extract.marks import Mark
from extract.sentences import Sentence
from extract.statements import Statement
from extract.voices import is_voice
from extract.words import context

_FRAME = re.compile(
    r"(?i)\b(?:(?:layoffs|job cuts|cuts|lose jobs|jobs|roundup|list)\b[^.\n]{0,60}?"
    r"\b(?:in|of|for|since the start of)\s+(?P<after>20[12]\d)"
    r"|(?P<before>20[12]\d)\s+(?:tech\s+)?layoffs|open\s+(?P<open>20[12]\d)\s+with"
    r"|\b(?:in|year)\s+(?P<year>20[12]\d)\s*(?:so far|to date|,)|(?P<so>20[12]\d)\s+(?:so far|to date))"
)
_OF_THIS_YEAR = re.compile(r"(?i)\b(?:layoffs|job cuts|jobs|cut (?:staff|workers))\b[^.;\n]{0,50}\bthis year\b")
_RECENT = re.compile(rf"(?i)\b{context('frame.recent')}\b")
_PAST = re.compile(rf"(?i)\b{context('frame.past')}\b")
#: In a sentence about another employer: it is news as well.
_FRESH = re.compile(rf"(?i)\b{context('frame.fresh')}\b")
_SO_FAR = re.compile(r"(?i)\b(?:so far|to date|hit|lose jobs|lost)\b")
_TO_COME = re.compile(r"(?i)\bannounc|\bplans?\b|\bconfirmed\b")
#: So many employers with figures make an article a list, and so many a long one.
LIST, LONG_LIST = 3, 5

Frame = tuple[str, Mark]


def placed(told: list[Statement], about: About, found: list[Sentence], published: dt.date | None) -> list[Statement]:
    """The statements as the article frames them.

    In an article about one employer, what it tells of others in passing is background, unless it says when. A list
    without a day of publication may name its year ("layoffs in 2025"): then its items are of that year. A list of this
    week or month gives its items the month of publication, one of this year's layoffs the year.
    """
    if about.single:
        return _of_one(told, about, found)
    employers = len({s.company for s in told if s.figures})
    if published:
        recent = (_recent(found, published) or _this_year(found, published)) if employers >= LIST else None
        return [_recently(s, recent) for s in told] if recent else told
    year = _year(found if employers >= LONG_LIST else [s for s in found if s.title])
    return [_framed(s, year) for s in told] if year else told


def _of_one(told: list[Statement], about: About, found: list[Sentence]) -> list[Statement]:
    """What an article about one employer tells of another behind its lead is background."""
    first = sum(s.title for s in found)
    lead = {str(c.value.name) for s in found[: first + 2] for c in s.of("company") if not is_voice(s, c)}
    own = {about.name, *about.headline, *lead}
    return [
        s if s.company in own or s.background or s.index <= first or _FRESH.search(s.sentence.words) else _passing(s)
        for s in told
    ]


def _passing(s: Statement) -> Statement:
    """The statement as background, carried out where its words are in the past."""
    done = s.status == "announced" and _PAST.search(s.sentence.text[s.bound.start : s.bound.end])
    return replace(s, background=True, status="completed" if done else s.status)


def _recently(s: Statement, frame: Frame) -> Statement:
    """The statement dated by the list's time, unless it has a date of its own, is told as an earlier round or is the
    news that opens the list."""
    opens = s.sentence.start <= frame[1].start < s.sentence.end and len(frame[0]) == 4
    return s if s.date or s.background or opens else replace(s, date=frame[0], date_mark=frame[1])


def _framed(s: Statement, frame: Frame) -> Statement:
    """The statement dated by the year that the list names, unless it has a date of its own."""
    if s.date:
        return s
    year, mark = frame
    day = s.date_mark if s.date_mark and s.date_mark.rule in ("date.month", "date.md", "date.dm") else None
    own = resolve(day.value, dt.date(int(year), 12, 31)) if day else None
    so_far = _SO_FAR.search(s.sentence.text[max(0, mark.start - 60) : mark.end + 12])
    done = s.status == "announced" and so_far and not _TO_COME.search(s.sentence.words)
    return replace(s, date=own or year, date_mark=day if own else mark, status="completed" if done else s.status)


def _year(found: list[Sentence]) -> Frame | None:
    """The year that a list of cuts names as its own in headline or first sentences, with its mark."""
    for sentence in found[:4]:
        match = _FRAME.search(sentence.words)
        if match:
            group = next(g for g in ("after", "before", "open", "year", "so") if match[g])
            start = sentence.start + match.start(group)
            return match[group], Mark("date", start, start + 4, match[group], "date.frame")
    return None


def _this_year(found: list[Sentence], published: dt.date) -> Frame | None:
    """The year of publication, where the lead of a list speaks of the layoffs of this year."""
    for sentence in found[:3]:
        if match := _OF_THIS_YEAR.search(sentence.words):
            end = sentence.start + match.end()
            return str(published.year), Mark("date", end - len("this year"), end, "this year", "date.frame")
    return None


def _recent(found: list[Sentence], published: dt.date) -> Frame | None:
    """The month of publication, where headline or lead says that a list is of this week or month."""
    for sentence in found[:3]:
        match = _RECENT.search(sentence.words)
        if match:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            return published.isoformat()[:7], Mark("date", start, end, match[0], "date.frame")
    return None
