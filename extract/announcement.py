"""Dates of an announcement outside the statements: in a sentence near them, or in the dateline."""

from __future__ import annotations

import datetime as dt
import re

from extract.components.date import resolve
from extract.marks import Mark
from extract.sentences import Sentence
from extract.timing import NOT_ANNOUNCED
from extract.windows import before, behind
from extract.words import context

_ANNOUNCING = re.compile(rf"(?i)\b{context('announcement.announcing')}\b[^.;]{{0,90}}$")
_ANNOUNCED_AFTER = re.compile(r"(?i)[^.;]{0,30}\b(?:said|announc\w+|told|confirmed)\b")
#: Kinds of dates (rules of extract.components.date) that name a day.
_DAYS = ("weekday", "rel", "md", "dm", "mdy", "dmy")
#: Sentences away from the statements, and days before publication, up to which a day may be the announcement's.
REACH, MOST_DAYS = 6, 8


def announcement(
    found: list[Sentence], told: list[int], published: dt.date | None, single: bool
) -> tuple[Sentence, Mark, str] | None:
    """A day by which a sentence near the statements dates the announcement: "The plan surfaced on Wednesday".

    `told` are the indices of the round's sentences. Looked at first are those, then their neighbours; in an article
    about one employer (`single`) six sentences around, else only the paragraph.
    """
    if published is None:
        return None
    paragraphs = {found[index].paragraph for index in told}

    def away(index: int) -> int:
        return min(abs(index - t) for t in told)

    for index in sorted(range(len(found)), key=lambda i: (away(i), i)):
        if away(index) > REACH or not (single or found[index].paragraph in paragraphs):
            continue
        if (day := _announcing_day(found[index], published)) is not None:
            return found[index], *day
    return None


def _announcing_day(sentence: Sentence, published: dt.date) -> tuple[Mark, str] | None:
    """The first day in the sentence beside words of announcing, shortly before publication."""
    for mark in sentence.of("date"):
        lead = before(sentence, mark.start, 100)
        if mark.rule.removeprefix("date.") not in _DAYS or NOT_ANNOUNCED.search(lead):
            continue
        iso = resolve(mark.value, published)
        spoken = _ANNOUNCING.search(lead) or _ANNOUNCED_AFTER.match(behind(sentence, mark.end, 50))
        if iso and len(iso) == 10 and spoken and 0 <= (published - dt.date.fromisoformat(iso)).days <= MOST_DAYS:
            return mark, iso
    return None


def dateline(found: list[Sentence]) -> dt.date | None:
    """The day that opens the text ("GARY, Ind., June 4, 2024 -"): the article's own, where nothing else dates it."""
    for sentence in found[:4]:
        for mark in sentence.of("date"):
            if mark.rule in ("date.mdy", "date.dmy", "date.iso") and mark.start - sentence.start < 60:
                after = sentence.text[mark.end : mark.end + 3]
                alone = mark.end >= sentence.end or re.match(r"\s*[—–:|(-]|\s*\n", after)
                if alone and (iso := resolve(mark.value, None)):
                    return dt.date.fromisoformat(iso)
    return None
