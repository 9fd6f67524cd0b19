"""How a voice on AI speaks: stance, strength, and for how many people alone."""

from __future__ import annotations

import re

from extract.amounts import Amount
from extract.attributions import OWN
from extract.expression import Expression
from extract.marks import Mark
from extract.rounds import Round
from extract.sentences import Sentence
from extract.speaker import clause
from extract.speaker_kind import Speaker
from extract.words import context

#: Before a link: it stands beside the cut only ("amid a strategy driven by AI").
_BESIDE = Expression(rf"(?i)\b{context('strength.beside')}\b[^,;]{{0,110}}$")
_EXCUSE = Expression(r"(?i)\b(?:the|an?) (?:\w+ )?(?:excuse|pretext|smokescreen|scapegoat|fig leaf|cover)\b")
_AS_IT = Expression(r"(?i)\b(?:as|while|when|after) (?:it|the \w+) $")
#: "as the company pushes its staff to use AI": what else happens, unlike "as it leans on AI".
_MEANWHILE = Expression(
    rf"(?i)\b(?:as|while|when|after) (?:it|(?:the|its) (?:[\w-]+ ){{0,2}}[\w-]+) (?:also |has |had |is |was )*"
    rf"{context('strength.meanwhile')}\b[^,;]*$"
)
_PARTLY = Expression(rf"(?i)\b{context('strength.contributing')}\b")
#: Other reasons stand in a row with AI: "driven by a merger, a lost client and productivity gains from AI".
_ROW = Expression(rf"(?i)\s*(?:,|\band\b|\bas well as\b)[^.;]{{0,40}}\b{context('strength.reasons')}\b")
_ROW_BEFORE = Expression(rf"(?i)\b{context('strength.reasons')}\b[^.;]{{0,30}}(?:,|\band\b)[^.;,]*$")
#: Behind a number: it is a part of the cut ("10,000 of the 55,000", "150 of which").
_PART = re.compile(r"(?i)\s+(?:[\w-]+\s+){0,3}?of (?:the|those|these|them|which|whom|its|that)\b|\s+of \d")
#: Before a number: the cut of which it is a part ("Of the 400 jobs, 150 are …").
_OF_WHOLE = Expression(r"(?i)\bof (?:the|those|its|them)\b[^.;]{0,40},\s*$")
#: Characters between the number and the link to AI.
NEAR = 90


def stance(sentence: Sentence, mark: Mark, who: Speaker) -> str:
    """asserts, doubts or denies; what an outsider denies is doubted, since only the employer can deny its reason, and
    nobody calls the own reason an excuse."""
    said: str = mark.value.stance
    return "doubts" if said == "denies" and (who.kind not in OWN or sentence.search(_EXCUSE)) else said


def strength(sentence: Sentence, mark: Mark) -> str:
    """explicit, contributing where AI is told as one of several reasons, or context where it stands beside the cut."""
    if mark.value.stance != "asserts":
        return "explicit"
    words = clause(sentence, mark)
    if sentence.search(_BESIDE, sentence.text, sentence.start, mark.start) or _meanwhile(sentence, mark):
        return "context"
    behind = sentence.text[mark.end : min(mark.end + 80, sentence.end)]
    before = sentence.text[max(sentence.start, mark.start - 60) : mark.end]
    if (
        sentence.search(_PARTLY, words)
        or _ROW.match(behind)
        or sentence.search(_ROW, before)
        or sentence.search(_ROW_BEFORE, before)
    ):
        return "contributing"
    return "explicit"


def _meanwhile(sentence: Sentence, mark: Mark) -> bool:
    """Is AI brought in at the time of the cut, no more: "as it rolls out AI tools"?"""
    before = sentence.text[sentence.start : mark.start]
    if sentence.search(_MEANWHILE, before):
        return True
    return (mark.value.phrase.startswith("roll") or mark.value.phrase in ("moves to", "moving to")) and bool(
        sentence.search(_AS_IT, before)
    )


def people(sentence: Sentence, mark: Mark, r: Round) -> Amount | None:
    """The number that the sentence gives for AI alone, less than the round's: "10,000 of the 55,000 jobs"."""
    told = r.headcount()
    whole = told.headcount if told else None
    if whole is None or mark.value.stance != "asserts":
        return None
    for number in sentence.of("headcount"):
        amount: Amount = number.value.amount
        gap = max(mark.start - number.end, number.start - mark.end, 0)
        part = _PART.search(sentence.text[number.start : number.end + 40])
        part = part or sentence.search(_OF_WHOLE, sentence.text, sentence.start, number.start)
        if gap <= NEAR and amount.point < whole.point and part:
            return amount
    return None
