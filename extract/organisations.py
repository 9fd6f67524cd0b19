"""Words that make a longer name of a listed one's ("Rolls-Royce Motor Cars") or an employer's of two open words."""

from __future__ import annotations

import re
from functools import cache

from extract.words import context


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rf"\b{context('organisations.word')}\b")


def organisation(words: str) -> bool:
    """Does one of the words make an organisation's name?

    >>> organisation("Motor Cars"), organisation("Musk")
    (True, False)
    """
    return _pattern().search(words) is not None


def only_organisation(word: str) -> bool:
    """Is this one word such a word?"""
    return _pattern().fullmatch(word) is not None
