"""Binds figures to the words of a cut inside one sentence: "will cut | 1,200 jobs, or 5 % of its staff".

A figure belongs to a cut when it is its object ("cut 1,200 jobs"), its passive subject ("1,200 jobs will be cut"),
its own noun ("1,200 layoffs"), or stands in apposition to one that is ("…, or 5 % of its staff").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.apposition import apposed, company_between, distance, part
from extract.components.cut import Cut
from extract.expression import Expression
from extract.governing import COUNTABLE, governor, of_those, share_governor, sibling
from extract.listing import of_item, of_list, of_next, of_row
from extract.marks import Mark
from extract.sentences import Sentence
from extract.windows import before, behind
from extract.words import context

#: A number opens a sentence within so many characters ("After the 400 of May, 90 more went").
OPENS = 24
#: Most pairs of cut and figure that one sentence is searched for.
MOST_PAIRS = 150
#: From a number over its verb to the share that it comes to.
_OR = re.compile(r"[^;,.\n]{0,90},\s+or\s+(?:\w+\s+)?")
_OR_BARE = re.compile(r"(?:\s+(?:in|at|of|from)\s+(?:the\s+|its\s+)?(?:[\w-]+\s*){1,4})?,\s+or\s+(?:\w+\s+)?")
#: From a share over its place or time to the number that it comes to; behind the number, a place of its own.
_PLACED_OR = re.compile(r"(?:\s+(?!(?:and|but|while|as|or)\b)[\w’'.&-]+){1,4},\s+(?P<or>or\s+(?:\w+\s+)?)?")
_IN_NAME = re.compile(r"\s+(?:\w+\s+)?(?:in|at|from)\s+[A-Z]")
#: Before a noun that is only another name for the cut just told.
_RENAMED = Expression(rf"(?i)\b{context('figures.renamed')}\s+(?:its|a|an|the|another|their)\s+(?:[\w’'-]+\s+){{0,5}}$")


#: Before the number of an earlier round, and from it to its date.
_ON_TOP = Expression(r"(?i)\b(?:on top of|in addition to|besides|adding to)\s+(?:(?:the|an|its|some|another)\s+)*$")
#: Before the number of an earlier round that its time follows at once ("after 36 in 2023", "since the 400 of May").
_AFTER = Expression(
    r"(?i)\b(?:after|following|with|plus|since|not counting|as well as|beyond|alongside)\s+"
    r"(?:(?:the|an|its|some|about|around|another|losing|cutting|shedding)\s+)*$"
)
_AT_ONCE = re.compile(
    r"(?i)(?:\s+(?:in|of|from|on|back|it|they|were|was|that|who|went|cut|axed|told|announced|shed|lost|laid off|let go"
    r"|job losses|layoffs|redundancies))*\s+"
)
_THE_CUTS = re.compile(
    r"(?i)\W*(?:the|these|those)\s+(?:\w+\s+)?(?:cuts|reductions|lay-?offs|redundancies|job losses)\s"
)
#: Before the number of an earlier round, with its time: "on top of last year's (48,000)".
_ON_TOP_OF_LAST = Expression(
    r"(?i)\b(?:on top of|in addition to|besides|adding to|after)\s+(?:the\s+)?[\w ]{3,20}[’']s\s+$"
)
#: Before the number of an earlier round: "three months after a first wave of (14,000)".
_AFTER_WAVE = Expression(
    r"(?i)\b(?:after|following|on top of|adding to|besides|in addition to)\s+(?:an?|the|its|that)\s+"
    rf"{context('figures.earlier')}\s+{context('figures.wave')}\s+of\s+$"
)
_SINCE = re.compile(r"[^,;.\n\d]{0,45}\s")


@dataclass(slots=True)
class Bound:
    """A cut with the figures that it governs."""

    cut: Mark
    headcount: Mark | None = None
    share: Mark | None = None

    @property
    def figures(self) -> bool:
        """Does it govern a number or a share?"""
        return self.headcount is not None or self.share is not None

    @property
    def start(self) -> int:
        """Where the statement's own words begin."""
        start = self.cut.start
        for figure in (self.headcount, self.share):
            if figure is not None and figure.start < start:
                start = figure.start
        return start

    @property
    def end(self) -> int:
        """Where they end."""
        end = self.cut.end
        for figure in (self.headcount, self.share):
            if figure is not None and figure.end > end:
                end = figure.end
        return end


