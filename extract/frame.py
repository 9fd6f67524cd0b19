"""What the time that a whole list of cuts names as its own ("layoffs in 2025", "this week") makes of its items.

In an article about one employer the frame is that employer: what is told of others in passing is background.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from extract.about import About
from extract.background import older
from extract.components.date import resolve
from extract.expression import Expression
from extract.list_time import Frame, all_in, introduced, list_time, running_year
from extract.sections import by_distance, dated, headings
from extract.sentences import Sentence
from extract.statements import Statement
from extract.status import THEN
from extract.voices import is_voice
from extract.windows import before, behind
from extract.words import context

_PAST = re.compile(rf"(?i)\b{context('frame.past')}\b")
#: In a sentence about another employer: it is news as well.
_FRESH = re.compile(rf"(?i)(?<!earlier )\b{context('frame.fresh')}\b")
_SO_FAR = re.compile(r"(?i)\b(?:so far|to date)\b")
_ANNOUNCED = re.compile(r"(?i)\b(?:announc|unveil|disclos|made public)")
#: The year has only begun: what a list tells of it is the news of these days.
_BEGUN = re.compile(r"(?i)\bopen\s+20\d\d\s+with|\b20\d\d\s+(?:has|is)\s+(?:\w+\s+)?(?:begun|started|opened|off to)")
#: The list looks back on a time that is over.
_LOOKS_BACK = re.compile(rf"(?i)\b{context('frame.looks_back')}\b")
_TO_COME = re.compile(r"(?i)\bannounc|\bplans?\b|\bconfirmed\b|\b(?:will|would|to be|said|is|are)\b")
_TOLD, _CUTS = context("frame.announced"), context("frame.cuts")
#: What the list counts are announcements, whether carried out or not.
_ANNOUNCEMENTS = Expression(
    r"(?i)\bannouncements\s+(?:made\s+)?(?:since|in|of|during|from|for)\b"
    rf"|\b(?:have|has|that|which)\s+(?:\w+\s+)?{_TOLD}\s+(?:[\w-]+\s+){{0,3}}?{_CUTS}\b"
    rf"|\b{_CUTS}\s+(?:that\s+(?:have\s+been|were)\s+)?{_TOLD}\s+(?:so far|since|this|in)\b"
)
#: Before the words of a cut: still to come ("Acme to cut 40"), and not what was begun or had to be.
_TO = re.compile(r"(?i)(?<!had )(?<!began )(?<!started )(?<!decided )(?<!chose )(?<!forced )\bto\s+(?:\w+ly\s+)?$")
#: Words of a cut that is under way: "cutting 40 jobs".
_ING = re.compile(r"(?i)\w+ing\b")
_DONE = re.compile(r"(?i)\b(?:done|finished|completed?|through)\b[^.;]{0,30}$")
_PERIOD = re.compile(
    r"(?i)\s+(?:over|during|in|within)\s+the\s+(?:past|last)\s+(?:\w+\s+){0,2}(?:months?|years?|quarters?)\b"
)
_MONTHS = ("date.month", "date.my", "date.month_of", "date.month_was", "date.mon", "date.month_rel", "date.heading")
#: So many employers with figures make an article a list.
LIST = 3
_ITEMS = ("company.item", "company.heading")


def placed(told: list[Statement], about: About, found: list[Sentence], published: dt.date | None) -> list[Statement]:
    """The statements as the article frames them.

    In an article about one employer, what it tells of others in passing is background, unless it says when. A list
    without a day of publication may name its year ("layoffs in 2025"): then its items are of that year. A list of this
    week or month gives its items the month of publication, one of this year's layoffs the year. Headings and what is
    told just before date an item too.
    """
    employers = {s.company for s in told if s.figures}
    items = {s.company for s in told if s.who.mark and s.who.mark.rule in _ITEMS}
    year = None if published else running_year(found, about.single, len(employers))
    if not published and not year and len(employers) >= LIST and (named := introduced(found, None)):
        year = named[-1]
    seen = published or (dt.date(int(year[0]), 12, 31) if year else None)
    heads = headings(found, seen)
    if about.single and len(items) < LIST and not heads:
        own = [_framed(_own(s, year), year, False) if year else s for s in told]
        own = by_distance(own, about.name or "", published) if published else own
        return _of_one(own if published else _earlier(own), about, found)
    told = [_own(s, year) for s in told] if year else told
    looks_back = any(_LOOKS_BACK.search(s.words) for s in found[:4])
    listed = [_aged(s, published, looks_back) for s in dated(told, found, heads, seen)]
    announcements = any(s.search(_ANNOUNCEMENTS) for s in found)
    opened = introduced(found, seen) if len(employers) >= LIST else []
    if not published:
        looks_back = looks_back and not opened
        if not year and len(employers) >= LIST and (frame := all_in(found)):
            return [_recently(s, frame, dt.date.max, False) for s in listed]
        first = sum(s.title for s in found)
        return [_framed(s, year, looks_back, announcements) if year else _past(s, first) for s in listed]
    frame = list_time(found, published) if len(employers) >= LIST else None
    listed = _as_below(listed)
    framed = ((s, _last(opened, s) or frame) for s in listed)
    return [_recently(s, own, published, announcements) if own else s for s, own in framed]


def _as_below(listed: list[Statement]) -> list[Statement]:
    """The statements, each heading with a figure ("Acme - 40 people") told as the text below it tells the same."""
    dated = [s for s in listed if s.date]
    out = []
    for s in listed:
        headed = not s.date and s.who.mark is not None and s.who.mark.rule == "company.heading"
        same = (o for o in dated if o.company == s.company and o.index > s.index and _same_figure(o, s))
        below = next(same, None) if headed else None
        out.append(_told_as(s, below) if below else s)
    return out


def _told_as(s: Statement, other: Statement) -> Statement:
    """The statement with the time and status of another that tells the same."""
    return replace(s, date=other.date, date_mark=other.date_mark, status=other.status, background=other.background)


def _last(opened: list[Frame], s: Statement) -> Frame | None:
    """The last time that a sentence before the statement gives the list that it opens."""
    return next((frame for frame in reversed(opened) if frame[1].end <= s.bound.start), None)


def _own(s: Statement, frame: Frame) -> Statement:
    """The statement with the date that its own words have in the year that the article names."""
    mark = s.date_mark
    if s.date or mark is None:
        return s
    if mark.rule in ("date.md", "date.dm"):
        return replace(s, date=resolve(f"{mark.value} {frame[0]}", None))
    own = mark.rule in ("date.month", "date.month_of", "date.month_rel", "date.yr", "date.quarter", "date.opening")
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


def _earlier(told: list[Statement]) -> list[Statement]:
    """The statements of an article without a day; a round with a month or year of its own, told as done behind the
    employer's news with another figure, is an earlier one."""
    out: list[Statement] = []
    for s in told:
        old = with_earlier = False
        if s.figures and not s.background and _own_month(s):
            news = [o for o in out if o.company == s.company and o.figures and not o.background and not _own_month(o)]
            with_earlier = any(o.bound.cut is s.bound.cut and o.background for o in out)
            apart = bool(news) and not any(_same_figure(o, s) for o in news)
            old = apart and (with_earlier or _told_done(s))
        out.append(
            replace(s, background=True, status="completed") if old and with_earlier else _passing(s) if old else s
        )
    return out


