"""Cuts that a sentence tells of somebody else than the employer named: of rivals, of those whose people it hires."""

from __future__ import annotations

import re
from functools import cache

from extract.expression import Expression
from extract.figures import Bound
from extract.marks import Mark
from extract.sentences import Sentence, once
from extract.windows import before, behind
from extract.words import context


@cache
def _others() -> str:
    """Other employers, without a name: "its rivals", "other firms", "the county's closed factories"."""
    apart = rf"(?:{context('elsewhere.apart')}|(?:the\s+)?{context('elsewhere.region')}[’']s(?:\s+closed)?)"
    houses = rf"(?:{context('elsewhere.houses')}|{context('false_cuts.employers')})"
    return rf"(?:(?i:{context('elsewhere.rivals')}|{apart}\s+(?:[\w-]+\s+)?{houses})(?![’']?\w)(?!\s+[A-Z]))"


@cache
def _at_others() -> Expression:
    """Behind a cut and its figure: "by rivals", "at its competitors", "from other firms", "elsewhere"."""
    return Expression(
        rf"\s+(?:(?i:people|workers|employees|staff)\s+)?"
        rf"(?:(?i:at|by|among|across|from|in|of)\s+(?:(?i:its|their|the|some|many|several|two|three|a|an)\s+){{0,2}}"
        rf"(?i:[a-z-]+\s+)??(?:{_others()})|(?i:elsewhere)\b(?!\s+in\s+(?:the|its)\s+(?:company|group|business)))"
    )


@cache
def _of_others() -> Expression:
    """Before a cut: "rivals’ | layoffs", "its competitors have | laid off"."""
    return Expression(
        rf"(?:\b(?i:rivals|competitors|peers)[’']\s+(?:[\w-]+\s+){{0,2}}$"
        rf"|(?:^|[,;:.]\s+|(?i:\b(?:and|but|as|while|when|after|since|because|that)\s+))\W*"
        rf"(?:(?i:its|their|some|many|several|the|most|all)\s+){{0,2}}(?:[a-z-]+\s+)?{_others()}\s+"
        rf"(?:(?i:{context('elsewhere.auxiliary')})\s+)*$"
        rf"|(?i:(?:%|\b{context('elsewhere.portion')})\s+(?:of\s+)?(?:the\s+|all\s+)?(?:[a-z-]+\s+)?"
        rf"{context('false_cuts.employers')}\s+(?:{context('elsewhere.auxiliary')}\s+)*$))"
    )


@cache
def _takes_on() -> Expression:
    """Before people laid off: the employer takes them on, so that it is not the one that let them go."""
    return Expression(
        rf"(?i)\b(?:{context('elsewhere.takes_on')}|(?:donat|pledg)\w+\b[^,;.]{{0,30}}\bto)\s+"
        r"(?:(?:up|on|in)\s+)?(?:(?:to|for)\s+)?"
        r"(?:(?:more than|at least|up to|about|some|nearly|over|many)\s+)*$"
    )


@cache
def _costs_others() -> Expression:
    """From a verb to its figure: "cost its rivals (2,000 jobs)"."""
    return Expression(rf"\s+(?:(?i:its|their|the|some|many|several)\s+)?(?:[a-z-]+\s+)?{_others()}\s+")


#: From other employers to one of them that is named: "rivals such as Acme".
_NAMED = re.compile(r"(?:[\s,(]|such as|like|including|among them|and|[A-Z][\w’'.&-]*)*")
_GONE = re.compile(
    r"(?i)(?:laid|lay)[- ]off|let[- ]go|made redundant|retrenched|sacked|fired|axed|los(?:e|t|ing)\b|who\b"
)


@once
def of_others(sentence: Sentence, bound: Bound, mark: Mark | None) -> bool:
    """Are the cuts told those of other employers than the one whose name is `mark`?"""
    others = _at_others()
    found = None if sentence.lacks(others) else others.match(behind(sentence, bound.end, 90))
    if found and not (mark and mark.start >= bound.end and _is_one_of_them(sentence, bound.end + found.end(), mark)):
        return True
    if bound.headcount and _costs_others().fullmatch(sentence.text, bound.cut.end, bound.headcount.start):
        return True
    active = not sentence.text[bound.cut.start : bound.cut.end].lower().endswith("ing")
    if (
        active
        and (mark is None or mark.end <= bound.start or mark.start >= bound.end)
        and sentence.search(_of_others(), before(sentence, bound.cut.start, 90))
    ):
        return True
    return _taken_on(sentence, bound)


def _is_one_of_them(sentence: Sentence, at: int, mark: Mark) -> bool:
    return bool(_NAMED.fullmatch(sentence.text, at, mark.start))


def _taken_on(sentence: Sentence, bound: Bound) -> bool:
    """Are those laid off only told as people whom somebody takes on: "has hired 35 engineers laid off by Acme"?"""
    if bound.cut.value.kind not in ("people", "weak", "lose") or not _GONE.match(sentence.text, bound.cut.start):
        return False
    if sentence.text.startswith(("the ", "those "), bound.start):  # "pays the 900 laid-off employees": its own
        return False
    lead = before(sentence, bound.start, 50)
    found = sentence.search(_takes_on(), lead)
    at = bound.start - len(lead) + found.start() if found else -1
    return found is not None and not any(m.start < at < m.end for m in sentence.of("company"))  # "Lantana (Pay)"
