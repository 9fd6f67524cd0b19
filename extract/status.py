"""How a cut is told: announced, reported, planned, considered, completed, denied or cancelled.

The words are rows of data/vocabulary/status.csv and contexts.csv. The questions are asked in this order: denial,
reversal, earlier round, weighing, sources, plans; what none of them finds is the employer's or a flat announcement.
"""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.figures import Bound
from extract.negation import left_open, negated
from extract.sentences import Sentence, once
from extract.told_by import own_voice, says, sourced
from extract.windows import before, behind
from extract.words import context

#: What is denied is the reason, not the cut.
_DENIES_AI = Expression(
    r"(?i)\b(?:denie[sd]|denial|no truth|reject(?:s|ed))\b[^.;]{0,40}\b(?:AI|artificial intelligence|automation)\b"
)
#: Before a cut: what is told of it is rejected ("dismissed a newspaper's report that", "pours cold water on talk of").
_REJECTS = Expression(
    rf"(?i)\b{context('status.rejects')}\s+(?:(?!(?:that|which|who|and|but)\b)[\w’'-]+\s+){{0,5}}?{context('status.talk')}\b"
    rf"|\b{context('status.untrue')}\b[^.;]{{0,80}}\b(?:of|about|on|to|at)\s+(?:[\w’'-]+\s+){{0,2}}?{context('status.talk')}\b"
    rf"|\b{context('status.talk')}\b[^.;]{{0,90}}\b(?:is|are|was|were)\s+(?:\w+ly\s+)?{context('status.untrue')}\b"
)
#: Before a cut: the plan for it is given up ("has abandoned a plan under which").
_GIVES_UP = Expression(
    rf"(?i)\b{context('status.gives_up')}\s+(?:(?:its|a|an|the|his|her|their|all|these|those|earlier|controversial|planned)\s+)*"
    r"(?:plans?|proposals?|decision|scheme|threat)\s+(?:to|for|of|that|which|under which|by which)\s[^.;]{0,60}$"
)
#: Before a cut: its people are taken back ("is to rehire 45 people it (let go)"), unless that is only asked for.
_TAKES_BACK = Expression(
    r"(?i)\b(?:re-?hir(?:e|es|ed|ing)|reinstat(?:e|es|ed|ing)|tak(?:e|es|en|ing) back|took back|bring(?:s|ing)? back"
    r"|brought back)\s+(?!some\b|a few\b|half\b|most\b|many\b|several\b)(?:[^.;,]|(?<=\d),(?=\d)){0,60}$"
)
_ASKED = Expression(rf"(?i)\b{context('reversal.not_so')}\b")
_DENIED_AFTER = Expression(rf"(?i)\b{context('status.denied')}\b")
_TO_COME = (
    r"\b(?:will|would|shall|(?:is|are|was|were) (?:to|set to|going to)|(?:intend|plan|expect|mean)(?:s|ed|t)? to)"
    r"\s+(?:\w+\s+){0,3}$"
)
#: Before the cut of an earlier round: it was told then as something to come.
THEN = Expression(
    rf"(?i){_TO_COME}|\b{context('status.then')}\b"
    r"(?:(?!\b(?:after|following|who|which|when|since|having|besides|addition|on top)\b)[^.;]){0,70}$"
)
#: "is cutting": not told as carried out.
_UNDER_WAY = Expression(r"(?i)\b(?:is|are)\s+(?:\w+\s+)?\w+ing(?:\s+off|\s+go)?$")
_ANNOUNCED_BEHIND = re.compile(
    r"(?i)^[^.;]{0,60}?(?:\bthat (?:it|they|he|she)|\bwere|\bwas|,|^)\s*(?:(?:had|first|already|been) )*"
    r"(?:announced|disclosed|unveiled|made known|made public)\b|^\s*(?:known|public)\b"
    r"|^\s+(?:that\s+)?(?:(?-i:[A-Z])[\w’'&.-]*\s+){1,4}(?:(?:has|had|first|already)\s+)*(?:announced|disclosed|unveiled)\b"
)
#: May, not the month.
_WEIGHED = Expression(
    r"(?i)\b(?!(?-i:May)(?:\s+(?:\d|of\b)|\s?[):,.|–—]))(?<!\b[Ii]n )(?<!\bof )(?<!\bsince )"
    rf"{context('status.weighed')}\b"
)
#: Around a cut: it depends on something ("would cut 300 jobs if the rule came").
_WOULD = re.compile(r"(?i)\bwould\s+(?:(?:have\s+to|be\s+forced\s+to|need\s+to|\w+ly)\s+)?$")
_IF = re.compile(r"(?i)[^.;]{0,60}?\s(?:if|unless)\b")
#: Where another clause begins, of which the weighing words before it do not speak.
_TURN = re.compile(r"(?i);|,\s+(?=[^,]*\bsays?\b)|\b(?:as|while|after) ")
_PERHAPS = re.compile(r"(?i)(?:may|might|could)$")
#: Before a name: it is the subject of another clause than what stands before.
_OPENS_CLAUSE = Expression(r"(?i)(?:;|\b(?:after|while|whereas|whilst|but|as|days after))\s+(?:[\w’'-]+\s+){0,3}$")
#: Where another clause begins.
_CLAUSES = (";", " while ", " but ", " whereas ")


