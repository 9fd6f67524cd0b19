"""What dates the items of a list from outside their own sentences: a heading ("March"), a day told just before.

"Zentrix followed on Tuesday. It let 40 people go" and "Hours later Torvane …" are dated by what stands before them.
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.components.date import resolve
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.statements import Statement
from extract.time_words import MONTH, YEAR
from extract.timing import DAYS, NOT_ANNOUNCED
from extract.windows import before

#: A line, or what stands before a colon or dash at its beginning, that is nothing but a time.
_HEADING = re.compile(
    rf"\W*(?P<time>(?:\d{{1,2}}\s+)?{MONTH}(?:\s+\d{{1,2}})?(?:,?\s+{YEAR})?|(?:Q[1-4]\s+)?{YEAR})\s*(?P<end>[:—–]|\W*$)"
)
#: Behind an item's name: its time in brackets ("Acme (June): 40 people", "Acme (Feb. 14, warned): 12").
_BRACKETED = re.compile(
    rf"\**\s?\((?P<time>(?:\d{{1,2}}\s+)?{MONTH}(?:\s+\d{{1,2}})?(?:,?\s+{YEAR})?)(?:[,;][^()\d]{{1,20}})?\)"
)
#: Opens a line that tells an item's date: "Announced: April 27", "- Date: January 2025".
_FIELD = re.compile(
    r"(?i)\W*(?:(?:date|time|day)(?:\s+(?:announced|reported|of\s+[\w ]{3,20}))?|when|announced|reported"
    r"|announcement(?:\s+date)?)(?:\s+on)?\s*:\s"
)
#: A time told by its distance from the one told before.
_LATER = Expression(
    r"(?i)\b(?:(?P<same>(?:hours|minutes|moments)\s+(?:later|earlier|before)|(?:on\s+)?(?:the|that)\s+same\s+day)"
    r"|(?P<count>an?|one|two|three|four|five|six|\d{1,2}|the)\s+(?P<unit>day|week|month)s?\s+(?P<way>later|earlier|before|after))\b"
)
#: Behind "later that": the month spoken of.
_SAME_MONTH = Expression(
    r"(?i)\b(?:(?:later|earlier)\s+(?:that|in\s+(?:the|that))\s+month|(?:that|the)\s+same\s+month|that\s+month)\b"
)
#: Before a distance: it is none to count with.
_BOUND = Expression(r"(?i)\b(?:less than|more than|within|over|under|nearly|almost|barely|about|around|at least)\s+$")
_COUNTS = {"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"day": 1, "week": 7, "month": 30}
#: Kinds of times that a sentence tells of its own cut, or of a period.
_PERIODS = ("date.year", "date.yr", "date.quarter", "date.month", "date.my", "date.month_rel")
#: A time opens a sentence within so many characters.
FIRST = 15
#: A list under headings has at least so many.
FEWEST = 2
#: So many headings before a statement are asked for its date.
MOST = 50


@dataclass(frozen=True, slots=True)
class Heading:
    """A time that heads what follows: its paragraph, ISO date and mark, and whether it has a line to itself."""

    paragraph: int
    iso: str
    mark: Mark
    alone: bool


def headings(found: list[Sentence], published: dt.date | None) -> list[Heading]:
    """The headings of a list by time; none where there is only one, since that is a dateline."""
    heads = list(_heads(found, published))
    return heads if len({head.iso for head in heads}) >= FEWEST else []


def dated(
    told: list[Statement], found: list[Sentence], heads: list[Heading], published: dt.date | None
) -> list[Statement]:
    """The statements of a list, those without a date dated by the day told before them or by their heading."""
    out: list[Statement] = []
    fields = _fields(found, published)
    last, month, of = "", "", ""  # the last day told, the last month, and of whom
    for s in told:
        nth = s.date_mark is not None and s.date_mark.rule == "date.nth"
        own = _by_distance(s, last, of) or _by_month(s, month)
        if own is None and (not s.date or nth):
            own = None if nth else _told_before(s, last, found, published)
            own = own or _by_heading(s, heads) or fields.get(s.index)
        out.append(replace(s, date=own[0], date_mark=own[1]) if own else s)
        date = out[-1].date or ""
        if len(date) == 10 and not (date < last and own and own[1].rule == "date.distance"):
            last, of = date, s.company
        if len(date) in (7, 10) and "Q" not in date:
            month = date[:7]
    return out


def _about(s: Statement, mark: Mark) -> bool:
    """Is the distance only a bound: "less than six months after"?"""
    return s.sentence.search(_BOUND, before(s.sentence, mark.start, 24)) is not None


def by_distance(told: list[Statement], of: str, published: dt.date) -> list[Statement]:
    """The statements on the one employer `of`; an earlier round without a date dated by its distance from the news
    ("four months after it let 40 go")."""
    out: list[Statement] = []
    last = published.isoformat()
    for s in told:
        own = None if s.date or not s.figures else _by_distance(s, last, of)
        earlier = own if own and own[0] < last[: len(own[0])] and not _about(s, own[1]) else None
        out.append(replace(s, date=earlier[0], date_mark=earlier[1], background=True) if earlier else s)
        if not s.background and len(s.date or "") == 10:
            last = s.date or last
    return out


def _heads(found: list[Sentence], published: dt.date | None) -> Iterator[Heading]:
    for sentence in found:
        opens = sentence.start == 0 or sentence.text[sentence.start - 1] == "\n"
        if not opens or sentence.title:
            continue
        own = _item_name(sentence)
        match = _HEADING.match(sentence.words)
        whole = match is not None and match.end() == len(sentence.words) and match["end"] not in ("—", "–")
        start = sentence.start
        if match is None and own is not None:
            match, start = _BRACKETED.match(sentence.text[own.end : sentence.end]), own.end
        if match and (iso := resolve(_as_told(match["time"]), published)):
            at = start + match.start("time")
            mark = Mark("date", at, at + len(match["time"]), _as_told(match["time"]), "date.heading")
            yield Heading(sentence.paragraph, iso, mark, whole or (own is not None and own.rule == "company.heading"))


def _as_told(time: str) -> str:
    """The time as a sentence would tell it: a month alone is "in May"."""
    return time if re.search(r"\d", time) and not re.fullmatch(YEAR, time) else f"in {time}"


def _item_name(sentence: Sentence) -> Mark | None:
    """The name that opens a list's item."""
    return next((mark for mark in sentence.of("company") if mark.value.form == "item"), None)


