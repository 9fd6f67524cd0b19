"""What the name of a unit tells: the words by which two units are told apart, and the country in which it lies."""

from __future__ import annotations

import re
from functools import cache

from extract import vocabulary
from extract.words import context

#: Kinds of data/vocabulary/places.csv by which a unit's name tells a country; a city's name may be a word ("Mobile").
_TELLING = frozenset({"country", "demonym", "state", "region"})


@cache
def unit_words(unit: str, company: str = "") -> frozenset[str]:
    """The telling words of a unit's name, folded: without words for any unit or staff, and the employer's own name.

    A place and its people are one ("Europe", "European"), and so are one and many; none are left where the name is no
    unit's.

    >>> sorted(unit_words("its Reality Labs division")), unit_words("of its staff"), unit_words("Dell staff", "Dell")
    (['lab', 'reality'], frozenset(), frozenset())
    >>> unit_words("European Jobs") == unit_words("Europe"), unit_words("German stores") == unit_words("store, Germany")
    (True, True)
    """
    text = _places().sub(lambda match: f" {_place(match[0])} ", unit)
    text = re.sub(r"['’]s?\b", "", _filler().sub(" ", text.casefold()))
    own = {_singular(word) for word in re.findall(r"\w+", re.sub(r"['’]s?\b", "", company.casefold()))}
    return frozenset(_singular(word) for word in re.findall(r"\w+", text)) - own


@cache
def country(unit: str) -> str | None:
    """The country (ISO 3166 alpha-2) in which the unit lies, if its name tells one and no place of another.

    >>> country("Turkey"), country("Türkiye"), country("UK stores"), country("Europe"), country("Mobile team")
    ('TR', 'TR', 'GB', None, None)
    >>> country("Dublin and Singapore offices") is None
    True
    """
    found = [_table()[match[0]] for match in _places().finditer(unit)]
    told = {row["country"] for row in found}
    return told.pop() or None if len(told) == 1 and any(row["kind"] in _TELLING for row in found) else None


def _place(name: str) -> str:
    """What all names of a place share: its country's code; a part of the world by the stem of its name."""
    row = _table()[name]
    if row["kind"] in ("country", "demonym") and row["country"]:
        return row["country"]
    return re.sub(r"an?$", "", name.casefold()) if row["kind"] in ("continent", "demonym") else name


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


@cache
def _table() -> dict[str, dict[str, str]]:
    return {row["name"]: row for row in vocabulary.table("places.csv")} | {
        row["name"].rstrip("."): row for row in vocabulary.table("places.csv") if row["name"].endswith(".")
    }


@cache
def _places() -> re.Pattern[str]:
    """Names of places as they are written, the longest first."""
    names = sorted(_table(), key=lambda name: (-len(name), name))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _filler() -> re.Pattern[str]:
    """Words that tell no unit: articles, words for any unit, any staff, any cut, numbers."""
    return re.compile(rf"\b(?:{context('units.filler')})\b|\d+")
