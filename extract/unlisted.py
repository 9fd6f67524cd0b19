"""Names that no list knows: capitalised words that are no person, place, month, body or ordinary word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.candidate import candidate
from extract.capitals import TOKEN, heading
from extract.companies import company_keeps_s
from extract.marks import Mark
from extract.names import common_words, descriptor, not_names
from extract.numbers import number
from extract.organisations import only_organisation
from extract.vocabulary import phrases
from extract.words import context

Bounds = tuple[int, int]

_RUN = re.compile(
    rf"(?<![\w@#/.-]){TOKEN}(?:(?:\s(?:&|of|de|von|the)(?=\s[A-Z])|,(?=\s(?:Inc|Ltd|LLC|Gray)\b))?[ \u00a0]{TOKEN})*"
)
_POSSESSIVE = re.compile(r"[’']s$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n•*–—-]\s*|^\s*)[\"“‘(\[]*$")
_NEXT_CAPITAL = re.compile(r"\S+[ ]([A-Z][\w’'-]*)")


@cache
def _heads_clause() -> re.Pattern[str]:
    return re.compile(rf"(?:[:|–—,;]|\b{context('unlisted.heads')}|[’']s)\s*[\"“‘]?$")


@cache
def _describing() -> re.Pattern[str]:
    """Endings of compounds that describe: "Berlin-based"."""
    return re.compile(rf"-{context('unlisted.describing')}$")


def unlisted(text: str, taken: list[Bounds], people: set[str]) -> Iterator[Mark]:
    """The marks of open names, none in a run of capitals that holds one of the `taken` names."""
    taken = sorted(taken)
    for match in _RUN.finditer(text):
        last = bisect_left(taken, (match.end(), 0)) - 1  # of those that begin before the run's end, the last
        if last < 0 or taken[last][1] <= match.start():
            for start, end in _pieces(text, match.start(), match.end()):
                if mark := candidate(text, start, end, people):
                    yield mark


def _pieces(text: str, start: int, end: int) -> Iterator[Bounds]:
    """The parts of a capitalised run, cut at words that are never a name and behind a possessive."""
    in_heading = heading(text, start)
    if in_heading and not _heads(text, start):
        return
    run: Bounds | None = None
    for token in re.finditer(r"\S+", text[start:end]):
        low, high = start + token.start(), start + token.end()
        if _never(text, token[0], low, run, in_heading):
            if run:
                yield run
            run = None
            continue
        run = (run[0] if run else low, high)
        if _POSSESSIVE.search(token[0]) and not company_keeps_s(text[run[0] : run[1]]):
            yield run[0], high - 2
            run = None
    if run:
        yield run


def _heads(text: str, at: int) -> bool:
    """In a headline an unknown name counts only where it begins a clause, or behind "at", "by" or a possessive."""
    before = text[max(text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0) : at]
    return not re.search(r"\w", before) or bool(_heads_clause().search(before))


def _never(text: str, token: str, at: int, run: Bounds | None, in_heading: bool) -> bool:
    """Is this word of a run none of a name's: a function word, or an ordinary word that only its place capitalises?"""
    bare = _POSSESSIVE.sub("", token).strip(".,").lower()
    if run is None and number(bare) is not None and not re.match(r"\S+[ ][A-Z]", text[at : at + 40]):
        return True
    if token == "&":
        return run is None
    if token in ("of", "de", "von", "the"):
        return run is None or text[run[0] : run[1]].split()[-1].lower() not in phrases("unlisted.of_heads")
    if run is not None and not in_heading and (only_organisation(token.rstrip(".,")) or bare in _goes_on()):
        return False
    if bare in not_names() or _describing().search(bare):
        return True
    if not (_common(bare) or (in_heading and bare.endswith("s") and _common(bare[:-1]))):
        return False
    if in_heading:
        return True
    following = _NEXT_CAPITAL.match(text[at : at + 60])
    if run is not None or not _SENTENCE_START.search(text[max(0, at - 6) : at]):
        return False
    return following is None or descriptor(bare) or following[1].lower() not in common_words()


@cache
def _goes_on() -> frozenset[str]:
    """Ordinary words that are part of a name behind its first word: "Lantana Pay"."""
    return frozenset(phrases("unlisted.goes_on"))


@lru_cache(maxsize=50_000)
def _common(bare: str) -> bool:
    return bare in common_words() or all(part in common_words() or part in not_names() for part in bare.split("-"))