def _fields(found: list[Sentence], published: dt.date | None) -> dict[int, tuple[str, Mark]]:
    """By the number of their sentence: the dates that a line of its own tells of an item ("Announced: April 27")."""
    out: dict[int, tuple[str, Mark]] = {}
    first = 0
    for index, sentence in enumerate(found):
        if _opens_item(sentence):
            first = index
        date = next(iter(sentence.of("date")), None) if _FIELD.match(sentence.words) else None
        iso = resolve(date.value, published) if date else None
        if date and iso and (published is None or iso <= published.isoformat()):
            end = next((i for i in range(index, len(found)) if _opens_item(found[i])), len(found))
            out |= dict.fromkeys(range(first, end), (iso, date))
    return out


def _opens_item(sentence: Sentence) -> bool:
    """Does a list's next employer stand in the sentence?"""
    return _item_name(sentence) is not None


def _by_heading(s: Statement, heads: list[Heading]) -> tuple[str, Mark] | None:
    """The date of the last heading before the statement: of its own paragraph, or one with a line to itself. A day
    without its month ("on the 12th") is of the heading's month."""
    behind = bisect_right(heads, s.bound.start, key=lambda head: head.mark.start)
    for head in reversed(heads[max(behind - MOST, 0) : behind]):
        if head.alone or head.paragraph == s.sentence.paragraph:
            day = re.search(r"\d+", s.date_mark.value) if s.date_mark and s.date_mark.rule == "date.nth" else None
            if day and s.date_mark and len(head.iso) == 7:
                return f"{head.iso}-{int(day[0]):02d}", s.date_mark
            return head.iso, head.mark
    return None


