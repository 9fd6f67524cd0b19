"""Whether the employer speaks, anywhere in the article, of a round that others told of: then it is announced."""

from __future__ import annotations

from extract import told_by
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


def _speaks_of_cuts(sentence: Sentence, company: str) -> bool:
    words = sentence.words
    if sentence.search(_NOTHING, words) or told_by.says("denied", sentence):
        return False
    if sentence.search(_PAPERS, words):
        return True
    return bool(sentence.of("cut") or sentence.search(_OF_CUTS, words)) and told_by.speaks(sentence, company)
