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
#: A time told by its distance from the one told before.
_LATER = Expression(
    r"(?i)\b(?:(?P<same>(?:hours|minutes|moments)\s+(?:later|earlier|before)|(?:on\s+)?(?:the|that)\s+same\s+day)"
    r"|(?P<count>an?|one|two|three|four|five|six|\d{1,2}|the)\s+(?P<unit>day|week|month)s?\s+(?P<way>later|earlier|before|after))\b"
)
_COUNTS = {"a": 1, "an": 1, "the": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_UNITS = {"day": 1, "week": 7, "month": 30}
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
    last: str | None = None  # the last day told
    for s in told:
        nth = s.date_mark is not None and s.date_mark.rule == "date.nth"
        own = _by_distance(s, last)
        if own is None and (not s.date or nth):
            own = None if nth else _told_before(s, last, found, published)
            own = own or _by_heading(s, heads)
        out.append(replace(s, date=own[0], date_mark=own[1]) if own else s)
        if len(out[-1].date or "") == 10:
            last = out[-1].date
    return out


def _heads(found: list[Sentence], published: dt.date | None) -> Iterator[Heading]:
    for sentence in found:
        opens = sentence.start == 0 or sentence.text[sentence.start - 1] == "\n"
        match = _HEADING.match(sentence.words) if opens and not sentence.title else None
        if match is None:
            continue
        time = match["time"]
        words = time if re.search(r"\d", time) and not re.fullmatch(YEAR, time) else f"in {time}"
        if iso := resolve(words, published):
            start = sentence.start + match.start("time")
            alone = match.end() == len(sentence.words) and match["end"] not in ("—", "–")
            mark = Mark("date", start, start + len(time), words, "date.heading")
            yield Heading(sentence.paragraph, iso, mark, alone)


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


def _by_distance(s: Statement, last: str | None) -> tuple[str, Mark] | None:
    """The date of a statement told by its distance from the day told before it, `last` ("a week earlier")."""
    match = _LATER.search(s.sentence.text, s.sentence.start, min(s.sentence.end, s.bound.end + 30)) if last else None
    if match is None or last is None:
        return None
    if s.date and s.date_mark and not (s.date_mark.start < match.end() and match.start() < s.date_mark.end):
        return None
    mark = Mark("date", match.start(), match.end(), match[0], "date.distance")
    if match["same"]:
        return last, mark
    written, unit = match["count"].lower(), match["unit"].lower()
    days = (int(written) if written.isdigit() else _COUNTS[written]) * _UNITS[unit]
    sign = 1 if match["way"].lower() in ("later", "after") else -1
    day = (dt.date.fromisoformat(last) + dt.timedelta(days=sign * days)).isoformat()
    return (day if unit == "day" else day[:7]), mark


def _opens_with(sentence: Sentence, published: dt.date | None) -> tuple[str, Mark] | None:
    """The time that opens a sentence on several employers: "In January 2026 cuts were announced by Acme and Beta."."""
    first = next(iter(sentence.of("date")), None)
    if first is None or not re.fullmatch(r"(?:In |On |In the )?", sentence.text[sentence.start : first.start]):
        return None
    iso = resolve(first.value, published)
    return (iso, first) if iso and (published is None or iso <= published.isoformat()) else None


def _told_before(
    s: Statement, last: str | None, found: list[Sentence], published: dt.date | None
) -> tuple[str, Mark] | None:
    """The day told of the same employer in the paragraph's sentence just before: "Zentrix followed on Tuesday."."""
    if s.index == 0:
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
