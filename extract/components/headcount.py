"""Marks numbers of people or jobs: "about 1,200 jobs", "hundreds of staff", and bare numbers that a cut may govern."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from spacy.tokens import Doc

from extract import numbers, vocabulary, words
from extract.amounts import Amount
from extract.counted import is_said_number, is_size
from extract.counted import role as role_of
from extract.lookup import near, spots
from extract.marks import Mark, coat, marks, text_of
from extract.time_words import MONTH, YEAR


@dataclass(frozen=True, slots=True)
class Headcount:
    """A counted number of people or jobs: its bounds, the noun counted (None for a bare number) and its role.

    role: "count" (may be a cut), "cut" (the noun itself is a cut: "1,200 layoffs"), "size" (of company or team),
    "maybe_size" ("with 1,200 staff"), "hire", "work" (does the work of N), "voice" (employees who speak), "vacancy",
    "bare" (a number without noun), "bare_trade" (with a noun that only its form shows to name people).
    """

    amount: Amount
    noun: str | None
    role: str


#: "expands layoffs from 10,000 to 18,000": the later number is the figure.
_RISING = re.compile(r"(?i)\b(?:layoffs|lay-offs|job cuts|cuts|redundancies|job losses)\s+$")
_YEAR = re.compile(r"(?:19|20)\d\d")
#: "Founded in 1865": a year before the last two centuries, which without these words would be a count.
_FOUNDED = re.compile(r"(?i)\b(?:founded|established|formed|started|dates?|dating|history|roots|since)\b[^.;,]{0,25}$")
#: Before a number of four digits, what shows it to be a year, unless a cut governs it.
_IN_YEAR = re.compile(r"\b(?:in|of|since|by|during|late|early|mid|from|until|for|[a-z]{3,9}\.?)\s+$")
#: "In the spring of 2024 Acme dismissed 300 people".
_PART_OF_YEAR = re.compile(
    r"\b(?:spring|summer|autumn|fall|winter|half|quarter|beginning|start|end|middle|months?|weeks?) of\s+$"
)
_CUT_BEFORE = re.compile(r"\b(?:cut|axe|shed|off|fire|eliminate|slash|of)\s+$")
#: Behind a number, what shows that it counts no people; and a compound by which it is the size of a group.
_OTHER_UNIT = re.compile(
    rf"(?i)\s?(?:%|per\s?cent|percent|pct|percentage|-?{words.context('headcount.other_unit')}(?!ly\b))"
)
#: The few that lead a trade ("a Big Four firm").
_BIG = re.compile(r"^(?:Big|big) (?:Two|Three|Four|Five|Six|Ten|[2-9])$")
_MOST_OF = re.compile(r"(?i)\bmost of[\"”’]?\s+(?:(?:a|its|their|the)\s+)?$")
_GROUP_SIZE = re.compile(r"-(?:person|strong|member|employee|people|man)\b")
#: Before a bare number, what shows that it is money, a day or a label.
_LABEL = re.compile(
    r"(?i)[$€£¥₹#]\s?$|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.?\s*$"
    rf"|\b{words.context('headcount.label')}\s*$"
)
_UPSET = re.compile(rf"(?i)\b{words.context('headcount.upset')}\s+(?:(?:some|about|more than|over|nearly|almost)\s+)*$")
#: Before "over": what the quarrel, the strike or the grief is about ("Staff strike at Acme").
_QUARREL = re.compile(
    rf"(?i)\b{words.context('headcount.quarrel')}"
    r"(?:\s+(?:at|in|with|against)\s+(?:the\s+)?(?-i:[A-Z])[\w’'-]*(?:\s(?-i:[A-Z])[\w’'-]*){0,2})?\s+$"
)
#: Before a number with its "over" or "under": an age ("people over 50").
_AGED = re.compile(
    r"(?i)\b(?:(?:people|those|men|women|adults|workers|employees|staff|customers|patients|anyone|everyone)\s+(?:who\s+are\s+)?"
    r"(?:aged\s+)?|aged\s+)$"
)
#: The age of one who is named: "Farhan Roe, 44, who was fired".
_AGE = re.compile(r"[A-Z][\w’'-]+\s+[A-Z][\w’'-]+,\s+\d\d,$")
#: A number that names a firm in a row of names: "hit 343, Bethesda and other studios".
_NAMED = re.compile(r"(?i)\b(?:affect|hit|impact)\w*\s+$")
_NAMES = re.compile(r",\s[A-Z][\w’'-]+(?:,|\s(?:and|or)\s)")
_BARE_NEXT = re.compile(
    r"(?i)[ \t]*(?:$|\n|[.,;:)\]—–”\"'’|]|\(\d"
    rf"|(?:{words.context('headcount.bare_next')}|of (?:its|them|those|the|whom|last|this|{MONTH}|{YEAR}))\b)"
)
#: A plural that by its form names people of a trade: "70 bookkeepers".
_TRADE = re.compile(
    rf"[^\S\n]+(?:{words.modifier()}[ ]){{0,2}}?"
    r"(?P<noun>[a-z-]+(?:ers|ors|ists|ians|eers|men|women|ees|smiths|wrights))\b(?!-)"
)
#: Behind a number: cuts that it counts ("300 corporate cuts", "300 cuts at Acme"), not those of prices or films.
_CUTS = re.compile(
    rf"(?i)[^\S\n]+(?:{words.context('headcount.cut_modifier')}[ ]){{1,2}}(?P<noun>cuts|reductions|exits|departures)\b"
    r"|[^\S\n]+(?P<at>cuts)(?=[ ]at[ ](?-i:[A-Z])|[ ](?:over|across|worldwide|globally|it)\b|\.?$|\.\s)"
)
#: A line that names those counted, and nothing else ("Workers affected: 8", "Number of layoffs: 1,725 jobs").
_COUNTED = re.compile(rf"(?i)(?:^|[\n|])\W*{words.context('headcount.counted')}\s?:\s*$")
_NOUN = re.compile(
    r"(?i)[\"”“'’]?(?:[ ]\([^)\n]{1,25}\))?[^\S\n]+(?:(?:more\s+|out\s+)?of\s+)?"
    r"(?:(?:the|its|their|his|our|these|those|more|other|further|additional)\s+)*"
    rf"(?P<mods>(?:{words.modifier()}[ \u00a0]+){{0,5}}?(?:{words.modifier()}(?:(?<!s),|[ ]and)[ ][a-z-]+[ ])?)"
    rf"(?P<noun>{words.people()})\b"
    rf"(?!-|\s+{words.context('headcount.event')}\b)"
)
#: Behind "hundreds": things, not people.
_OF_THINGS = re.compile(rf"(?i)\s+of\s+(?:[\w’'-]+\s+){{0,2}}?{words.context('other_things.thing')}\b(?!-|[’'])")
#: Between a number and its noun: another sentence, or another number ("dozens go. Time cut 30 | employees").
_PARTED = re.compile(r"[a-z]{2}\.\s|(?<=\w)(?<![’']s)\s\d[\d,]*\d\s")
#: Before a day's number.
_DAY_OF = re.compile(rf"\b{MONTH}\s+$")
LAST_DAY = 31
#: More people than any employer has: an order number, a time stamp.
MOST = 3_000_000


def find(doc: Doc) -> Iterator[Mark]:
    """Every quantity that counts people or jobs, and every bare number that might."""
    text = text_of(doc)
    shares = marks(doc, "share")
    begins, ends = [share.start for share in shares], [*accumulate((share.end for share in shares), max)]
    names = {m.value.name.split()[0] for m in marks(doc, "company")}
    for match in near(numbers.QUANTITY, numbers.OPENINGS, spots(text, numbers.NUMERALS), numbers.REACH, text):
        amount = numbers.amount(match)
        if amount is None or (amount.point < 2 and amount.relation == "exact") or amount.point > MOST:
            continue
        if match["number"] in names:  # "343 staff" of 343 Industries
            continue
        if amount.relation == "at_least" and _quarrel(text, match):
            amount = numbers.bounded(amount.point, None)
        before = bisect_right(begins, match.start())
        if not before or match.start() >= ends[before - 1]:
            yield from _read(text, match, amount)


def _quarrel(text: str, match: re.Match[str]) -> bool:
    """Does "over" tell what a quarrel is about, not that it is more: "Row over 500 job cuts"?"""
    least = (match["hedge"] or "").strip().lower() == "over"
    return least and _QUARREL.search(text[max(0, match.start() - 60) : match.start()]) is not None


def _read(text: str, match: re.Match[str], amount: Amount) -> Iterator[Mark]:
    start, end = match.span()
    if _OTHER_UNIT.match(text[end : end + 14]) or _BIG.search(text[max(0, start - 4) : end]):
        return
    noun = _noun(text, match)
    if noun and noun["mods"] and amount.point <= LAST_DAY and _DAY_OF.search(text[max(0, start - 12) : start]):
        return  # "Feb. 28 General Motors trimmed 500 jobs"
    cuts = _CUTS.match(text, end)
    if cuts and amount.point >= 10:
        yield _mark(start, cuts.end(), Headcount(amount, (cuts["noun"] or cuts["at"]).lower(), "cut"))
    elif _GROUP_SIZE.match(text[end : end + 12]):
        most = _MOST_OF.search(text[max(0, start - 24) : start])
        whole = Headcount(numbers.bounded(amount.point, "up to"), None, "count")
        yield _mark(start, end, whole if most else Headcount(amount, None, "size"))
    elif noun and not _is_year(text, match, noun):
        role = role_of(text, match, noun)
        if role == "size" and match["low"] and _RISING.search(text[max(0, start - 24) : start]):
            role, amount = "count", numbers.bounded(amount.high or 0.0, None)
        yield _mark(start, noun.end(), Headcount(amount, noun["noun"].lower(), role))
    elif amount.point >= 2 and not _upset(text, start) and (trade := _trade(text, end)):
        yield _mark(start, trade.end(), Headcount(amount, trade["noun"], "bare_trade"))
    elif _COUNTED.search(text[max(0, start - 50) : start]) and _BARE_NEXT.match(text, end):
        yield _mark(start, end, Headcount(amount, None, "count"))
    elif amount.point >= 10 and _may_be_bare(text, match):
        role = "count" if is_said_number(text, start) else "size" if is_size(text, start) else "bare"
        yield _mark(start, end, Headcount(amount, None, role))


def _noun(text: str, match: re.Match[str]) -> re.Match[str] | None:
    """The noun that a number counts, in its own sentence and without another number between."""
    noun = _NOUN.match(text, match.end())
    return noun if noun and not _PARTED.search(noun["mods"]) else None


def _mark(start: int, end: int, value: Headcount) -> Mark:
    return Mark("headcount", start, end, value, f"headcount.{value.role.removeprefix('bare_')}")


def _upset(text: str, start: int) -> bool:
    """Are they people who are against something ("draws the ire of 700 painters")?"""
    return _UPSET.search(text[max(0, start - 40) : start]) is not None


def _trade(text: str, end: int) -> re.Match[str] | None:
    found = _TRADE.match(text, end)
    return found if found and found["noun"] not in _not_people() else None


@cache
def _not_people() -> frozenset[str]:
    return frozenset(vocabulary.lines("not_people.txt"))


def _is_year(text: str, match: re.Match[str], noun: re.Match[str]) -> bool:
    if not (match["number"] and _YEAR.fullmatch(match["number"])):
        return False
    if "layoff" in noun["noun"].lower().replace("-", ""):  # "2023 tech layoffs" are those of a year
        return True
    before = text[max(0, match.start() - 14) : match.start()].lower()
    if _PART_OF_YEAR.search(before):
        return True
    return bool(_IN_YEAR.search(before)) and not _CUT_BEFORE.search(before)


def _may_be_bare(text: str, match: re.Match[str]) -> bool:
    if match["vague"]:
        return not _OF_THINGS.match(text, match.end())
    if _AGE.search(text[max(0, match.start() - 24) : match.end() + 1]):
        return False
    age = match["hedge"] and re.fullmatch(r"[1-9]\d", match["number"] or "")
    if age and _AGED.search(text[max(0, match.start() - 30) : match.start()]):
        return False
    if _NAMED.search(text[max(0, match.start() - 12) : match.start()]) and _NAMES.match(text, match.end()):
        return False
    if match["number"] and _YEAR.fullmatch(match["number"]):
        return False
    if match["number"] and re.fullmatch(r"1[5-8]\d\d", match["number"]):
        return not _FOUNDED.search(text[max(0, match.start() - 40) : match.start()])
    hedged = text[match.start()].isalpha()  # "In June another 200": no day of June
    if not hedged and _LABEL.search(text[max(0, match.start() - 11) : match.start()]):
        return False
    return bool(_BARE_NEXT.match(text, match.end()))


coat("headcount", find)
