"""Sentence bounds for news: a headline, a paragraph and a list item end a sentence; abbreviations do not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.marks import text_of

_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|St|Jr|Sr|Inc|Corp|Co|Ltd|Cos|Bros|No|vs|etc|approx|Jan|Feb|Mar|Apr"
    r"|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Calif|Mass|Mich|Minn|Wash|Ill|Conn|Fla|Pa|Va|Ont|Rs|Pvt|Pty|Gray)"
    r"|\b[A-Z]|\b(?:[A-Za-z]\.){1,3}[A-Za-z])\.$"
)
_END = re.compile(r"(?:\s*\n\s*)+|(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9“‘\"•@])")
#: Words that seldom follow an abbreviation inside a sentence, so that "Apple Inc. The company" still ends there.
_STARTERS = re.compile(r"(?:The|A|An|It|Its|In|On|At|He|She|They|We|This|That|These|But|And|According|As|For|After|While|If)\b")


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


def _sentences(text: str) -> list[tuple[int, int]]:
    bounds: list[tuple[int, int]] = []
    start = 0
    for match in _END.finditer(text):
        if "\n" not in match[0] and _inside_abbreviation(text, start, match):
            continue
        stop = match.start() + len(match[0]) - len(match[0].lstrip("\"'”’)]")) if "\n" not in match[0] else match.start()
        if text[start:stop].strip():
            bounds.append((start, stop))
        start = match.end()
    if text[start:].strip():
        bounds.append((start, start + len(text[start:].rstrip())))
    return bounds


def _inside_abbreviation(text: str, start: int, match: re.Match[str]) -> bool:
    before = text[max(start, match.start() - 12) : match.start()]
    found = _ABBREVIATION.search(before)
    if not found:
        return False
    return not (_STARTERS.match(text, match.end()) and not re.search(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sen|Rep|Gov)\.$", before))


def _mark(doc: Doc) -> Doc:
    doc.user_data["sentences"] = sentences(text_of(doc))
    return doc


Language.component("sentence", func=_mark)
