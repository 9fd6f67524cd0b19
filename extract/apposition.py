"""How two marks of a sentence stand to each other: in apposition, parted by another employer, a part of the other."""

from __future__ import annotations

import re

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
#: Several rounds summed up, of which the figure is none: "together the two rounds add up to".
_SUM_OF_ROUNDS = Expression(
    r"(?i)\b(?:together|combined|taken together),?\s[^;.]{0,60}\b(?:rounds|cuts|layoffs|reductions)\b[^;.]{0,30}"
    r"\b(?:adds?|amounts?|comes?|totals?|brings?|makes?|represents?)\b[^;.]{0,40}$"
)
#: Before "500 of them": those spoken to, of whom so many go ("told workers in May that").
_TOLD_STAFF = Expression(
    r"(?i)\b(?:told|informed|notified|warned|wrote to|emailed)\s+(?:[\w’'-]+\s+){0,4}?"
    r"(?:staff|workers|employees|people)\b"
    r"[^;.]{0,50}\s(?:that\s+)?(?:some\s+|about\s+|around\s+|as many as\s+|up to\s+)?$"
)
_RATE = re.compile(r"(?i)\s+(?:\w+\s+)?(?:(?:a|per|each|every)\s+(?:year|month|week|day)\b|annually)")
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


def part(sentence: Sentence, mark: Mark) -> bool:
    """Is the figure told as a part of another one ("including 630 in California", "3,800 of them in Germany")?"""
    if _RATE.match(sentence.text[mark.end : mark.end + 30]):
        return True
    of_those = re.search(r"\d\s+of\s+(?:the|those|these)\s", sentence.text[mark.start : mark.end])
    if of_those and mark.kind == "headcount":
        return True
    if sentence.search(_SUM_OF_ROUNDS, before(sentence, mark.start, 120)):
        return True
    lead = before(sentence, mark.start, 40)
    earlier = any(h.end < mark.start for h in (*sentence.of("headcount"), *sentence.of("share")))
    found = sentence.search(_PART, lead)
    at = mark.start - len(lead) + found.start() if found else -1
    in_name = any(c.start <= at < c.end for c in sentence.of("company"))  # "(First) Quantum Minerals"
    if not earlier and sentence.search(_TOLD_STAFF, before(sentence, mark.start, 90)):
        return False
    included = found and not in_name and (earlier or not re.search(r"(?i)\binclud", lead))
    return bool(included or _PART_AFTER.match(sentence.text, mark.end))
