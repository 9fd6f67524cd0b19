"""Marks the words that refer to an employer named elsewhere: "the company", "the chip giant", "it", "we"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc

from extract import words
from extract.lookup import followed, spots, trying
from extract.marks import Mark, coat, text_of
from extract.required import openings


@cache
def _reference() -> re.Pattern[str]:
    """Up to four words may stand before the descriptor; "the bank of England" and "it’s unclear" refer to none.

    Headlines and the lines below them leave the article off: "Swiss bank is cutting", "as company slashes jobs".
    """
    between = rf"(?:(?!{words.context('reference.no_modifier')}\b)[\w&-]+(?:\.\w+)*(?:[’']s)?[ ])"
    return re.compile(
        rf"(?i)\b(?P<noun>(?:the|this)[ ]{between}{{0,4}}?{words.descriptors()})\b"
        r"(?![’']?s?\s+(?:of|in)\s+[A-Z])(?!-)"
        rf"|(?:(?<=\n)|(?<=[.!?][ ]))(?P<opening>(?-i:[A-Z])[\w’'-]*[ ](?:[\w-]+[ ]){{0,2}}?{words.descriptors()})"
        rf"(?=[ ]{words.context('reference.verb')}\b)"
        r"|(?:(?<=\n)|(?<=[.!?][ ])|(?<=[—–-][ ]))"
        r"(?P<maker>The[ ](?:maker|owner|parent|publisher|developer|operator|company|group|studio)"
        rf"[ ](?:of|behind)[ ](?:the[ ])?(?-i:[A-Z])[^.;\n]{{2,80}}?)"
        rf"(?=[ ](?!to\b)(?:{words.context('reference.verb')}|wants|would|did|does)\b)"
        rf"|\b(?:as|after|while)[ ](?P<bare>{words.context('reference.bare')})"
        rf"(?=[ ]{words.context('reference.acts')}\b)"
        r"|\b(?P<pronoun>it|we)\b(?![’']s\s+(?:a|the|not|unclear|likely)\b)"
    )


#: Words with which a reference begins, but for one that opens a line or a sentence: pronouns, and those before a noun.
_PRONOUNS, _BEFORE = frozenset({"it", "we"}), frozenset({"the", "this", "as", "after", "while"})
_OPENS = re.compile(r"[\n ](?=[A-Z])(?:(?<=\n)|(?<=[.!?][ ]))")
#: Most characters from there to the noun.
_REACH = 150


@cache
def _nouns() -> frozenset[str]:
    makers = ("maker", "owner", "parent", "publisher", "developer", "operator", "company", "group", "studio")
    return openings(words.descriptors()) | openings(words.context("reference.bare")) | frozenset(makers)


def _found(text: str) -> Iterator[re.Match[str]]:
    """The references, each looked for only at a pronoun, or where a noun follows shortly."""
    nouns = spots(text, _nouns())
    opens = [*spots(text, _BEFORE), *(match.end() for match in _OPENS.finditer(text))]
    return trying(_reference(), sorted({*followed(opens, nouns, _REACH), *spots(text, _PRONOUNS)}), text)


def find(doc: Doc) -> Iterator[Mark]:
    """Every reference; the value is its words in lower case."""
    for match in _found(text_of(doc)):
        kind = "pronoun" if match["pronoun"] else "noun"
        named = next((group for group in ("bare", "maker") if match[group]), 0)
        start, end = match.span(named)
        yield Mark("reference", start, end, match[0].lower(), f"reference.{kind}")


coat("reference", find)
