"""Cuts that are said not to be: "no layoffs", "laid off nobody", "without job cuts"; which of them deny a cut."""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence
from extract.windows import before
from extract.words import context

#: Behind the verb: nobody ("cut no jobs"), but not "no fewer than".
_NONE = re.compile(
    r"(?i)\s+(?:(?:no|zero)\s(?!(?:fewer|less|more)\s+than\b)|(?:nobody|no-one|none|not (?:a single|one))\b)"
)
#: Behind the verb: something else is cut, and no staff ("cuts cloth, not jobs").
_NOT_JOBS = re.compile(
    r"(?i)[^,;.]{1,40}?(?:,\s+(?:and |but )?not|\s+(?:rather than|instead of|and not|but not))\s+"
    r"(?:its |their |the |any )?(?:jobs|people|staff|workers|employees|headcount|roles|positions|payroll|workforce)\b"
)
#: Before a verb: its subject is nobody ("None of its 44 tailors has been", "No clerk will be", "Nobody").
_NOBODY = Expression(
    r"(?i)\b(?:(?:nobody|no[ -]one|none(?: of [^,;.]{2,50}?)?|not (?:a single|one) [\w-]+)\s+"
    rf"(?:{context('negation.auxiliary')}\s+)*|no (?!{context('negation.no_subject')}\b)[\w-]+\s+"
    rf"(?:{context('negation.auxiliary')}\s+)+)$"
)
_NO = Expression(rf"(?i)\b{context('negation.no')}\s+(?:\w+\s+){{0,3}}$")
#: Before a cut: how something else was done, which denies nothing ("cut its debt without | job losses").
_MANNER = re.compile(r"(?i)\b(?:without|avoid(?:s|ed|ing)?|halt(?:s|ed|ing)?)\s+(?:\w+\s+){0,3}$")
#: Before a cut: it may come.
_LEFT_OPEN = re.compile(
    r"(?i)(?:\b(?:not|never|cannot|refus\w+ to|declin\w+ to)|n[’']t)\s+(?:be\s+|yet\s+)?rul(?:e|es|ed|ing) out\s+"
    r"(?:\w+\s+){0,2}$"
)
#: Someone says so: "Acme says there will be no layoffs" is a denial, and so worth an event.
_SAYS = Expression(rf"(?i)\b{context('negation.says')}\b")
_VERBS = ("people", "weak", "object", "furlough", "lose")


def nobody(sentence: Sentence, bound: Bound) -> bool:
    """Is nobody cut: "cut no jobs", "laid off nobody", "cuts cloth, not jobs", "None of its clerks has been | axed"?"""
    if _NONE.match(sentence.text, bound.cut.end):
        return True
    if bound.cut.value.kind == "object" and not bound.figures and _NOT_JOBS.match(sentence.text, bound.cut.end):
        return True
    return bound.cut.value.kind in _VERBS and bool(sentence.search(_NOBODY, before(sentence, bound.cut.start, 90)))


def negated(sentence: Sentence, bound: Bound) -> bool:
    """Is the cut said not to be ("no layoffs", "without job cuts")?"""
    lead = before(sentence, bound.start, 60)
    return bound.headcount is None and bool(sentence.search(_NO, lead)) and not left_open(lead)


def denial(sentence: Sentence, bound: Bound) -> bool:
    """Is the negated cut denied by someone, rather than told as what was spared on the way to something else?"""
    said = bound.cut.value.kind in ("noun", "freeze") and sentence.search(_SAYS)
    return bool(said) and not _MANNER.search(before(sentence, bound.start, 60))


def left_open(lead: str) -> bool:
    """Do the words before a cut leave it open ("will not rule out layoffs")?"""
    return bool(_LEFT_OPEN.search(lead))
