"""Whether a round has substance enough for an event, or is only a word about cuts."""

from __future__ import annotations

import re

from extract.about import About
from extract.rounds import Round
from extract.statements import Statement
from extract.stating import same_number
from extract.told_by import says
from extract.words import context

#: Between an employer and "layoffs": it does something about them.
_DOES = re.compile(rf"(?i)\b{context('substance.does')}\b")
#: Before the cut: it only begins, or may come.
_BEGUN = re.compile(rf"(?i)\b{context('substance.begun')}\b[^.;,]{{0,40}}$")
#: Before a noun: it is only what is asked or known about.
_ABOUT = re.compile(r"(?i)\b(?:information|details|questions|documents|records)\s+(?:about|on)\s+(?:[\w’'-]+\s+){0,5}$")
_COULD = re.compile(r"(?i)\bcould\b[^.;]{0,30}$")
_IN_PASSING = re.compile(r"(?i),\s+(?:which|who)\s+(?:\w+\s+)?(?:has|have|had)\s+no\s+(?:plans?|intentions?)\b")
#: Before a hiring freeze: others only expect it.
_HEARSAY = re.compile(
    r"(?i)\b(?:was|were|is|are|being)\s+(?:\w+ly\s+)?(?:expected|rumou?red|tipped|thought|believed|likely)\s+to\b[^.;]*$"
)
#: Least score of an employer whose cut counts without a figure, and with a unit only.
LIKELY, SURE = 60, 70


def is_event(r: Round, about: About) -> bool:
    """A round counts with a figure or a unit; without, only of the company that the article is about."""
    if r.figured or (r.action == "hiring_freeze" and _freezes(r, about)):
        return r.figured != [] or not _hearsay(r)
    strong = [s for s in r.statements if s.who.score >= LIKELY and _does(s)]
    if all(_begun(s) or _ruled_out(s) for s in strong):
        return False
    if any(s.who.score >= SURE and same_number(s.sentence, s.bound) for s in strong):
        return True
    if any(s.unit and s.who.score >= SURE and s.bound.cut.value.kind != "noun" for s in strong):
        return True
    return r.company in about.headline or (r.company == about.name and any(s.index <= 2 for s in strong))


def told_alone(kept: list[Round]) -> list[Round]:
    """The rounds, without those earlier ones of which nothing is told beside the same employer's news."""
    news = {r.company for r in kept if not r.background}
    return [r for r in kept if not (r.background and r.company in news and _bare(r))]


def _bare(r: Round) -> bool:
    """Has the round neither figure nor unit, and is it a plain layoff?"""
    same = any(same_number(s.sentence, s.bound) for s in r.statements)
    return r.action == "layoff" and not (r.figured or same or any(s.unit for s in r.statements))


def _hearsay(r: Round) -> bool:
    """Do others only expect it?"""
    return all(_HEARSAY.search(s.sentence.text[s.sentence.start : s.bound.start]) for s in r.statements)


def _freezes(r: Round, about: About) -> bool:
    """Is it the topic that freezes hiring, or one whose name stands where an employer's does?"""
    return r.company == about.name or any(s.who.score >= LIKELY for s in r.statements)


def _does(s: Statement) -> bool:
    """Is a noun ("layoffs") the employer's own doing, and not only near it ("thanks to a wave of layoffs")?"""
    position = s.who.rule.split(".")[1]
    if s.bound.cut.value.kind != "noun" or s.who.mark is None or position not in ("subject", "before", "executive"):
        return True
    return bool(_DOES.search(s.sentence.text[s.who.mark.end : s.bound.cut.start]))


def _begun(s: Statement) -> bool:
    """Only the beginning of cuts told before, or a mere possibility ("could mean more layoffs")?"""
    words = s.sentence.text[s.sentence.start : s.bound.start]
    if _COULD.search(words) or _ABOUT.search(words):
        return True
    open_status = s.status in ("considered", "announced", "reported", "planned")
    return open_status and not s.sentence.title and bool(_BEGUN.search(words))


def _ruled_out(s: Statement) -> bool:
    """Is the denial no more than "rules out", or told in passing ("Acme, which has no plans for cuts, opened …")?"""
    if s.status != "denied":
        return False
    rest = s.sentence.words.replace("ules out", "").replace("uled out", "")
    return bool(_IN_PASSING.search(s.sentence.words)) or not says("denied", s.sentence, rest)
