"""By what mechanism AI is tied to a cut: the linking phrase's own, made more exact by the sentence around it."""

from __future__ import annotations

import re

from extract.components.attribution import Link
from extract.sentences import Sentence
from extract.words import context

_CUSTOMERS = re.compile(rf"(?i)\b{context('mechanism.customers')}\b")
#: The audience goes elsewhere: "readers no longer click".
_AUDIENCE_LEFT = re.compile(rf"(?i)\b{context('mechanism.audience')}\b[^.;]{{0,60}}\b{context('mechanism.left')}\b")
_AUDIENCE = re.compile(r"(?i)\b(?:search traffic|traffic|students|subscribers|visitors)\b")
_ANTICIPATED = re.compile(rf"(?i)\b(?:{context('mechanism.anticipated')}|within \w+ years|by 20\d\d)\b")


def mechanism(sentence: Sentence, link: Link) -> str:
    """replacement, reallocation, anticipated, demand_loss or unspecified (see ai_links.csv)."""
    words, own = sentence.words, link.link
    if own == "demand_loss" and link.phrase.startswith(("turn", "switch")) and not _CUSTOMERS.search(words):
        return "unspecified"
    if own == "unspecified" and re.search(r"(?i)\bautomated\b", words):
        return "replacement"
    if own in ("unspecified", "replacement") and _AUDIENCE_LEFT.search(words):
        return "demand_loss"
    if own == "unspecified" and _AUDIENCE.search(words):
        return "demand_loss"
    return "anticipated" if own == "replacement" and _ANTICIPATED.search(words) else own