def _own_month(s: Statement) -> bool:
    """Has it a month, a season or a year of its own, and no verb of saying beside it?"""
    return s.date_mark is not None and s.date_mark.rule in (
        *_MONTHS,
        "date.yr",
        "date.year",
        "date.month_ago",
        "date.md",
        "date.dm",
    )


def _same_figure(one: Statement, other: Statement) -> bool:
    """Do both tell one number, or one share?"""
    heads, shares = (one.headcount, other.headcount), (one.share, other.share)
    return any(a and b and a.point == b.point for a, b in (heads, shares))


def _passing(s: Statement) -> Statement:
    """The statement as background, carried out where its words are in the past."""
    text = s.sentence.text
    past = _PAST.search(text[s.bound.start : s.bound.end])
    done = (
        s.status in ("announced", "reported") and past and not THEN.search(text[s.sentence.start : s.bound.cut.start])
    )
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


def _recently(s: Statement, frame: Frame, published: dt.date, announcements: bool) -> Statement:
    """The statement dated by the list's time, unless it has a date of its own, is told as an earlier round or is the
    news that opens the list. What is told as done in a time that is over, or in a year, is carried out, but for bare
    figures in a list of `announcements`."""
    iso, mark = frame
    over = len(iso) == 4 or mark.rule == "date.all" or older(iso, published)
    opens = s.sentence.start <= mark.start < s.sentence.end and len(iso) == 4
    own = s.date or s.background or opens
    done = over and not opens and s.status == "announced" and (not s.date or len(s.date) == 4) and _told_done(s)
    done = done and not (announcements and _counted(s))
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
    past = _PAST.search(own) and not _ING.match(own) and not _TO.search(before(s.sentence, s.bound.cut.start, 20))
    return bool(item or past or _already(s)) and not _TO_COME.search(words)


