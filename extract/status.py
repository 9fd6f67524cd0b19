"""How a cut is told: announced, reported, planned, considered, completed, denied or cancelled.

The words are rows of data/vocabulary/status.csv and contexts.csv. The questions are asked in this order: denial,
reversal, earlier round, weighing, sources, plans; what none of them finds is the employer's or a flat announcement.
"""

from __future__ import annotations

import re
from functools import cache

from extract import vocabulary, words
from extract.false_cuts import negated
from extract.figures import Bound
from extract.sentences import Sentence
from extract.voices import known_voice
from extract.windows import before, behind
from extract.words import context

#: What is denied is the reason, not the cut.
_DENIES_AI = re.compile(
    r"(?i)\b(?:denie[sd]|denial|no truth)\b[^.;]{0,30}\b(?:AI|artificial intelligence|automation)\b"
)
_DENIED_AFTER = re.compile(rf"(?i)\b{context('status.denied')}\b")
#: Of an earlier round: announced then ("said it would cut"), not told as carried out.
_ANNOUNCED_THEN = re.compile(rf"(?i)\b{context('status.then')}\b[^.;]{{0,70}}$")
_WEIGHED = re.compile(rf"(?i)\b{context('status.weighed')}\b")
#: A news outlet tells it: behind its name, before its name, or with no name at all.
_PRESS = re.compile(
    r"(?i)^[’']?s?\s*(?:\([^)]*\)\s*)?(?:has |had |have |first |later |also |exclusively )*"
    r"(?:reports?\b|reported|writes|wrote|revealed)|^\s+(?:sources|report)\b"
)
_PRESS_BEFORE = re.compile(rf"(?i)\b{context('status.press_before')}\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,2}}$")
_PRESS_UNNAMED = re.compile(
    r"(?i)\baccording to (?:an?|the) (?:[\w’'.]+ ){0,4}report\b"
    r"|\b(?:newspapers?|media|outlets?)\b[^.;]{0,60}\breported\b"
)
#: The employer itself speaks: before the cut, or anywhere in the sentence.
_OWN_BEFORE = re.compile(rf"(?i)\b{context('status.own_before')}\b")
_OWN = re.compile(rf"(?i)\b{context('status.own')}\b")
#: Where another clause begins.
_CLAUSES = (";", " while ", " but ", " whereas ")


@cache
def _phrases(status: str) -> re.Pattern[str]:
    """The phrases of one status in status.csv; "..." stands for up to four words."""
    gap = r"(?:\s+[\w’'-]+){0,4}\s+"
    rows = [row["phrase"].split("...") for row in vocabulary.table("status.csv") if row["status"] == status]
    forms = (gap.join(words.alternation([part.strip()]) for part in row) for row in rows)
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(forms)})(?![\w-])")


def says(status: str, text: str) -> bool:
    """Do the words of this status stand in the text?"""
    return bool(_phrases(status).search(text))


def status(sentence: Sentence, bound: Bound, background: bool) -> str:
    """The status, as the sentence tells the statement; `background` where it is an earlier round."""
    if _denied(sentence, bound):
        return "denied"
    if says("cancelled", sentence.words):
        return "cancelled"
    if background:
        then = _ANNOUNCED_THEN.search(sentence.text[sentence.start : bound.cut.start])
        return "announced" if then else "completed"
    if _WEIGHED.search(before(sentence, bound.cut.start, 70)):
        return "considered"
    planned = not (bound.headcount or bound.share) and says("planned", _clause(sentence, bound))
    if (says("reported", sentence.words) or _press(sentence)) and not _own_voice(sentence, bound):
        return "planned" if planned else "reported"
    return "planned" if planned else "announced"


def _denied(sentence: Sentence, bound: Bound) -> bool:
    """Does the sentence deny the cut, before it or behind it?"""
    denied = says("denied", sentence.text[sentence.start : bound.cut.end]) and not _DENIES_AI.search(sentence.words)
    return denied or negated(sentence, bound) or bool(_DENIED_AFTER.search(sentence.text[bound.end : sentence.end]))


def _clause(sentence: Sentence, bound: Bound) -> str:
    """The words around a statement up to the clause's bounds: what tells whether it is a plan."""
    text = sentence.text
    left = max(text.rfind(mark, sentence.start, bound.start) for mark in _CLAUSES)
    ends = [end for mark in _CLAUSES if (end := text.find(mark, bound.end, sentence.end)) >= 0]
    return text[max(left, sentence.start) : min([sentence.end, *ends])]


def _press(sentence: Sentence) -> bool:
    """Does a news outlet stand as the one who tells it?"""
    return bool(_PRESS_UNNAMED.search(sentence.words)) or any(
        _PRESS.match(behind(sentence, mark.end, 40)) or _PRESS_BEFORE.search(before(sentence, mark.start, 50))
        for mark in sentence.of("company")
        if known_voice(mark)
    )


def _own_voice(sentence: Sentence, bound: Bound) -> bool:
    """Does the employer itself speak in the sentence (announced, memo, filing, spokesperson, chief executive)?"""
    lead = sentence.text[sentence.start : bound.cut.start]
    return bool(_OWN_BEFORE.search(lead) or _OWN.search(sentence.words))
