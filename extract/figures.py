"""Binds figures to the words of a cut inside one sentence: "will cut | 1,200 jobs, or 5 % of its staff".

A figure belongs to a cut when it is its object ("cut 1,200 jobs"), its passive subject ("1,200 jobs will be cut"),
its own noun ("1,200 layoffs"), or stands in apposition to one that is ("…, or 5 % of its staff").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.components.cut import Cut
from extract.marks import Mark
from extract.sentences import Sentence

#: What may not stand between a cut and its figure: another doing, another sum, another time.
_BLOCK = re.compile(
    r"(?i)[;:]|\b(?:hir(?:e|es|ed|ing)|recruit\w*|creat\w+|employ(?:s|ed|ing)|invest\w*|sav(?:e|es|ed|ing)s?|earn\w*|while|although|whereas|though"
    r"|sign(?:ed|s)?|vot(?:ed|es)|march(?:ed|es)|protest\w*|join(?:ed|s)?|remain\w*|turn(?:ing|ed|s)|convert(?:ing|ed)|whose|currently has|there are|said (?:that )?\w+ (?:has|have)"
    r"|gain(?:ed|s)?|add(?:ed|s)?|represent(?:s|ed|ing)?|pay|wages?|salar(?:y|ies)|bonus(?:es)?|benefits|hours|perks|severance|weeks of|months of|years of|customers?|stores|shares)\b"
)
_PASSIVE = re.compile(
    r"(?i)^(?P<complement>[^;]{0,110}?)(?:\b(?:be|been|being|is|are|was|were|will|would|get|got|getting|have|has|had|could|may|might|must|to|shall|should|can|stand|face|facing"
    r"|set|said|expected|due|likely|reportedly|also|now|all|not|already|either|soon|about|reported(?:ly)? to be)\b[\s,]*(?:\w+ly\s+)?)+$"
)
_ADJACENT = re.compile(r"^[\s\"“”'’—–-]*(?:(?:people|workers|employees|staff|staffers)\s+)?(?:who\s+(?:were|are|have been|had been|will be|lost|would be)\s+)?$")
_RELATIVE = re.compile(r"^\s+(?:that\s+|whom\s+)?(?:it|they|the\s+[\w-]+|[A-Z][\w’'.&-]*(?:\s+[A-Z][\w’'.&-]*){0,3})\s+(?:has\s+|have\s+|had\s+|would\s+|will\s+|plans?\s+to\s+|planned\s+to\s+|is\s+|was\s+)?(?:recently\s+|already\s+|be\s+|to\s+)?$")
_OBJECT_GAP = re.compile(r"^[\s\"“”‘’'(—–,-]*(?:[\w$%’'“”\".,&()/-]+[\s]+){0,9}?[\"“‘(]*$")
_DIRECT = re.compile(r"(?i)^[\s\"“‘(:—–-]*(?:(?:of|by|to|another|a|an|the|its|some|as|many|as|up|further|total|additional|more|around|about|off|out|more|roughly|over)\s+){0,4}[\"“‘(]*$")
_APPOSED = re.compile(
    r"(?i)^(?:(?:\s+[\w’'.]+){0,6}\s*(?=[–—(]))?[\s\"”’]*(?:[,(–—:/|-]|\bor\b|\band\b|, or|\bwhich\b|\bthat\b|\bof\b|\bto\b|\bfrom\b|\bis\b|\bwas\b|\bare\b|\bequal|\brepresent|\bamount|\babout\b|\bmeans\b|\baffect|\btouch|\bcompris|\baccount)"
    r"(?:(?!\b(?:and hire|hired?|after|while|but|employs|since|following|because|earlier|last|against)\b)[^;.\n]|\.(?=\d)){0,75}$"
)
_PART = re.compile(
    r"(?i)(?:\bincluding|\bincludes?|\bamong them|\bof (?:them|those|whom|which|these)|\bthese include|\bof the total,?|\bsome of|\bfirst|\bstarting with|\balong with)(?:\s+[\w’'-]+){0,3}\s*$"
)
_PART_AFTER = re.compile(r"(?i)\s*(?:,\s*)?(?:of (?:them|those|whom|which|these|the (?:employees|workers|people|jobs|staff|total|layoffs|cuts))\b|in [A-Z]\w+ alone\b|alone\b|fewer\b)")
_OFFERED = re.compile(r"(?i)\b(?:offer(?:ed|ing|s)?|worst case|could take|most of|majority of|eligible|invited|to choose|apply)\b")


@dataclass(slots=True)
class Bound:
    """A cut with the figures that it governs."""

    cut: Mark
    headcount: Mark | None = None
    share: Mark | None = None

    @property
    def start(self) -> int:
        """Where the statement's own words begin."""
        return min(m.start for m in (self.cut, self.headcount, self.share) if m)

    @property
    def end(self) -> int:
        """Where they end."""
        return max(m.end for m in (self.cut, self.headcount, self.share) if m)


