"""The few words before or behind a place in a sentence: what most reading rules look at."""

from __future__ import annotations

from extract.sentences import Sentence


def before(sentence: Sentence, at: int, width: int) -> str:
    """At most `width` characters before offset `at`, none from before the sentence."""
    low = at - width
    return sentence.text[low if low > sentence.start else sentence.start : at]  # noqa: FURB136  (asked hundreds of times an article)


def behind(sentence: Sentence, at: int, width: int) -> str:
    """At most `width` characters from offset `at` on, none from behind the sentence."""
    high = at + width
    return sentence.text[at : high if high < sentence.end else sentence.end]  # noqa: FURB136