def _active(s: Statement) -> bool:
    """Do words in the past tell the cut: "laid off 300", not "300 layoffs"?"""
    past = _PAST.search(s.sentence.text[s.bound.cut.start : s.bound.cut.end])
    return bool(past) and _told_done(s) and (_over_time(s) or not _ANNOUNCED.search(s.sentence.words))


def _over_time(s: Statement) -> bool:
    """Is it told of a period up to now: "were laid off over the past 12 months"?"""
    return bool(_PERIOD.match(behind(s.sentence, s.bound.end, 40)))


def _already(s: Statement) -> bool:
    """Is the cut said to be done: "was mostly done with cutting"?"""
    return bool(_DONE.search(s.sentence.text[s.sentence.start : s.bound.cut.start]))


def _framed(s: Statement, frame: Frame, looks_back: bool, announcements: bool = False) -> Statement:
    """The statement dated by the year that the article names, unless it has a date of its own or is an earlier round
    without one; carried out where the article counts what was done so far, or looks back. In a list of
    `announcements` bare counts are not told as carried out."""
    year, mark = frame
    text = s.sentence.text
    opens = max(text.rfind("\n", 0, mark.start), mark.start - 60, 0)
    so_far = _SO_FAR.search(text[opens : mark.end + 12])
    words = text[s.sentence.start : s.bound.end]
    news = _BEGUN.search(text[opens : mark.end + 60])
    headed = s.date_mark is not None and s.date_mark.rule == "date.heading" and _told_done(s)
    over = (
        (so_far and not (announcements and _counted(s)))
        or looks_back
        or headed
        or _already(s)
        or (not news and _active(s))
    )
    done = over and s.status == "announced" and len(s.date or year) < 10 and not _TO_COME.search(words)
    dates = (s.date, s.date_mark) if s.date or s.background else (year, mark)
    return replace(s, date=dates[0], date_mark=dates[1], status="completed" if done else s.status)


def _counted(s: Statement) -> bool:
    """Is it a line of a list that only counts, with no verb: "Acme – 300 layoffs"?"""
    if s.bound.cut.rule == "cut.item":
        return True
    lead = s.sentence.text[s.who.mark.end : s.bound.start] if s.who.mark and s.who.mark.end <= s.bound.start else "x"
    return s.bound.cut.value.kind == "noun" and not re.search(r"\w", lead)


def _past(s: Statement, first: int) -> Statement:
    """An item that has a month of its own and is told in the past is carried out, whatever the year; so is what an
    article about several employers tells in the past behind its first sentence, the `first`-th, if not as fresh."""
    own = s.date_mark is not None and s.date_mark.rule in _MONTHS
    passing = s.index > first and _active(s) and not _FRESH.search(s.sentence.words)
    done = s.status == "announced" and ((own and _told_done(s)) or passing)
    return replace(s, status="completed") if done else s
