"""Cuts of what is no staff: "reduced its fleet by 200", "furloughed 20 jets", "laid off nobody".

A number or share of something else governs nothing, and a verb of dismissing that has a thing for its object states
no cut.
"""

from __future__ import annotations

import re
from functools import cache

from extract import words
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

_NUMBER = r"(?:\d[\d,.]*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a dozen|dozens|hundreds|thousands)"
#: What may stand between a verb and its object.
_LEAD = (
    r"(?:(?:all|half|most|some|several|many|another|about|nearly|up to|more than)\s+)?(?:of\s+)?"
    rf"(?:(?:its|the|their|these|those)\s+)?(?:{_NUMBER}\s+(?:of\s+(?:(?:its|the|their)\s+)?)?)?"
)
#: Last words before a figure that may be by how much: cheaper to ask than the expression.
_ENDS = ("by", "about", "around", "nearly", "almost", "roughly", "than", "to", "some", "least", "a", "an", "another")


@cache
def _by() -> Expression:
    """Before a figure: by so much goes down what is named, and it is no staff ("cut its debt in Spain by (30%)")."""
    staff = rf"(?:{words.workforce()}|{words.people()}|{context('other_things.maybe_staff')})\b"
    other = rf"(?:(?!{staff}|by\b|and\b)[\w’'&-]+\s+)"
    hedge = rf"(?:{context('numbers.about')}|{context('numbers.least')}|{context('numbers.most')}|a|an|another)\s+"
    return Expression(
        rf"(?i)\b(?:{context('other_things.lowers')}\s+(?:{context('other_things.own')}\s+)?"
        rf"|{context('other_things.own')}\s+){other}{{1,5}}by\s+(?:{hedge})*$"
    )


@cache
def _thing() -> Expression:
    """Behind a verb: its object is a thing, and no people stand behind it ("the robot team")."""
    return Expression(
        rf"(?i)\s+{_LEAD}(?:(?!{words.people()}\b)[\w’'-]+\s+){{0,2}}?{context('other_things.thing')}\b"
        rf"(?!-|[’']|\s+(?:and\s+)?(?:[\w’'-]+\s+){{0,2}}?(?:{words.people()}|{words.workforce()})\b)"
    )


@cache
def _things_within() -> Expression:
    """Inside a verb of two parts: "made 44 trains redundant"."""
    return Expression(rf"(?i)[\w’'-]+\s+{_LEAD}(?:[\w’'-]+\s+){{0,2}}?{context('other_things.thing')}\s+\w+")


def by_how_much(sentence: Sentence, mark: Mark) -> bool:
    """Is the figure how much something other than staff goes down: "reduced emissions by 40%"?"""
    lead = sentence.text[max(sentence.start, mark.start - 90) : mark.start]
    return lead.rstrip().endswith(_ENDS) and sentence.search(_by(), lead) is not None


def cuts_things(sentence: Sentence, cut: Mark, figure: Mark | None) -> bool:
    """Is the object of the verb a thing ("lays off its robots", "furloughs six jets"), its figure another's?

    Of the verbs that may have any object only those without a figure are asked ("axed flights and 300 jobs").
    """
    kinds = ("people", "weak", "furlough", "object") if figure is None else ("people", "furlough")
    if cut.value.kind not in kinds or (figure and figure.start < cut.end):
        return False
    thing = _thing()
    if sentence.lacks(thing):
        return False
    if _things_within().fullmatch(sentence.text, cut.start, cut.end):
        return True
    return thing.match(sentence.text, cut.end, figure.start if figure else sentence.end) is not None


@cache
def _lost() -> Expression:
    """Behind people who are lost: not to a cut but to a rival, in a fire."""
    cut = rf"(?:{words.workforce()}|lay-?offs?|cuts?|redundanc\w+|attrition|downsizing|retirement)\b"
    return Expression(
        rf"(?i)\s+(?:to\s+(?!(?:[\w’'-]+\s+){{0,3}}?{cut})(?:an?|the|its|their|other|rival|competing|poach\w+|illness)\b"
        rf"|(?:in|when|after|during)\s+(?:[\w’'-]+\s+){{0,4}}?{context('other_things.disaster')}\b"
        rf"|(?:from|off)\s+(?:[\w’'-]+\s+){{0,3}}?{context('other_things.rolls')}\b)"
    )


def of_prices(sentence: Sentence, cut: Mark, figure: Mark | None) -> bool:
    """Does the verb only go on about prices: "slashed the price of 350 items hours after Aldi had (cut) 400"?"""
    if figure is None or cut.value.kind != "object" or getattr(figure.value, "role", "") != "bare":
        return False
    people = any(m.value.role in ("count", "cut") for m in sentence.of("headcount"))
    return not people and bool(sentence.search(_PRICES, sentence.text[sentence.start : cut.start]))


def lost_otherwise(sentence: Sentence, cut: Mark, figure: Mark | None) -> bool:
    """Are the people lost or dropped in another way: to a rival, in a fire, from a register?"""
    if cut.value.kind == "lose" and _LEAVES.match(sentence.text, cut.start):
        return _OWN_WILL.match(sentence.text, cut.end, sentence.end) is not None
    if figure is None or figure.kind != "headcount" or cut.value.kind != "object" or figure.start < cut.end:
        return False
    jobs = figure.value.noun is None or figure.value.noun.startswith(("job", "role", "position", "post"))
    verb = _LOSES.match(sentence.text, cut.start)
    return bool(verb) and not jobs and _lost().match(sentence.text, figure.end, sentence.end) is not None


_PRICES = Expression(r"(?i)\b(?:prices?|fares|tariffs)\b(?! war)")
#: Behind "have left": where they went of their own will ("the firm for a rival", "to found a startup").
_OWN_WILL = re.compile(
    r"(?i)\s+(?:(?:the\s+)?(?:[\w’'&.-]+\s+){1,3})?(?:for\s+(?:(?:its|a|the|other|another)\s+){0,2}(?:rivals?\b|competitors?\b|compan|firm|job|startup|(?-i:[A-Z]))"
    r"|to\s+(?:join|found|start|set up|launch|create|pursue|work)\b)"
)
_LEAVES = re.compile(r"(?i)(?:who |have |are )?lea?(?:ve|ft|ving)\b")
_LOSES = re.compile(r"(?i)(?:los(?:e|t|ing)|drop|remov|purg|cut)")
