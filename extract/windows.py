"""The few words before or behind a place in a sentence: what most reading rules look at."""

from __future__ import annotations

from extract.sentences import Sentence


def before(sentence: Sentence, at: int, width: int) -> str:
    """At most `width` characters before offset `at`, none from before the sentence."""
    low = at - width
    return sentence.text[max(sentence.start, low) : at]


def behind(sentence: Sentence, at: int, width: int) -> str:
    """At most `width` characters from offset `at` on, none from behind the sentence."""
    high = at + width
    return sentence.text[at : min(sentence.end, high)]
