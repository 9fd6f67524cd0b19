"""Marks shares: "15 % of its workforce", "a third of staff", "one in five workers", "cut staff by half"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import numbers, vocabulary, words
from extract.amounts import Amount
from extract.lookup import firsts, mentions, near, spots, starting
from extract.marks import Mark, coat, text_of
from extract.time_words import MONTH, YEAR


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent; `staff` tells whether the words themselves say that it is one of the workforce.

    `of` is what it is said to be a share of, as written; `wide` whether that is all staff (not a unit of it).
    """

    amount: Amount
    staff: bool
    of: str | None
    wide: bool


#: Fraction -> per cent, rounded to a whole number.
FRACTIONS = {words.fold(row["fraction"]): int(row["percent"]) for row in vocabulary.table("fractions.csv")}
_PERCENT = r"(?:\s?%|[\s-]?per\s?cents?\b|[\s-]?percent\b|\s?pct?\b)"
_FRACTION = words.alternation(FRACTIONS)
_EVERY = r"(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{1,2})"
#: "one job in five": the noun that makes the share one of staff.
_ONE_STAFF = (
    r"(?P<staff>(?:job|post|role|position|employee|worker|staffer|staff|person|people|team\s+member|staff\s+member)s?)"
)
_SHARE = re.compile(
    rf"(?:(?<![\w-])(?P<hedge>{numbers.PLAIN_HEDGE})\s+)?(?:\b(?:a\s+further|a|an|another|the)\s+(?=\d))?{numbers.START}"
    rf"(?:(?P<low>{numbers.NUMBER}){_PERCENT}?\s?(?:-|–|—|to|(?<=\s)and)\s?(?P<high>{numbers.NUMBER}){_PERCENT}"
    rf"|(?P<number>{numbers.NUMBER}){_PERCENT}(?P<plus>\+|\s+or\s+more\b)?"
    rf"|(?<![\w-])(?P<fraction>{_FRACTION})(?![\w-])"
    rf"|(?<![\w-])(?P<one>(?:one|two|three|1|2|3))\s+(?:{_ONE_STAFF}\s+)?(?:in|of|out\s+of)\s+(?:every\s+)?"
    rf"(?P<every>{_EVERY})\b(?![,.]\d))",
    re.IGNORECASE,
)
_OPENINGS = numbers.OPENINGS | firsts(FRACTIONS)
#: What every share has in it, at most so many characters behind its beginning: a sign, or a fraction's words.
_SIGN = re.compile(r"%|[pP](?i:er\s?cent|ct?\b)")
_IN_EVERY = re.compile(rf"(?i)(?:in|of)\s+(?:every\s+)?{_EVERY}\b")
_PARTS = frozenset(word for fraction in FRACTIONS for word in fraction.split()[-1:])
_REACH = 160
_ANOTHER = re.compile(r"(?i)another\b|a\s+further\b")
#: The nouns of which a share is a share of staff, and what tells of staff without naming it: "a third of those there".
_NO_TRADE = words.alternation(vocabulary.lines("not_people.txt"))
_TRADE = rf"(?<=its\s|the\s)(?:\d[\d,]*\s+)?(?!{_NO_TRADE}\b)[a-z-]+(?:ers|ors|ists|ians|eers)"
_HAS = r"(?:has|have|had|employs?|employed)"
_THOSE = (
    rf"(?:those|the\s+people)\s+(?:it|they|who)\s+(?:[\w-]+\s+){{0,2}}?(?:{_HAS}|works?|worked)"
    r"|those\s+(?:(?:still|currently|previously)\s+)?(?:there|employed|working)"
    r"|(?:everyone|everybody)(?:\s+(?:at\s+the\s+company|there|on\s+(?:its|the|their)\s+(?:books|payroll|rolls)"
    rf"|(?:it|they)\s+{_HAS}|(?:who\s+)?(?:is\s+)?(?:works?|working|employed)\s+(?:for|at|by)\s+\w+(?:\s\w+)?))?"
    rf"|them|its\s+own|(?-i:us)\b|the\s+[\d,]+\s+(?:people\s+)?(?:who|that)\s+(?:\w+\s+)?(?:work|worked|were)\b"
    rf"|all\s+roles|all\s+(?:it|they)\s+(?:still\s+)?{_HAS}|all(?=\s*[.;,:])"
)
_CUTS = r"(?:layoffs?|lay-offs?|job\s+cuts?|redundancies|RIF|cut)"


