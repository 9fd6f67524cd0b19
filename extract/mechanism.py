"""By what mechanism AI is tied to a cut: the linking phrase's own, made more exact by the sentence around it."""

from __future__ import annotations

import re

from extract.components.attribution import Link
from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

_CUSTOMERS = re.compile(rf"(?i)\b{context('mechanism.customers')}\b")
#: The audience goes elsewhere: "readers no longer click".
_AUDIENCE_LEFT = re.compile(rf"(?i)\b{context('mechanism.audience')}\b[^.;]{{0,60}}\b{context('mechanism.left')}\b")
_LOSS = re.compile(
    rf"(?i)\b(?:loss|fall|drop|decline|slump) (?:of|in) (?:its |their )?{context('mechanism.audience')}\b"
)
_AUDIENCE = re.compile(r"(?i)\b(?:search traffic|traffic|students|subscribers|visitors)\b")
_ANTICIPATED = re.compile(rf"(?i)\b(?:{context('mechanism.anticipated')}|within \w+ years|by 20\d\d)\b")


_CAUSES = ("because", "since", "now that", "as")
#: Behind "because AI": it does the work ("because robots now sort the parcels").
_WORKS = re.compile(r"(?i)[’'\"”]?\s+(?:now|already|can|can now|could)\s+(?!be\b|have\b)[a-z]+")


def mechanism(sentence: Sentence, mark: Mark) -> str:
    """replacement, reallocation, anticipated, demand_loss or unspecified (see ai_links.csv)."""
    link: Link = mark.value
    words, own = sentence.words, link.link
    if link.phrase in _CAUSES and _WORKS.match(sentence.text[mark.end : mark.end + 40]):
        own = "replacement"
    if own == "unspecified" and link.phrase in _CAUSES and _CUSTOMERS.search(sentence.text, mark.start, mark.end):
        return "demand_loss"  # "because customers build their sites with AI"
    if own == "demand_loss" and link.phrase.startswith(("turn", "switch")) and not _CUSTOMERS.search(words):
        return "unspecified"
    if own == "unspecified" and re.search(r"(?i)\bautomated\b", words):
        return "replacement"
    if own in ("unspecified", "replacement") and (_AUDIENCE_LEFT.search(words) or _LOSS.search(words)):
        return "demand_loss"
    if own == "unspecified" and _AUDIENCE.search(words):
        return "demand_loss"
    return "anticipated" if own == "replacement" and _ANTICIPATED.search(words) else own
