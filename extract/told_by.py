"""Who tells of a cut: the employer, by its name, its people or its papers, or others (press, staff, unions, sources).

The words are rows of data/vocabulary/status.csv and contexts.csv.
"""

from __future__ import annotations

import re
from functools import cache

from extract import vocabulary, words
from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence, once
from extract.voices import known_voice
from extract.windows import before, behind
from extract.words import context

_REPORTS = r"(?:reports?|reported|writes|wrote|revealed|said|says|learned|learnt|understands)\b"
_FIRST = r"(?:\s*\([^)]*\))?(?:,\s+for\s+its\s+part,)?(?:\s+(?:has|had|have|first|later|also|exclusively|then|on \w+))*"
#: A news outlet tells it: behind its name, before its name, or with no name at all.
_PRESS = re.compile(rf"(?i)^(?:[’']s)?{_FIRST}\s+{_REPORTS}|^\s+(?:sources|report)\b")
_PRESS_BEFORE = Expression(rf"(?i)\b{context('told_by.press_before')}\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,2}}$")
_PRESS_UNNAMED = Expression(
    r"(?i)\baccording to (?:an?|the) (?:[\w’'.]+ ){0,4}report\b"
    r"|\b(?:newspapers?|media|outlets?|magazine|broadcaster|website|news agency)\b[^.;]{0,60}"
    r"\b(?:reported|reports|said|wrote)\b"
)
#: Staff, unions and others who are no employer say so, or it is known according to them.
_SOURCES = Expression(
    rf"(?<!\bto )(?<!\bto all )(?<!\bto its )(?<!\bto the )\b(?i:{context('told_by.sources')})\b"
    r"(?:\s+(?!(?:it|he|she|that|they)\b)[\w’'.-]+){0,7}"
    r"\s+(?:have |has |had )?"
    rf"(?i:{context('told_by.source_says')})\b"
    r"|(?:\b(?i:according to)|,\s+(?:say|says|said))"
    r"\s+(?:(?:posts?|messages?|accounts?|reports?)\s+(?:on\s+[\w.]+\s+)?(?:by|from|of)\s+)?(?:(?:the|two|three|four|five|several|some|many|current|and|former)\s+)*"
    rf"(?i:{context('told_by.sources')})\b"
)
#: The employer itself speaks: before the cut, or anywhere in the sentence.
_OWN_BEFORE = Expression(rf"(?i)\b{context('told_by.own_before')}\b")
_OWN = Expression(rf"(?i)\b{context('told_by.own')}\b")
_TELLING = (
    r"(?:said(?!\s+to\s+(?!the\b|its\b))|says|say|told|tells|announced|announces|confirmed|confirms|disclosed|wrote|informed|acknowledged?s?"
    r"|insist(?:s|ed)|stress(?:es|ed)|explain(?:s|ed)|maintain(?:s|ed))\b"
)
_SAYS = re.compile(rf"(?:,[^,;.]{{2,70}},)?\s+(?:(?:has|had|have|also|itself|has since|later|first|now)\s+)*{_TELLING}")
_IT_SAYS = Expression(
    rf"(?i)\b(?:it|the (?:[\w-]+\s+){{0,2}}(?:{words.descriptors()}|newspaper|publisher|group|bank|school|council))"
    rf"\s+(?:(?:has|had|also|does)\s+)?{_TELLING}"
)
_OFFICE_SAYS = Expression(
    rf"(?i)\b{context('told_by.office')}\b(?:(?!\b(?:works council|union|guild)\b)[^.;]){{0,60}}?\b{_TELLING}"
)
#: Nobody confirms.
_UNCONFIRMED = Expression(
    r"(?i)\b(?:not|n[’']t|nobody|yet to|declined to|refused to|neither)\b[^.;]{0,30}\bconfirm\w*|\bunconfirmed\b"
    r"|\b(?:employees?|workers?|sources?|unions?)\b[^.;]{0,20}\bconfirm\w*"
)


