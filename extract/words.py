"""Regular expressions built from the word lists, shared by the components. Linear only, longest phrase first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from extract import vocabulary

#: What may stand between two words of a phrase: white space, a hyphen.
_BETWEEN = r"[\s\u2010-]+"


def alternation(phrases: Iterable[str]) -> str:
    """A non-capturing group of the phrases, longest first, any white space or hyphen between words.

    >>> alternation(["lay off", "lay"])
    '(?:lay(?:[\\\\s\\\\u2010-]+off)?)'
    """
    return _tree(phrases, _BETWEEN)


@cache
def context(name: str, blank: str = " ") -> str:
    """A non-capturing group of the phrases of a set of contexts.csv, longest first; a star is any ending.

    A blank of a phrase is one blank of the text (or what `blank` says), since most rules look at a few words to one
    side, which may not cross a line.
    """
    return _tree(vocabulary.phrases(name), blank)


def _tree(phrases: Iterable[str], blank: str) -> str:
    """The phrases as one expression that reads what they have in common once: ten times as fast as one after another.

    >>> _tree(["cut", "cuts", "cull*"], " ")
    '(?:cu(?:ll\\\\w*|t(?:s)?))'
    """
    root: _Node = {}
    for phrase in sorted(set(phrases), key=lambda p: (-len(p), p)):
        node = root
        for atom in _atoms(phrase, blank):
            node = node.setdefault(atom, {})
        node[""] = {}
    return f"(?:{_written(root)})"


_Node = dict[str, "_Node"]


def _atoms(phrase: str, blank: str) -> Iterator[str]:
    special = {" ": blank, "'": "['’]", "*": r"\w*"}
    for part in re.findall(r" +|.", phrase):
        yield special.get(part[0]) or re.escape(part)


def _written(node: _Node) -> str:
    branches = [atom + _written(rest) for atom, rest in node.items() if atom]
    joined = "|".join(branches)
    if "" in node and branches:
        return f"(?:{joined})?"
    return joined if len(branches) < 2 else f"(?:{joined})"


@lru_cache(maxsize=20_000)
def fold(written: str) -> str:
    """The key under which a phrase and its matches meet: lower case, plain apostrophes, one space for space or hyphen.

    >>> fold("Roll-out"), fold("CEO’s  plan")
    ('roll out', "ceo's plan")
    """
    return re.sub(r"[\s\u2010-]+", " ", written.lower().replace("’", "'")).strip()


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


@cache
def modifier() -> str:
    """Pattern of a word that may stand between a number and its noun ("1,200 highly paid jobs", "200 U.S. jobs").

    It ends no sentence ("axed four projects. Job cuts may follow").
    """
    return rf"(?!{context('words.no_modifier')}\b)[\w’'&./-]+(?<![a-z]{{3}}\.)"