@once
def status(sentence: Sentence, bound: Bound, background: bool, who: str = "") -> str:
    """The status, as the sentence tells the statement of `who`; `background` where it is an earlier round."""
    if left_open(before(sentence, bound.cut.start, 60)):
        return "considered"
    if _denied(sentence, bound, who):
        return "denied"
    if says("cancelled", sentence) or _given_up(sentence, bound):
        return "cancelled"
    if background:
        return _earlier(sentence, bound, who)
    own, others = own_voice(sentence, bound, who), sourced(sentence, who)
    if _WOULD.search(before(sentence, bound.cut.start, 24)) and _IF.match(behind(sentence, bound.end, 80)):
        return "considered"
    lead = before(sentence, bound.cut.end if bound.cut.value.kind == "lose" else bound.cut.start, 70)
    weighed = sentence.search(_WEIGHED, _TURN.split(lead)[-1])
    if weighed and not (others and bound.figures and _PERHAPS.search(weighed[0])):
        return "considered"
    planned = not (bound.headcount or bound.share) and says("planned", sentence, _clause(sentence, bound))
    return "planned" if planned else "reported" if others and not own else "announced"


def _given_up(sentence: Sentence, bound: Bound) -> bool:
    """Is, by the words before the cut, the plan for it given up, or are its people taken back?"""
    lead = sentence.text[sentence.start : bound.cut.start]
    if sentence.search(_GIVES_UP, lead):
        return True
    return bool(sentence.search(_TAKES_BACK, lead)) and not sentence.search(_ASKED, lead)


def _earlier(sentence: Sentence, bound: Bound, who: str) -> str:
    """Of an earlier round: announced (or reported) then, or carried out."""
    lead = sentence.text[_own_words(sentence, bound) : bound.cut.start]
    if lead and sentence.search(_UNDER_WAY, sentence.text[sentence.start : bound.cut.end]):
        return "announced"
    if not sentence.search(THEN, lead) and not _ANNOUNCED_BEHIND.match(behind(sentence, bound.end, 90)):
        return "completed"
    return "reported" if sourced(sentence, who) and not own_voice(sentence, bound, who) else "announced"


def _own_words(sentence: Sentence, bound: Bound) -> int:
    """Where the words of an earlier round begin: behind the number of the one it comes after ("300 go, after 120")."""
    figure = bound.headcount
    if bound.cut.rule == "cut.more":
        return bound.cut.start
    between = [m.end for m in sentence.of("headcount") if figure and bound.cut.start <= m.end <= figure.start]
    return max(between, default=sentence.start)


def _denied(sentence: Sentence, bound: Bound, who: str) -> bool:
    """Does the sentence deny the cut, before it or behind it?"""
    if negated(sentence, bound):
        return True
    if sentence.search(_DENIES_AI):
        return False
    before_it = sentence.text[_clause_of(sentence, bound, who) : bound.cut.end]
    behind_it = sentence.text[bound.end : sentence.end]
    rejected = says("denied", sentence, before_it) or sentence.search(_REJECTS, before_it)
    return bool(rejected or sentence.search(_DENIED_AFTER, behind_it))


def _clause_of(sentence: Sentence, bound: Bound, who: str) -> int:
    """Where the clause begins of which the employer is the subject: "Acme denies cuts after (Beta said it would …)"."""
    own = [m.start for m in sentence.of("company") if m.value.name == who and m.end <= bound.cut.start]
    opens = own and sentence.search(_OPENS_CLAUSE, sentence.text, sentence.start, own[-1])
    return own[-1] if opens else sentence.start


def _clause(sentence: Sentence, bound: Bound) -> str:
    """The words around a statement up to the clause's bounds: what tells whether it is a plan."""
    text = sentence.text
    left = max(text.rfind(mark, sentence.start, bound.start) for mark in _CLAUSES)
    ends = [end for mark in _CLAUSES if (end := text.find(mark, bound.end, sentence.end)) >= 0]
    return text[max(left, sentence.start) : min([sentence.end, *ends])]
