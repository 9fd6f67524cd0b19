"""Does a cutting word tell of a cut where it stands: in a headline, or with whoever goes, a number or a share nearby?

The words of extract/cutting_words.py, each with the sentence around it, in text and in markup.
"""

from __future__ import annotations

import re

from extract.cutting_words import SHARE, Cutting, Test, cutting, fractions, numbers, people
from extract.visible import around, paragraph, placed_high

#: How far (bytes) around a word its sentence is looked for in text.
REACH = 200
#: Most words between a cutting word and whoever goes, behind and before it, where they tell without a figure; and with
#: one in the same sentence.
BEHIND, BEFORE, WITH_FIGURE = 3, 2, 15
FAR = 100
#: Most words between a number and the people or jobs that it counts.
COUNTED = 6
#: Most words between a number and a word such as "workforce", where it need not count people ("will shrink by 400").
BESIDE = 5
#: Where a sentence ends.
BREAK = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"'‘])|\n")
WORD = re.compile(r"[$€£¥₹]?\d[\d,.]*k?|%|[a-z’'&/-]+")


def tells(data: bytes, number: int, end: int, *, high: bool) -> bool:
    """Does the word `number` of `cutting` tell of a cut that ends at `end` of a text, or, if `high`, of a headline?"""
    word = cutting()[number]
    if word.alone or (word.weak and high):
        return True
    return _together(word, *_sentence(*(part.decode("utf-8", "ignore") for part in _near(data, end))), high)


def telling_sentence(data: bytes, number: int, end: int) -> str:
    """The sentence around the word `number` of `cutting` that ends at `end` of the markup, if it tells; else ""."""
    word, bounds = cutting()[number], paragraph(data, end)
    high = not word.alone and placed_high(data, end)
    if not (word.alone or word.weak or high or _beside(word, data, bounds)):
        return ""
    left, right = _sentence(*around(data, end, bounds))
    if word.alone or (word.weak and high) or _together(word, left, right, high):
        return left + right
    return ""


def _near(data: bytes, end: int) -> tuple[bytes, bytes]:
    return data[max(0, end - REACH) : end], data[end : end + REACH]


def _sentence(left: str, right: str) -> tuple[str, str]:
    """The sentence up to the cutting word, with which `left` ends, and behind it."""
    return BREAK.split(left)[-1], BREAK.split(right, maxsplit=1)[0]


def _beside(word: Cutting, data: bytes, bounds: tuple[int, int]) -> bool:
    """Does whoever goes, or what numbers of people count, stand in the same paragraph?

    Asked first, since most words have none, and the paragraph's words cost more.
    """
    return any(number in word.wanted for number, _ in word.near(data[slice(*bounds)]))


def _together(word: Cutting, left: str, right: str, high: bool) -> bool:
    """Does the word, with which `left` ends, tell of a cut with the words of its sentence?"""
    before, behind = WORD.findall(left.lower()), WORD.findall(right.lower())
    if not word.weak:
        return _pair_tells(before, behind, word.who, high)
    near = before[-BESIDE - 1 :] + behind[:BESIDE]
    return any(one[0].isdigit() and not _year(one) for one in near) or _figure(before + behind) >= 0


def _pair_tells(left: list[str], right: list[str], who: Test, high: bool) -> bool:
    """`left` ends with the cutting word, `right` begins behind it; do they tell of `who` goes?"""
    if 0 <= _figure(right[: BEHIND + COUNTED], share=high) <= BEHIND:
        return True
    if high and right and _counts(right[0]) and right[1:2] not in [[word] for word in SHARE]:
        return True  # "sheds 57"
    next_one = next((n for n, going in enumerate(map(who, right[:WITH_FIGURE])) if going), FAR)
    last_one = next((n for n, going in enumerate(map(who, left[-2 : -WITH_FIGURE - 2 : -1])) if going), FAR)
    if next_one == last_one == FAR:
        return False
    if high or next_one <= BEHIND or last_one < BEFORE:
        return True
    return _figure(left + right) >= 0


def _figure(found: list[str], share: bool = True) -> int:
    """Place of the first number of people or jobs (or of a share) in a row of words; -1 where there is none."""
    counted, counting, last = people(), numbers(), -100
    for at, word in enumerate(found):
        if word in counting or (word[0].isdigit() and "." not in word.rstrip(".,")):
            last = at
        elif (at - last <= COUNTED + 1 and word in counted and not (at - last > 1 and _year(found[last]))) or (
            share and at - last == 1 and (word in SHARE or (word == "of" and found[last] in fractions()))
        ):
            return last
    return -1


def _counts(word: str) -> bool:
    """Is it a whole number that is no year?"""
    return word[0].isdigit() and "." not in word and not _year(word)


def _year(word: str) -> bool:
    """
    >>> _year("2024"), _year("2,024"), _year("two")
    (True, False, False)
    """
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")
