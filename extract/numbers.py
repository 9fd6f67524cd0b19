"""Numbers as news writes them: digits in all groupings, words, dozens, hedges, bounds, ranges, per cent.

Pure: text in, values out. The components decide what a number counts.
"""

from __future__ import annotations

import re
from functools import lru_cache

from text_to_num import text2num

from extract.amounts import Amount
from extract.required import DIGIT, openings
from extract.words import alternation, context

_GAP = r"\s+"  # between the words of a hedge
_SCALE_WORD = r"(?:hundred|thousand|million)"
SMALL = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty", "fifty",
    "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_SMALL = alternation(SMALL)
_WORD = rf"(?:{_SMALL}|{_SCALE_WORD})"
WORDS = rf"(?:(?:an?\s+{_SCALE_WORD}|{_SMALL})(?:(?:\s+and\s+|[\s-]+){_WORD}){{0,7}})"
#: 1,200 / 1,12,000 / 3 500 / 1.2 million / 17k / 1.2 lakh / 850. Never a part of a longer number or of a decimal.
DIGITS = (
    r"(?<![\w.,$€£¥₹/])\d{1,3}(?:(?:,\d{2,3})+|(?:[\u00a0\u2009\u202f ]\d{3})+(?!\d))?(?:\.\d+)?(?![\d])"
    r"|(?<![\w.,$€£¥₹/])\d+(?:\.\d+)?(?![\d])"
)
SCALE = r"(?:\s?(?:thousand|million|lakhs?|crores?)\b|[kK]\b)"
_VAGUE = (
    r"(?:(?:several|many|a\s+few|the\s+low|low|a\s+couple\s+of|some|tens?\s+of|dozens?\s+of)\s+)?"
    r"(?:dozens|hundreds|thousands)(?:\s+of\s+(?:dozens|hundreds|thousands))?"
    r"|(?:several|a\s+few|many|some)\s+(?:dozen|hundred|thousand)"
    r"|tens\s+of\s+thousands|a\s+couple\s+of\s+(?:dozen|hundred|thousand)"
)
_DOZEN = rf"(?:an?|{WORDS}|half\s+a|\d{{1,2}})\s+dozen"
NUMBER = rf"(?:(?:{DIGITS}){SCALE}?|{WORDS}(?:\s(?:lakhs?|crores?)\b)?)"

#: Words before a number that loosen or bound it, in the groups about, least and most.
HEDGE = (
    rf"(?:(?P<about>{context('numbers.about', blank=_GAP)})"
    rf"|(?P<least>{context('numbers.least', blank=_GAP)})"
    rf"|(?P<most>{context('numbers.most', blank=_GAP)}))"
)
#: The same without names for the groups, to stand inside other expressions.
PLAIN_HEDGE = re.sub(r"\?P<[a-z]+>", "", HEDGE)


#: How quantities begin, hedges left out. Tried first, since it tells at most places that there is none.
START = rf"(?=\d|(?=[abdefhlmnost]){context('numbers.start')})"


_UNIT_WORDS = {"dozens": 24, "hundreds": 200, "thousands": 2000, "dozen": 24, "hundred": 200, "thousand": 2000}
_SCALES = {"k": 1e3, "thousand": 1e3, "million": 1e6, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7}


@lru_cache(maxsize=20_000)
def number(text: str) -> float | None:
    """The value of one number without hedges, None for what is not a number.

    >>> [number(t) for t in ("1,200", "1,12,000", "17k", "3 500", "1.2 million", "4 lakh", "two hundred and fifty")]
    [1200.0, 112000.0, 17000.0, 3500.0, 1200000.0, 400000.0, 250.0]
    >>> [number(t) for t in ("two dozen", "a dozen", "half a dozen", "a hundred", "twelve hundred", "jobs")]
    [24.0, 12.0, 6.0, 100.0, 1200.0, None]
    """
    text = re.sub(r"\s+", " ", text.strip().lower())
    if match := re.fullmatch(r"(.+) dozen", text):
        count = {"a": 1.0, "an": 1.0, "half a": 0.5}.get(match[1]) or number(match[1])
        return count * 12 if count else None
    if match := re.fullmatch(r"([\d., ]*\d)\s?(k|thousand|million|lakhs?|crores?)?", text):
        digits = re.sub(r"[, ]", "", match[1])
        return float(digits) * _SCALES.get(match[2] or "", 1.0) if digits.count(".") < 2 else None
    if match := re.fullmatch(r"(.+) (lakhs?|crores?)", text):
        count = number(match[1])
        return count * _SCALES[match[2]] if count else None
    words = re.sub(r"^an? ", "one ", text)
    if words.split()[0] in ("hundred", "thousand", "million"):
        words = "one " + words
    try:
        return float(text2num(words.replace("-", " "), "en"))
    except ValueError:
        return None


