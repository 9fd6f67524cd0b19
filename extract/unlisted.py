"""Names that no list knows: capitalised words that are no person, place, month, body or ordinary word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.candidate import candidate
from extract.capitals import TOKEN, heading
from extract.companies import company, company_keeps_s
from extract.marks import Mark
from extract.names import common_words, descriptor, not_names, places
from extract.numbers import number
from extract.organisations import only_organisation
from extract.vocabulary import phrases
from extract.words import context, descriptors

Bounds = tuple[int, int]

_RUN = re.compile(
    rf"(?<![\w@#/.-]){TOKEN}(?:(?:\s(?:&|of|for|de|von|the)(?=\s[A-Z])|,(?=\s(?:Inc|Ltd|LLC|Gray)\b))?[ \u00a0]{TOKEN})*"
)
_POSSESSIVE = re.compile(r"[’']s$")
_SENTENCE_START = re.compile(r"(?:(?:^|[.!?:\n•*–—-]\s*|^\s*)[\"“‘(\[]*|[ ][“‘])$")
_NEXT_CAPITAL = re.compile(r"\S+[ ]([A-Z][\w’'-]*)")
#: "I’ve", "You’ll": words with what is left of a verb.
_CONTRACTED = re.compile(r"\w[’'](?:ve|ll|re|d|m|t)$")
#: A function word inside a name: "Brace Yourself Games".
_NAMED_SO = re.compile(rf"(?!The\b)[A-Z]\w+[ ]{context('organisations.word')}\b")
#: Behind a word: a verb of which it is the subject ("Castling will").
_ACTS = re.compile(r"\w+[ ](?:will|has|is|said|says|plans|told|announced)\b")
_ACTS_SINGLY = re.compile(r"[ ](?:is|has|was|lays|cuts|plans|says|said)\b")
_OF = re.compile(r"\w+[ ](?:of|for)(?:[ ]the)?[ ][A-Z]")
_AT = re.compile(r"\b(?:at|At|by|By|from|From)\s[\"“‘]?$")
_CLOSES = re.compile(r"(?!\w+(?:ing|ed|[^s]s)\b)[A-Z][\w-]+(?=\s?(?:[:|–—,;]|\n))")
_WORDS = re.compile(rf"{TOKEN}(?:[ ]{TOKEN}){{1,3}}")


@cache
def _heads_clause() -> re.Pattern[str]:
    return re.compile(rf"(?:[:|–—,;]|\b(?:{context('unlisted.heads')}|(?i:{descriptors()}))|[’']s)\s*[\"“‘]?$")


@cache
def _describing() -> re.Pattern[str]:
    """Endings of compounds that describe: "Berlin-based"."""
    return re.compile(rf"-{context('unlisted.describing')}$")


@cache
def _title() -> re.Pattern[str]:
    """A title before a person's name: "Chief Operating Officer (Jane Roe)", "Vice President", "Secretary"."""
    chief = r"(?:Co-)?Chief(?:[ ][A-Z][\w-]+){1,3}?[ ]Officer"
    plain = rf"(?:Co-)?(?:{context('unlisted.title_kind')}[ ]){{0,2}}{context('unlisted.title')}"
    return re.compile(rf"\b(?:{chief}|{plain})[ ](?=[A-Z])")


def unlisted(text: str, taken: list[Bounds], people: set[str], things: set[str]) -> Iterator[Mark]:
    """The marks of open names, none in a run of capitals that holds one of the `taken` names.

    `people` are the surnames, `things` the products and places that the text tells.
    """
    taken = sorted(taken)
    for match in _RUN.finditer(text):
        last = bisect_left(taken, (match.end(), 0)) - 1  # of those that begin before the run's end, the last
        if last < 0 or taken[last][1] <= match.start():
            for start, end in _pieces(text, match.start(), match.end()):
                first, _, more = text[start:end].partition(" ")
                if more and heading(text, start) and company(first) and not company(text[start:end]):
                    continue  # "Apple Punts": a known name and a verb
                if mark := candidate(text, start, end, people, things):
                    yield mark


def _pieces(text: str, start: int, end: int) -> Iterator[Bounds]:
    """The parts of a capitalised run, cut at words that are never a name and behind a possessive."""
    in_heading = heading(text, start)
    if in_heading and not _heads(text, start):
        return
    run: Bounds | None = None
    title = _title().search(text, start, end)
    past = start  # up to here the run is read
    for token in re.finditer(r"\S+", text[start:end]):
        low, high = start + token.start(), start + token.end()
        if low < past:
            continue
        if title and low == title.start():
            past = _person_end(text, title.end(), end)
        elif run is None:
            past = _place_end(text, low, end)
        if past > low:
            if run:
                yield run
            run = None
            continue
        if _never(text, token[0], low, run, in_heading) and not (run and in_heading and _bounded(text, run[0], low)):
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


def _person_end(text: str, at: int, end: int) -> int:
    """Where the name behind a title ends: with the run, but for a word that is none ("CEO Says")."""
    word = re.match(r"[\w’'-]+", text[at:end])
    return at if word is None or _common(word[0].lower()) or word[0].lower() in not_names() else end


