"""What a number of people counts, by the words around it: a cut, a company's size, hires, those who speak."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract import words
from extract.words import context

#: Words between what governs a number and the number itself.
_HEDGES = context("counted.hedge")


def _before(governing: str, fillers: str = _HEDGES) -> re.Pattern[str]:
    """What stands directly before a number, hedges left out: "employs only about | 1,200"."""
    return re.compile(rf"(?i)\b(?:{governing})(?:\s+{fillers})*\s*$")


_CUT_NOUN = re.compile(rf"(?i){context('counted.cut_noun')}|cuts\b")
_SIZE = _before(
    rf"{context('counted.size')}|(?:workforce|headcount|staff|employees)\s+{context('counted.size_verb')}"
    r"|\d[\d,.]*\s+of|how many of",
    rf"(?:a total of|(?:the|its|their|[\w’']+[’']s)(?=\s)|{_HEDGES})",
)
#: Opens a sentence: all of whom some go ("Of its 5,000 employees, 300 are going").
_OF_ALL = re.compile(r"(?:^|[.!?\n]\s*)Of\s+(?:the|its|their|[A-Z][\w’'&.-]*[’']s)\s+(?:\w+\s+)?$")
#: "a software company with about 7,000 employees, says it plans to cut 2,000".
_FIRM_WITH = _before(rf"{words.descriptors()}\s+(?:with|of)")
_WITH_SIZE = _before(r"with|had|than|its|their|the")
#: "Nuance (6,500 employees)": its size or, in a list of cuts, its cut.
_BRACKETED = re.compile(r"[A-Z][\w’'.&-]*\s\($")
_MEMBERS = re.compile(r"(?i)employees|workers|staff|people")
_SIZE_AFTER = re.compile(
    rf"(?i)\s*[-\u2010]?\s*(?:(?:full-time |total |global )?{context('counted.member')})?\s*"
    r"(?:(?:worldwide|globally|around the world|in total|overall|in all)\s*[,.]?\s*"
    rf"(?:as of|at the end|by the end|before)|{context('counted.in_place')}|(?:remain(?:ing)?|strong)\b)"
)
_HIRE = _before(context("counted.hire"), rf"(?:as many as|an additional|another|a further|the|{_HEDGES})")
#: The work that AI does: "does the work of 700 agents".
_WORK = re.compile(
    rf"{_before(context('counted.work') + ' of').pattern}"
    rf"|\bas much (?:work )?.{{0,20}}\bas(?:\s+{_HEDGES})*\s*$"
)
_VACANCY = re.compile(r"(?i)\b(?:open|unfilled|vacant|advertised)\b|vacanc|openings|adverts|\bnew[ \u00a0]+$")
#: Employees who speak, not who go: "say two employees", "told by three workers".
_SPEAKING = _before(context("counted.speaking"))
_SPEAKERS = re.compile(rf"(?i)\s+{context('counted.speaker')}\b|\s+[a-z]+s\b(?<!jobs)")
#: Around people who tell of the cuts: "cites at least three people, who say".
_CITED = _before(context("counted.cited"))
_WHO_TELL = re.compile(rf"(?i),?\s+who\s+(?:(?:have|had|has)\s+)?{context('counted.tells')}\b")
#: What those counted do, or is done to them, that is no cut: they are retrained, they strike.
_STAY = re.compile(rf"(?i)\s+(?:(?:were|was|are|have been|will be|being)\s+)?{context('counted.stay')}\b")
#: "the number of positions affected at 2,350": a bare number that is said to be the number.
_NUMBER_OF = _before(r"(?:number|figure|tally|toll)\b[^.;]{0,60}\b(?:at|of|to|is|was|be|stands at|stood at)")


def role(text: str, match: re.Match[str], noun: re.Match[str]) -> str:
    """The role of a number (match of QUANTITY) with its noun: the first that fits, "count" where none does."""
    before = text[max(0, match.start() - 70) : match.start()]
    from_to = match["between"] and match["between"].lower() == "from"
    roles: tuple[tuple[str, Callable[[], object]], ...] = (
        ("work", lambda: _WORK.search(before)),
        ("voice", lambda: _SPEAKING.search(before) and _SPEAKERS.match(text, noun.end())),
        ("voice", lambda: _CITED.search(before) and _WHO_TELL.match(text, noun.end())),
        ("voice", lambda: _STAY.match(text, noun.end())),
        ("hire", lambda: _HIRE.search(before)),
        ("vacancy", lambda: _VACANCY.search(noun["mods"]) or _VACANCY.search(noun["noun"])),
        ("cut", lambda: _CUT_NOUN.search(noun["noun"])),
        (
            "size",
            lambda: (
                from_to
                or _SIZE.search(before)
                or _FIRM_WITH.search(before)
                or _OF_ALL.search(before)
                or _SIZE_AFTER.match(text, noun.end())
            ),
        ),
        (
            "maybe_size",
            lambda: _WITH_SIZE.search(before) or (_MEMBERS.match(noun["noun"]) and _BRACKETED.search(before)),
        ),
    )
    return next((name for name, holds in roles if holds()), "count")


def is_size(text: str, start: int) -> bool:
    """Is a bare number at `start` a company's size: "with a workforce of 5,000", "employs 5,000"?"""
    return _SIZE.search(text[max(0, start - 70) : start]) is not None


def is_said_number(text: str, start: int) -> bool:
    """Is a bare number at `start` said to be the number: "the number of positions affected at 2,350"?"""
    return _NUMBER_OF.search(text[max(0, start - 90) : start]) is not None