def vague(text: str) -> float | None:
    """The least number that a vague quantity means (the least that the plural can mean), None for other text.

    >>> [vague(t) for t in ("hundreds", "several hundred", "dozens", "tens of thousands", "a few thousand", "12")]
    [200.0, 200.0, 24.0, 20000.0, 2000.0, None]
    """
    words = re.sub(r"\s+", " ", text.strip().lower())
    if "tens of thousands" in words:
        return 20000.0
    if "hundreds of thousands" in words:
        return 200000.0
    last = words.split()[-1] if words else ""
    return float(_UNIT_WORDS[last]) if re.fullmatch(_VAGUE, words) and last in _UNIT_WORDS else None


def bounded(value: float, hedge: str | None) -> Amount:
    """A number under its hedge.

    >>> bounded(500.0, "at least"), bounded(500.0, "up to")
    (Amount(low=500.0, high=None, relation='at_least'), Amount(low=None, high=500.0, relation='at_most'))
    """
    match = re.fullmatch(HEDGE, hedge.strip().lower()) if hedge else None
    if match and match["least"]:
        return Amount(value, None, "at_least")
    if match and match["most"]:
        return Amount(None, value, "at_most")
    return Amount(value, value, "about" if match else "exact")


#: A quantity with its hedges: groups hedge, between/low/high (range), dozen, vague, number, plus.
QUANTITY = re.compile(
    rf"(?:(?<![\w-])(?P<hedge>{PLAIN_HEDGE})\s+)?(?:\b(?:the|a|an|another|a\s+further)\s+(?=\d))?{START}"
    rf"(?:(?P<between>between|from)\s+(?P<low>{NUMBER})\s+(?:and|to)\s+(?P<high>{NUMBER})"
    rf"|(?P<low2>(?:{DIGITS}){SCALE}?(?=\s?[-–—])|(?<![\w-]){NUMBER}(?=\s+to\s))\s?(?:-|–|—|\bto\b)\s?(?P<high2>(?:{NUMBER}|\d[\d,.]*[kK]?))"
    rf"|(?<!\w)(?P<dozen>{_DOZEN})\b"
    rf"|(?<!\w)(?P<vague>{_VAGUE})\b"
    rf"|(?<![\w-])(?P<number>{NUMBER})(?P<plus>\s?\+|[ -]plus\b|\s+or\s+more\b)?)",
    re.IGNORECASE,
)
#: What a quantity begins with, and the words of which each has one, at most REACH characters behind its beginning.
OPENINGS = openings(QUANTITY.pattern)
NUMERALS = frozenset(SMALL) | {*_UNIT_WORDS, "million", DIGIT}
REACH = 60


def amount(match: re.Match[str]) -> Amount | None:
    """The bounds that a match of QUANTITY states, None where its words are no number.

    >>> amount(QUANTITY.match("between 4,000 and 6,000"))
    Amount(low=4000.0, high=6000.0, relation='range')
    >>> amount(QUANTITY.match("1,000-1,200")), amount(QUANTITY.match("nearly 500")), amount(QUANTITY.match("155+"))
    (Amount(low=1000.0, high=1200.0, relation='range'), Amount(low=500.0, high=500.0, relation='about'), \
Amount(low=155.0, high=None, relation='at_least'))
    """
    low_text, high_text = match["low"] or match["low2"], match["high"] or match["high2"]
    if low_text and high_text:
        low, high = number(low_text), number(high_text)
        if low is None or high is None:
            return None
        scale = re.search(SCALE + r"$", high_text)
        if scale and low < high / 100:
            low *= _SCALES[scale[0].strip().lower()]
        return Amount(low, high, "range") if low < high else None
    if match["vague"]:
        least = vague(match["vague"])
        return Amount(least, None, "vague") if least else None
    value = number(match["dozen"] or match["number"])
    if value is None:
        return None
    return bounded(value, "at least" if match["plus"] else match["hedge"])
