"""Cuts that a sentence only speaks of: that software tracks, that people fear, study, or need help with."""

from __future__ import annotations

import re
from functools import cache

from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence
from extract.windows import before, behind
from extract.words import context


@cache
def _observed() -> Expression:
    """Before a noun: somebody or something looks at cuts in general, helps with them, asks about them."""
    return Expression(
        rf"(?i)(?:\b{context('spoken_of.observes')}\s+(?:{context('spoken_of.kind')}\s+)*$"
        rf"|\b{context('spoken_of.helps')}\b[^,;.:]{{0,50}}\b{context('spoken_of.with')}\s+(?:[\w-]+\s+)?$"
        rf"|\b{context('spoken_of.asks')}\b[^,;.:]{{0,50}}\b(?:about|on|over)\s+(?:{context('spoken_of.kind')}\s+)*$"
        rf"|\b{context('spoken_of.anyone')}\s+(?:who\s+(?:were|was|are|is|have been|had been)\s+)?"
        rf"(?:affected|hit|impacted|displaced|hurt)\s+by\s+(?:{context('spoken_of.some')}\s+)*$"
        rf"|\bblam(?:e|es|ed|ing)\b[^,;.:]{{0,50}}\bon\s+(?:{context('spoken_of.kind')}\s+)*$"
        rf"|\b{context('spoken_of.made')}\s+(?:that|which|about|on|to|for|of)\b[^,;.:]{{0,40}}$)"
    )


@cache
def _feared() -> Expression:
    """Behind a noun: "layoff (fears)", "job cuts (rumours)"; "layoffs (are coming in tech)"."""
    return Expression(
        rf"(?i)[- ]{context('spoken_of.fears')}\b|\s+(?:lead|leads)\s+to\b"
        rf"|\s+(?:{context('spoken_of.ahead')}\s+)+(?:in|across)\s+(?!(?:its|the|their)\b)(?-i:[a-z])"
    )


#: Around "laid off": anyone whom an employer let go ("free courses for the | laid off").
_THE = re.compile(r"(?i)\bthe\s$")
#: Before "laid off": nobody in particular ("counts being | laid off", "a hub for people who've been | laid off").
_BEING = re.compile(rf"(?i)\b{context('spoken_of.thought')} being\s$")
_FOR_PEOPLE = re.compile(
    rf"(?i)\b(?:for|to|helps?|helping|among|connects?)\s+(?:{context('spoken_of.anyone')}|workers|employees)\s+"
    r"(?:who|that)(?:[’'](?:ve|re))?\s+(?:(?:have|had|has|were|was|are|been|got|get|just|recently|newly)\s+)*$"
)
#: Before "laid-off": a thing made for them ("a job board for | laid-off workers").
_MADE_FOR = re.compile(
    rf"(?i)\b{context('spoken_of.made_for')}\s+(?:[\w-]+\s+){{0,2}}for\s+(?:(?:recently|newly|the)\s+)?$"
)
_CLOSES = re.compile(r"(?i)\s*(?:$|\n|[.,;:!?]|(?:in|to|who|and|with|find|are|is|were|can|may|will)\b)")


def spoken_of(sentence: Sentence, bound: Bound) -> bool:
    """Does the sentence only speak of cuts, of which it states no figure?"""
    if bound.figures:
        return False
    if bound.cut.value.kind == "people":
        lead = before(sentence, bound.cut.start, 90)
        if _BEING.search(lead) or _FOR_PEOPLE.search(lead) or _MADE_FOR.search(lead):
            return True
        return bool(_THE.search(lead[-5:]) and _CLOSES.match(sentence.text, bound.cut.end))
    if bound.cut.value.kind != "noun":
        return False
    feared = _feared()
    if not sentence.lacks(feared) and feared.match(behind(sentence, bound.cut.end, 24)):
        return True
    return sentence.search(_observed(), before(sentence, bound.cut.start, 110)) is not None
