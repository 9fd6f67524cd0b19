"""Words that every match of a regular expression has, read off the expression.

A word is written as "cut " where it stands whole, as "cut" where words that begin so will do, and as DIGIT for any that
begins with a digit. Everything is in lower case. What cannot be told is left out, so that the answer is never too much.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

DIGIT = "#"
#: Letters of a word that are looked at, and most words of a set that is worth asking for.
LETTERS, MOST = 8, 400
#: Most sets told of one expression, the most telling first.
SETS = 6

Node = tuple[Any, Any]
Words = frozenset[str]

_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_ANY: Node = (op.ANY, None)  # stands for what is not looked into
_END: Node = (op.AT, op.AT_BOUNDARY)
_ALL = 99
#: Words so common that asking for them tells little.
_COMMON = frozenset(
    "a an and as at be been by for from had has have in is it its of on or that the their to was".split()  # noqa: SIM905
)


def required(pattern: str) -> list[Words]:
    """Sets of words, of each of which every match of the expression has one: at most six, the rarest first.

    >>> [sorted(words) for words in required(r"(?i)\\b(?:den(?:y|ied)|refus\\w+ to)\\b[^.]{0,9}\\bcuts?\\s")]
    [['cut ', 'cuts '], ['denied ', 'deny ', 'refus']]
    >>> required(r"\\w+ing\\b"), required(r"(?:no )?(?:cuts)?")
    ([], [])
    """
    told: dict[Words, Words] = {}
    for words in sorted(set(_needed(_parsed(pattern), edge=False)), key=lambda w: (_weight(w), sorted(w))):
        plain = frozenset(word.strip() for word in words)  # "cut" tells no more than "cut ", nor does more beside it
        if len(words) <= MOST and not any(known <= plain for known in told):
            told[plain] = words
    return list(told.values())[:SETS]


def openings(pattern: str) -> Words:
    """The words with one of which every match begins, DIGIT for any number, and "~" where that may stand instead.

    What the expression leaves open at its very end ends a word too. Raises ValueError where they cannot be listed.

    >>> sorted(openings(r"(?i)(?:(?:about|~)\\s)?\\d+|a? dozen"))
    Traceback (most recent call last):
    ValueError: with what a match begins is not told: '(?i)(?:(?:about|~)\\\\s)?\\\\d+|a? dozen'
    >>> sorted(openings(r"(?i)(?:(?:about|~)\\s)?\\d+|a dozen"))
    ['#', 'a', 'about', '~']
    """
    found = _begins([*_parsed(pattern), _END], _ALL, inside=False)
    if any(word in ("", " ") or (word[-1] != " " and word not in (DIGIT, "~")) for word in found):
        raise ValueError(f"with what a match begins is not told: {pattern!r}")
    return frozenset(word.rstrip(" ") for word in found)


def beginnings(pattern: str) -> Words | None:
    """How words begin with which every match of the expression begins, as `required` writes them; None if not told.

    >>> sorted(beginnings(r"(?i)\\b(?:den(?:y|ied)|refus\\w+ to)\\b") or ())
    ['denied ', 'deny ', 'refus']
    >>> beginnings(r"(?i)cuts\\b"), beginnings(r"\\b[a-z]+ing\\b"), beginnings(r"\\s+each")
    (None, None, None)
    """
    return _beginnings(list(_parsed(pattern)), edge=False)


def _beginnings(nodes: Sequence[Node], edge: bool) -> Words | None:
    """The same of a sequence; `edge` tells whether a word that stands at its beginning begins there."""
    if not nodes:
        return None
    (kind, value), rest = nodes[0], nodes[1:]
    if kind in (op.AT, op.ASSERT, op.ASSERT_NOT):
        return _beginnings(rest, _edge([nodes[0]], edge))
    if kind is op.SUBPATTERN:
        return _beginnings([*value[3], *rest], edge)
    if kind is op.BRANCH:
        return _all_told(_beginnings([*branch, *rest], edge) for branch in value[1])
    if kind in _REPEATS:
        once = _beginnings([*value[2], *(rest if value[1] == 1 else [_ANY])], edge)
        return once if value[0] else _all_told((once, _beginnings(rest, edge)))
    words = frozenset(_begins(nodes, LETTERS, inside=False)) if edge else frozenset({""})
    return None if words & {"", " "} else words


def _all_told(found: Iterable[Words | None]) -> Words | None:
    """All words of the sets, None where one is not told."""
    told = list(found)
    return None if None in told else frozenset(chain.from_iterable(words for words in told if words is not None))


@lru_cache(maxsize=1)
def _parsed(pattern: str) -> Sequence[Node]:
    parsed: Sequence[Node] = tuple(parser.parse(pattern))
    return parsed


def _weight(words: Words) -> float:
    """How often, about, one of the words stands in a sentence."""
    return sum(20 if word.strip() in _COMMON else 40 / 4 ** len(word) + 1 for word in words)


def _needed(nodes: Sequence[Node], edge: bool) -> Iterator[Words]:
    """The sets that a sequence needs; `edge` tells whether a word that stands at its beginning begins there."""
    nodes = list(nodes)
    while nodes:
        kind, value = nodes[0]
        rest = nodes[1:]
        if edge:
            words = frozenset(_begins(nodes, LETTERS, inside=False))
            if not words & {"", " "}:
                yield words
        if kind is op.SUBPATTERN:
            nodes = [*value[3], *rest]
        elif kind is op.ATOMIC_GROUP:
            nodes = [*value, *rest]
        else:
            if kind in _REPEATS and value[0] > 0:
                yield from _needed(value[2], edge)
            elif kind is op.BRANCH:
                yield from _of_branches(value[1], edge)
            nodes, edge = rest, _edge([(kind, value)], edge)


def _of_branches(branches: Sequence[Any], edge: bool) -> Iterator[Words]:
    """What a choice needs: one set of each branch, where every one has a set."""
    best = [min(_needed(list(branch), edge), key=_weight, default=None) for branch in branches]
    if all(words is not None for words in best):
        yield frozenset(chain.from_iterable(words for words in best if words is not None))


def _edge(nodes: Sequence[Node], edge: bool) -> bool:
    """Does a word that stands behind the nodes begin there?"""
    for kind, value in nodes:
        if kind is op.AT:
            edge = edge or value in (op.AT_BOUNDARY, op.AT_BEGINNING)
        elif kind is op.ASSERT_NOT:
            edge = edge or (value[0] < 0 and len(value[1]) == 1 and _holds_letters(value[1][0]))
        elif kind is op.SUBPATTERN:
            edge = _edge(value[3], edge)
        elif kind is op.ATOMIC_GROUP:
            edge = _edge(value, edge)
        elif kind is op.BRANCH:
            edge = all(_edge(branch, edge) for branch in value[1])
        elif kind in _REPEATS:
            edge = _edge(value[2], edge if value[1] == 1 else False) and (value[0] > 0 or edge)
        elif kind is not op.ASSERT:
            edge = _no_letter(kind, value)
    return edge


def _begins(nodes: Sequence[Node], room: int, inside: bool) -> set[str]:
    """How words may begin that stand at the nodes' beginning: up to `room` letters; a blank closes a word.

    `inside` tells whether letters of the word stand before.
    """
    if not nodes or not room:
        return {""}
    (kind, value), rest = nodes[0], nodes[1:]
    if kind in (op.ASSERT, op.ASSERT_NOT) or (kind is op.AT and value is op.AT_BOUNDARY and not inside):
        return _begins(rest, room, inside)
    if kind is op.SUBPATTERN:
        return _begins([*value[3], *rest], room, inside)
    if kind is op.ATOMIC_GROUP:
        return _begins([*value, *rest], room, inside)
    if kind is op.BRANCH:
        return set().union(*(_begins([*branch, *rest], room, inside) for branch in value[1]))
    if kind in _REPEATS:
        once = _begins([*value[2], *(rest if value[1] == 1 else [_ANY])], room, inside)
        return once if value[0] else once | _begins(rest, room, inside)
    letters = _letters(kind, value)
    if letters and letters <= _DIGITS and not inside:
        return {DIGIT}
    if letters:
        behind = _begins(rest, room - 1, True)
        return {letter + more for letter in letters for more in behind}
    if kind is op.LITERAL and value == ord("~") and not inside:
        return {"~"}
    ends = _no_letter(kind, value) or (kind is op.AT and value is op.AT_BOUNDARY)
    return {" "} if ends else {""}


def _letters(kind: Any, value: Any) -> set[str]:
    """The letters and digits of which the node is one; empty where it may be another character."""
    if kind is op.LITERAL:
        return {chr(value).lower()} if _is_letter(value) else set()
    found = set()
    for member, what in value if kind is op.IN else ():
        if member is op.LITERAL and _is_letter(what):
            found.add(chr(what).lower())
        elif member is op.CATEGORY and what is op.CATEGORY_DIGIT:
            found |= _DIGITS
        elif member is op.RANGE and all(map(_is_digit, what)):
            found |= {chr(code) for code in range(what[0], what[1] + 1)}
        else:
            return set()
    return found


_DIGITS = frozenset("0123456789")


def _is_digit(code: int) -> bool:
    return chr(code) in _DIGITS


def _is_letter(code: int) -> bool:
    return code < 128 and (chr(code).isalnum() or chr(code) == "_")


def _no_letter(kind: Any, value: Any) -> bool:
    """Is the node one character that is none of a word's?"""
    if kind is op.LITERAL:
        return re.match(r"\W", chr(value)) is not None
    if kind is op.CATEGORY:
        return value in (op.CATEGORY_SPACE, op.CATEGORY_NOT_WORD)
    if kind is op.IN and value[0][0] is op.NEGATE:
        return (op.CATEGORY, op.CATEGORY_WORD) in value
    return kind is op.IN and all(_no_letter(member, what) for member, what in value)


def _holds_letters(node: Node) -> bool:
    """Is every letter and digit among the characters of the node?"""
    kind, value = node
    return kind is op.IN and (op.CATEGORY, op.CATEGORY_WORD) in value
