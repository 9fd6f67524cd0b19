"""By what mechanism AI is tied to a cut: the linking phrase's own, made more exact by the sentence around it."""

from __future__ import annotations

import re

from extract.components.attribution import Link
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

_CUSTOMERS = Expression(rf"(?i)\b{context('mechanism.customers')}\b")
#: The audience goes elsewhere: "readers no longer click".
_AUDIENCE_LEFT = Expression(rf"(?i)\b{context('mechanism.audience')}\b[^.;]{{0,60}}\b{context('mechanism.left')}\b")
_LOSS = Expression(
    rf"(?i)\b(?:loss|fall|drop|decline|slump) (?:of|in) (?:its |their )?{context('mechanism.audience')}\b"
)
_AUDIENCE = Expression(r"(?i)\b(?:search traffic|traffic|students|subscribers|visitors?)\b")
_ANTICIPATED = Expression(rf"(?i)\b(?!(?-i:May)\b)(?:{context('mechanism.anticipated')}|within \w+ years|by 20\d\d)\b")


#: A restructuring "focused on AI" moves nothing yet: it is only said to be about AI.
_FOCUSED = re.compile(r"focus(?:ed|es|ing) on$|centred on$|centered on$")
_PLAN = Expression(rf"(?i)\b{context('mechanism.plan')}\b(?:,? [\w’'-]+){{0,4}},? $")
#: Characters before "focused on" in which the plan is named.
PLAN = 70
#: What is told as done already, whatever may come.
_ALREADY = Expression(r"(?i)\balready\b|\bby automating\b")
#: What begins a clause that gives the reason.
_BECAUSE = re.compile(r"(?i)\b(?:because|since|now that|as)\s(?=(?:the|its|their|an?|more|it|AI|[A-Z][\w-]+)\b)")
_MONEY = re.compile(rf"(?i)\b{context('mechanism.money')}\b")
_TASKS = re.compile(rf"(?i)\b{context('mechanism.tasks')}\b")
#: A machine that is given as the cause itself does the work: "because of this chatbot".
_BOT = Expression(r"(?i)\b(?:chat|voice )?bots?\b|\brobots?\b")
#: Characters behind the AI word in which the machine may be named ("because of this AI chatbot").
BOT = 12
#: Characters before "shifted to" in which it is told what is shifted.
MOVED = 40
_CAUSED_BY = ("because of", "due to", "thanks to", "owing to", "as a result of")
_CAUSES = ("because", "since", "now that", "as")
#: Behind "because AI": it does the work ("because robots now sort the parcels").
_WORKS = re.compile(r"(?i)[’'\"”]?\s+(?:now|already|can|can now|could)\s+(?!be\b|have\b)[a-z]+")


def mechanism(sentence: Sentence, mark: Mark) -> str:
    """replacement, reallocation, anticipated, demand_loss or unspecified (see ai_links.csv)."""
    link: Link = mark.value
    words, own = sentence.words, link.link
    if own in ("replacement", "reallocation"):
        own = _moved(sentence, mark, own)
    named = min(mark.end + BOT, sentence.end)
    if own == "unspecified" and link.phrase in _CAUSED_BY and sentence.search(_BOT, sentence.text, mark.start, named):
        own = "replacement"
    if link.phrase in _CAUSES and _WORKS.match(sentence.text[mark.end : mark.end + 40]):
        own = "replacement"
    if (
        own == "unspecified"
        and link.phrase in _CAUSES
        and sentence.search(_CUSTOMERS, sentence.text, mark.start, mark.end)
    ):
        return "demand_loss"  # "because customers build their sites with AI"
    if own == "demand_loss" and link.phrase.startswith(("turn", "switch")) and not sentence.search(_CUSTOMERS, words):
        return "unspecified"
    if own == "unspecified" and re.search(r"(?i)\bautomated\b", words):
        return "replacement"
    if own in ("unspecified", "replacement") and (
        sentence.search(_AUDIENCE_LEFT, words) or sentence.search(_LOSS, words)
    ):
        return "demand_loss"
    if own == "unspecified" and sentence.search(_AUDIENCE, words):
        return "demand_loss"
    reason = _reason(sentence, mark)
    to_come = own == "replacement" and sentence.search(_ANTICIPATED, reason) and not sentence.search(_ALREADY, words)
    return "anticipated" if to_come else own


def _reason(sentence: Sentence, mark: Mark) -> str:
    """The clause that tells what AI does ("jobs could go | as AI answers the calls"), else the whole sentence."""
    before = [m.end() for m in _BECAUSE.finditer(sentence.text, sentence.start, mark.end) if m.end() <= mark.start]
    return sentence.text[max(before, default=sentence.start) : sentence.end]


def _moved(sentence: Sentence, mark: Mark, own: str) -> str:
    """The mechanism of a phrase of moving or replacing, by what is moved."""
    phrase = mark.value.phrase
    if "..." in phrase:
        return _of_what(sentence.text[mark.start : mark.end], own)
    if own == "reallocation" and _FOCUSED.match(phrase):
        return "unspecified" if _of_a_plan(sentence, mark) else own
    if own == "reallocation" and phrase.endswith((" to", " onto")):
        return _of_what(sentence.text[max(sentence.start, mark.start - MOVED) : mark.end], own)
    return own


def _of_a_plan(sentence: Sentence, mark: Mark) -> bool:
    """Is it a plan or restructuring that is "focused on AI", and not the employer that focuses on it?"""
    return bool(sentence.search(_PLAN, sentence.text, max(sentence.start, mark.start - PLAN), mark.start))


def _of_what(words: str, own: str) -> str:
    """ "moving resources to AI" reallocates, "shifts moderation to AI" replaces: by what is moved."""
    if _MONEY.search(words):
        return "reallocation"
    return "replacement" if own == "reallocation" and _TASKS.search(words) else own