def bind(sentence: Sentence, item: bool = False, listing: bool = False) -> list[Bound]:
    """The cuts of a sentence with their figures; a cut that governs none stands alone.

    Several numbers under one verb ("225 last June, and another 284 in January") are several statements. In a list
    item about cuts (`item`) a number needs no word of a cut: "Acme - 1,400 employees (18 %)"; nor do rows of employers
    in an article about cuts (`listing`): "Acme (400) and Beta (120) followed".
    """
    if len(sentence.of("cut")) * (1 + len(sentence.of("headcount")) + len(sentence.of("share"))) > MOST_PAIRS:
        return []  # no sentence of news holds so many; a hostile page would make the pairing dear
    bound = _bound(sentence, sentence.of("cut") or (of_row(sentence) if listing else []))
    if item and not any(b.figures for b in bound):
        bound = _bound(sentence, of_item(sentence)) or bound
    return bound + _more(sentence, bound)


def _more(sentence: Sentence, bound: list[Bound]) -> list[Bound]:
    """Earlier rounds that the sentence adds without a verb: "300 jobs go, on top of the 120 in May"."""
    taken = {id(b.headcount) for b in bound}
    told = [b.headcount.end for b in bound if b.headcount]
    opens = sentence.start + OPENS if bound or not sentence.of("cut") else sentence.start
    of_cuts = _THE_CUTS.match(sentence.words)
    return [
        Bound(Mark("cut", mark.start, mark.end, Cut("noun", "layoff"), "cut.more"), headcount=mark)
        for mark in sentence.of("headcount")
        if id(mark) not in taken
        and mark.value.role in COUNTABLE
        and (of_cuts or mark.start < opens or any(end < mark.start for end in told))
        and (
            _of_then(sentence, mark)
            or _of_last(sentence, mark)
            or sentence.search(_AFTER_WAVE, before(sentence, mark.start, 60))
        )
    ]


def _of_then(sentence: Sentence, mark: Mark) -> bool:
    """Is the number added with its date behind it: "on top of the 120 in May"?"""
    added = sentence.search(_ON_TOP, before(sentence, mark.start, 40))
    behind_it = _SINCE if added else _AT_ONCE
    if not (added or sentence.search(_AFTER, before(sentence, mark.start, 40))):
        return False
    return any(behind_it.fullmatch(sentence.text, mark.end, date.start) for date in sentence.of("date"))


def _of_last(sentence: Sentence, mark: Mark) -> bool:
    """Is the number added with its date before it: "on top of last year's 120"?"""
    added = sentence.search(_ON_TOP_OF_LAST, before(sentence, mark.start, 50))
    return bool(added) and any(date.end < mark.start <= date.end + 4 for date in sentence.of("date"))


def _bound(sentence: Sentence, cuts: list[Mark]) -> list[Bound]:
    heads = [(m, of_list(sentence, m, cuts) or governor(sentence, m, cuts)) for m in sentence.of("headcount")]
    shares = [(m, of_list(sentence, m, cuts) or share_governor(sentence, m, cuts)) for m in sentence.of("share")]
    bound = [Bound(cut, headcount=mark) for mark, cut in heads if cut]
    for mark, cut in shares:
        if cut and not (bound and part(sentence, mark)):
            _join_share(sentence, bound, mark, cut)
    _join_apposed(sentence, bound)
    used = {id(b.cut) for b in bound}
    bound += [Bound(cut) for cut in cuts if id(cut) not in used and not _renamed(sentence, bound, cut)]
    return sorted(bound, key=lambda b: b.start)


def _renamed(sentence: Sentence, bound: list[Bound], cut: Mark) -> bool:
    """Is the noun only another name for the cut just told ("500 jobs will go in its biggest layoff")?"""
    told = [b for b in bound if b.end <= cut.start]
    if cut.value.kind not in ("noun", "weaknoun") or not told:
        return False
    return bool(sentence.search(_RENAMED, sentence.text[told[-1].end : cut.start]))