@cache
def _of_staff() -> re.Pattern[str]:
    """Behind a share, what shows that it is one of staff: "of its workforce", "staff cut", "layoffs", "employees"."""
    gap = rf"(?:(?!{words.context('share.not_staff')}\b)[\w’',./&%-]+(?<![a-z]{{3}}\.)[ \u00a0]+){{0,7}}?"
    own = rf"(?:{words.context('share.own')}[ ](?:[\d,]+[ ])?)?"
    cut = rf"(?:{words.context('share.reduction')}[ ](?:of|in|to|from)[ ])?{own}"
    staff = words.workforce()
    employer = r"(?-i:[A-Z][\w’'.&-]+(?:[ ][A-Z][\w’'.&-]+){0,3})[ ]?(?:’s[ ]|'s[ ])?"
    return re.compile(
        rf"(?i)[ \u00a0]*(?:(?:out[ ])?of|in|from)[ \u00a0]+(?P<of>{gap}(?:{staff}|{_TRADE}|{_THOSE})"
        rf"|(?:its|their|our)[ ](?:{words.modifier()}[ ]){{0,3}}?{words.people()})\b(?![’']s\s+[\d,]+\b)"
        rf"|(?<=half)[ \u00a0]+"
        rf"(?P<its>(?:its|their|our)[ ](?:{words.modifier()}[ ]){{0,3}}?(?:{words.people()}|{staff}))\b"
        rf"|[ \u00a0]+{cut}(?:{words.modifier()}[ \u00a0]+){{0,4}}?(?P<noun>{words.context('share.noun')})"
        rf"(?!\s+{words.context('share.not_of_staff')}\b)\s*"
        rf"(?:reductions?|cuts?|layoffs?|cull)?\b"
        rf"|\s+{_CUTS}\b|\s+of\s+(?={employer}\s*{staff}\b)"
        r"|\s+(?:of\s+)?(?P<plain>employees|workers|staffers|staff|roles|jobs|positions)\b"
        r"|\s+of\s+(?:its|their|the\s+[\w-]+[’'\u0027]s)\s*(?:(?:total|global|entire|overall|current)\s*)?(?:…|\.\.\.)"
    )


@cache
def _staff_by() -> re.Pattern[str]:
    """Before a share, what shows that it is one of staff: "cut its workforce by", "layoffs affecting"."""
    return re.compile(
        rf"(?i)\b(?<!involving )(?<!against )(?<!among )(?<!for )(?<!per )(?:{words.workforce()}|{words.people()})\s+"
        rf"(?!{words.context('share.not_of_staff')}\b)(?:(?!to\b)[\w’'-]+\s+){{0,4}}?(?:by|in)\s*(?:(?:between|from)\s+)?$"
        r"|\b(?:workforce|headcount|staff|job)\s+(?:reductions?|cuts?)\s+(?:of|by)\s*$"
        r"|\b(?:layoffs?|redundancies)\s+(?:of|affect(?:ing|s|ed)?|impact(?:ing|s|ed)?|for|hit)\s*$"
    )


_HALVES = frozenset({"halve", "halves", "halved", "halving"})


@cache
def _halved() -> re.Pattern[str]:
    """ "nearly halved its Sydney newsroom"."""
    return re.compile(
        rf"(?i)(?:\b(?P<hedge>{numbers.PLAIN_HEDGE})\s+)?\b(?P<verb>halv(?:e|es|ed|ing))\s+"
        rf"(?P<of>(?:its|their|his|our|the)\s+(?:[\w’'-]+\s+){{0,3}}?(?:{words.workforce()}|newsroom|team)"
        r"|(?:team|staff|workforce|headcount|newsroom)(?=\s*(?:\n|$|[,;:]|\b(?:in|as|after|to|amid)\b)))\b"
    )


@cache
def _other() -> re.Pattern[str]:
    """Behind a share, what shows that it is one of money or growth."""
    time = rf"(?-i:{MONTH}|{YEAR}|[MTWFS][a-z]+day\b|early |late |mid-)"
    return re.compile(rf"(?i)\s*(?!(?:in|on|since|after)\s+{time})(?:{words.context('share.other')}|to\s+\$)\b")


@cache
def _fell() -> re.Pattern[str]:
    """Before a share, what shows the same: "revenue fell", "cut prices by"."""
    return re.compile(rf"(?i)\b{words.context('share.fell')}\s+(?:[\w’'-]+\s+){{0,3}}$")


@cache
def _thinks() -> re.Pattern[str]:
    """Behind a share, with or without its people, what shows that it is one of those asked: "said they fear"."""
    return re.compile(
        rf"(?i)\s+(?:(?:said|say|says|also|now|would)\s+(?:that\s+)?(?:they\s+)?)?{words.context('share.thinks')}\b"
    )


@cache
def _narrow() -> re.Pattern[str]:
    """Words by which a share is one of a unit, a trade or a country and not of all staff."""
    return re.compile(rf"(?i){words.context('share.narrow')}|(?-i:\bU\.?S\b|\bU\.?K\b)|there\b")


