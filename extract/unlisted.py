"""Names that no list knows: capitalised words that are no person, place, month, body or ordinary word."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from extract.candidate import candidate
from extract.capitals import TOKEN, heading
from extract.companies import company, company_keeps_s
from extract.lookup import followed, spots, trying
from extract.lookup import places as places_of
from extract.marks import Mark
from extract.name_words import JOINS, WORDS, Word, common, never
from extract.names import not_names, places
from extract.organisations import only_organisation
from extract.required import openings
from extract.words import context, descriptors

Bounds = tuple[int, int]

_JOIN = rf"\s(?:&|{'|'.join(JOINS)})(?=\s[A-Z])|,(?=\s(?:Inc|Ltd|LLC|Gray)\b)"
_RUN = re.compile(rf"(?<![\w@#/.-]){TOKEN}(?:(?:{_JOIN})?[ \u00a0]{TOKEN})*")
_TOKENS = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"(?:[’']s|-(?:based|born|area|headquartered|bound))$")
_OWNER = re.compile(r"[’']s$")
_AT = re.compile(r"\b(?:at|At|by|By|from|From)\s[\"“‘]?$")
_CLOSES = re.compile(r"(?!\w+(?:ing|ed|[^s]s)\b)[A-Z][\w-]+(?=\s?(?:[:|–—,;]|\n))")


@cache
def _heads_clause() -> re.Pattern[str]:
    return re.compile(rf"(?:[:|–—,;]|\b(?:{context('unlisted.heads')}|(?i:{descriptors()}))|[’']s)\s*[\"“‘]?$")


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
    firms = _firms(text)
    for match in trying(_RUN, places_of(text).cased, text):
        last = bisect_left(taken, (match.end(), 0)) - 1  # of those that begin before the run's end, the last
        if last < 0 or taken[last][1] <= match.start():
            for start, end in _pieces(text, match.start(), match.end()):
                if not _known_and_verb(text, start, end) and (
                    mark := candidate(text, start, end, people, things, firms)
                ):
                    yield mark


@cache
def _firm() -> re.Pattern[str]:
    """A name of two or three words that the text says to be a firm: "Harvey Nichols, the luxury store chain, …"."""
    name = r"[A-Z][\w’'-]+(?:[ ](?:and[ ])?[A-Z][\w’'-]+){1,2}"
    return re.compile(
        rf"\b(?P<name>{name}),[ ](?:the|an?)[ ](?:(?!(?:of|for|at|in|who|and)\b)[\w’'-]+[ ]){{0,4}}?"
        rf"(?i:{descriptors()})"
        r"(?=[,.;]|[ ](?:that|which|owned|based|behind|with)\b)"
        rf"|\b(?:jobs|roles|staff|workers|employees|redundancies|layoffs|job[ ]cuts)[ ](?:at|with)[ ](?P<at>{name})"
        rf"|\b(?i:{context('unlisted.plan')})[ ]by[ ](?P<by>{name})(?=[ ]to[ ])"
        rf"|\b(?P<site>{name})[’']s[ ](?:[\w-]+[ ]){{0,2}}?{context('unlisted.site')}\b"
    )


#: What matches of `_firm` begin with, or have behind the name that begins them; and most characters of a name.
_JOBS = frozenset({"jobs", "roles", "staff", "workers", "employees", "redundancies", "layoffs", "job"})
_COMMA = re.compile(r",[ ](?:the|an?)[ ]|[’']s[ ]")
_LONGEST = 120


def _firms(text: str) -> frozenset[str]:
    """The names of the form of a person's that the text says to be a firm's, or at which jobs are."""
    commas = [match.start() for match in _COMMA.finditer(text)]
    offsets = sorted({*followed(places_of(text).capitals, commas, _LONGEST), *spots(text, _JOBS | _plans())})
    return frozenset(name for match in trying(_firm(), offsets, text) for name in match.groupdict().values() if name)


@cache
def _plans() -> frozenset[str]:
    return openings(context("unlisted.plan"))


def _known_and_verb(text: str, start: int, end: int) -> bool:
    """Is it a known name and a verb of a headline: "Apple Punts"?"""
    first, _, more = text[start:end].partition(" ")
    return bool(more and heading(text, start) and company(first)) and not company(text[start:end])


def _pieces(text: str, start: int, end: int) -> Iterator[Bounds]:
    """The parts of a capitalised run, cut at words that are never a name and behind a possessive."""
    in_heading = heading(text, start)
    if in_heading and not _heads(text, start):
        return
    run: Bounds | None = None
    past = start  # up to here the run is read
    for token in _TOKENS.finditer(text, start, end):
        low, high = token.span()
        if low < past:
            continue
        past = _passed(text, low, end, run)
        if past > low or _left_out(text, token[0], low, run, in_heading):
            if run:
                yield run
            run = None
            continue
        run = (run[0] if run else low, high)
        if _OWNER.search(token[0]) and not company_keeps_s(text[run[0] : run[1]]):
            yield run[0], high - 2
            run = None
    if run:
        yield run


def _left_out(text: str, token: str, low: int, run: Bounds | None, in_heading: bool) -> bool:
    """Is the word at `low` none of a name's? In a headline it may close one: "Layoffs at Dunmore Glass: 140"."""
    before = text[run[0] : run[1]] if run else None
    if run is None and token.lower() in _first_of_places() and _named_for_place(text, low):
        return False
    if not never(Word(text, low, token, before, in_heading)):
        return False
    return not (run and in_heading and _AT.search(text[max(0, run[0] - 12) : run[0]]) and _CLOSES.match(text, low))


