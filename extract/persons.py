"""People, told by given names and titles, so that "Jack Dorsey" and a later bare "Dorsey" are no employers."""

from __future__ import annotations

import re
from functools import cache

from extract import vocabulary, words
from extract.companies import company
from extract.lookup import firsts, starting
from extract.names import given_names
from extract.organisations import organisation
from extract.required import openings

#: Looked ahead, so that "Bloomberg’s Jason Schreier" is read from "Jason" too.
_FULL_NAME = re.compile(
    r"(?<![\w-])(?=([A-Z][a-zé'’-]+)\s+(?:[A-Z]\.\s+|[“\"‘'(]\w+[”\"’')]\s+)?((?:de |von |van )?[A-Z][\w’'-]+))"
)
#: Behind a name: an age or "who", as in "Shua Wilmot, 29, ", "Perlmutter, who’s"; and the name before it.
_OF_AGE = re.compile(r",\s+(?:(?:aged\s+)?\d\d,|who\b(?!\s+(?:are|were|have)\b))")
_LAST = re.compile(r"(?<![\w-])[A-Z][\w’'-]+$")
_LONGEST = 60


_HONORIFICS = ("sir", "dame", "lord", "lady", "mr", "mrs", "ms", "dr", "sen", "rep", "gov", "prof")


@cache
def _titles() -> str:
    return words.alternation(vocabulary.lines("titles.txt"))


@cache
def _title_before() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b{_titles()}\.?\s+$")


@cache
def _titled() -> re.Pattern[str]:
    """Up to four capitalised words behind a title."""
    return re.compile(rf"\b{_titles()}\.?\s+((?:[A-Z][\w’'.-]+\s+){{0,3}}[A-Z][\w’'-]+)")


@cache
def _first_of_given() -> frozenset[str]:
    return firsts(given_names())


@cache
def _titles_begin() -> frozenset[str]:
    return openings(_titled().pattern)


def surnames(text: str) -> set[str]:
    """Last names of the people whom the text names in full, but for those that are a known company's name."""
    named = starting(_FULL_NAME, _first_of_given(), text)
    found = {match[2] for match in named if match[1].lower() in given_names()}
    for match in starting(_titled(), _titles_begin(), text):
        parts = match[1].split()
        if len(parts) >= 2 and not company(match[1]):
            found.add(re.sub(r"[’']s$", "", parts[-1]))
    for match in _OF_AGE.finditer(text):
        if last := _LAST.search(text, max(0, match.start() - _LONGEST), match.start()):
            found.add(last[0])
    return {name for name in found if not company(name)}


def is_person(text: str, start: int, tokens: list[str], people: set[str]) -> bool:
    """Are the words of a name at `start` a person's; `people` are the surnames that the text tells?"""
    first = tokens[0].lower().strip(".")
    if len(tokens) == 1 and first in given_names():
        return True
    firm = organisation(tokens[-1])
    if len(tokens) >= 2 and not firm and (first in given_names() or re.fullmatch(r"[a-z]", first)):
        return True
    if tokens[-1] in people and len(tokens) <= 3 and not firm:
        return True
    if len(tokens) >= 2 and not firm and first in _HONORIFICS:
        return True
    return bool(_title_before().search(text[max(0, start - 36) : start])) and not organisation(" ".join(tokens))
