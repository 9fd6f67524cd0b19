"""The time that a whole list of cuts names as its own ("layoffs in 2025", "this week"), and what it makes of its items.

In an article about one employer the frame is that employer: what is told of others in passing is background.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from extract.about import About
from extract.background import older
from extract.components.date import resolve
from extract.marks import Mark
from extract.sections import dated, headings
from extract.sentences import Sentence
from extract.statements import Statement
from extract.status import THEN
from extract.voices import is_voice
from extract.windows import before
from extract.words import context

#: The year that is running in the text: so far, just begun, so many rounds in it.
_RUNNING = (
    r"\b(?:in|year)\s+(?P<year>20[12]\d)\s*(?:so far|to date)|(?P<so>20[12]\d)\s+(?:so far|to date)"
    r"|(?P<begun>20[12]\d)\s+(?:has|is)\s+(?:\w+\s+)?(?:begun|started|opened|off to)"
    r"|(?:\bis|[’']s|\bmarks)\s[^.\n]{0,40}\b(?:round|wave|time|series)\b[^.\n]{0,40}\bin\s+(?P<nth>20[12]\d)\b"
)
_OWN_YEAR = re.compile(rf"(?i){_RUNNING}")
_FRAME = re.compile(
    r"(?i)\b(?:(?:layoffs|job cuts|cuts|lose jobs|jobs|roundup|list)\b[^.\n]{0,60}?"
    r"\b(?:in|of|for|since the start of)\s+(?P<after>20[12]\d)"
    r"|(?P<before>20[12]\d)\s+(?:tech\s+)?layoffs|open\s+(?P<open>20[12]\d)\s+with"
    rf"|\b(?:in|year)\s+(?P<comma>20[12]\d)\s*,|{_RUNNING})"
)
_OF_THIS_YEAR = re.compile(r"(?i)\b(?:layoffs|job cuts|jobs|cut (?:staff|workers))\b[^.;\n]{0,50}\bthis year\b")
_RECENT = re.compile(rf"(?i)\b{context('frame.recent')}\b")
#: Beside a time: what the list is of.
_LISTED = re.compile(rf"(?i)\b{context('frame.listed')}\b")
#: "All of this happened in the first month of 2026": the time of every item.
_ALL = re.compile(rf"(?i)\b{context('frame.all')}\b[^.;\n]{{0,80}}$")
_PAST = re.compile(rf"(?i)\b{context('frame.past')}\b")
#: In a sentence about another employer: it is news as well.
_FRESH = re.compile(rf"(?i)\b{context('frame.fresh')}\b")
_SO_FAR = re.compile(r"(?i)\b(?:so far|to date|hit|lose jobs|lost)\b")
#: The list looks back on a time that is over.
_LOOKS_BACK = re.compile(rf"(?i)\b{context('frame.looks_back')}\b")
_TO_COME = re.compile(r"(?i)\bannounc|\bplans?\b|\bconfirmed\b|\b(?:will|would|to be|said|is|are)\b")
_DONE = re.compile(r"(?i)\b(?:done|finished|completed?|through)\b[^.;]{0,30}$")
_MONTHS = ("date.month", "date.my", "date.month_of", "date.mon", "date.month_rel", "date.heading")
#: Kinds of dates that may be the time of a whole list.
_SPANS = ("month", "my", "mon", "week", "year", "yr", "quarter", "month_of", "month_rel", "month_ago", "opening")
#: So many employers with figures make an article a list, and so many a long one.
LIST, LONG_LIST = 3, 5

Frame = tuple[str, Mark]


def placed(told: list[Statement], about: About, found: list[Sentence], published: dt.date | None) -> list[Statement]:
    """The statements as the article frames them.

    In an article about one employer, what it tells of others in passing is background, unless it says when. A list
    without a day of publication may name its year ("layoffs in 2025"): then its items are of that year. A list of this
    week or month gives its items the month of publication, one of this year's layoffs the year. Headings and what is
    told just before date an item too.
    """
    employers = {s.company for s in told if s.figures}
    items = {s.company for s in told if s.who.mark and s.who.mark.rule == "company.item"}
    year = None if published else _year(found, about.single, len(employers))
    seen = published or (dt.date(int(year[0]), 12, 31) if year else None)
    heads = headings(found, seen)
    if about.single and len(items) < LIST and not heads:
        return _of_one([_framed(_own(s, year), year, False) if year else s for s in told], about, found)
    told = [_own(s, year) for s in told] if year else told
    looks_back = any(_LOOKS_BACK.search(s.words) for s in found[:4])
    listed = [_aged(s, published, looks_back) for s in dated(told, found, heads, seen)]
    if not published:
        return [_framed(s, year, looks_back) if year else _past(s) for s in listed]
    frame = (_recent(found, published) or _this_year(found, published)) if len(employers) >= LIST else None
    return [_recently(s, frame, published) for s in listed] if frame else listed


def _own(s: Statement, frame: Frame) -> Statement:
    """The statement with the date that its own words have in the year that the article names."""
    mark = s.date_mark
    if s.date or mark is None:
        return s
    if mark.rule in ("date.md", "date.dm"):
        return replace(s, date=resolve(f"{mark.value} {frame[0]}", None))
    own = mark.rule in ("date.month", "date.month_of", "date.yr", "date.quarter", "date.opening")
    return replace(s, date=resolve(mark.value, dt.date(int(frame[0]), 12, 31))) if own else s


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
    text = s.sentence.text
    done = s.status == "announced" and _PAST.search(text[s.bound.start : s.bound.end])
    done = done and not THEN.search(text[s.sentence.start : s.bound.cut.start])
    return replace(s, background=True, status="completed" if done else s.status)


def _aged(s: Statement, published: dt.date | None, looks_back: bool) -> Statement:
    """An item that its heading, or what is told before it, dates to an earlier time is background and carried out."""
    if s.background or s.date_mark is None or not s.date or not published:
        return s
    old = older(s.date, published) or (looks_back and s.date < published.isoformat()[:7])
    if not old:
        return s
    done = s.status == "announced" and not _TO_COME.search(s.sentence.words)
    return replace(s, background=True, status="completed" if done else s.status)


def _recently(s: Statement, frame: Frame, published: dt.date) -> Statement:
    """The statement dated by the list's time, unless it has a date of its own, is told as an earlier round or is the
    news that opens the list. What is told as done in a time that is over, or in a year, is carried out."""
    iso, mark = frame
    over = len(iso) == 4 or mark.rule == "date.all" or older(iso, published)
    opens = s.sentence.start <= mark.start < s.sentence.end and len(iso) == 4
    own = s.date or s.background or opens
    done = over and not opens and s.status == "announced" and (not s.date or len(s.date) == 4) and _told_done(s)
    return replace(
        s,
        date=s.date if own else iso,
        date_mark=s.date_mark if own else mark,
        status="completed" if done else s.status,
    )


def _told_done(s: Statement) -> bool:
    """Are the words of the cut in the past, and nothing around them to come?"""
    own = s.sentence.text[s.bound.cut.start : s.bound.cut.end]
    words = s.sentence.text[s.sentence.start : s.bound.end]
    item = s.bound.cut.rule == "cut.item"
    return bool(item or _PAST.search(own) or _already(s)) and not _TO_COME.search(words)


def _already(s: Statement) -> bool:
    """Is the cut said to be done: "was mostly done with cutting"?"""
    return bool(_DONE.search(s.sentence.text[s.sentence.start : s.bound.cut.start]))


def _framed(s: Statement, frame: Frame, looks_back: bool) -> Statement:
    """The statement dated by the year that the article names, unless it has a date of its own or is an earlier round
    without one; carried out where the article counts what was done so far, or looks back."""
    year, mark = frame
    text = s.sentence.text
    opens = max(text.rfind("\n", 0, mark.start), mark.start - 60, 0)
    so_far = _SO_FAR.search(text[opens : mark.end + 12])
    words = text[s.sentence.start : s.bound.end]
    done = s.status == "announced" and len(s.date or year) < 10 and not _TO_COME.search(words)
    done = done and bool(so_far or looks_back or _already(s))
    dates = (s.date, s.date_mark) if s.date or s.background else (year, mark)
    return replace(s, date=dates[0], date_mark=dates[1], status="completed" if done else s.status)


def _past(s: Statement) -> Statement:
    """An item that has a month of its own and is told in the past is carried out, whatever the year."""
    own = s.date_mark is not None and s.date_mark.rule in _MONTHS
    done = own and s.status == "announced" and _told_done(s)
    return replace(s, status="completed") if done else s


def _year(found: list[Sentence], single: bool, employers: int) -> Frame | None:
    """The year that an article names as its own, with its mark: a list in headline or first sentences."""
    lead = [] if single else [s for s in found[:4] if s.title or employers >= LONG_LIST]
    for pattern, sentences in ((_FRAME, lead), (_OWN_YEAR, found)):
        for sentence in sentences:
            if match := pattern.search(sentence.words):
                group = next(name for name, value in match.groupdict().items() if value)
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
    """The time that headline, lead or a sentence about all items gives the list: this week, last month, January."""
    for sentence in found[:3]:
        match = _RECENT.search(sentence.words)
        if match:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            return published.isoformat()[:7], Mark("date", start, end, match[0], "date.frame")
    return next((span for number, sentence in enumerate(found) for span in _spans(sentence, number, published)), None)


def _spans(sentence: Sentence, number: int, published: dt.date) -> Iterator[Frame]:
    """The times that the sentence, the `number`-th of the article, gives the whole list."""
    for mark in sentence.of("date"):
        if mark.rule.removeprefix("date.") not in _SPANS:
            continue
        iso = resolve(mark.value, published)
        everything = _ALL.search(before(sentence, mark.start, 100))
        near = number < (8 if mark.rule in ("date.week", "date.mon") else 3) and not sentence.of("company")
        if iso and iso <= published.isoformat():
            if everything:
                yield iso, replace(mark, rule="date.all")
            elif (sentence.title or near) and _LISTED.search(sentence.words):
                yield iso, mark
