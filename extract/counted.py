"""What a number of people counts, by the words around it: a cut, a company's size, hires, those who speak."""

from __future__ import annotations

import re
from collections.abc import Callable

from extract import words
from extract.expression import Expression, lacking
from extract.lookup import places
from extract.words import context

#: Characters before a number in which its role is looked for.
BEFORE = 70
#: Words between what governs a number and the number itself.
_HEDGES = context("counted.hedge")


def _before(governing: str, fillers: str = _HEDGES) -> Expression:
    """What stands directly before a number, hedges left out: "employs only about | 1,200"."""
    return Expression(rf"(?i)\b(?:{governing})(?:\s+{fillers})*\s*$")


_CUT_NOUN = re.compile(rf"(?i){context('counted.cut_noun')}|cuts\b")
_SIZE = _before(
    rf"{context('counted.size')}|(?:workforce|headcount|staff|employees)\s+{context('counted.size_verb')}"
    r"|\d[\d,.]*\s+of|how many of",
    rf"(?:a total of|(?:the|its|their|[\w’']+[’']s)(?=\s)|{_HEDGES})",
)
#: Opens a sentence: all of whom some go ("Of its 5,000 employees, 300 are going").
_OF_ALL = Expression(r"(?:^|[.!?\n]\s*)Of\s+(?:the|its|their|[A-Z][\w’'&.-]*[’']s)\s+(?:\w+\s+)?$")
#: "a software company with about 7,000 employees, says it plans to cut 2,000".
_FIRM_WITH = _before(rf"{words.descriptors()}\s+(?:with|of)")
_WITH_SIZE = _before(r"with|had|than|its|their|the")
#: "Nuance (6,500 employees)": its size or, in a list of cuts, its cut.
_BRACKETED = Expression(r"[A-Z][\w’'.&-]*\s\($")
_MEMBERS = re.compile(r"(?i)employees|workers|staff|people")
_SIZE_AFTER = re.compile(
    rf"(?i)\s*[-\u2010]?\s*(?:(?:full-time |total |global )?{context('counted.member')})?\s*"
    r"(?:(?:worldwide|globally|around the world|in total|overall|in all)\s*[,.]?\s*"
    rf"(?:as of|at the end|by the end|before)|{context('counted.in_place')}|(?:remain(?:ing)?|strong)\b)"
)
#: Before a number: the verb of a cut, so that "at the end of" behind it dates the cut.
_CUT_BEFORE = _before(context("counted.cuts"), rf"(?:off|go|of|another|a further|{_HEDGES})")
_HIRE = _before(context("counted.hire"), rf"(?:as many as|an additional|another|a further|the|{_HEDGES})")
#: The work that AI does: "does the work of 700 agents".
_WORK = Expression(
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
#: Those counted say so: "…, two top executives said in a memo".
_SAY_SO = re.compile(
    r"(?i)\s+(?:(?:familiar|with|at|from)\b[^.;,]{1,60}\s)?"
    r"(?:said|say|(?<!were )(?<!was )(?<!been )told|confirmed|wrote)\b"
)
_BREAKS = Expression(r"[,.:;—–\"”’]\s*$")
#: What those counted do, or is done to them, that is no cut: they are retrained, they strike.
_STAY = re.compile(rf"(?i)\s+(?:(?:were|was|are|have been|will be|being)\s+)?{context('counted.stay')}\b")
#: "the number of positions affected at 2,350": a bare number that is said to be the number.
_NUMBER_OF = _before(r"(?:number|figure|tally|toll)\b[^.;]{0,60}\b(?:at|of|to|is|was|be|stands at|stood at|in the)")


class _Lead:
    """The words before a number, searched only for what they hold words of."""

    def __init__(self, text: str, at: int) -> None:
        start = max(0, at - BEFORE)
        self.words = text[start:at]
        self.lack = lacking(places(text).between(start, at))

    def ends(self, expression: Expression) -> bool:
        """Does a match of the expression end the words?"""
        return not self.lack & expression.bits and expression.search(self.words) is not None


def role(text: str, match: re.Match[str], noun: re.Match[str]) -> str:
    """The role of a number (match of QUANTITY) with its noun: the first that fits, "count" where none does."""
    lead, behind = _Lead(text, match.start()), noun.end()
    from_to = match["between"] and match["between"].lower() == "from"
    roles: tuple[tuple[str, Callable[[], object]], ...] = (
        ("work", lambda: lead.ends(_WORK)),
        ("voice", lambda: lead.ends(_SPEAKING) and _SPEAKERS.match(text, behind)),
        ("voice", lambda: lead.ends(_CITED) and _WHO_TELL.match(text, behind)),
        ("voice", lambda: _SAY_SO.match(text, behind) and lead.ends(_BREAKS)),
        ("voice", lambda: _STAY.match(text, behind)),
        ("hire", lambda: lead.ends(_HIRE)),
        ("vacancy", lambda: _VACANCY.search(noun["mods"]) or _VACANCY.search(noun["noun"])),
        ("cut", lambda: _CUT_NOUN.search(noun["noun"])),
        (
            "size",
            lambda: (
                from_to
                or lead.ends(_SIZE)
                or lead.ends(_FIRM_WITH)
                or lead.ends(_OF_ALL)
                or (_SIZE_AFTER.match(text, behind) and not lead.ends(_CUT_BEFORE))
            ),
        ),
        ("maybe_size", lambda: lead.ends(_WITH_SIZE) or (_MEMBERS.match(noun["noun"]) and lead.ends(_BRACKETED))),
    )
    return next((name for name, holds in roles if holds()), "count")


def is_size(text: str, start: int) -> bool:
    """Is a bare number at `start` a company's size: "with a workforce of 5,000", "employs 5,000"?"""
    return _SIZE.search(text[max(0, start - 70) : start]) is not None


def is_said_number(text: str, start: int) -> bool:
    """Is a bare number at `start` said to be the number: "the number of positions affected at 2,350"?"""
    return _NUMBER_OF.search(text[max(0, start - 90) : start]) is not None
