"""Whether capitalised words that no list holds may be an employer's name, and how sure their form makes us."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.capitals import ends_longer
from extract.companies import company, fold, tidy
from extract.marks import Mark
from extract.names import Name, named, ordinary, places
from extract.persons import is_person
from extract.things import inside
from extract.vocabulary import phrases
from extract.words import context, descriptors

#: Before a name: it says whose union it is ("the Union of Mineworkers", "the Association of Flight Attendants").
_MEMBERS_OF = re.compile(
    r"\b(?:[Uu]nions?|Federation|Guild|Brotherhood|Congress|Association)\s(?:of\s(?:the\s)?|(?=[A-Z]{3,6}\b))$"
)
#: A letter's reader ("Dear Boss"), or many of a trade ("Grocers such as Acme").
_SALUTES = re.compile(r"Dear\s")
_OF_THE = re.compile(r"\sof\sthe\s[A-Z]")  # only the first word of a title: "Crypt of the Necrodancer"
_SUCH_AS = re.compile(r"\s(?:such as|like|including)\s+(?:the\s+)?[A-Z]")
_LEGAL_BEHIND = re.compile(r",?\s(?:Inc|Corp|Ltd|LLC|plc|PLC)\b")
_EXCHANGE = r"(?:NYSE|NASDAQ|LSE|ASX|LON)"


@cache
def _no_employer() -> re.Pattern[str]:
    """Bodies that speak or decide but do not cut; words with a hyphen that only describe; version and grade names."""
    return re.compile(
        rf"(?<!Credit ){context('candidate.body')}$|^{context('candidate.prefix')}-|^[A-Z]\d$"
        rf"|-{context('candidate.suffix')}$"
        rf"|^(?:FY|CY|[QH])\d+$|^[A-Z]-[a-z]+$|^{context('candidate.state')}$"
    )


@cache
def _a_firm() -> re.Pattern[str]:
    """Behind the name of a trade: it is any firm of it ("Pharma company to cut 200 jobs")."""
    return re.compile(
        rf"\s(?:{descriptors()}|firms?|companies|giants?|bosses|workers|staff|jobs|sector|industry|layoffs?)\b"
    )


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"(?:,?\s+{context('companies.legal')}\b\.?)+$")


@cache
def _described() -> re.Pattern[str]:
    """Descriptor directly before a name: "crypto exchange Coinbase", "the social network Twitter"."""
    return re.compile(rf"(?i)(?:\b{descriptors()}|(?<=\w)-maker|\bfirm’s|\bparent)\s+$")


@cache
def _personal() -> re.Pattern[str]:
    """Descriptors that people bear as well as employers: "developer Jane Roe"."""
    return re.compile(rf"(?i)\b{context('candidate.personal')}\s+$")


@cache
def _of_firm() -> re.Pattern[str]:
    """Descriptors that no person bears, so that a given name behind them is an employer's: "retailer John Lewis"."""
    return re.compile(rf"\b{context('candidate.firm')}[ ]$")


@cache
def _apposition() -> re.Pattern[str]:
    """Apposition behind a name: ", the Berlin-based delivery startup", ", a maker of …", " (NYSE: M)"."""
    return re.compile(
        rf"(?i),?\s*[,—–(]\s*(?:{context('candidate.apposition')}\b|{_EXCHANGE}\b)[^.;\n]{{0,90}}?"
        rf"\b(?:{descriptors()}|based)\b|\s*\({_EXCHANGE}"
    )


def candidate(
    text: str, start: int, end: int, people: set[str], things: set[str], firms: frozenset[str] = frozenset()
) -> Mark | None:
    """The mark of the capitalised words from `start` to `end`, None where they can be no employer's name.

    `people` are the surnames, `things` the products and places, `firms` the names of a person's form that the text
    tells to be an employer's.
    """
    if _SALUTES.match(text, start):
        return None
    start, written = _trimmed(text, start, end)
    end = start + len(written)
    bare = tidy(written)
    if (
        _cannot_be(bare)
        or (" " not in bare and _OF_THE.match(text, end))
        or (re.fullmatch("[A-Z][a-z]+s", bare) and company(bare) is None and _SUCH_AS.match(text, end))
        or (bare in phrases("candidate.trade") and _a_firm().match(text, end))
        or _MEMBERS_OF.search(text[max(0, start - 40) : start])
    ):
        return None
    legal = bool(_legal().search(written) or _LEGAL_BEHIND.match(text[end : end + 6]))
    firm = _of_firm().search(text[max(0, start - 20) : start]) and not re.match("[’']s", text[end : end + 2])
    if not legal and not firm and bare not in firms and is_person(text, start, bare.split(), people):
        return None
    form = "legal" if legal else "described" if _is_described(text, start, end, bare) else "open"
    known = company(bare)
    if known is None:
        if form != "legal" and (inside(text, start, start + len(bare), things) or _sequel(bare, things)):
            return None
        return Mark("company", start, end, Name(bare, form), f"company.{form}")
    if inside(text, start, start + len(bare), {thing for thing in things if len(thing) > len(bare)}):
        return None
    if ordinary(bare) and (form == "open" or ends_longer(text, start)):
        return None
    return Mark("company", start, end, Name(known.name, "listed"), "company.listed")


def _sequel(bare: str, things: set[str]) -> bool:
    """Is it the longer name of a product that the text tells ("Halo Infinite" beside "making ‘Halo’")?"""
    return any(bare.startswith(f"{thing} ") for thing in things)


def _trimmed(text: str, start: int, end: int) -> tuple[int, str]:
    """Start and words of a name without the stop behind it, or the first half of one that stands twice.

    A caption's last word and the sentence's first may meet: "Image: Plex Plex laid off".
    """
    written = text[start:end].rstrip(".,’'")
    if written.endswith(("Inc", "Corp", "Co", "Ltd")) and text[end - 1 : end] == ".":
        written = text[start:end]
    tokens = tidy(written).split()
    half = len(tokens) // 2
    if half and tokens[:half] == tokens[half:]:
        second = " ".join(tokens[half:])
        return start + len(written) - len(second), second
    return start, written


@lru_cache(maxsize=50_000)
def _cannot_be(bare: str) -> bool:
    """Is it no employer's name by its words alone: a body, a place, too short, too long?"""
    tokens = bare.split()
    if not named(bare) or len(tokens) > 6 or len(bare) < 2 or fold(bare) in ("", "the") or _no_employer().search(bare):
        return True
    if bare.lower() in places() or re.sub(r"[.-]\w+$", "", bare).lower() in places():
        return True
    return all(token.lower().strip(".,") in places() for token in tokens)


def _is_described(text: str, start: int, end: int, bare: str) -> bool:
    before = text[max(0, start - 40) : start]
    if _described().search(before) and not (len(bare.split()) == 2 and _personal().search(before)):
        return True
    return _apposition().match(text, end) is not None