def _found(s: Statement, words: Expression) -> re.Match[str] | None:
    """The words around the statement, unless it has another date."""
    end = min(s.sentence.end, s.bound.end + 30)
    match = s.sentence.search(words, s.sentence.text, s.sentence.start, end)
    if match and s.date and s.date_mark and not (s.date_mark.start < match.end() and match.start() < s.date_mark.end):
        return None
    return match


def _by_month(s: Statement, month: str) -> tuple[str, Mark] | None:
    """The month told before, of which the statement speaks ("later that month")."""
    match = _found(s, _SAME_MONTH) if month else None
    return (month, Mark("date", match.start(), match.end(), match[0], "date.distance")) if match else None


def _by_distance(s: Statement, last: str, of: str) -> tuple[str, Mark] | None:
    """The date of a statement told by its distance from the day told before it, `last`, what `of` did then."""
    match = _found(s, _LATER) if last else None
    if match is None:
        return None
    mark = Mark("date", match.start(), match.end(), match[0], "date.distance")
    sign = 0 if match["same"] else _way(s, match, of)
    if sign is None:
        return None
    written, unit = (match["count"] or "0").lower(), (match["unit"] or "day").lower()
    days = (int(written) if written.isdigit() else _COUNTS[written]) * _UNITS[unit]
    day = (dt.date.fromisoformat(last) + dt.timedelta(days=sign * days)).isoformat()
    return (day if unit == "day" else day[:7]), mark


def _way(s: Statement, match: re.Match[str], of: str) -> int | None:
    """1 where the statement comes so long after what `of` did, -1 where before, None where the words tell of neither.

    "A day later Acme cut …", "A day after the news Acme cut …", "Acme cut …, a day after Zentrix did" come after it; in
    "… a day after Acme cut 40 jobs" these 40 came before.
    """
    way = match["way"].lower()
    sign = 1 if way in ("later", "after") else -1
    if way in ("later", "earlier") or match.start() - s.sentence.start < FIRST:
        return sign
    if s.bound.start >= match.end():
        return None if re.search(r"[,;]", s.sentence.text[match.end() : s.bound.start]) else -sign
    named = (c for c in s.sentence.of("company") if 0 <= c.start - match.end() < FIRST)
    return sign if any(c.value.name == of for c in named) else None


def _opens_with(sentence: Sentence, published: dt.date | None) -> tuple[str, Mark] | None:
    """The time that opens a sentence on several employers: "In January 2026 cuts were announced by Acme and Beta."."""
    first = next(iter(sentence.of("date")), None)
    if first is None or not re.fullmatch(r"(?:In |On |In the )?", sentence.text[sentence.start : first.start]):
        return None
    iso = resolve(first.value, published)
    return (iso, first) if iso and (published is None or iso <= published.isoformat()) else None


def _told_before(s: Statement, last: str, found: list[Sentence], published: dt.date | None) -> tuple[str, Mark] | None:
    """The day told of the same employer in the paragraph's sentence just before: "Zentrix followed on Tuesday."."""
    if s.index == 0 or any(m.rule in _PERIODS for m in s.sentence.of("date")):
        return None
    sentence = found[s.index - 1]
    names = {mark.value.name for mark in sentence.of("company")}
    if sentence.paragraph != s.sentence.paragraph or sentence.title or s.company not in names:
        return None
    if len(names) > 1:
        return _opens_with(sentence, published)
    match = sentence.search(_LATER)
    if match and match["same"] and last:
        start = sentence.start + match.start()
        return last, Mark("date", start, sentence.start + match.end(), match[0], "date.distance")
    days = [m for m in sentence.of("date") if m.rule in DAYS]
    days = [m for m in days if not sentence.search(NOT_ANNOUNCED, before(sentence, m.start, 40))]
    iso = resolve(days[0].value, published) if len(days) == 1 else None
    return (iso, days[0]) if iso and (published is None or iso <= published.isoformat()) else None
