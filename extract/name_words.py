"""Which capitalised words belong to a name: no function words, none that only their place gives a capital."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from extract.capitals import TOKEN
from extract.names import common_words, descriptor, not_names
from extract.numbers import number
from extract.organisations import only_organisation
from extract.vocabulary import phrases
from extract.words import context

_POSSESSIVE = re.compile(r"[’']s$")
_SENTENCE_START = re.compile(r"(?:(?:^|[.!?:\n•*–—-]\s*|^\s*)[\"“‘(\[]*|[ ][“‘\"'])$")
_NEXT_CAPITAL = re.compile(r"\S+[ ]([A-Z][\w’'-]*)")
#: "I’ve", "You’ll": words with what is left of a verb.
_CONTRACTED = re.compile(r"\w[’'](?:ve|ll|re|d|m|t)$")
#: Behind a word: a verb of which it is the subject ("Castling will").
_ACTS = re.compile(r"\w+[ ](?:will|has|is|said|says|plans|told|announced)\b")
_ACTS_SINGLY = re.compile(r"[ ](?:is|has|was|lays|cuts|plans|says|said)\b")
_OF = re.compile(r"\w+[ ](?:of|for)(?:[ ]the)?[ ][A-Z]")
#: Words that join the parts of a name.
JOINS = ("of", "for", "de", "von", "the")
WORDS = re.compile(rf"{TOKEN}(?:[ ]{TOKEN}){{1,3}}")


@lru_cache(maxsize=50_000)
def _bare(token: str) -> str:
    return _POSSESSIVE.sub("", token).strip(".,'’").lower()


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a run of capitals: the text, its place, itself, the name that stands before it, is it in a headline."""

    text: str
    at: int
    token: str
    before: str | None
    in_heading: bool

    @property
    def bare(self) -> str:
        """In lower case, without possessive and marks."""
        return _bare(self.token)

    @property
    def opens(self) -> bool:
        """Does it open a sentence?"""
        return _SENTENCE_START.search(self.text[max(0, self.at - 6) : self.at]) is not None

    @property
    def following(self) -> str | None:
        """The capitalised word behind it."""
        found = _NEXT_CAPITAL.match(self.text[self.at : self.at + 60])
        return found[1] if found else None


def never(word: Word) -> bool:
    """Is this word of a run none of a name's: a function word, or an ordinary word that only its place capitalises?"""
    if word.before is None and word.bare in _plain():
        return True  # of most words nothing else need be asked
    rules = _WITHIN if word.before is not None else _FIRST
    for rule in rules:
        if (answer := rule(word)) is not None:
            return answer
    return _ordinary(word)


@cache
def _plain() -> frozenset[str]:
    """Function words that begin no name, whatever stands behind them."""
    return not_names().difference(*map(phrases, ("name_words.begins", "name_words.opening", "name_words.of_heads")))


def _numeral(word: Word) -> bool | None:
    counts = number(word.bare) is not None and not re.match(r"\S+[ ][A-Z]", word.text[word.at : word.at + 40])
    return True if counts else None


def _joint(word: Word) -> bool | None:
    """ "of" joins only what a head like "University" goes before; "&" joins anything."""
    if word.token == "&":
        return word.before is None
    if word.token in JOINS:
        return word.before is None or word.before.split()[-1].lower() not in phrases("name_words.of_heads")
    return False if word.before is not None and word.before.endswith("&") else None


def _goes_on(word: Word) -> bool | None:
    """Ordinary words that are part of a name behind its first word: "Lantana Pay", "Brace Yourself Games"."""
    if word.in_heading:
        return None
    part = only_organisation(word.token.rstrip(".,")) or word.bare in phrases("name_words.goes_on") or _tech(word)
    inner = word.bare in not_names() and _named_so().match(word.text, word.at)
    return False if part or inner else None


def _tech(word: Word) -> bool:
    """ "Lantana Tech", not "Big Tech"."""
    return word.bare == "tech" and word.before is not None and not common(word.before.split()[-1].lower())


