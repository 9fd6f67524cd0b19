"""Which finds of the known names mean the company: not a person's or product's part, not an ordinary word."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from extract.capitals import TOKEN, ends_longer, heading, line_around, run_around, title_case
from extract.companies import Company, companies, company, company_key, owners, tidy
from extract.marks import Mark
from extract.names import CALENDAR, Name, common_words, descriptor, given_names, not_names, ordinary
from extract.numbers import number
from extract.organisations import only_organisation, organisation
from extract.things import inside
from extract.words import context

#: Start, end and canonical name of a find.
Find = tuple[int, int, str]

_HONOURED = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|Prof)\.?\s$")
_LEGAL_BEHIND = re.compile(r",? (?:Inc|Corp|Ltd|LLC|plc)\b")
_CAPITAL_BEFORE = re.compile(r"([A-Z][\w’'&-]*)[ ]$")
#: What tells of the name behind it: "Facebook-owner", "Paris-based".
_DESCRIBES = re.compile(r"-[a-z]+$")
_COMPOUND = re.compile(r"-(?!owned|backed|led)\w")
_ADDRESS = re.compile(r"\.(?:com|co|org|net|io|fyi)\b")
_AND_BEFORE = re.compile(r"[A-Z][\w’'-]*[ ]&[ ]$")
_AND_BEHIND = re.compile(r"[ ]&[ ][A-Z]")
_OWNER = re.compile(r"[’']s\s$")
_INNER = re.compile(r"[\w’']\s$")
_CUTS = re.compile(r"\s(?:To\s)?(?:Cuts?|Lays?\sOff|Slash(?:es)?|Axes?|Sheds?|Fires?)\b")
#: The same in a headline of small letters, where a function word opens it.
_TO_CUT = re.compile(
    r"\s(?:(?:to|will|plans\sto|set\sto)\s(?:cut|lay\soff|axe|slash|shed)|lays\soff|axes|slashes|is\s(?:laying\soff|cutting|axing))\b"
)
_NOUN_OF_CUT = re.compile(r"(?i)\s(?:layoffs?|lay-offs?|job|jobs|staff|workforce)\b")
_CLAUSE = re.compile(r"[.!?:\n•*-]\s*[\"“‘]?$")
_TAIL = re.compile(rf"(?:\s{TOKEN})+")


@cache
def _own_behind() -> re.Pattern[str]:
    """Behind a name, words that leave it the company's: a legal form, an office ("Continental CEO")."""
    return re.compile(rf"\s+{context('listed.own_behind')}\b")


@cache
def _acts() -> re.Pattern[str]:
    """Behind an ordinary word, what shows it to be a company: it has a CEO or staff, it lays off, it says."""
    return re.compile(
        rf"(?i),? {context('listed.legal')}\b|['’]s? {context('listed.possessed')}| \((?:NYSE|NASDAQ)"
        r"|, (?:the )?(?:publisher|owner|maker|parent|operator|company|group|firm) (?:of|behind)\b"
        rf"| (?:{context('listed.behind')}|(?:{context('listed.auxiliary')} )?{context('listed.cuts')})\b"
    )


@cache
def _placed() -> re.Pattern[str]:
    """Before an ordinary word, what shows it to be a name: "at", "rival", "owner"."""
    return re.compile(rf"\b(?:{context('listed.before')}|,)\s+$")


@cache
def _numbered() -> re.Pattern[str]:
    """Behind a number, what it counts."""
    return re.compile(rf"\s+{context('listed.numbered')}\b")


def listed(text: str, finds: list[Find], people: set[str], things: set[str]) -> Iterator[Mark]:
    """The marks of those finds that mean the company, or a longer name that begins with its name."""
    firm = _firm_names(text, finds)
    for start, end, name in finds:
        run = run_around(text, start, end)
        if _is_part_of_other(text, (start, end), run, people) or _of_product(text, start, end, things):
            continue
        if _weak(text, start, end, companies()[name]) or _counts(text, start, end) or _made_by_other(text, start, name):
            continue
        if _ambiguous(text[start:end], companies()[name]) and (name not in firm or _continues(text, end, run[1])):
            continue
        if tail := _longer_tail(text, end, run):
            written = tidy(text[start : end + tail])
            yield Mark("company", start, end + tail, Name(written, "open"), "company.longer")
        else:
            yield Mark("company", start, end, Name(name, "listed"), "company.listed")


def _of_product(text: str, start: int, end: int, things: set[str]) -> bool:
    """Is the listed name only a part of a product's longer name?"""
    return inside(text, start, end, {thing for thing in things if len(thing) > end - start})