def _join_share(sentence: Sentence, bound: list[Bound], mark: Mark, cut: Mark) -> None:
    """A share goes with the nearest headcount of the same cut or in apposition; else it is a statement of its own."""
    near = [
        (distance(b.headcount, mark), b)
        for b in bound
        if b.headcount
        and b.share is None
        and (b.cut is cut or apposed(sentence, b.headcount, mark))
        and not company_between(sentence, b.headcount, mark)
        and sibling(sentence, b.headcount) is not mark
    ]
    if near:
        min(near, key=lambda pair: pair[0])[1].share = mark
    elif sibling(sentence, mark) or of_next(sentence, mark):
        bound.append(Bound(cut, share=mark))
    elif rivals := [b for b in bound if b.share and b.cut is cut]:
        _widest(rivals, mark)
    else:
        bound.append(Bound(cut, share=mark))


def _widest(rivals: list[Bound], mark: Mark) -> None:
    """Of two shares of one cut the widest base stays: all staff before corporate staff."""
    narrow = next((b for b in rivals if b.share and not b.share.value.wide), None)
    if narrow and mark.value.wide:
        narrow.share = mark


def _join_apposed(sentence: Sentence, bound: list[Bound]) -> None:
    """Figures that no cut governs but that stand in apposition to a bound one: "…, or about 1,000", "(18 %)"."""
    taken = {id(m) for b in bound for m in (b.headcount, b.share) if m}
    for mark in sentence.of("headcount"):
        if id(mark) in taken or mark.value.role not in COUNTABLE or part(sentence, mark):
            continue
        anchors = [b for b in bound if b.headcount is None and b.share and _is_share_of(sentence, b.share, mark)]
        if anchors:
            min(anchors, key=lambda b: abs(b.start - mark.start)).headcount = mark
    for mark in sentence.of("share"):
        if id(mark) in taken or of_those(sentence, mark) or part(sentence, mark):
            continue
        anchors = [b for b in bound if b.share is None and b.headcount and _comes_to(sentence, b.headcount, mark)]
        anchors = anchors or [b for b in bound if _ends_item(sentence, b, mark)]
        if anchors:
            min(anchors, key=lambda b: abs(b.start - mark.start)).share = mark


def _ends_item(sentence: Sentence, bound: Bound, share: Mark) -> bool:
    """Is it the one share of a list's item with one number: "Acme: 3,700 in sales and support, 14 % of staff"?"""
    if bound.cut.rule != "cut.item" or bound.headcount is None or bound.share or not share.value.staff:
        return False
    alone = len(sentence.of("share")) == 1 and bound.headcount.end <= share.start
    return alone and not company_between(sentence, bound.headcount, share)


def _comes_to(sentence: Sentence, people: Mark, share: Mark) -> bool:
    """Does the share say the same as the number, be it behind the verb ("400 jobs will go by May, or 5 % of all")?"""
    if apposed(sentence, people, share):
        return True
    gap = sentence.text[people.end : share.start]
    said_so = _OR.fullmatch(gap) if share.value.staff else _OR_BARE.fullmatch(gap)
    return bool(said_so) and not company_between(sentence, people, share)


def _is_share_of(sentence: Sentence, share: Mark, people: Mark) -> bool:
    """Does the number behind the share say the same: "8 % of its people worldwide, or about 17,500"?"""
    if apposed(sentence, share, people):
        return True
    found = _PLACED_OR.fullmatch(sentence.text, share.end, people.start)
    if found is None or company_between(sentence, share, people) or _IN_NAME.match(sentence.text, people.end):
        return False
    return bool(found["or"]) or people.value.amount.relation == "about"


def offered(sentence: Sentence, bound: Bound) -> bool:
    """Is the number only an upper bound: people offered a buyout, a worst case, most of N?"""
    if not bound.headcount or bound.headcount.value.amount.relation not in ("exact", "about"):
        return False
    lead = before(sentence, bound.headcount.start, 60)
    after = behind(sentence, bound.headcount.end, 60)
    if bound.cut.value.action == "buyout" and re.search(r"(?i)\boffer|could|may\b|\bopen to\b", lead):
        return True
    most = re.search(r"(?i)\b(?:most|majority) of (?:the |its |a )?[\"”“]*\s*(?:a )?$", lead)
    return bool(most or re.search(r"(?i)worst[- ]case", lead + after))
