"""A figure for the cut just told, in a sentence without a word for it: "That is about 8 % of all its people"."""

from __future__ import annotations

import re

from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

#: Opens a sentence that counts those of the whole round.
_IN_ALL = r"(?:in\s+(?:numbers|figures|all|total)\s*[:,]?|all\s+in\s+all,?|all\s+told,?|(?:it|that|this)\s+means)\s"
#: Opens a sentence that counts what the one before told.
_CARRIES = re.compile(
    rf"(?i)^\W*(?:(?:that|this|which|it|they|these)\s+{context('continued.amounts')}\b"
    r"|(?:that|this)\s+(?:figure|number|total)\b"
    r"|the\s+(?:(?:estimated|roughly|about|some)\s+)?(?:figure|number|total|reduction|cuts?|jobs|posts|roles"
    r"|positions|layoffs|redundancies|job losses|[\d,]+\s+\w+)\b"
    rf"|{_IN_ALL}"
    r"|[\w’'. ]{2,40}?\b(?:puts?|put)\s+the\s+(?:number|figure|total|share|toll)\b)"
)
_OF_ALL = re.compile(rf"(?i)\W*{_IN_ALL}")
#: Opens a sentence that only says how many the share just told comes to: "About 65 will be affected".
_HOW_MANY = re.compile(
    r"(?i)^\W*(?:(?:in (?:all|total|figures|numbers)|altogether|overall|that means|this means),?:?\s+)?"
    r"(?P<number>(?:the\s+)?(?:total\s+)?number\s+of\s+(?:those|people|jobs|staff|employees|workers|roles|posts|positions)\s+"
    r"(?:(?:affected|hit|impacted|lost|involved|concerned|leaving)\s+)?(?:is|was|comes\s+to|stands\s+at)\s+"
    r"|those\s+affected\s+number\s+)?"
)
_ASIDE = re.compile(r",\s+(?:or\s+)?|\s+\(|\s+[–—]\s+")
_THEY = re.compile(
    r"(?i)(?:\s+(?:of (?:them|its \w+)|in (?:all|total)|of the total))?[,)]?(?:\s+[–—])?\s+"
    r"(?:(?:(?:will|would|are|were|is|have|has|had|to|be|been|being|stand|could|may|now)\s+){1,4}"
    r"(?:affected|impacted|told|notified|informed|hit|out|gone|without)"
    r"|(?:will\s+|are\s+to\s+)?(?:hear|get|got|receive|received|heard)\s+(?:(?:the|their)\s+(?:news|notices?)|on|this|by))"
    r"\b(?!\s+(?:by|that|to|how|what|why|of)\b)"
)
#: A continued statement stands at most so many sentences behind the one that it continues.
REACH = 6


def carried_figures(sentence: Sentence) -> tuple[Mark | None, Mark | None]:
    """Headcount and share of such a sentence; two None where it is none."""
    if not _CARRIES.match(sentence.words):
        return None, None
    shares = [m for m in sentence.of("share") if m.value.staff]
    # Of the same people, the smaller share is one of the wider base: "30 % of the research staff and 6 % of all".
    share = min(shares, key=lambda m: m.value.amount.point, default=None)
    headcount = next((m for m in sentence.of("headcount") if _counts(m, share)), None)
    whole = re.search(r"(?i)\b(?:number|figure|total)\b", sentence.words) or _OF_ALL.match(sentence.words)
    if share is None and not whole:
        return None, None
    return headcount, share


def counts_those(sentence: Sentence, nouns: bool) -> tuple[Mark | None, Mark | None]:
    """Number and share by which such a sentence says how many go; None where it is none.

    Where `nouns`, only of people that the sentence names: "About 240 staff, or 9 %, will hear on Friday".
    """
    opens = _HOW_MANY.match(sentence.words)
    start = sentence.start + (opens.end() if opens else 0)
    roles = ("count",) if nouns else ("count", "bare")
    first = next((m for m in sentence.of("headcount") if m.value.role in roles), None)
    if first is None or first.start > start:
        return None, None
    number = bool(opens and opens["number"])
    share = next((m for m in sentence.of("share") if _ASIDE.fullmatch(sentence.text, first.end, m.start)), None)
    behind = share.end if share else first.end
    if not number and not _THEY.match(sentence.text, behind, sentence.end):
        return None, None
    return first, share


def _counts(mark: Mark, share: Mark | None) -> bool:
    """Is it a number of people, or a bare number beside the share?"""
    if mark.value.role == "count":
        return True
    return share is not None and mark.value.role == "bare" and abs(mark.start - share.start) < 60
