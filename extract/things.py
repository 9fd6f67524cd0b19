"""Products and places, told by the words around them, so that a game or a town that no list knows is no employer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.companies import company
from extract.lookup import firsts, followed, spots, trying
from extract.lookup import places as places_of
from extract.names import given_names, places
from extract.vocabulary import phrases
from extract.words import context

_NAME = r"(?<![\w-])(?P<name>[A-Z][\w’'-]*(?:\s(?:(?:of|the|and|And|&)\s){0,2}[A-Z0-9][\w’'-]*){0,5})"
_TOWN = r"(?P<name>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,2})"


@cache
def _made() -> re.Pattern[str]:
    """ "Halo Infinite developer 343 Industries", "Black Mirror creator", "the Blaseball development team"."""
    return re.compile(
        rf"{_NAME}(?:[’'][sS])?[”\"’']?\s+"
        rf"(?:(?:(?i:{context('things.maker')})|studio)\s+(?P<next>[A-Z]\w*)|(?:devs?|developer|maker)\s(?P<verb>[a-z]+))"
        rf"|\b(?i:{context('things.makes')})\s*[\"“‘']?{_NAME.replace('name', 'made')}"
        rf"|{_NAME.replace('name', 'own')}(?:[’'][sS])?[”\"’']?\s+(?i:{context('things.of_product')})\b"
    )


@cache
def _placed() -> re.Pattern[str]:
    """ "its Muskegon plant", "a factory in Muskegon", "Muskegon, Michigan"."""
    return re.compile(
        rf"\b(?:[Ii]ts|[Tt]heir|company[’']s)\s+{_TOWN}\s+{context('things.site')}\b"
        rf"|\b{context('things.located')}\s+(?:in|near|outside)\s+{_TOWN.replace('name', 'town')}"
        rf"|,\s(?:of|in)\s{_TOWN.replace('name', 'seat')}(?=,)"
        rf"|(?<![\w.-]){_TOWN.replace('name', 'city')},\s+(?P<state>[A-Z][\w.]+(?:\s[A-Z]\w+)?)(?!-)"
    )


@cache
def _product_words() -> tuple[frozenset[str], frozenset[str]]:
    """Of `_made`: words of which matches that begin with a name have one, words with which the others begin."""
    behind = (*phrases("things.maker"), *phrases("things.of_product"), "studio", "dev", "devs", "developer", "maker")
    return firsts(behind), firsts(phrases("things.makes"))


@cache
def _town_words() -> frozenset[str]:
    """Words with which matches of `_placed` begin that do not begin with the town or a comma."""
    return frozenset({"its", "their", "company"}) | firsts(phrases("things.located"))


#: Behind a town, or before it, in `_placed`; and most characters of a name.
_COMMA = re.compile(r",\s+(?=[A-Z])")
_SEAT = re.compile(r",\s(?:of|in)\s")
_LONGEST = 250


def things(text: str) -> set[str]:
    """Names of products and places in the text, by which no list knows an employer."""
    return {name for name in (*_products(text), *_towns(text)) if company(name) is None}


def inside(text: str, start: int, end: int, things: set[str]) -> bool:
    """Do the words from `start` to `end` stand inside one of the things, as "Mirror" does in "Black Mirror"?"""
    name = text[start:end]
    longer = (thing for thing in things if name in thing)
    return any(text.startswith(thing, max(0, start - thing.find(name))) for thing in longer)


def _products(text: str) -> Iterator[str]:
    behind, before = _product_words()
    names = followed(places_of(text).capitals, spots(text, behind), _LONGEST)
    for match in trying(_made(), sorted({*names, *spots(text, before)}), text):
        if match["next"] is None or match["next"].lower() not in given_names():
            yield from _parts(match["own"] or match["made"] or match["name"])


def _parts(name: str) -> Iterator[str]:
    """The products of a list: "XCOM And Civilization"."""
    yield from re.split(r"\s(?:and|And|&)\s", re.sub(r"[’']s?$", "", name))


def _towns(text: str) -> Iterator[str]:
    commas = [match.start() for match in _COMMA.finditer(text)]
    names = followed(places_of(text).capitals, commas, _LONGEST)
    seats = (match.start() for match in _SEAT.finditer(text))
    for match in trying(_placed(), sorted({*names, *seats, *spots(text, _town_words())}), text):
        if match["city"] is None:
            yield match["name"] or match["town"] or match["seat"]
        elif match["state"].lower() in places() or match["state"].lower().rstrip(".") in places():
            yield match["city"]
