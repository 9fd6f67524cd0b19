"""The time that a whole list of cuts names as its own: "layoffs in 2025", "this week", "2026 has begun badly"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from extract.components.date import resolve
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.windows import before
from extract.words import context

#: The year that is running in the text: so far, just begun, so many rounds in it.
_RUNNING = (
    r"\b(?:in|year)\s+(?P<year>20[12]\d)\s*(?:so far|to date)|(?P<so>20[12]\d)\s+(?:so far|to date)"
    r"|(?P<begun>20[12]\d)\s+(?:has|is)\s+(?:\w+\s+)?(?:begun|started|opened|off to|been|seen|brought|proved|turned)"
    r"|(?:\bis|[’']s|\bmarks)\s[^.\n]{0,40}\b(?:round|wave|time|series)\b[^.\n]{0,40}\bin\s+(?P<nth>20[12]\d)\b"
)
_OWN_YEAR = Expression(rf"(?i){_RUNNING}")
_CUTS = r"(?:layoffs|lay-offs|dismiss\w+|job (?:cuts|losses)|cuts|redundancies|laying off|cutting|shedding)"
_FRAME = Expression(
    r"(?i)\b(?:(?:layoffs|job cuts|cuts|lose jobs|jobs|laid (?:\w+ )?off|laying off|cutting|axed|shed|roundup|list)"
    r"\b[^.\n]{0,60}?"
    r"\b(?:in|of|for|since the start of)\s+(?P<after>20[12]\d)"
    r"|(?P<before>20[12]\d)\s+(?:tech\s+)?layoffs|(?P<review>20[12]\d)\s+in\s+(?:layoffs|job cuts|review)\b"
    r"|open\s+(?P<open>20[12]\d)\s+with"
    rf"|\b(?:in|year)\s+(?P<comma>20[12]\d)\s*,|{_RUNNING}"
    rf"|\bso far (?:in|during) (?P<far>20[12]\d)|^\W*In\s+(?P<first>20[12]\d)\s[^.\n]{{0,90}}?\b{_CUTS}\b)"
)
_OF_THIS_YEAR = Expression(r"(?i)\b(?:layoffs|job cuts|jobs|cut (?:staff|workers))\b[^.;\n]{0,50}\bthis year\b")
_RECENT = Expression(rf"(?i)\b{context('list_time.recent')}\b")
#: Beside a time: what the list is of.
_LISTED = Expression(rf"(?i)\b{context('list_time.listed')}\b")
#: "All of this happened in the first month of 2026": the time of every item.
_ALL = Expression(rf"(?i)\b{context('list_time.all')}\b[^.;\n]{{0,80}}$")
#: Opens the sentence that a list follows: "Here are some of the companies that …", "Below is a recap of …".
_OPENS_LIST = Expression(rf"(?i)\W*{context('list_time.opens')}\b")
#: Kinds of dates that may be the time of a whole list.
_SPANS = (
    "month",
    "my",
    "mon",
    "week",
    "year",
    "yr",
    "quarter",
    "month_of",
    "month_was",
    "month_rel",
    "month_ago",
    "opening",
)
#: So many employers with figures make a list a long one.
LONG_LIST = 5
#: So many sentences from headline on are a list's lead.
LEAD = 6

_WAS = Expression(r"\s+(?:was|has been|saw|brought|proved)\b")

Frame = tuple[str, Mark]


def running_year(found: list[Sentence], single: bool, employers: int) -> Frame | None:
    """The year that an article names as its own, with its mark: a list in headline or first sentences."""
    lead = [] if single else [s for s in found[:LEAD] if s.title or employers >= LONG_LIST]
    for pattern, sentences in ((_FRAME, lead), (_OWN_YEAR, found)):
        for sentence in sentences:
            if match := sentence.search(pattern):
                group = next(name for name, value in match.groupdict().items() if value)
                start = sentence.start + match.start(group)
                return match[group], Mark("date", start, start + 4, match[group], "date.frame")
    return None


def list_time(found: list[Sentence], published: dt.date) -> Frame | None:
    """The time that a list gives its items, as ISO date and mark: a week's or month's, or the year of publication."""
    return _recent(found, published) or _this_year(found, published)


def introduced(found: list[Sentence], published: dt.date | None) -> list[Frame]:
    """The times that the sentences give which a list follows ("Here are the layoffs so far in 2025:"), in text order:
    each holds for what comes behind it."""
    latest = published.isoformat() if published else "9"
    out: list[Frame] = []
    for sentence in found:
        opens = sentence.words.rstrip().endswith(":") or _OPENS_LIST.match(sentence.words)
        if sentence.title or not opens or not sentence.search(_LISTED):
            continue
        for mark in sentence.of("date"):
            span = mark.rule.removeprefix("date.") in _SPANS and not mark.value.lower().startswith(("since", "from"))
            iso = resolve(mark.value, published) if span else None
            if iso and iso <= latest:
                out.append((iso, mark._replace(rule="date.frame")))
    return out


def _this_year(found: list[Sentence], published: dt.date) -> Frame | None:
    """The year of publication, where the lead of a list speaks of the layoffs of this year."""
    for sentence in found[:3]:
        if match := sentence.search(_OF_THIS_YEAR):
            end = sentence.start + match.end()
            return str(published.year), Mark("date", end - len("this year"), end, "this year", "date.frame")
    return None


def _recent(found: list[Sentence], published: dt.date) -> Frame | None:
    """The time that headline, lead or a sentence about all items gives the list: this week, last month, January."""
    for sentence in found[:3]:
        match = sentence.search(_RECENT)
        if match:
            start, end = sentence.start + match.start(), sentence.start + match.end()
            return published.isoformat()[:7], Mark("date", start, end, match[0], "date.frame")
    return next((span for number, sentence in enumerate(found) for span in _spans(sentence, number, published)), None)


def all_in(found: list[Sentence]) -> Frame | None:
    """The time with a year of its own that a sentence gives all items: "all of this in the first month of 2026"."""
    for sentence in found:
        for mark in sentence.of("date"):
            if sentence.search(_ALL, before(sentence, mark.start, 100)) and (iso := resolve(mark.value, None)):
                return iso, mark._replace(rule="date.all")
    return None


def _is_subject(sentence: Sentence, mark: Mark) -> bool:
    """Is the sentence about the month: "January 2024 was worse", "May has been full of them"?"""
    return mark.rule == "date.month_was" or (mark.rule == "date.my" and bool(_WAS.match(sentence.text, mark.end)))


def _spans(sentence: Sentence, number: int, published: dt.date) -> Iterator[Frame]:
    """The times that the sentence, the `number`-th of the article, gives the whole list."""
    for mark in sentence.of("date"):
        if mark.rule.removeprefix("date.") not in _SPANS:
            continue
        iso = resolve(mark.value, published)
        everything = sentence.search(_ALL, before(sentence, mark.start, 100))
        near = number < (8 if mark.rule in ("date.week", "date.mon") else 3) and not sentence.of("company")
        if iso and iso <= published.isoformat():
            if everything:
                yield iso, mark._replace(rule="date.all")
            elif (sentence.title or near) and (sentence.search(_LISTED) or _is_subject(sentence, mark)):
                yield iso, mark
