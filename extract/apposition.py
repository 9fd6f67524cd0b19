"""How two marks of a sentence stand to each other: in apposition, parted by another employer, a part of the other."""

from __future__ import annotations

import re

from extract import words
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.windows import before
from extract.words import context

#: Between two figures of one statement: "…, or 5 %", "… which is about", "… (", "… amounting to".
_APPOSED = re.compile(
    rf"(?i)^(?:(?:\s+[\w’'.]+){{0,6}}\s*(?=[–—(]))?[\s\"”’]*"
    rf"(?:[,(–—:/|-]|\b{context('apposition.link')}\b|\b{context('apposition.amounts')})"
    rf"(?:(?!\b{context('apposition.not_apposed')}\b)[^;.\n]|\.(?=\d)){{0,75}}$"
)
_PART = Expression(rf"(?i)\b{context('apposition.part')}(?:\s+[\w’'-]+){{0,3}}\s*$")
_PART_AFTER = re.compile(
    rf"(?i)\s*(?:among them\b|of {context('apposition.rest')}\b|in [A-Z]\w+ alone\b|alone\b|fewer\b)"
)
#: Before a number "of them": they are the staff who were told ("told staff on Monday that | 230 of them must go").
_TOLD_STAFF = Expression(
    rf"(?i)\b(?:told|tells|informed|notified|warned)\s+(?:(?:its|his|her|their|all|the)\s+)?"
    rf"{words.workforce()}\b[^;.]{{0,40}}$"
    rf"|\b{words.workforce()}\s+(?:(?:have|had|has)\s+been|were|was|are\s+being)\s+"
    r"(?:told|informed|notified|warned)\b[^;.]{0,40}$"
)
#: Several rounds summed up, of which the figure is none: "together the two rounds add up to".
_SUM_OF_ROUNDS = Expression(
    r"(?i)\b(?:together|combined|taken together),?\s[^;.]{0,60}\b(?:rounds|cuts|layoffs|reductions)\b[^;.]{0,30}"
    r"\b(?:adds?|amounts?|comes?|totals?|brings?|makes?|represents?)\b[^;.]{0,40}$"
)
#: Behind a number: those of whom it is a part, and up to a verb that cuts them.
_OF_THEM = re.compile(r"\s+of (?:them|those|these)\b")
_UP_TO = re.compile(r"\s+of (?:them|those|these)\b(?:\s[\w’'-]+){0,5}\s*")
_PEOPLE = Expression(rf"(?i)\b{words.people()}\b")
_DOING = ("people", "object", "weak", "lose")
_RATE = re.compile(
    r"(?i)\s+(?:(?!(?:in|for|within|after|over)\b)\w+\s+)?(?:(?:a|per|each|every)\s+(?:year|month|week|day)\b|annually)"
)
_BELONGS = Expression(r"(?i)\b(?:at|of|in|by|for|from)\s+(?:the\s+)?$")


def apposed(sentence: Sentence, one: Mark, other: Mark) -> bool:
    """Do two figures say one thing: "1,200 jobs, or 5 % of its staff", "5 % (1,200 jobs)"?"""
    first, second = sorted((one, other), key=lambda m: m.start)
    if company_between(sentence, first, second):
        return False
    gap = sentence.text[first.end : second.start]
    return gap.strip() in ("", "(") or bool(_APPOSED.match(gap))


def company_between(sentence: Sentence, one: Mark, other: Mark) -> bool:
    """Does another employer stand between the marks, other than as owner or place ("at Acme", "Acme's")?"""
    low, high = min(one.end, other.end), max(one.start, other.start)
    return any(
        low <= c.start
        and c.end <= high
        and not sentence.text[c.end : c.end + 2].startswith(("’s", "'s"))
        and not sentence.search(_BELONGS, sentence.text[low : c.start])
        for c in sentence.of("company")
    )


def distance(one: Mark, other: Mark) -> int:
    """Characters between the nearer ends of two marks."""
    return min(abs(one.end - other.start), abs(other.end - one.start))


#: In a figure: it is so many of those told before ("40 of the 300 jobs"), not of all staff ("40 of the 300 workers").
_OF_THOSE = re.compile(r"\d\s+of\s+(?:the|those|these)\s")
_ALL_STAFF = re.compile(r"(?i)[\d,]+\s+(?:[\w-]+\s+)?(?:employees|workers|staff|staffers|people)")


def part(sentence: Sentence, mark: Mark) -> bool:
    """Is the figure told as a part of another one ("including 630 in California", "3,800 of them in Germany")?"""
    if _RATE.match(sentence.text[mark.end : mark.end + 30]):
        return True
    if mark.kind == "headcount" and (of_those := _OF_THOSE.search(sentence.text, mark.start, mark.end)):
        return not _ALL_STAFF.fullmatch(sentence.text, of_those.end(), mark.end)
    if sentence.search(_SUM_OF_ROUNDS, before(sentence, mark.start, 120)):
        return True
    lead = before(sentence, mark.start, 40)
    earlier = any(h.end < mark.start for h in (*sentence.of("headcount"), *sentence.of("share")))
    found = sentence.search(_PART, lead)
    at = mark.start - len(lead) + found.start() if found else -1
    in_name = any(c.start <= at < c.end for c in sentence.of("company"))  # "(First) Quantum Minerals"
    included = found and not in_name and (earlier or not re.search(r"(?i)\binclud", lead))
    told = not earlier and sentence.search(_TOLD_STAFF, before(sentence, mark.start, 70))
    cut = told or _those_cut(sentence, mark)
    return bool(included or (not cut and _PART_AFTER.match(sentence.text, mark.end)))


def _those_cut(sentence: Sentence, mark: Mark) -> bool:
    """Are they a part of the staff, all of whom are cut: "it will lay off 230 of them", "40 of them were dismissed"?"""
    if not _OF_THEM.match(sentence.text, mark.end):
        return False
    cuts = [c for c in sentence.of("cut") if c.value.kind in _DOING]
    whole = [h for h in sentence.of("headcount") if h.end < mark.start]
    if any(c.start < h.start for c in cuts for h in whole):
        return False  # "cut 300 jobs, 230 of them in Spain"
    if any(
        c.start < mark.start <= c.end or 0 <= mark.start - c.end <= 1 for c in cuts if _of_people(sentence, c, mark)
    ):
        return True
    behind = [c for c in cuts if c.start > mark.end]
    return (
        bool(behind) and len(behind) == len(cuts) and bool(_UP_TO.fullmatch(sentence.text, mark.end, behind[0].start))
    )


def _of_people(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    """Is the verb one of people only, or are people named before ("slashes 1,500 of them" may be prices)?"""
    return cut.value.kind == "people" or bool(sentence.search(_PEOPLE, sentence.text, sentence.start, mark.start))