def _made_by_other(text: str, start: int, name: str) -> bool:
    """Does another company's name stand right before, so that this one is a product's ("Twilio Flex")?"""
    found = _CAPITAL_BEFORE.search(text[max(0, start - 30) : start])
    maker = company(found[1]) if found and not heading(text, start) else None
    return maker is not None and maker.name != name and company_key(maker.name) not in owners(company_key(name))


def _counts(text: str, start: int, end: int) -> bool:
    """Is the name here the number that it also is ("Three firms")?"""
    return number(text[start:end]) is not None and _numbered().match(text, end) is not None


def _continues(text: str, end: int, run_end: int) -> bool:
    """Does an ordinary word begin a longer name of another ("Continental Lacrosse League")?"""
    return run_end > end and not heading(text, end - 1) and not _own_behind().match(text[end:run_end])


def _longer_tail(text: str, end: int, run: tuple[int, int]) -> int:
    """Length of at least two words that make another employer's name of a listed one ("Motor Cars"), else 0."""
    rest = text[end : run[1]]
    if re.fullmatch(rf" {context('listed.tail')}\b.*", rest, re.DOTALL) and not company(text[run[0] : run[1]]):
        return len(rest.split()[0]) + 1
    if not organisation(rest) or company(text[run[0] : run[1]]):
        return 0
    tail = _TAIL.match(rest)
    parts = tail[0].split() if tail else []
    if tail and len(parts) == 1 and " " not in text[run[0] : end] and _other_trade().fullmatch(parts[0]):
        return tail.end()  # "Summit Brewery"
    return tail.end() if tail and len(parts) > 1 and all(map(only_organisation, parts)) else 0


@cache
def _other_trade() -> re.Pattern[str]:
    """A word behind a listed name that makes it another's, and no unit's."""
    return re.compile(context("listed.other_trade"))


def _ambiguous(written: str, entry: Company) -> bool:
    return ordinary(written) or (entry.context and written == entry.name and " " not in written)


def _weak(text: str, start: int, end: int, entry: Company) -> bool:
    """Is the listed name here a function word, or an ordinary word inside a longer capitalised name ("Star Casino")?"""
    low = text[start:end].lower()
    if low in not_names():
        cuts = heading(text, start) and _CUTS.match(text, end)
        return not (_LEGAL_BEHIND.match(text[end : end + 6]) or cuts or _TO_CUT.match(text, end))
    if low not in common_words() and not (entry.context and " " not in low):
        return False
    found = _CAPITAL_BEFORE.search(text[max(0, start - 30) : start])
    if found is None or descriptor(found[1]) or heading(text, start) or _DESCRIBES.search(found[1]):
        return False
    return found[1].lower() not in not_names() and not found[1].endswith(("’s", "'s"))


def _firm_names(text: str, finds: Iterable[Find]) -> set[str]:
    """Listed names that are ordinary words too, for which this text gives reason enough to be the company."""
    weights: dict[str, int] = {}
    for start, end, name in finds:
        if _ambiguous(text[start:end], companies()[name]):
            weights[name] = weights.get(name, 0) + _context_weight(text, start, end)
    return {name for name, weight in weights.items() if weight > 0}


def _context_weight(text: str, start: int, end: int) -> int:
    """From 0 to 3: how much the place of an ordinary word shows it to be a company's name."""
    if ends_longer(text, start):
        return 0
    if _NOUN_OF_CUT.match(text, end) and _INNER.search(text[max(0, start - 3) : start]):
        return 0  # "Acme's Huge Layoffs", "Won't Rule Out Future Layoffs"
    if _acts().match(text[end : end + 40]):
        return 3
    before = text[max(0, start - 40) : start]
    if title_case(line_around(text, start)):
        return 0
    if _placed().search(before):
        return 2
    return 0 if not before.strip() or _CLAUSE.search(before) else 1


def _is_part_of_other(text: str, span: tuple[int, int], run: tuple[int, int], people: set[str]) -> bool:
    """Is the listed name only a part of a person's name, of a product's, of a compound word or an address?"""
    start, end = span
    if text[start:end].lower() in CALENDAR or text[start:end] in people:
        return True
    if " " not in text[start:end] and _HONOURED.search(text[max(0, start - 6) : start]):
        return True
    if _COMPOUND.match(text[end : end + 8]) or (start and text[start - 1] in "-@#/."):
        return True
    before = text[run[0] : start].split()
    if ordinary(text[start:end]) and (
        _AND_BEFORE.search(text[max(0, start - 30) : start]) or _AND_BEHIND.match(text, end)
    ):
        return True  # "Sacramento Philharmonic & Opera"
    if before and _HONOURED.match(before[0] + " "):
        return True
    if before and before[-1].lower().strip(".") in given_names() and not title_case(text[run[0] : run[1] + 40]):
        return True
    return bool(_ADDRESS.match(text[end : end + 5])) and not text[start:end].endswith("com")