#: Before and behind a fraction, what shows that it is one of a year: "the second half of 2023".
_ORDINAL = re.compile(r"(?i)\b(?:first|second|third|fourth|last|latter|other|final|1st|2nd|3rd|4th)[ -]$")
_OF_YEAR = re.compile(
    r"(?i)\s+of\s+(?:fiscal\s+|financial\s+)?(?:(?:19|20)\d\d|(?:the|this|last|next)\s+(?:\w+\s+)?year)\b"
)


#: Before a share: it is one of what staff get ("cut pay for its 600 staff by (10%)").
_PAY_OF = re.compile(
    r"(?i)\b(?:pay|wages?|salar(?:y|ies)|hours|bonus(?:es)?|benefits|overtime)\s+(?:of|for)\b[^,;.\n]{0,40}\bby\s+(?:\w+\s+)?$"
)


def find(doc: Doc) -> Iterator[Mark]:
    """Every percentage or fraction of which the text does not say that it is of something other than staff."""
    text = text_of(doc)
    if mentions(text, _HALVES):
        yield from (_halving(text, match) for match in _halved().finditer(text))
    for match in near(_SHARE, _OPENINGS, _anchors(text), _REACH, text):
        amount = _amount(match)
        if amount is not None and 0 < amount.point <= 100:
            yield from _read(text, match, amount)


def _anchors(text: str) -> list[int]:
    signs = [match.start() for match in _SIGN.finditer(text)]
    return sorted([*signs, *spots(text, _PARTS), *(m.start() for m in starting(_IN_EVERY, {"in", "of"}, text))])


def _halving(text: str, match: re.Match[str]) -> Mark:
    """The half that "halve its newsroom" states; the mark is on the verb."""
    share = Share(numbers.bounded(50.0, match["hedge"]), True, match["of"], not _narrow().search(match[0]))
    return Mark("share", match.start("verb"), match.end("verb"), share, "share.halved")


def _read(text: str, match: re.Match[str], amount: Amount) -> Iterator[Mark]:
    if match["fraction"] and _of_time(text, match):
        return
    if _PAY_OF.search(text[max(0, match.start() - 60) : match.start()]):
        return
    after = _of_staff().match(text, match.end())
    if _thinks().match(text, after.end() if after else match.end()):
        return  # "70% of employees fear for their jobs": a survey
    staff = bool(after or match["staff"] or _staff_by().search(text[max(0, match.start() - 60) : match.start()]))
    if not staff and (match["fraction"] or match[0].lower().endswith("pc") or _of_other(text, match)):
        return
    end = after.end() if after and (after["of"] or after["its"] or after["noun"] or after["plain"]) else match.end()
    wide = not _narrow().search(text[match.start() : end + 12])
    said_of = (after and (after["of"] or after["its"] or after["plain"])) or None
    share = Share(amount, staff, said_of, wide)
    yield Mark("share", match.start(), end, share, "share.staff" if staff else "share.bare")


def _of_time(text: str, match: re.Match[str]) -> bool:
    """Is the half or quarter one of a year?"""
    ordinal = _ORDINAL.search(text[max(0, match.start("fraction") - 8) : match.start("fraction")])
    return bool(ordinal or _OF_YEAR.match(text, match.end()))


def _of_other(text: str, match: re.Match[str]) -> bool:
    """Do the words around a share say that it is one of money, growth or trade?"""
    lead = text[max(0, match.start() - 50) : match.start()]
    if _ANOTHER.match(match[0]) and re.search(r"(?i)%|per\s?cent", lead) and not _fell().search(lead):
        return False  # one more of the same: "12% of its staff in 2023 and another 4% in 2024"
    return bool(_other().match(text[match.end() : match.end() + 24]) or _fell().search(lead))


def _per_cent(part: float) -> float:
    """Whole per cents, or half ones where it comes out even: one in six is 17, one in eight 12.5."""
    return 100 * part if part * 200 % 1 == 0 else float(round(100 * part))


def _amount(match: re.Match[str]) -> Amount | None:
    if match["low"] and match["high"]:
        low, high = numbers.number(match["low"]), numbers.number(match["high"])
        return Amount(low, high, "range") if low and high and low < high else None
    if match["fraction"]:
        value: float | None = FRACTIONS[words.fold(match["fraction"])]
    elif match["every"]:
        part, whole = numbers.number(match["one"]), numbers.number(match["every"])
        value = _per_cent(part / whole) if part and whole else None
    else:
        value = numbers.number(match["number"])
    if value is None:
        return None
    return numbers.bounded(float(value), "at least" if match["plus"] else match["hedge"])


coat("share", find)
