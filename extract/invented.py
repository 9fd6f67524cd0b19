"""Articles whose employers nobody works for: letters to copy, and novels, films and plays that are told or reviewed."""

from __future__ import annotations

import re

from extract.companies import by_fold, fold
from extract.rounds import Round
from extract.sentences import Sentence
from extract.words import context

#: A headline or first sentence that offers a letter to copy.
_TO_COPY = re.compile(
    r"(?i)\b(?:sample|template|example)s?\b[^.;\n]{0,40}\b(?:letter|memo|e-?mail|notice|announcement)s?\b"
    r"|\b(?:letter|memo|e-?mail|notice|announcement)s?\b[^.;\n]{0,40}\b(?:samples?|templates?|examples?)\b"
    r"|\bsamples?\s+(?:below|to copy)\b|\bfill in the (?:gaps|blanks)\b"
)
#: What whoever copies it has to fill in: "[Company Name]", "[date]".
_BLANK = re.compile(rf"(?i)\[\s*(?:(?:your|the|insert)\s+)?{context('invented.blank')}(?:[\w’'/ ]{{0,25}})\]")
#: Words of those who tell or review a story; so many different ones are a review, unless there are words of news too.
_OF_STORIES = re.compile(rf"(?i)\b{context('invented.story')}(?!\w)")
_OF_NEWS = re.compile(rf"(?i)\b{context('invented.news')}(?!\w)")
#: Names that letters to copy give the employer, be they somebody's as well.
_PLACEHOLDER = re.compile(r"(?i)(?:abc|xyz|acme)\b.*")
STORY_WORDS = 3
#: Sentences at the beginning in which the first of them stands.
_EARLY = 4


def invented(found: list[Sentence], kept: list[Round]) -> list[Round]:
    """The rounds of employers that no list knows, where the article is such a letter or story; else none."""
    unlisted = [r for r in kept if fold(r.company) not in by_fold() or _PLACEHOLDER.fullmatch(r.company)]
    return unlisted if unlisted and (_letter(found) or _story(found)) else []


def _letter(found: list[Sentence]) -> bool:
    return any(_TO_COPY.search(s.words) for s in found[:2]) or any(_BLANK.search(s.words) for s in found)


def _story(found: list[Sentence]) -> bool:
    """Are there words of several kinds about a story, the first of them early, and none of news?"""
    if not any(_OF_STORIES.search(s.words) for s in found[:_EARLY]):
        return False
    words = {match[0].lower() for s in found for match in _OF_STORIES.finditer(s.words)}
    return len(words) >= STORY_WORDS and not any(_OF_NEWS.search(s.words) for s in found)