#: Most pairs of cut and figure that one sentence is searched for.
MOST_PAIRS = 150


def bind(sentence: Sentence, item: bool = False) -> list[Bound]:
    """The cuts of a sentence with their figures; a cut that governs none stands alone.

    Several numbers under one verb ("225 last June, and another 284 in January") are several statements. In a list
    item about cuts (`item`) a number needs no word of a cut: "Acme - 1,400 employees (18 %)".
    """
    if len(sentence.of("cut")) * (1 + len(sentence.of("headcount")) + len(sentence.of("share"))) > MOST_PAIRS:
        return []  # no sentence of news holds so many; a hostile page would make the pairing dear
    cuts = sentence.of("cut") or (_of_item(sentence) if item else [])
    heads = [(m, c) for m in sentence.of("headcount") if (c := _in_brackets(sentence, m, cuts) or _governor(sentence, m, cuts))]
    shares = [(m, c) for m in sentence.of("share") if (c := _share_governor(sentence, m, cuts))]
    bound = [Bound(cut, headcount=mark) for mark, cut in heads]
    _join_shares(sentence, bound, shares)
    _join_apposed(sentence, bound)
    used = {id(b.cut) for b in bound}
    bound += [Bound(cut) for cut in cuts if id(cut) not in used and not _renamed(sentence, bound, cut)]
    return sorted(bound, key=lambda b: b.start)


def _renamed(sentence: Sentence, bound: list[Bound], cut: Mark) -> bool:
    """Is the noun only another name for the cut just told ("500 jobs will go in its biggest layoff")?"""
    before = [b for b in bound if b.end <= cut.start]
    if cut.value.kind not in ("noun", "weaknoun") or not before:
        return False
    return bool(re.search(r"(?i)\b(?:in|as part of|part of|under|with|during|among)\s+(?:its|a|an|the|another|their)\s+(?:[\w’'-]+\s+){0,5}$", sentence.text[before[-1].end : cut.start]))


def _of_item(sentence: Sentence) -> list[Mark]:
    """The cut that a list item leaves unsaid, standing for its first figure."""
    figures = [m for m in (*sentence.of("headcount"), *sentence.of("share")) if m.kind == "share" or m.value.role in ("count", "maybe_size", "bare", "bare_trade")]
    figures.sort(key=lambda m: (m.kind == "share", m.start))
    return [Mark("cut", figures[0].start, figures[0].end, Cut("noun", "layoff"), "cut.item")] if figures else []


def _gapped(sentence: Sentence, company: Mark, mark: Mark) -> bool:
    """Does the number share the verb of the employer before it: "Acme sheds 300 jobs and Beta 120"?"""
    return sentence.text[company.end : mark.start] == " " and bool(re.search(r"(?:\band|,|\bwhile)\s+$", sentence.text[sentence.start : company.start]))


