"""The cutting words of the gate, those of whoever goes, and what counts them: to scan bytes for, and to know."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from extract import gate, vocabulary
from extract.numbers import SMALL

#: Words that count without a figure, and those that make the number before them a share.
VAGUE = ("dozens", "hundreds", "thousands", "hundred", "thousand", "several", "all", "entire")
SHARE = ("%", "percent", "per", "pc")
#: A phrase whose first word has so few letters is looked for by its last one, up to so many bytes before that.
SHORT, REACH = 2, 300
#: A letter, what cannot be seen, a letter.
HIDDEN = rb"[a-z](?:%b)[a-z]" % gate.INVISIBLE.pattern

Test = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Cutting:
    """A word that may tell of a cut.

    `alone`: it tells wherever it stands. `weak`: only in a headline or beside a figure. Others only with `who` goes;
    `near` finds the words of all who may go and of people and jobs, of which those in `wanted` count for this one.
    """

    alone: bool
    weak: bool
    who: Test
    near: gate.Scanner
    wanted: frozenset[int]


@cache
def cutting() -> tuple[Cutting, ...]:
    """The phrases of the gate that are no mere members of a group."""
    known, weak = gate._words(), _of("gate_beside.txt")
    return tuple(
        Cutting(phrase in known.alone and phrase not in weak, phrase in weak, _who(groups), *_near(groups))
        for phrase in _phrases()
        for groups in [tuple(known.beside.get(phrase, ()))]
    )


@cache
def scanner() -> gate.Scanner:
    """The function that finds the cutting words, numbered as in `cutting`, and behind them what hides in words."""
    known, late = gate._words(), _late()
    wholes = [known.whole(phrase) for phrase in _phrases()]
    scan = gate.scanner(
        [
            known.patterns[phrase].split(gate.GAP)[-1] if at in late else wholes[at]
            for at, phrase in enumerate(_phrases())
        ]
        + [HIDDEN]
    )

    def found(data: bytes) -> list[gate.Hit]:
        return [hit for hit in scan(data) if hit[0] not in late or _whole(late[hit[0]], data, hit[1])]

    return found


def _whole(phrase: re.Pattern[bytes], data: bytes, end: int) -> bool:
    """Does the phrase, whose last word ends here, stand in the data from its first word on?"""
    return phrase.search(data, max(0, end - REACH), end) is not None


@cache
def _late() -> dict[int, re.Pattern[bytes]]:
    """The phrases that are looked for by their last word, by their numbers in `cutting`: "at risk".

    Their first word has so few letters, and so often a blank behind it, that Hyperscan would spend a quarter of its
    time on one of them.
    """
    known = gate._words()
    short = {at: phrase for at, phrase in enumerate(_phrases()) if len(known.openings[phrase]) <= SHORT}
    return {
        at: re.compile(rb"(?i)%b%b\Z" % (gate.STRICT if known.strict(phrase) else rb"\b", known.patterns[phrase]))
        for at, phrase in short.items()
        if gate.GAP in known.patterns[phrase]
    }


def strong(data: bytes) -> bool:
    """Does a word stand in it that tells of cuts wherever it stands?"""
    return any(cutting()[number].alone for number, _ in scanner()(data) if number < len(cutting()))


@cache
def people() -> frozenset[str]:
    """What numbers of people or jobs count: the last words of people.txt."""
    return frozenset(line.lower().split()[-1] for line in vocabulary.lines("people.txt"))


@cache
def fractions() -> frozenset[str]:
    """Words such as "fifth", of which one and "of" make a share."""
    return frozenset(row["fraction"].split()[-1] for row in vocabulary.table("fractions.csv"))


@cache
def numbers() -> frozenset[str]:
    """Words that count, beside digits."""
    return fractions() | {*SMALL, *VAGUE}


@cache
def _phrases() -> tuple[int, ...]:
    known = gate._words()
    wanted = (known.alone | set(known.beside)) - _of("gate_rare.txt")
    return tuple(number for number in range(len(known.patterns)) if number in wanted)


@cache
def _of(name: str) -> frozenset[int]:
    """The phrases of the gate that stand in the list `name`: gate_beside.txt has those that tell alone in the gate, and
    here only in a headline or beside a figure; gate_rare.txt those that are not looked for here."""
    known = gate._words()
    listed = {line: gate._pattern(line) for line in vocabulary.lines(name)}
    for line, pattern in listed.items():
        if pattern not in known.patterns:
            raise vocabulary.VocabularyError(f"{name}: {line!r} does not stand in gate.txt")
    return frozenset(map(known.patterns.index, listed.values()))


@cache
def _who(groups: tuple[str, ...]) -> Test:
    """Is a word one of the groups'?"""
    whole = frozenset(word for word in _named(groups) if not word.endswith("*"))
    opening = tuple(word.removesuffix("*") for word in _named(groups) if word.endswith("*"))
    return lru_cache(maxsize=10_000)(lambda word: word in whole or word.startswith(opening))


@cache
def _near(groups: tuple[str, ...]) -> tuple[gate.Scanner, frozenset[int]]:
    """What finds all words that `_who` of any group and `people` know, and which of them are those of `groups`."""
    words = sorted({word for group in gate._words().members for word in _named((group,))} | people())
    wanted = {*_named(groups), *people()}
    return _names_near(tuple(words)), frozenset(number for number, word in enumerate(words) if word in wanted)


@cache
def _names_near(words: tuple[str, ...]) -> gate.Scanner:
    ends = {word: b"" if word.endswith("*") else rb"\b" for word in words}
    return gate.scanner([rb"\b" + re.escape(word.rstrip("*").encode()) + end for word, end in ends.items()])


def _named(groups: tuple[str, ...]) -> list[str]:
    """Who, or what, goes: of a row of words the last, which stands for all."""
    return [member.split()[-1] for group in groups for member in gate._words().members[group]]
