"""Whether the employer speaks, anywhere in the article, of a round that others told of: then it is announced."""

from __future__ import annotations

from extract import told_by, words
from extract.expression import Expression
from extract.rounds import Round
from extract.sentences import Sentence
from extract.words import context

#: It says nothing, or that it is not so.
_NOTHING = Expression(rf"(?i)\b{context('confirming.nothing')}\b")
#: Papers that an employer writes about nothing else.
_PAPERS = Expression(rf"(?i)\b{context('confirming.papers')}\b")
#: It will not speak of it at all.
_SILENT = Expression(rf"(?i)\b{context('confirming.silent')}\b")
#: It says that what is told of it is not so.
_NOT_SO = Expression(
    rf"(?i)\b{context('status.rejects')}\s+(?:it|this|(?:(?:all|any|the|these|those|such|both|that)\s+)"
    rf"(?:[\w’'-]+\s+){{0,2}}?{context('status.talk')})\b|\bno truth (?:in|to)\b"
    rf"|\b(?:{context('status.talk')}|this|that|it|they|these|[’']s)\s+(?:(?:is|are|was|were)\s+)?(?:\w+ly\s+)?"
    rf"{context('status.untrue')}\b"
)
_IT_DOES = Expression(
    rf"(?i)\b(?:it|they|the (?:[\w-]+ )?(?:{words.descriptors()}|company|firm)|spokes\w+|executives?)\s+"
    rf"(?:(?:has|have|had|later|also|flatly|strongly|since)\s+)*{context('status.rejects')}\b"
)
_OF_AI = Expression(r"\b(?:AI|A\.I\.|(?i:artificial intelligence|automation))\b")
#: The words of those who are not the employer: a rumour.
_TALK = Expression(
    rf"(?i)\b(?:reported|wrote|claimed|according to|sources|media|had it that|{context('status.talk')})\b"
)
#: What it speaks of are the cuts.
_OF_CUTS = Expression(rf"(?i)\b{context('confirming.of_cuts')}\b")
#: Sentences from the round in which it speaks: in an article about several employers, and about one.
REACH, FAR = 3, 60


def confirmed(found: list[Sentence], r: Round, single: bool) -> bool:
    """Does the employer, by its name, its people or its papers, speak of the cuts?"""
    first, last = r.statements[0].index, r.statements[-1].index
    near = found[max(first - FAR, 0) : last + FAR] if single else found[first : last + REACH]
    if any(s.search(_SILENT) for s in near):
        return False
    return any(_speaks_of_cuts(s, r.company) for s in near)


def contradicted(found: list[Sentence], r: Round) -> bool:
    """Is it a rumour, of which the employer says in a sentence without a figure that it is not so?"""
    if r.background or not all(s.status != "completed" and s.sentence.search(_TALK) for s in r.figured or r.statements):
        return False
    first, last = r.statements[0].index, r.statements[-1].index
    near = found[max(first - REACH, 0) : last + REACH + 1]
    own = {s.index for s in r.statements}
    return any(_says_not_so(s, r.company) for s in near if found.index(s) not in own)


def _says_not_so(sentence: Sentence, company: str) -> bool:
    if sentence.of("headcount") or sentence.of("share") or sentence.search(_OF_AI):
        return False
    match = sentence.search(_NOT_SO)
    if match is None:
        return False
    named = any(m.value.name == company and m.end + 12 > sentence.start + match.start() for m in sentence.of("company"))
    return named or bool(sentence.search(_IT_DOES)) or told_by.speaks(sentence, company)


def _speaks_of_cuts(sentence: Sentence, company: str) -> bool:
    told = sentence.words
    if sentence.search(_NOTHING, told) or told_by.says("denied", sentence):
        return False
    if sentence.search(_PAPERS, told):
        return True
    return bool(sentence.of("cut") or sentence.search(_OF_CUTS, told)) and told_by.speaks(sentence, company)