def _same_verb(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The verb of the clause before, where a clause behind a semicolon has an employer and a figure but no verb."""
    start = sentence.text.rfind(";", sentence.start, mark.start)
    end = sentence.text.find(";", mark.end, sentence.end)
    if start < 0 or any(start < c.start < (end if end >= 0 else sentence.end) for c in cuts):
        return None
    named = any(start < c.start < mark.start for c in sentence.of("company"))
    return next((c for c in reversed(cuts) if c.end <= start), None) if named and mark.start - start < 60 else None


def _in_brackets(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut noun of a sentence that lists employers with their numbers in brackets: "layoffs at Acme (400), Beta (300)"."""
    if mark.value.role not in ("count", "bare", "bare_trade", "cut", "maybe_size"):
        return None
    if (inherited := _same_verb(sentence, mark, cuts)) is not None:
        return inherited
    if mark.value.role == "bare" and any(_gapped(sentence, c, mark) for c in sentence.of("company")):
        return next((c for c in reversed(cuts) if c.end < mark.start), None)
    after_name = any(sentence.text[c.end : mark.start].strip() == "(" for c in sentence.of("company"))
    return next((c for c in cuts if c.value.kind in ("noun", "people", "object")), None) if after_name else None


def _join_shares(sentence: Sentence, bound: list[Bound], shares: list[tuple[Mark, Mark]]) -> None:
    """A share goes with the nearest headcount of the same cut or in apposition; else it is a statement of its own."""
    for mark, cut in shares:
        near = [b for b in bound if b.headcount and (b.cut is cut or _apposed(sentence, b.headcount, mark)) and b.share is None]
        near = [b for b in near if not _company_between(sentence, b.headcount, mark)]
        if near:
            min(near, key=lambda b: _distance(b.headcount, mark)).share = mark
            continue
        if any(b.share and b.cut is cut for b in bound):
            _widest(bound, cut, mark)
            continue
        bound.append(Bound(cut, share=mark))


def _widest(bound: list[Bound], cut: Mark, mark: Mark) -> None:
    """Of two shares of one cut the widest base stays: all staff before corporate staff."""
    for other in bound:
        if other.cut is cut and other.share and not other.share.value.wide and mark.value.wide:
            other.share = mark
            return


def _join_apposed(sentence: Sentence, bound: list[Bound]) -> None:
    """Figures that no cut governs but that stand in apposition to a bound one: "…, or about 1,000", "(18 %)"."""
    taken = {id(m) for b in bound for m in (b.headcount, b.share) if m}
    for kind in ("headcount", "share"):
        for mark in sentence.of(kind):
            if id(mark) in taken or kind == "headcount" and mark.value.role not in ("count", "bare", "bare_trade", "cut", "maybe_size"):
                continue
            if kind == "headcount" and _part(sentence, mark):
                continue
            anchors = [b for b in bound if getattr(b, kind) is None and (other := b.share if kind == "headcount" else b.headcount) and _apposed(sentence, other, mark)]
            if anchors:
                setattr(min(anchors, key=lambda b: abs(b.start - mark.start)), kind, mark)
                taken.add(id(mark))


def _apposed(sentence: Sentence, one: Mark | None, other: Mark) -> bool:
    if one is None:
        return False
    first, second = sorted((one, other), key=lambda m: m.start)
    gap = sentence.text[first.end : second.start]
    if _company_between(sentence, first, second):
        return False
    return gap.strip() in ("", "(") or bool(_APPOSED.match(gap))


def _company_between(sentence: Sentence, one: Mark | None, other: Mark) -> bool:
    if one is None:
        return False
    low, high = min(one.end, other.end), max(one.start, other.start)
    return any(
        low <= c.start and c.end <= high and not sentence.text[c.end : c.end + 2].startswith(("’s", "'s")) and not re.search(r"(?i)\b(?:at|of|in|by|for|from|the)\s+$", sentence.text[low : c.start])
        for c in sentence.of("company")
    )


def _distance(one: Mark | None, other: Mark) -> int:
    return min(abs(one.end - other.start), abs(other.end - one.start)) if one else 10**6


def _part(sentence: Sentence, mark: Mark) -> bool:
    """Is the figure told as a part of another one ("including 630 in California", "3,800 of them in Germany")?"""
    before = sentence.text[max(sentence.start, mark.start - 40) : mark.start]
    if re.match(r"(?i)\s+(?:\w+\s+)?(?:(?:a|per|each|every)\s+(?:year|month|week|day)\b|annually)", sentence.text[mark.end : mark.end + 30]):
        return True
    if re.search(r"\d\s+of\s+(?:the|those|these)\s", sentence.text[mark.start : mark.end]) and mark.kind == "headcount":
        return True
    earlier = any(h.end < mark.start for h in sentence.of("headcount"))
    return bool(_PART.search(before)) and (earlier or not re.search(r"(?i)\binclud", before)) or bool(_PART_AFTER.match(sentence.text, mark.end))


def _governor(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut that governs a headcount, None if none does."""
    value = mark.value
    if value.role in ("size", "work", "hire", "voice") or _part(sentence, mark):
        return None
    inside = [c for c in cuts if c.start <= mark.start and mark.end <= c.end or mark.start <= c.start and c.end <= mark.end]
    if value.role == "cut":
        return inside[0] if inside else _nearest(mark, cuts)
    if value.role == "vacancy":
        return next((c for c in cuts if c.value.kind == "freeze"), None)
    if inside:
        return inside[0]
    able = [c for c in cuts if c.value.kind not in ("freeze", "attrition") and _governs(sentence, c, mark)]
    return _nearest(mark, able)


def _nearest(mark: Mark, cuts: list[Mark]) -> Mark | None:
    if not cuts:
        return None
    weight = {"weaknoun": 25, "lose": 10}
    return min(cuts, key=lambda c: (_distance(c, mark) + weight.get(c.value.kind, 0), c.start))


def _governs(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    text, kind = sentence.text, cut.value.kind
    bare = mark.kind == "headcount" and mark.value.role in ("bare", "bare_trade")
    unsure = mark.kind == "headcount" and mark.value.role == "maybe_size"
    if mark.start >= cut.end:
        gap = text[cut.end : mark.start]
        if bare or unsure:
            return bool(_DIRECT.match(gap))
        if mark.kind == "share" and mark.value.of and gap.rstrip().endswith((",", "–", "—", "(")) and len(gap) <= 110:
            return not _BLOCK.search(gap) and not _other_cut(sentence, cut.end, mark.start) and not _company_between(sentence, cut, mark)
        if kind == "object" and re.search(r"\d", gap) and not any(cut.end <= s.start and s.end <= mark.start for s in sentence.of("share")):
            return False
        limit = {"weaknoun": 60, "noun": 75, "people": 60, "lose": 30}.get(kind, 55)
        return len(gap) <= limit and not _BLOCK.search(gap) and bool(_OBJECT_GAP.match(gap + ("" if gap.endswith((" ", "“", '"', "(", "‘")) else " "))) and not _other_cut(sentence, cut.end, mark.start)
    gap = text[mark.end : cut.start]
    if re.search(r"(?i)\b(?:before|after|when|ahead of|until)\b", gap):
        return False
    if _BLOCK.search(gap) or _other_cut(sentence, mark.end, cut.start):
        return False
    if kind in ("noun", "weaknoun"):
        return len(gap) <= 14 and not re.search(r"\b(?:after|before|amid|in|during|for|from)\b", gap)
    if kind == "lose":
        return len(gap) <= 60 and (not bare or not gap.strip())
    if kind == "buyout":
        return bool(re.search(r"(?i)\b(?:opt(?:ed|s|ing)?|appl(?:y|ied|ying)|accept(?:ed|s)?|t(?:ake|ook|aken|aking)|chose|chosen|sign(?:ed)? up)\b", gap)) and len(gap) < 90
    return bool(_ADJACENT.match(gap) or _RELATIVE.match(gap) or ((not bare or len(gap) < 26 or mark.value.noun) and _PASSIVE.match(gap)))


def _other_cut(sentence: Sentence, low: int, high: int) -> bool:
    return any(low <= c.start and c.end <= high and c.value.kind in ("people", "noun", "object", "furlough", "freeze") for c in sentence.of("cut"))


def _share_governor(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    inside = [c for c in cuts if c.start <= mark.start < c.end or mark.start <= c.start < mark.end]
    if inside:
        return inside[0]
    able = [c for c in cuts if c.value.kind not in ("freeze",) and _governs(sentence, c, mark)]
    if not mark.value.staff:
        able = [c for c in able if c.value.kind in ("people", "noun", "weak") or mark.start >= c.end and _DIRECT.match(sentence.text[c.end : mark.start])]
    return _nearest(mark, able)


def offered(sentence: Sentence, bound: Bound) -> bool:
    """Is the number only an upper bound: people offered a buyout, a worst case, most of N?"""
    if not bound.headcount or bound.headcount.value.amount.relation not in ("exact", "about"):
        return False
    before = sentence.text[max(sentence.start, bound.headcount.start - 60) : bound.headcount.start]
    after = sentence.text[bound.headcount.end : min(sentence.end, bound.headcount.end + 60)]
    buyout = bound.cut.value.action == "buyout" and re.search(r"(?i)\boffer|could|may\b", before)
    return bool(buyout or re.search(r"(?i)\b(?:most|majority) of (?:the |its |a )?[\"”“]*\s*(?:a )?$", before) or re.search(r"(?i)worst[- ]case", before + after))
