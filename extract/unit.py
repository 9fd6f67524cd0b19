"""The division, team, site or country to which a cut is limited, as its sentence names it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence, once
from extract.windows import before, behind
from extract.words import context

_UNIT = Expression(
    r"(?i)\b(?:in|at|from|across|within|of|on)\s+(?:its|the|their|his|our|a)?\s*"
    rf"(?P<unit>(?:(?-i:[A-Z])[\w-]+\s+and\s+(?-i:(?=[A-Z]))|(?!{context('unit.no_modifier')}\b)[\w’'&./-]+\s+){{0,5}}?{context('unit.kind')}\b(?:\s+in\s+[A-Z]\w+)?)"
    rf"|\b(?:in|across)\s+(?:the\s+)?(?P<place>{context('unit.place')}\b)"
    rf"|\b(?P<team>(?:(?-i:[A-Z])[\w&-]+\s+|{context('unit.field')}\s+(?:and\s+)?){{1,5}}{context('unit.staff')}\b)"
)
_GROUP = re.compile(rf"(?i)\s+(?:its\s+|the\s+|all\s+)?((?:[\w-]+\s+){{0,2}}?{context('unit.trade')}\b)")


#: The verb's object: "parted with its entire mobile team".
_OWN = re.compile(
    r"(?i)\s+(?:its|their|his|our|the)\s+(?:(?:entire|whole)\s+)?"
    rf"((?:(?!{context('unit.no_modifier')}\b)[\w’'&./-]+\s+){{1,4}}?{context('unit.kind')}\b)"
)

#: The passive subject, right before the words: "Acme's hardware team is on the chopping block".
_SUBJECT = Expression(
    rf"(?i)(?:[’']s|\b(?:its|their|the))\s+((?:(?!{context('unit.no_modifier')}\b)[\w’'&./-]+\s+){{1,4}}?"
    rf"{context('unit.kind')})\s+(?:is|are|was|were|has been|have been|will be)\s+(?:\w+\s+){{0,3}}$"
)


#: Between the statement and a place: another clause or a purpose begins, of which the place is told ("300 jobs, to pay
#: for the halls that it builds in Texas").
_ELSEWHERE = Expression(r"(?i)\bto\s+[a-z]+\s|\b(?:that|which|where)\s+(?:it|they|the\s+\w+)\s")
_SOME = re.compile(rf"(?i){context('unit.some')}\b")


@once
def unit(sentence: Sentence, bound: Bound) -> str | None:
    """The unit named among the statement's words or right behind them, as written; None where none is."""
    match = None if sentence.lacks(_UNIT) else _beside(sentence, bound) or next(_found(sentence, bound), None)
    if not match:
        subject = sentence.search(_SUBJECT, before(sentence, bound.start, 90))
        return subject[1] if subject else _group(sentence, bound)
    return next(g for g in match.group("unit", "place", "team") if g).strip()


def _beside(sentence: Sentence, bound: Bound) -> re.Match[str] | None:
    """The unit right behind the number."""
    return _UNIT.match(behind(sentence, bound.headcount.end, 60).lstrip()) if bound.headcount else None


def _found(sentence: Sentence, bound: Bound) -> Iterator[re.Match[str]]:
    """The units among the statement's words, but for what is its verb or its employer's staff ("Acme employees")."""
    for match in _UNIT.finditer(behind(sentence, bound.start, bound.end - bound.start + 80)):
        group = next(g for g in ("unit", "place", "team") if match[g])
        start, end = (bound.start + at for at in match.span(group))
        if group == "place" and sentence.search(_ELSEWHERE, sentence.text, bound.end, start):
            continue
        others = [*sentence.of("cut"), *sentence.of("company")] if group == "team" else []
        if not any(start < mark.end and mark.start < end for mark in others) and not _SOME.match(match[group]):
            yield match


def _group(sentence: Sentence, bound: Bound) -> str | None:
    """A group of staff, or a team, as the verb's object is a unit as well: "axed paralegals", "shut its games team"."""
    if bound.cut.value.kind not in ("object", "people", "weak"):
        return None
    match = _GROUP.match(sentence.text, bound.cut.end) or _OWN.match(sentence.text, bound.cut.end)
    counted = bound.headcount.end if bound.headcount else -1
    return match[1] if match and counted < match.end() <= sentence.end else None
