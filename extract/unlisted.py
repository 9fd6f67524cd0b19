"""Names that no list knows: capitalised words that are no person, place, month, body or ordinary word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extract.capitals import TOKEN, heading
from extract.companies import company, company_keeps_s, fold, tidy
from extract.marks import Mark
from extract.names import Name, common_words, descriptor, not_names, ordinary, places
from extract.numbers import number
from extract.persons import is_person
from extract.vocabulary import phrases
from extract.words import context, descriptors

Bounds = tuple[int, int]

_RUN = re.compile(
    rf"(?<![\w@#/.-]){TOKEN}(?:(?:\s(?:&|of|de|von|the)(?=\s[A-Z])|,(?=\s(?:Inc|Ltd|LLC|Gray)\b))?[ \u00a0]{TOKEN})*"
)
_POSSESSIVE = re.compile(r"[’']s$")
_SENTENCE_START = re.compile(r"(?:^|[.!?:\n•*–—-]\s*|^\s*)[\"“‘(\[]*$")
_NEXT_CAPITAL = re.compile(r"\S+[ ]([A-Z][\w’'-]*)")
_LEGAL_BEHIND = re.compile(r",?\s(?:Inc|Corp|Ltd|LLC|plc|PLC)\b")
_EXCHANGE = r"(?:NYSE|NASDAQ|LSE|ASX|LON)"


@cache
def _heads_clause() -> re.Pattern[str]:
    return re.compile(rf"(?:[:|–—,;]|\b{context('unlisted.heads')}|[’']s)\s*[\"“‘]?$")


@cache
def _describing() -> re.Pattern[str]:
    """Endings of compounds that describe: "Berlin-based"."""
    return re.compile(rf"-{context('unlisted.describing')}$")


@cache
def _no_employer() -> re.Pattern[str]:
    """Bodies that speak or decide but do not cut; words with a hyphen that only describe; version and grade names."""
    body, prefix, suffix = (context(f"unlisted.{part}") for part in ("body", "prefix", "suffix"))
    return re.compile(rf"{body}$|^{prefix}-|^[A-Z]\d$|-{suffix}$")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile(rf"(?:,?\s+{context('unlisted.legal')}\b\.?)+$")


@cache
def _described() -> re.Pattern[str]:
    """Descriptor directly before a name: "crypto exchange Coinbase", "the social network Twitter"."""
    return re.compile(rf"(?i)(?:\b{descriptors()}|(?<=\w)-maker|\bfirm’s|\bparent)\s+$")


@cache
def _personal() -> re.Pattern[str]:
    """Descriptors that people bear as well as employers: "developer Jane Roe"."""
    return re.compile(rf"(?i)\b{context('unlisted.personal')}\s+$")


@cache
def _apposition() -> re.Pattern[str]:
    """Apposition behind a name: ", the Berlin-based delivery startup", ", a maker of …", " (NYSE: M)"."""
    return re.compile(
        rf"(?i),?\s*[,—–(]\s*(?:{context('unlisted.apposition')}\b|{_EXCHANGE}\b)[^.;\n]{{0,90}}?"
        rf"\b(?:{descriptors()}|based)\b|\s*\({_EXCHANGE}"
    )


def unlisted(text: str, taken: list[Bounds], people: set[str]) -> Iterator[Mark]:
    """The marks of open names, none in a run of capitals that holds one of the `taken` names."""
    for match in _RUN.finditer(text):
        if not any(low < match.end() and match.start() < high for low, high in taken):
            for start, end in _pieces(text, match.start(), match.end()):
                if mark := _candidate(text, start, end, people):
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
    if bare in not_names() or _describing().search(bare):
        return True
    if not _common(bare):
        return False
    if in_heading:
        return True
    following = _NEXT_CAPITAL.match(text[at : at + 60])
    if run is not None or not _SENTENCE_START.search(text[max(0, at - 6) : at]):
        return False
    return following is None or descriptor(bare) or following[1].lower() not in common_words()


@lru_cache(maxsize=50_000)
def _common(bare: str) -> bool:
    return bare in common_words() or all(part in common_words() or part in not_names() for part in bare.split("-"))


def _candidate(text: str, start: int, end: int, people: set[str]) -> Mark | None:
    start, written = _trimmed(text, start, end)
    end = start + len(written)
    bare = tidy(written)
    if _cannot_be(bare):
        return None
    legal = bool(_legal().search(written) or _LEGAL_BEHIND.match(text[end : end + 6]))
    if not legal and is_person(text, start, bare.split(), people):
        return None
    form = "legal" if legal else "described" if _is_described(text, start, end, bare) else "open"
    known = company(bare)
    if known is None:
        return Mark("company", start, end, Name(bare, form), f"company.{form}")
    if form == "open" and ordinary(bare):
        return None
    return Mark("company", start, end, Name(known.name, "listed"), "company.listed")


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
    if not tokens or len(tokens) > 6 or len(bare) < 2 or fold(bare) in ("", "the") or _no_employer().search(bare):
        return True
    if bare.lower() in places() or re.sub(r"[.-]\w+$", "", bare).lower() in places():
        return True
    return all(token.lower().strip(".,") in places() for token in tokens)


def _is_described(text: str, start: int, end: int, bare: str) -> bool:
    before = text[max(0, start - 40) : start]
    if _described().search(before) and not (len(bare.split()) == 2 and _personal().search(before)):
        return True
    return _apposition().match(text, end) is not None
