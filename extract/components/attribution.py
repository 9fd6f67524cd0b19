"""Marks what ties AI to a cut, or denies it: a word for AI with a linking phrase of ai_links.csv near it.

"AI" is a word, never the letters in "said". Words that only set AI beside a cut (amid, while, as AI booms) link
nothing. Whether the link speaks of a cut, and of which, is decided later (extract.ai).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import vocabulary, words
from extract.marks import Mark, coat, text_of
from extract.phrases import Phrases


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase that ties AI to something: its mechanism (`ai_link`), and whether it asserts or denies the tie."""

    link: str
    stance: str
    phrase: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of ai_links.csv: the link, the side of the AI word on which it stands, the most characters between."""

    link: Link
    direction: str
    gap: int


#: What parts phrase and AI word: another sentence, another clause.
_BREAK = re.compile(r"[;\n]|[.!?]\s|\bbut\b|\balthough\b|\bwhile\b")
#: Up to nine words in the place of "...".
_GAP = r"[^\S\n](?:[\w’'%$.,-]+[^\S\n]){1,9}?"

Bounds = tuple[int, int]


@cache
def ai_words() -> re.Pattern[str]:
    """Words for AI and automation; case counts for those that the list writes with capitals."""
    terms = vocabulary.lines("ai_terms.txt")
    cased = words.alternation(t for t in terms if not t.islower())
    rest = words.alternation(t for t in terms if t.islower())
    return re.compile(rf"(?<!\w)(?:{cased}|(?i:{rest}))(?!\w)")


@cache
def _links() -> Phrases[_Row]:
    rows = []
    for row in vocabulary.table("ai_links.csv"):
        link = Link(row["link"], row["stance"], row["phrase"])
        rows.append((words.fold(row["phrase"]), _Row(link, row["direction"], int(row["gap"]))))
    return Phrases(rows, edges=(r"(?<!\w)", r"(?![\w-])"), gap=_GAP, gap_edges=(r"(?<![\w-])", r"(?![\w-])"))


def find(doc: Doc) -> Iterator[Mark]:
    """Every linking phrase with an AI word within its reach, denials before assertions where they overlap."""
    text = text_of(doc)
    terms = [match.span() for match in ai_words().finditer(text)]
    if not terms:
        return
    for start, end, row in sorted(_links().find(text), key=lambda hit: (hit[0], hit[2].link.stance != "denies")):
        term = next((t for t in terms if _reaches(text, row, (start, end), t)), None)
        if term:
            rule = row.link.link if row.link.stance == "asserts" else "denial"
            yield Mark("attribution", min(start, term[0]), max(end, term[1]), row.link, f"attribution.{rule}")


def _reaches(text: str, row: _Row, phrase: Bounds, term: Bounds) -> bool:
    if row.direction == "around":
        return phrase[0] <= term[0] and term[1] <= phrase[1]
    first, second = (phrase, term) if row.direction == "before" else (term, phrase)
    gap = second[0] - first[1]
    return 0 <= gap <= row.gap + 1 and not _BREAK.search(text[first[1] : second[0]])


coat("attribution", find)
