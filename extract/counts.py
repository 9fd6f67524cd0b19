"""Numbers of job cuts in one sentence that are nobody's own: of employers at large, a sector, a country.

Pure: a sentence in, counts out. What a named employer cuts is left out, and so are percentages, money and hirings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract import vocabulary
from extract.amounts import Amount
from extract.companies import by_fold, fold
from extract.numbers import QUANTITY, amount

Bounds = tuple[int, int]

#: Fewer are no total of a sector.
LEAST = 500


def _words(name: str) -> str:
    """A group of the phrases of a set of totals.csv, the longest first; a star is any ending."""
    rows = (row["phrase"].split("|") for row in vocabulary.table("totals.csv") if row["set"] == name)
    longest_first = sorted({phrase for row in rows for phrase in row}, key=lambda phrase: (-len(phrase), phrase))
    escaped = (re.escape(phrase).replace(r"\ ", r"\s+").replace(r"\*", r"\w*") for phrase in longest_first)
    return f"(?:{'|'.join(escaped)})"


def _search(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_NOUN = rf"(?P<noun>{_words('noun')})\b"
#: Up to four words may stand between figure and noun: "217,362 announced US job cuts".
_BEHIND = _search(rf"\s+(?:of\s+(?:the|its|their)\s+)?(?:[a-z][\w.'’-]*\s+){{0,4}}?{_NOUN}")
_BEFORE = _search(rf"{_NOUN}(?:\s+[\w.'’-]+){{0,5}}?\s+{_words('reached')}(?:\s+to)?(?:\s+an?\s+total\s+of)?\s+$")
_NOT_PEOPLE = _search(rf"\s?(?:%|{_words('not_people')}\b)")
#: Of employers at large.
_SCOPE = re.compile(
    rf"\b(?:(?i:{_words('at_large')})\b|{_words('country')}(?!\w)"
    rf"|(?i:{_words('noun')}\s+(?:were|have\s+been|had\s+been)\s+{_words('told')})\b)"
)
_SAYS = _search(rf"\b{_words('says')}\b")
_COUNTED = _search(rf"\b{_words('counted')}\b")
_NOT_CUT = _search(rf"\b{_words('not_cut')}\b")
_LOST = _search(rf"\b{_words('lost')}\b")
_COMPARED = _search(rf"\b{_words('compared')}\.?(?:\s+the)?\s+$")
_AI = rf"(?<![\w-]){_words('ai')}(?!\w)"
_AI_AHEAD = _search(rf"{_AI}[^.;%]{{0,80}}?\b{_words('ai_ahead')}\b(?:(?!per\s?cent)[^.;%]){{0,40}}$")
_AI_BEHIND = _search(rf"^[^.;]{{0,70}}?\b{_words('ai_behind')}\b[^.;]{{0,40}}?{_AI}")
#: A figure goes on with the noun of the one before: "15,341 of them", "9,238 were due to AI".
_GOES_ON = _search(r"\s+(?:of|were|was|came|in|due|because)\b|,")
#: Or with what the one before counted: "31,039 in October and 48,414 so far this year", "bringing the total to 90,000".
_JOINED = _search(r"(?:^[^.;%]{0,45}\band|\btotal\b[^.;%]{0,30}\bto)\s+$")
_ANNOUNCED = _search(rf"\s+(?:were\s+)?{_words('told')}\b")
_LAID_OFF = _search(r"\blaid\s+off\b|\blayoffs\b(?!\.fyi|\s+fyi)")
_CUTS = re.compile(rf"\s+(?:has\s+|have\s+|will\s+|is\s+)?{_words('employer')}\b")


@dataclass(frozen=True, slots=True)
class Count:
    """Where the figure stands, up to where a period told behind it is its own, its value, and of what it is."""

    start: int
    end: int
    until: int  # where the next figure begins
    value: int
    relation: str
    measure: str  # job cuts, layoffs, layoffs and discharges, job losses
    sector: str | None
    ai: bool  # put down to AI
    compared: bool  # told to compare with: "up from 75,139"


def counts(sentence: str, named: Bounds | None) -> list[Count]:
    """The totals in the sentence, in its order. `named` is where who counts is named in it, None where nowhere.

    >>> told = counts("Employers announced 60,620 job cuts in March, 15,341 of them because of AI.", None)
    >>> [(c.value, c.measure, c.ai) for c in told]
    [(60620, 'job cuts', False), (15341, 'job cuts', True)]
    >>> counts("Meta cut 11,000 jobs this year, according to Layoffs.fyi.", (47, 58))
    []
    """
    about_cuts = bool(_LOST.search(sentence))
    if not about_cuts and (named or not re.search(_AI, sentence)):
        return []
    figures = [(m, a) for m in QUANTITY.finditer(sentence) if (a := amount(m)) and _counts_people(sentence, m, a)]
    found = _counts(sentence, named, figures)
    return [count for count in found if about_cuts or count.ai]  # "AI was cited for 900 of them" names no cuts


def _counts(sentence: str, named: Bounds | None, figures: list[tuple[re.Match[str], Amount]]) -> Iterator[Count]:
    bounds = [0, *(match.end() for match, _ in figures)]
    starts = [*(match.start() for match, _ in figures), len(sentence)]
    taken, noun, ai = False, "", False  # one mention of AI belongs to one figure
    for index, (match, value) in enumerate(figures):
        since, until = bounds[index], starts[index + 1]
        joined = index > 0 and bool(_JOINED.search(sentence[since : match.start()]))
        same = joined or _GOES_ON.match(sentence, match.end())
        noun = _noun(sentence, match) or (noun if same else "")
        rest = sentence[match.end() : until]
        behind = bool(_AI_BEHIND.search(rest)) and not _AI_AHEAD.search(rest)
        ahead = not taken and bool(_AI_AHEAD.search(sentence[since : match.start()]))
        ai, taken = behind or ahead or (joined and ai), behind
        compared = bool(_COMPARED.search(sentence[: match.start()]))
        if not (noun or ai or compared) or _own(sentence, match, named, ai or index > 0):
            continue
        near = sentence[max(since, match.start() - 40) : match.end() + 60]
        yield Count(
            match.start(), match.end(), until, round(value.point), value.relation, _measure(noun, sentence),
            _sector(near) or _sector(sentence[:25]), ai, compared,
        )  # fmt: skip


def _counts_people(sentence: str, match: re.Match[str], value: Amount) -> bool:
    if value.point < LEAST or _NOT_PEOPLE.match(sentence, match.end()):
        return False
    digits = match[0].strip()
    if re.fullmatch(r"(?:19|20)\d\d", digits) and not _noun(sentence, match):
        return False  # a year
    around = sentence[max(0, match.start() - 40) : match.end() + 40]
    return not (_NOT_CUT.search(around) and not _LOST.search(around))


def _noun(sentence: str, match: re.Match[str]) -> str:
    behind = _BEHIND.match(sentence, match.end())
    before = _BEFORE.search(sentence[: match.start()])
    if not behind and not before and _ANNOUNCED.match(sentence, match.end()):
        return (
            "job cuts" if "job cuts" in sentence[: match.start()].lower() else ""
        )  # "leads in job cuts, with 33,281 announced"
    return (behind["noun"] if behind else before["noun"] if before else "").lower()


def _own(sentence: str, match: re.Match[str], named: Bounds | None, continued: bool) -> bool:
    """Is the figure that of one employer, or can nobody tell whose it is?"""
    ahead, behind = sentence[: match.start()], sentence[match.end() :]
    companies = _companies(sentence)
    last = max((end for start, end in companies if end <= match.start()), default=None)
    if last is not None:
        between = sentence[last : match.start()]
        if not (_SCOPE.search(between) or _COUNTED.search(between)):
            return True
    at = re.match(r"(?:\s+[\w.'’-]+){0,4}?\s+(?:at|by|from)\s+(?=[A-Z])", behind)
    if at and any(start == match.end() + at.end() for start, _ in companies):
        return True
    if named and not companies and _BEFORE.search(ahead):
        return False  # "layoffs rose to 1.85 million"
    return not (continued or _SCOPE.search(ahead) or _SCOPE.search(behind) or _says(sentence, named))


def _says(sentence: str, named: Bounds | None) -> bool:
    """Is who counts the one that tells the figure: "Challenger counted", "a RationalFX report", not "according to"?"""
    if named is None or re.search(r"(?i)according\s+to\s+(?:the\s+)?$", sentence[: named[0]]):
        return False
    return bool(_SAYS.search(sentence, named[1], named[1] + 30))


@cache
def _known_names() -> frozenset[str]:
    counters = {fold(row[key]) for row in vocabulary.table("counters.csv") for key in ("name", "publisher")}
    return frozenset(by_fold()) - counters


def _companies(sentence: str) -> list[tuple[int, int]]:
    """Bounds of the employers named, by runs of capitalised words: known ones, and any that is the subject of a cut."""
    found = []
    for match in re.finditer(r"[A-Z][\w&.'’-]*(?:\s+(?:&\s+)?[A-Z][\w&.'’-]*){0,3}", sentence):
        name = match[0].rstrip(".")
        head = re.sub(r"['’]s?$", "", name)
        first = head.split()[0]
        known = fold(head) in _known_names() or (fold(first) in _known_names() and len(first) > 2)
        if known or (_CUTS.match(sentence, match.end()) and not _SCOPE.search(name)):
            found.append((match.start(), match.start() + len(name)))
    return found


def _measure(noun: str, sentence: str) -> str:
    words = sentence.lower()
    if "discharges" in noun:
        return "layoffs and discharges"
    if re.match(r"lay-?off", noun) or (_LAID_OFF.search(sentence) and "job cut" not in words):
        return "layoffs"
    return "job losses" if re.search(r"\b(?:lost|losses|shed)\b", words) and "cut" not in words else "job cuts"


def _sector(around: str) -> str | None:
    found = [(m.start(), m[0].lower()) for m in _sector_words().finditer(around)]
    return _sectors()[found[0][1]] if found else None


@cache
def _sectors() -> dict[str, str]:
    return {row["word"].lower(): row["sector"] for row in vocabulary.table("sectors.csv")}


@cache
def _sector_words() -> re.Pattern[str]:
    longest_first = sorted(_sectors(), key=len, reverse=True)
    return re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w])")
