"""Sentence bounds for news: a headline, a paragraph and a list item end a sentence; abbreviations do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from extract.lookup import trying
from extract.words import context

#: Summaries run a line without a stop into the text: "… after years of loss A group of former workers has".
_RUN_IN = r"(?<=[a-z]{2})[ ](?=(?:The|A|An)[ ][a-z]{2})"
#: Where a sentence may end: a line, or a stop with what closes a quotation before a capital, or such a line.
_END = re.compile(rf"(?:\s*\n\s*)+|{_RUN_IN}|(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9“‘\"•@])")
#: What such an end begins behind, or with: a stop, a blank between lines run together.
_STOP = re.compile(r"[.!?](?=[\s\"'”’)\]])")
_RUN_TOGETHER = re.compile(r" (?=(?:The|A|An) [a-z])")
_BLANKS = re.compile(r"\s+")
#: The number of an item at its start: "3. Acme: 600 jobs".
_ENUMERATES = re.compile(r"\d{1,2}\.")
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sen|Rep|Gov)\.$")


@cache
def _abbreviation() -> re.Pattern[str]:
    """An abbreviation with its stop: of the list, an initial, letters with stops between them."""
    listed = context("bounds.abbreviation")
    return re.compile(rf"(?:\b{listed}|\b[A-Z]|\b(?:[A-Za-z]\.){{1,3}}[A-Za-z])\.$")


@cache
def _starter() -> re.Pattern[str]:
    """Words that seldom follow an abbreviation inside a sentence, so that "Apple Inc. The company" still ends there."""
    return re.compile(rf"{context('bounds.starter')}\b")


def sentences(text: str) -> list[tuple[int, int]]:
    """Bounds of the sentences, white space at either end left out.

    >>> t = "Acme Inc. cut 10 jobs. It said so on Jan. 5.\\n\\nMore follow"
    >>> [t[a:b] for a, b in sentences(t)]
    ['Acme Inc. cut 10 jobs.', 'It said so on Jan. 5.', 'More follow']
    """
    return [part for bound in _sentences(text) for part in _pieces(text, *bound)]


#: Rules look at a sentence as a whole; nobody writes longer ones, so that a longer one is cut at a blank.
LONGEST = 800


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        stop = at if at > 0 else start + LONGEST
        yield start, stop
        start = stop + (at > 0)
    if start < end:
        yield start, end


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in trying(_END, _may_end(text), text):
        line = "\n" in match[0]
        if not line and (_inside_abbreviation(text, start, match) or _ENUMERATES.fullmatch(text, start, match.start())):
            continue
        quotes = 0 if line else len(match[0]) - len(match[0].lstrip("\"'”’)]"))
        stop = match.start() + quotes
        if text[start:stop].strip():
            yield start, stop
        start = match.end()
    if text[start:].strip():
        yield start, start + len(text[start:].rstrip())


def _may_end(text: str) -> list[int]:
    """Where a match of `_END` may begin."""
    found = {match.end() for match in _STOP.finditer(text)}
    found.update(match.start() for match in _RUN_TOGETHER.finditer(text))
    line = text.find("\n")
    while line >= 0:
        start = line
        while start and text[start - 1].isspace():
            start -= 1
        found.add(start)
        blanks = _BLANKS.match(text, line)
        line = text.find("\n", blanks.end() if blanks else line + 1)
    return sorted(found)


def _inside_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[max(start, match.start() - 12) : match.start()]
    if not _abbreviation().search(before):
        return False
    return not _starter().match(text, match.end()) or _TITLE.search(before) is not None
