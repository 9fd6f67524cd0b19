"""Short forms in capitals that a text brings in by brackets: "Orvane Health System (OHS)", "nurses’ aides (NAs)"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.companies import company
from extract.marks import Mark
from extract.names import Name
from extract.words import context

_IN_BRACKETS = re.compile(r"\s\((?:the\s)?[\"“‘']?(?P<short>[A-Z]{2}[A-Za-z&]{0,5}?)s?[\"”’']?\)")
#: What may stand for a letter of a short form, and the words between that need not.
_WORD = re.compile(r"[A-Za-z][\w’']*")
_SMALL = frozenset({"of", "and", "the", "for", "in", "de", "on"})
_BODY = re.compile(rf"\b{context('acronyms.body')}\b")
#: Most characters of the long form.
_LONGEST = 90


def acronyms(text: str, found: Iterable[Mark]) -> dict[str, Name | None]:
    """The short forms of the text that no list knows: of the employer whose name stands before the brackets, or None
    where the words before them are common ones or name a union or another body that speaks and does not cut."""
    ends = {mark.end: mark.value for mark in found if mark.value.form != "listed" or " " in mark.value.name}
    out: dict[str, Name | None] = {}
    for match in _IN_BRACKETS.finditer(text):
        lead = text[max(0, match.start() - _LONGEST, text.rfind("\n", 0, match.start()) + 1) : match.start()]
        short = match["short"]
        if company(short):
            continue
        if match.start() in ends and _stands_for(lead, short):
            out.setdefault(short, ends[match.start()])
        elif _no_employer(lead, short):
            out.setdefault(short, None)
    return out


def _stands_for(lead: str, short: str) -> bool:
    """Are the letters those with which the last words begin?"""
    return _long_form(lead, short) is not None


def _no_employer(lead: str, short: str) -> bool:
    """Do common words, or those of a union or the like, stand for the letters?"""
    words = _long_form(lead, short)
    return words is not None and (words[1:].islower() or _BODY.search(words) is not None)


def _long_form(lead: str, short: str) -> str | None:
    """The words at the end of `lead` for which the letters stand, None if they do not."""
    letters = list(re.sub(r"[^A-Z]", "", short))
    for found in reversed(list(_WORD.finditer(lead))):
        if found[0].lower() in _SMALL and letters[-1].lower() != found[0][0].lower():
            continue
        if found[0][0].upper() != letters.pop():
            return None
        if not letters:
            return lead[found.start() :]
    return None
