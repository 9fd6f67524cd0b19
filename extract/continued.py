"""A figure for the cut just told, in a sentence without a word for it: "That is about 8 % of all its people"."""

from __future__ import annotations

import re

from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

#: Opens a sentence that counts what the one before told.
_CARRIES = re.compile(
    rf"(?i)^\W*(?:(?:that|this|which|it|they|these)\s+{context('continued.amounts')}\b"
    r"|(?:that|this)\s+(?:figure|number|total)\b"
    r"|the\s+(?:(?:estimated|roughly|about|some)\s+)?(?:figure|number|total|reduction|cuts?|jobs|posts|roles"
    r"|positions|layoffs|redundancies|job losses|[\d,]+\s+\w+)\b"
    r"|[\w’'. ]{2,40}?\b(?:puts?|put)\s+the\s+(?:number|figure|total)\b)"
)
#: Opens a sentence that only says how many the share just told comes to: "About 65 will be affected".
_HOW_MANY = re.compile(
    r"(?i)^\W*(?:(?:in (?:all|total|figures|numbers)|altogether|overall|that means|this means),?:?\s+)?"
)
_THEY = re.compile(
    r"(?i)(?:\s+(?:of (?:them|its \w+)|in (?:all|total)))?,?\s+"
    r"(?:(?:will|would|are|were|is|have|has|had|to|be|been|being|stand|could|may|now)\s+){1,4}"
    r"(?:affected|impacted|told|notified|informed|hit|out|gone|without)\b(?!\s+(?:by|that|to|how|what|in|when|why))"
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
    if share is None and not re.search(r"(?i)\b(?:number|figure|total)\b", sentence.words):
        return None, None
    return headcount, share


def counts_those(sentence: Sentence) -> Mark | None:
    """The number by which such a sentence says how many a share comes to; None where it is none."""
    opens = _HOW_MANY.match(sentence.words)
    start = sentence.start + (opens.end() if opens else 0)
    first = next((m for m in sentence.of("headcount") if m.value.role in ("count", "bare")), None)
    if first is None or first.start > start or not _THEY.match(sentence.text, first.end, sentence.end):
        return None
    return first


def _counts(mark: Mark, share: Mark | None) -> bool:
    """Is it a number of people, or a bare number beside the share?"""
    if mark.value.role == "count":
        return True
    return share is not None and mark.value.role == "bare" and abs(mark.start - share.start) < 60