def _begins(word: Word) -> bool | None:
    """ "Federal Drug Agency", "National Grid"."""
    if word.in_heading or word.bare not in phrases("name_words.begins"):
        return None
    return word.following is None or (word.opens and not _opens_name(word))


def _function(word: Word) -> bool | None:
    if word.before is None and word.bare in phrases("name_words.opening") and _opens_name(word):
        return False  # "First Quantum Minerals"
    nameless = word.bare in not_names() or _describing().search(word.bare) or _CONTRACTED.search(word.token)
    return True if nameless else None


def _of_head(word: Word) -> bool | None:
    """ "(The) University of Mercia"."""
    return False if word.bare in phrases("name_words.of_heads") and _OF.match(word.text, word.at) else None


def _head(word: Word) -> bool | None:
    """ "Haulier Thornby"."""
    return True if descriptor(word.bare) and word.opens else None


def _emphasis(word: Word) -> bool | None:
    """ "university FIRES two"."""
    return True if word.token.isupper() and len(word.token) > 3 and common(word.bare) else None


_FIRST: tuple[Callable[[Word], bool | None], ...] = (_numeral, _joint, _of_head, _begins, _function, _head, _emphasis)
_WITHIN: tuple[Callable[[Word], bool | None], ...] = (_joint, _goes_on, _function)


def _ordinary(word: Word) -> bool:
    """Is it an ordinary word, and does only its place give it a capital?"""
    if not (common(word.bare) or (word.in_heading and word.bare.endswith("s") and common(word.bare[:-1]))):
        return False
    if word.before is not None:
        return word.in_heading
    if word.bare.endswith("ing") and word.bare not in common_words() and _ACTS.match(word.text, word.at):
        return False
    if word.in_heading or word.token.endswith(("'s", "’s", "s'", "s’")):
        return True  # "Builders’ merchant", "The Children’s"
    if not word.opens:
        return False
    if word.following is None or descriptor(word.bare):
        return True
    return word.following.lower() not in common_words() and not _opens_name(word)


def _opens_name(word: Word) -> bool:
    """Does an ordinary word that opens a sentence open a name too: "Orange Lion Bank", not "Struggling Lion Bank"?"""
    found = None if _modifies().fullmatch(word.bare) else WORDS.match(word.text, word.at)
    if found is None:
        return False
    parts = found[0].split(" ")
    short = len(parts) == 2 and _ACTS_SINGLY.match(word.text, found.end()) is not None
    return any(only_organisation(_POSSESSIVE.sub("", part)) for part in parts[1 if short else 2 :])


@cache
def _describing() -> re.Pattern[str]:
    """Endings of compounds that describe: "Berlin-based"."""
    return re.compile(rf"-{context('name_words.describing')}$")


@cache
def _named_so() -> re.Pattern[str]:
    """A function word inside a name: "(Brace) Yourself Games"."""
    return re.compile(rf"(?!The\b)[A-Z]\w+[ ]{context('organisations.word')}\b")


@cache
def _modifies() -> re.Pattern[str]:
    """Words that describe the employer whose name follows them."""
    return re.compile(rf"\w+(?:ing|ed|ly|ish|ese|ian|less|ful|ous)|{context('name_words.modifies')}")


@lru_cache(maxsize=50_000)
def common(bare: str) -> bool:
    """Is it an ordinary word, a compound of such, or one with an ending?"""
    parts = bare.split("-")
    return bare in common_words() or all(p in common_words() or p in not_names() or _inflected(p) for p in parts)


def _inflected(word: str) -> bool:
    """Is it an ordinary word with an ending ("Halving", "Builders", "Luckily")?"""
    found = re.fullmatch(r"(\w{3,}?)(?:s|es|ed|ing|ers|ly)", word) if len(word) > 5 else None
    if found is None:
        return False
    stem = found[1]
    single = stem[:-1] if stem[-1] == stem[-2] else stem  # "stopping"
    return any(s in common_words() for s in (stem, stem + "e", re.sub("i$", "y", stem), single))
