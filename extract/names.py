"""What the word lists say of a name: a place, a given name, an ordinary word, a voice that reports, no name at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

import spacy

from extract import vocabulary, words
from extract.companies import fold
from extract.numbers import number
from extract.time_words import DAYS


@dataclass(frozen=True, slots=True)
class Name:
    """A candidate: the name to print, whether a list knows it, and how sure the form alone makes us.

    form: "listed", "legal" (with Inc., Ltd …), "described" ("crypto firm Genesis"), "open" (a bare capitalised name),
    "item" (it heads an item of a list, see extract.items).
    """

    name: str
    form: str


_VOICES = ("publishers.txt", "observers.txt", "investors.txt")
#: Function words by spaCy's list that name an employer as soon as they bear a capital inside a sentence.
_NOUNS = frozenset({"re", "amount", "call", "front", "move", "show", "side"})
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
    *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec"),
)
#: Names of days and months, lower case.
CALENDAR = frozenset((*DAYS, *_MONTHS))


@cache
def places() -> frozenset[str]:
    """Names of places and peoples, lower case."""
    return frozenset(row["name"].lower() for row in vocabulary.table("places.csv"))


@cache
def voices() -> frozenset[str]:
    """Folded names of publishers, analyst houses, unions and investors: voices before they are employers."""
    return frozenset(fold(name) for entries in _VOICES for name in vocabulary.lines(entries))


@cache
def _observers() -> frozenset[str]:
    return frozenset(vocabulary.lines("observers.txt"))


def observer(name: str) -> bool:
    """Is the name, letter for letter, one of an analyst house or another body that comments?"""
    return name in _observers()


@cache
def _voices_as_written() -> frozenset[str]:
    return frozenset(name.lower() for entries in _VOICES for name in vocabulary.lines(entries))


@lru_cache(maxsize=50_000)
def voice(name: str) -> bool:
    """Is the name one of an outlet, analyst house, union or investor, as it is written?

    >>> voice("Bloomberg"), voice("The Block"), voice("Block")
    (True, True, False)
    """
    if fold(name) not in voices():
        return False
    low = name.lower()
    return low in _voices_as_written() or f"the {low}" not in _voices_as_written()


@cache
def given_names() -> frozenset[str]:
    """Common given names, lower case."""
    return frozenset(name.lower() for name in vocabulary.lines("given_names.txt"))


@cache
def common_words() -> frozenset[str]:
    """Ordinary words of news English, lower case."""
    return frozenset(vocabulary.lines("common_words.txt"))


@cache
def not_names() -> frozenset[str]:
    """Words that are never an employer's name by themselves, lower case: of the list, function words, months, days."""
    function_words = {w for w in spacy.blank("en").Defaults.stop_words if w not in _NOUNS and number(w) is None}
    return frozenset(w.lower() for w in vocabulary.lines("not_names.txt")) | function_words | CALENDAR


def named(written: str) -> bool:
    """May the words be a name at all: not function words, months or headings alone?

    >>> named("The Monday"), named("The Body Shop")
    (False, True)
    """
    if written.lower() in not_names():
        return False
    return any(part.lower().strip(".,") not in not_names() for part in written.split())


@lru_cache(maxsize=50_000)
def ordinary(written: str) -> bool:
    """Is the name as written an ordinary word, a given name or a place too, so that a capital alone proves nothing?

    >>> ordinary("Target"), ordinary("Meta"), ordinary("HP"), ordinary("X")
    (True, False, False, True)
    """
    low = written.lower()
    if len(written) <= 2 and (written == "X" or not written.isupper()):
        return True
    return low in common_words() or low in given_names() or low in places() or low in CALENDAR


@lru_cache(maxsize=50_000)
def descriptor(word: str) -> bool:
    """Is the word one by which news calls an employer ("giant", "Startup")?"""
    return bool(_descriptor().fullmatch(word))


@cache
def _descriptor() -> re.Pattern[str]:
    return re.compile(words.descriptors(), re.IGNORECASE)