def _place_end(text: str, at: int, end: int) -> int:
    """Where a place of several words that begins at `at` ends, `at` if none does or an organisation is named for it."""
    found = _WORDS.match(text, at, end) if text[at : at + 12].split(" ", 1)[0].lower() in _first_of_places() else None
    words = found[0].split(" ") if found else []
    for count in range(len(words), 1, -1):
        place = _POSSESSIVE.sub("", " ".join(words[:count]))
        if place.lower() in places():
            rest = words[count : count + 1]
            return at if rest and only_organisation(rest[0]) else at + len(" ".join(words[:count]))
    return at


@cache
def _first_of_places() -> frozenset[str]:
    """The first words of places of several, lower case."""
    return frozenset(place.split(" ", 1)[0] for place in places() if " " in place)


def _heads(text: str, at: int) -> bool:
    """In a headline an unknown name counts only where it begins a clause, or behind "at", "firm" or a possessive."""
    before = text[max(text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0) : at]
    return not re.search(r"\w", before) or bool(_heads_clause().search(before))


def _never(text: str, token: str, at: int, run: Bounds | None, in_heading: bool) -> bool:
    """Is this word of a run none of a name's: a function word, or an ordinary word that only its place capitalises?"""
    bare = _POSSESSIVE.sub("", token).strip(".,'’").lower()
    if run is None and number(bare) is not None and not re.match(r"\S+[ ][A-Z]", text[at : at + 40]):
        return True
    if token == "&":
        return run is None
    if run is not None and text[run[0] : run[1]].endswith("&"):
        return False
    if token in ("of", "for", "de", "von", "the"):
        return run is None or text[run[0] : run[1]].split()[-1].lower() not in phrases("unlisted.of_heads")
    if run is not None and not in_heading and (only_organisation(token.rstrip(".,")) or bare in _goes_on()):
        return False
    if run is None and not in_heading and bare in phrases("unlisted.begins"):
        opens = _SENTENCE_START.search(text[max(0, at - 6) : at])
        return _NEXT_CAPITAL.match(text[at : at + 60]) is None or bool(opens and not _opens_name(text, at, bare))
    if run is not None and not in_heading and bare in not_names() and _NAMED_SO.match(text, at):
        return False
    if bare in not_names() or _describing().search(bare) or _CONTRACTED.search(token):
        return True
    if run is None and bare in phrases("unlisted.of_heads") and _OF.match(text, at):
        return False
    if descriptor(bare) and run is None and _SENTENCE_START.search(text[max(0, at - 6) : at]):
        return True
    if run is None and token.isupper() and len(token) > 3 and _common(bare):
        return True  # emphasis: "university FIRES two"
    if not (_common(bare) or (in_heading and bare.endswith("s") and _common(bare[:-1]))):
        return False
    if run is None and bare.endswith("ing") and bare not in common_words() and _ACTS.match(text, at):
        return False
    if in_heading:
        return True
    following = _NEXT_CAPITAL.match(text[at : at + 60])
    if run is None and token.endswith(("'s", "’s", "s'", "s’")):
        return True  # "Builders’ merchant", "The Children’s"
    if run is not None or not _SENTENCE_START.search(text[max(0, at - 6) : at]):
        return False
    if following is None or descriptor(bare):
        return True
    return following[1].lower() not in common_words() and not _opens_name(text, at, bare)


def _bounded(text: str, start: int, at: int) -> bool:
    """Does the word at `at` of a headline close the name between "at" and a mark: "Layoffs at Dunmore Glass: 140"?"""
    return bool(_AT.search(text[max(0, start - 12) : start]) and _CLOSES.match(text, at))


def _opens_name(text: str, at: int, bare: str) -> bool:
    """Does an ordinary word that opens a sentence open a name too: "Orange Lion Bank", not "Struggling Lion Bank"?"""
    if _modifies().fullmatch(bare):
        return False
    words = _WORDS.match(text, at)
    if words is None:
        return False
    parts = words[0].split(" ")
    short = len(parts) == 2 and _ACTS_SINGLY.match(text, words.end()) is not None
    return any(only_organisation(part) for part in parts[1 if short else 2 :])


@cache
def _modifies() -> re.Pattern[str]:
    """Words that describe the employer whose name follows them."""
    return re.compile(rf"\w+(?:ing|ed|ly|ish|ese|ian|less|ful|ous)|{context('unlisted.modifies')}")


@cache
def _goes_on() -> frozenset[str]:
    """Ordinary words that are part of a name behind its first word: "Lantana Pay"."""
    return frozenset(phrases("unlisted.goes_on"))


@lru_cache(maxsize=50_000)
def _common(bare: str) -> bool:
    parts = bare.split("-")
    return bare in common_words() or all(p in common_words() or p in not_names() or _inflected(p) for p in parts)


def _inflected(word: str) -> bool:
    """Is it an ordinary word with an ending ("Halving", "Builders", "Luckily")?"""
    found = re.fullmatch(r"(\w{3,}?)(?:s|es|ed|ing|ers|ly)", word) if len(word) > 5 else None
    if found is None:
        return False
    stem = found[1]
    stems = (
        stem,
        stem + "e",
        stem[:-1] + "y" if stem.endswith("i") else stem,
        stem[:-1] if stem[-1] == stem[-2] else stem,
    )
    return any(s in common_words() for s in stems)