def _passed(text: str, low: int, end: int, run: Bounds | None) -> int:
    """Where what begins at `low` and is no employer ends: a person with a title, a place; `low` where neither does."""
    if title := _title().match(text, low, end):
        return _person_end(text, title.end(), end)
    return low if run else _place_end(text, low, end)


def _person_end(text: str, at: int, end: int) -> int:
    """Where the name behind a title ends: with the run, but for a word that is none ("CEO Says")."""
    word = re.match(r"[\w’'-]+", text[at:end])
    return at if word is None or common(word[0].lower()) or word[0].lower() in not_names() else end


def _place_end(text: str, at: int, end: int) -> int:
    """Where a place of several words that begins at `at` ends, `at` if none does or an organisation is named for it."""
    found = WORDS.match(text, at, end) if text[at : at + 12].split(" ", 1)[0].lower() in _first_of_places() else None
    words = found[0].split(" ") if found else []
    for count in range(len(words), 1, -1):
        place = _POSSESSIVE.sub("", " ".join(words[:count]))
        if place.lower() in places():
            rest, behind = words[count : count + 1], at + len(" ".join(words[:count]))
            named = (rest and only_organisation(rest[0])) or _body_of_place().match(text, behind, end)
            return at if named else behind
    return at


@cache
def _body_of_place() -> re.Pattern[str]:
    """Behind a place: the rest of a body's name ("(San Diego) Unified School District")."""
    return re.compile(rf"(?:[ ]{context('unlisted.of_place')}){{1,3}}[ ]{context('unlisted.body')}\b")


def _named_for_place(text: str, at: int) -> bool:
    """Do a place of two words and one that makes an organisation stand at `at`: "New Zealand Herald"?"""
    found = WORDS.match(text, at)
    words = found[0].split(" ") if found else []
    return len(words) > 2 and " ".join(words[:2]).lower() in places() and only_organisation(words[2])


@cache
def _first_of_places() -> frozenset[str]:
    """The first words of places of several, lower case."""
    return frozenset(place.split(" ", 1)[0] for place in places() if " " in place)


def _heads(text: str, at: int) -> bool:
    """In a headline an unknown name counts only where it begins a clause, or behind "at", "firm" or a possessive."""
    before = text[max(text.rfind("\n", max(0, at - 400), at) + 1, at - 400, 0) : at]
    return not re.search(r"\w", before) or bool(_heads_clause().search(before))