@cache
def _phrases(status: str) -> Expression:
    """The phrases of one status in status.csv; "..." stands for up to four words."""
    gap = r"(?:\s+[\w’'-]+){0,4}\s+"
    phrases = [row["phrase"] for row in vocabulary.table("status.csv") if row["status"] == status]
    plain = words.alternation(phrase for phrase in phrases if "..." not in phrase and phrase[0].isalnum())
    gapped = (phrase.split("...") for phrase in phrases if "..." in phrase)
    forms = "|".join((plain, *(gap.join(words.alternation([part.strip()]) for part in parts) for parts in gapped)))
    told = rf"(?<![\w-])(?:{forms})(?![\w-])"
    if closing := [phrase for phrase in phrases if not phrase[0].isalnum()]:  # "Acme cuts 300 jobs: report"
        told += rf"|(?:(?<![\w-])|(?<=\w)(?=[:–])){words.alternation(closing)}(?![\w-])"
    return Expression(f"(?i){told}")


@cache
def _outlet() -> Expression:
    """The name of an outlet that tells the news: "Reuters reported", "according to the BBC"."""
    names = words.alternation(vocabulary.lines("publishers.txt"))
    return Expression(
        rf"\b{names}(?:[’']s)?{_FIRST}\s+{_REPORTS}"
        rf"|\b(?i:{context('told_by.press_before')})\s+(?i:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,2}}{names}\b"
    )


@cache
def _credit() -> re.Pattern[str]:
    """Behind a headline's colon, an outlet, or a group that speaks for staff."""
    names = words.alternation(vocabulary.lines("publishers.txt"))
    return re.compile(
        rf":\s(?:{names}|(?i:(?:the\s+)?(?:labou?r\s+|workers[’']?\s+)?(?:group|union|unions|sources|workers|staff)))$"
    )


def says(status: str, sentence: Sentence, words: str | None = None) -> bool:
    """Do the words of this status stand in the sentence, or in those `words` of it?"""
    return sentence.search(_phrases(status), words) is not None


@once
def sourced(sentence: Sentence, who: str) -> bool:
    """Do the press, staff, a union or unnamed sources stand as those who tell it?"""
    if sentence.title and _credit().search(sentence.words.rstrip()):
        return True
    return _told_by_others(sentence) or _press(sentence, who)


@once
def _told_by_others(sentence: Sentence) -> bool:
    told = (_phrases("reported"), _SOURCES, _PRESS_UNNAMED, _outlet())
    return any(sentence.search(expression) for expression in told)


def _press(sentence: Sentence, who: str) -> bool:
    """Does a known voice other than the employer stand as the one who tells it?"""
    return any(
        _PRESS.match(behind(sentence, mark.end, 50)) or sentence.search(_PRESS_BEFORE, before(sentence, mark.start, 50))
        for mark in sentence.of("company")
        if known_voice(mark) and mark.value.name != who
    )


@once
def own_voice(sentence: Sentence, bound: Bound, who: str = "") -> bool:
    """Does the employer itself speak in the sentence (announced, memo, filing, spokesperson, chief executive)?"""
    if sentence.search(_UNCONFIRMED):
        return False
    return bool(sentence.search(_OWN_BEFORE, sentence.text[sentence.start : bound.cut.start])) or speaks(sentence, who)


@once
def speaks(sentence: Sentence, who: str) -> bool:
    """Does the employer speak in the sentence: by its name, as "it" or "the company", by its people or its papers?"""
    words = sentence.words
    if any(m.value.name == who and _SAYS.match(sentence.text, m.end) for m in sentence.of("company")):
        return True
    if sentence.search(_OFFICE_SAYS, words):
        return True
    spoken = sentence.search(_OWN, words) or sentence.search(_IT_SAYS, words)
    return bool(spoken) and not sentence.search(_SOURCES, words)
