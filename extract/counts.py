"""Numbers of job cuts in one sentence that are nobody's own: of employers at large, a sector, a country.

Pure: a sentence in, counts out. What a named employer cuts is left out, and so are percentages, money and hirings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract import vocabulary
from extract.companies import by_fold, fold
from extract.numbers import QUANTITY, Amount, amount

#: Fewer are no total of a sector.
LEAST = 500

_NOUN = (
    r"layoffs?\s+and\s+discharges|(?:job|staff|workforce)\s+(?:cuts?|reductions?|losses|eliminations?)|redundancies"
    r"|lay-?offs|cuts|jobs|positions|roles|workers|employees|people|staffers|staff"
)
#: Up to four words may stand between figure and noun: "217,362 announced US job cuts".
_BEHIND = re.compile(
    rf"\s+(?:of\s+(?:the|its|their)\s+)?(?:[A-Za-z][\w.'’-]*\s+){{0,4}}?(?P<noun>{_NOUN})\b", re.IGNORECASE
)
_BEFORE = re.compile(
    rf"(?P<noun>{_NOUN})\b(?:\s+[\w.'’-]+){{0,5}}?\s+(?:total(?:l?ed|l?ing|s)?|hit|reached|stood\s+at|stand\s+at|topped"
    r"|(?:rose|fell|climbed|jumped|surged|soared|dropped|came|increased|declined|spiked|swelled|up|down)\s+to|passed"
    r"|exceeded|surpassed|at|was|were)(?:\s+(?:a|an)\s+total\s+of)?\s+$",
    re.IGNORECASE,
)
_NOT_PEOPLE = re.compile(
    r"\s?(?:%|(?:per\s?cent|percentage|bn|billion|companies|firms|startups|employers|times|days|weeks|months|years)\b)",
    re.IGNORECASE,
)
#: Of employers at large.
_SCOPE = re.compile(
    r"\b(?:(?i:employers|companies|firms|businesses|start-?ups|retailers|economy|industry|industries|sectors?"
    r"|nationwide|nationally|national|country|across|globally|worldwide|overall|in\s+total|total(?:l?ed|ling)?|tech"
    r"|technology)|U\.?S\.?(?:-based)?|American|Britain|UK"
    r"|(?i:(?:job\s+cuts|layoffs|cuts|jobs|positions)\s+(?:were|have\s+been|had\s+been)\s+"
    r"(?:announced|recorded|counted|tracked|cut|lost)))\b"
)
_SAYS = re.compile(
    r"\b(?:counted|tracked|tallied|recorded|logged|registered|tracks|counts|tally|tracker|data|figures|reports?|reported)\b",
    re.IGNORECASE,
)
_NOT_CUT = re.compile(
    r"\b(?:add(?:ed|s|ing)?|hir(?:ed|es|ing|e)|created?|creat(?:es|ing)|openings|vacancies|gain(?:ed|s)?|recalled|rehir\w+)\b",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"\b(?:cuts?|cutting|lay-?offs?|laid\s+off|lay(?:ing)?\s+off|los[et]s?|losing|losses|redundan\w+|eliminat\w+"
    r"|shed(?:ding)?|axed|slash\w*|let\s+go|job\s+reductions?|discharges)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(
    r"(?:\b(?:from|than|versus|vs\.?|against)|compared\s+(?:with|to)|above|below)(?:\s+the)?\s+$", re.IGNORECASE
)
_AI = r"(?:AI\b|A\.I\.|artificial\s+intelligence\b|generative\s+AI\b|automation\b)"
_AI_AHEAD = re.compile(
    rf"(?<![\w-]){_AI}[^.;]{{0,80}}?\b(?:for|to|behind|of|in|cited|drove|caused|blamed|reason)\b[^.;]{{0,40}}$",
    re.IGNORECASE,
)
_AI_BEHIND = re.compile(
    r"^[^.;]{0,70}?\b(?:attribut\w+|due|link\w*|tied|because|blam\w+|citing|cit\w+|caused|driven|stem\w+|put\s+down"
    rf"|owing|directly)\b[^.;]{{0,40}}?(?<![\w-]){_AI}",
    re.IGNORECASE,
)
#: A figure goes on with the noun of the one before: "15,341 of them", "9,238 were due to AI".
_GOES_ON = re.compile(r"\s+(?:of|were|was|came|in|due|because)\b|,")
_LAID_OFF = re.compile(r"\blaid\s+off\b|\blayoffs\b(?!\.fyi|\s+fyi)", re.IGNORECASE)
_CUTS = re.compile(
    r"\s+(?:has\s+|have\s+|will\s+|is\s+)?(?:cut|cutting|lay|laid|laying|shed|eliminat\w+|axed|slashed)\b"
)


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


def counts(sentence: str, named: bool) -> list[Count]:
    """The totals in the sentence, in its order. `named`: the counter itself stands in it.

    >>> told = counts("Employers announced 60,620 job cuts in March, 15,341 of them because of AI.", True)
    >>> [(c.value, c.measure, c.ai) for c in told]
    [(60620, 'job cuts', False), (15341, 'job cuts', True)]
    >>> counts("Meta cut 11,000 jobs this year, according to Layoffs.fyi.", True)
    []
    """
    about_cuts = bool(_LOST.search(sentence))
    if not about_cuts and (named or not re.search(_AI, sentence)):
        return []
    figures = [(m, a) for m in QUANTITY.finditer(sentence) if (a := amount(m)) and _counts_people(sentence, m, a)]
    found = _counts(sentence, named, figures)
    return [count for count in found if about_cuts or count.ai]  # "AI was cited for 900 of them" names no cuts


def _counts(sentence: str, named: bool, figures: list[tuple[re.Match[str], Amount]]) -> Iterator[Count]:
    bounds = [0, *(match.end() for match, _ in figures)]
    starts = [*(match.start() for match, _ in figures), len(sentence)]
    taken, noun = False, ""  # one mention of AI belongs to one figure
    for index, (match, value) in enumerate(figures):
        since, until = bounds[index], starts[index + 1]
        noun = _noun(sentence, match) or (noun if _GOES_ON.match(sentence, match.end()) else "")
        rest = sentence[match.end() : until]
        behind = bool(_AI_BEHIND.search(rest)) and not _AI_AHEAD.search(rest)
        ai = behind or (not taken and bool(_AI_AHEAD.search(sentence[since : match.start()])))
        taken = behind
        compared = bool(_COMPARED.search(sentence[: match.start()]))
        if not (noun or ai or compared) or _own(sentence, match, named, ai or index > 0):
            continue
        yield Count(
            match.start(), match.end(), until, round(value.point), value.relation, _measure(noun, sentence),
            _sector(sentence[max(since, match.start() - 40) : match.end() + 60]), ai, compared,
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
    return (behind["noun"] if behind else before["noun"] if before else "").lower()


def _own(sentence: str, match: re.Match[str], named: bool, continued: bool) -> bool:
    """Is the figure that of one employer, or can nobody tell whose it is?"""
    ahead, behind = sentence[: match.start()], sentence[match.end() :]
    companies = _companies(sentence)
    last = max((end for start, end in companies if end <= match.start()), default=None)
    if last is not None and not _SCOPE.search(sentence[last : match.start()]):
        return True
    at = re.match(r"(?:\s+[\w.'’-]+){0,4}?\s+(?:at|by|from)\s+(?=[A-Z])", behind)
    if at and any(start == match.end() + at.end() for start, _ in companies):
        return True
    return not (continued or _SCOPE.search(ahead) or _SCOPE.search(behind) or (named and _SAYS.search(sentence)))


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
