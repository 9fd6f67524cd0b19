"""Marks shares: "15 % of its workforce", "a third of staff", "one in five workers", "cut staff by half"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import numbers, words
from extract.marks import Mark, coat, text_of


@dataclass(frozen=True, slots=True)
class Share:
    """A share in per cent; `staff` tells whether the words themselves say that it is one of the workforce.

    `of` is what it is said to be a share of, as written; `wide` whether that is all staff (not a unit of it).
    """

    amount: numbers.Amount
    staff: bool
    of: str | None
    wide: bool


#: Fractions round to whole per cent.
FRACTIONS = {
    "half": 50, "a half": 50, "one-half": 50, "a third": 33, "one third": 33, "one-third": 33, "two-thirds": 67,
    "two thirds": 67, "a quarter": 25, "one-quarter": 25, "one quarter": 25, "three-quarters": 75, "three quarters": 75,
    "a fifth": 20, "one-fifth": 20, "one fifth": 20, "two-fifths": 40, "a sixth": 17, "one-sixth": 17, "an eighth": 13,
    "a tenth": 10, "one-tenth": 10, "one tenth": 10, "a seventh": 14, "four-fifths": 80, "three-fifths": 60,
}  # fmt: skip
_PLAIN_HEDGE = re.sub(r"\?P<[a-z]+>", "", numbers.HEDGE)
_PERCENT = r"(?:\s?%|[\s-]?per\s?cents?\b|[\s-]?percent\b|\s?pct\b)"
_SHARE = re.compile(
    rf"(?:(?<![\w-])(?P<hedge>{_PLAIN_HEDGE})\s+)?(?:(?:a|an|another|the)\s+(?=\d))?"
    rf"(?:(?P<low>{numbers.NUMBER}){_PERCENT}?\s?(?:-|–|—|to|and)\s?(?P<high>{numbers.NUMBER}){_PERCENT}"
    rf"|(?P<number>{numbers.NUMBER}){_PERCENT}(?P<plus>\+)?"
    rf"|(?<![\w-])(?P<fraction>{words.alternation(FRACTIONS)})(?![\w-])"
    rf"|(?<![\w-])(?P<one>(?:one|two|three|1|2|3))\s+(?:in|of|out\s+of)\s+(?:every\s+)?(?P<every>two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|\d{{1,2}})\b)",
    re.IGNORECASE,
)
_NARROW = re.compile(
    r"(?i)corporate|white-collar|office|division|unit|department|team|newsroom|engineer|support|sales|contractor|back[- ]office|business services"
    r"|moderator|pilot|\bU\.?S\.?\b|\bU\.?K\.?\b|europe|india|there\b|recruit|manager|executive|salaried|non-customer|support|editorial"
)


@cache
def _of_staff() -> re.Pattern[str]:
    gap = r"(?:(?!(?:revenue|sales|shares?|stock|profit|costs?|customers|users|jobs in|women|time|respondents)\b)[\w’',./&%-]+[ \u00a0]+){0,7}?"
    return re.compile(
        rf"(?i)[ \u00a0]*(?:of|in|from)[ \u00a0]+(?P<of>{gap}(?:{words.workforce()}|(?<=its\s)(?:\d[\d,]*\s+)?[a-z-]+(?:ers|ors|ists|ians|eers)|those\s+(?:it|they|who)\s+(?:[\w-]+\s+){{0,2}}?(?:has|have|employs?|employed|works?|worked|had)|those\s+there|everyone(?:\s+at\s+the\s+company)?|them|its\s+own|us\b|all\s+roles))\b"
        rf"|[ \u00a0]+(?:{gap})(?P<noun>workforce|staff|headcount|job|employee|work\s+force|personnel|payroll)\s*(?:reductions?|cuts?|layoffs?|cull)?\b"
        rf"|\s+(?:layoffs?|lay-offs?|job\s+cuts?|redundancies|RIF|cut)\b|\s+of\s+(?=[A-Z][\w’'.&-]+(?:\s+[A-Z][\w’'.&-]+){{0,3}}\s*(?:’s|'s)?\s*(?:{words.workforce()})\b)"
        rf"|\s+(?:of\s+)?(?P<plain>employees|workers|staffers|staff|roles|jobs|positions)\b"
    )


@cache
def _staff_by() -> re.Pattern[str]:
    return re.compile(
        rf"(?i)\b(?:{words.workforce()}|employees|roles)\s+(?:[\w’'-]+\s+){{0,4}}?(?:by|in)\s*$|\b(?:workforce|headcount|staff|job)\s+(?:reductions?|cuts?)\s+(?:of|by)\s*$"
        r"|\b(?:layoffs?|redundancies)\s+(?:of|affect(?:ing|s|ed)?|impact(?:ing|s|ed)?|for|hit)\s*$"
    )


def find(doc: Doc) -> Iterator[Mark]:
    """Every percentage or fraction of which the text does not say that it is of something other than staff."""
    text = text_of(doc)
    for match in _SHARE.finditer(text):
        amount = _amount(match)
        if amount is None or not 0 < amount.point <= 100:
            continue
        after = _of_staff().match(text, match.end())
        before = text[max(0, match.start() - 60) : match.start()]
        staff = bool(after) or bool(_staff_by().search(before)) or bool(match["every"] and after)
        if match["fraction"] and not staff:
            continue
        if not staff and re.match(r"\s*(?:of|in|on|more|higher|lower|less|rise|fall|stake|to\s+\$|increase|decline|drop|gain|growth|up|down|from a year|after|since)\b", text[match.end() : match.end() + 14], re.I):
            continue
        said_of = (after and (after["of"] or after["plain"])) or None
        end = after.end() if after and (after["of"] or after["noun"] or after["plain"]) else match.end()
        wide = not _NARROW.search(text[match.start() : end + 12])
        yield Mark("share", match.start(), end, Share(amount, staff, said_of, wide), "share.staff" if staff else "share.bare")


def _amount(match: re.Match[str]) -> numbers.Amount | None:
    if match["low"] and match["high"]:
        low, high = numbers.number(match["low"]), numbers.number(match["high"])
        return numbers.Amount(low, high, "range") if low and high and low < high else None
    if match["fraction"]:
        key = re.sub(r"\s+", " ", match["fraction"].lower().replace("\u2010", "-"))
        value: float | None = FRACTIONS.get(key, FRACTIONS.get(key.replace("-", " ")))
    elif match["every"]:
        part, whole = numbers.number(match["one"]), numbers.number(match["every"])
        value = round(100 * part / whole) if part and whole else None
    else:
        value = numbers.number(match["number"])
    if value is None:
        return None
    return numbers.bounded(float(value), "at least" if match["plus"] else match["hedge"])


coat("share", find)
