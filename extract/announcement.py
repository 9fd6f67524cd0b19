"""Dates of an announcement outside the statements: in a sentence near them, or in the dateline."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.components.date import resolve
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.timing import NOT_ANNOUNCED, to_be_told
from extract.windows import before, behind
from extract.words import context

_ANNOUNCING = Expression(rf"(?i)\b{context('announcement.announcing')}\b[^.;]{{0,90}}$")
_ANNOUNCED_AFTER = re.compile(
    r"(?i)[^.;]{0,30}\b(?:said|announc\w+|told|confirmed)\b"
    rf"|[’']s\s+(?:(?!\b(?:close|closing)\b)[\w-]+\s+){{0,2}}?{context('announcement.news')}\b"
)
#: In so many words: "Acme announced the layoffs on", "The figure was first reported by a newspaper on".
_STRONG = Expression(rf"(?i)\b{context('announcement.strong')}\b[^.;,]{{0,60}}$")
#: "a series of cuts first announced in (March)".
_FIRST_IN = Expression(
    r"(?i)\b(?:cuts|layoffs|redundancies|reductions|round|plan)\s+(?:(?:that|which)\s+)?(?:(?:was|were|it)\s+)?(?:first|originally|initially)\s+"
    r"(?:announced|reported|unveiled|disclosed|revealed)\s+(?:back\s+)?(?:in\s+)?$"
)
_MONTHS = ("date.month", "date.month_of", "date.my")
#: Kinds of dates (rules of extract.components.date) that name a day, and those among them that name its month too.
_DAYS = ("weekday", "rel", "md", "dm", "mdy", "dmy", "nth")
_FULL = ("md", "dm", "mdy", "dmy")
#: Sentences away from the statements, and days before publication, up to which a day may be the announcement's.
REACH, MOST_DAYS, MOST_OF_FULL = 6, 8, 14
#: As MOST_OF_FULL, where the sentence says in so many words that it was announced then.
MOST_OF_STRONG = 60

Announced = tuple[Sentence, Mark, str]


@dataclass(frozen=True, slots=True)
class Near:
    """What is searched: the article's sentences, the round's (`told`, in order), the other employers that cut, the
    day of publication, and whether the article is about one employer (`single`)."""

    found: list[Sentence]
    told: list[int]
    others: frozenset[str]
    published: dt.date
    single: bool

    def sentences(self) -> Iterator[Sentence]:
        """The round's own sentences, then their neighbours: in an article about one employer up to six away, else
        those of the paragraph. Sentences about another employer that cuts are left out."""
        paragraphs = {self.found[index].paragraph for index in self.told}
        away: dict[int, int] = {}
        for distance in range(REACH + 1):
            for index in self.told:
                for place in (index - distance, index + distance):
                    away.setdefault(place, distance)
        for place in sorted((i for i in away if 0 <= i < len(self.found)), key=lambda i: (away[i], i)):
            sentence = self.found[place]
            names = {mark.value.name for mark in sentence.of("company")}
            of_other = names and names <= self.others
            if (self.single or sentence.paragraph in paragraphs) and not of_other:
                yield sentence


def announcement(near: Near) -> Announced | None:
    """A day by which a sentence near the statements dates the announcement: "The plan surfaced on Wednesday"."""
    own = [near.found[index] for index in near.told]
    for sentence in near.sentences():
        for mark, iso in _days(sentence, near.published):
            lead = before(sentence, mark.start, 100)
            if any(sentence is s for s in own) and _of_other(sentence, mark, near.others):
                continue
            if sentence.search(_ANNOUNCING, lead) or _ANNOUNCED_AFTER.match(behind(sentence, mark.end, 50)):
                return sentence, mark, iso
    return None


def _of_other(sentence: Sentence, mark: Mark, others: frozenset[str]) -> bool:
    """Is the last employer named before the day another that cuts ("…, and Acme announced on (Thursday)")?"""
    ahead = [c for c in sentence.of("company") if c.end <= mark.start]
    return bool(ahead) and ahead[-1].value.name in others


def first_told(near: Near) -> Announced | None:
    """The day, or the month, on which a sentence says in so many words that the cut was announced or first reported."""
    for sentence in near.sentences():
        for mark, iso in _days(sentence, near.published, MOST_OF_STRONG):
            if sentence.search(_STRONG, before(sentence, mark.start, 100)):
                return sentence, mark, iso
        for mark in sentence.of("date"):
            if mark.rule in _MONTHS and sentence.search(_FIRST_IN, before(sentence, mark.start, 40)):
                return (sentence, mark, month) if (month := resolve(mark.value, near.published)) else None
    return None


def _days(sentence: Sentence, published: dt.date, full: int = MOST_OF_FULL) -> Iterator[tuple[Mark, str]]:
    """The days in the sentence shortly before publication that are not the end of the jobs."""
    for mark in sentence.of("date"):
        kind = mark.rule.removeprefix("date.")
        if kind not in _DAYS or sentence.search(NOT_ANNOUNCED, before(sentence, mark.start, 100)):
            continue
        if to_be_told(sentence, mark):
            continue
        iso = resolve(mark.value, published)
        most = full if kind in _FULL else MOST_DAYS
        if iso and len(iso) == 10 and 0 <= (published - dt.date.fromisoformat(iso)).days <= most:
            yield mark, iso


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
