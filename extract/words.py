"""Regular expressions built from the word lists, shared by the components. Linear patterns only, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extract import vocabulary


def alternation(phrases: Iterable[str]) -> str:
    """A non-capturing group of the phrases, longest first, any white space or hyphen between words.

    >>> alternation(["lay off", "lay"])
    '(?:lay[\\\\s\\\\u2010-]+off|lay)'
    """
    ordered = sorted(set(phrases), key=lambda p: (-len(p), p))
    return "(?:" + "|".join(_flexible(p) for p in ordered) + ")"


def fold(written: str) -> str:
    """The key under which a phrase and its matches meet: lower case, plain apostrophes, one space for space or hyphen.

    >>> fold("Roll-out"), fold("CEO’s  plan")
    ('roll out', "ceo's plan")
    """
    return re.sub(r"[\s\u2010-]+", " ", written.lower().replace("’", "'")).strip()


def _flexible(phrase: str) -> str:
    escaped = re.escape(phrase).replace("'", "['’]")
    return re.sub(r"(?:\\ )+", r"[\\s\\u2010-]+", escaped)


@cache
def people() -> str:
    """Pattern of the nouns that count people or jobs."""
    return alternation(vocabulary.lines("people.txt"))


@cache
def workforce() -> str:
    """Pattern of the nouns of which a share of the workforce is a share."""
    return alternation(vocabulary.lines("workforce.txt"))


@cache
def descriptors() -> str:
    """Pattern of the nouns by which news calls an employer."""
    return alternation(vocabulary.lines("descriptors.txt"))


#: A word that may stand between a number and its noun: not a preposition, conjunction, article, auxiliary or verb.
MODIFIER = (
    r"(?!(?:of|in|on|at|to|by|for|from|with|as|and|or|the|a|an|its|their|his|her|our|that|who|which|is|are|was|were|be"
    r"|been|being|will|would|could|may|might|has|have|had|do|does|did|said|says|after|before|while|when|than|into|over"
    r"|amid|this|last|next|per|percent|pct|years?|months?|weeks?|days?|hours?|dollars|euros|pounds|million|billion"
    r"|stores|offices|shops|branches|sites|plants|factories|countries|customers|users|shares|cars|units|points)\b)"
    r"[\w’'&./-]+"
)
