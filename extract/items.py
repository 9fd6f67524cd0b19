"""List items: lines that open with an employer's name and a mark behind it ("- Acme: 300 jobs", "Acme | 3 May | 40").

In a list about cuts the place at the line's start shows a name to be an employer's, whatever words it is made of.
"""

from __future__ import annotations

import re

from extract.companies import company, tidy
from extract.components.company import Name, named
from extract.marks import Mark
from extract.sentences import Sentence

_ITEM = re.compile(
    r"(?P<lead>[^\w\n]{0,6}(?:\d{1,2}[.)]\s+)?[^\w\n]{0,4})"
    r"(?P<name>[A-Z0-9À-Ý][\w’'&.+À-ÿ-]*(?:\s(?:&|of|and|the|de|for|[A-Z0-9À-Ý&][\w’'&.+À-ÿ-]*)){0,5})"
    r"(?:(?P<place>\s\([A-Z][^()\d]{1,30}\))[:.]?|\s?(?:[:|–—(]|-\s|,\s(?:of|in|a|an|the)\s|,\s(?=\d)))"
)
_HEADING = re.compile(r"[^\w\n]{0,4}(?:\d{1,2}[.)]\s+)?(?P<name>[A-Z0-9À-Ý][\w’'&.+À-ÿ-]*(?:\s(?:&|of|and|the|de|for|[A-Z0-9À-Ý&][\w’'&.+À-ÿ-]*)){0,4})(?:,\s[A-Z][\w .]{2,20}|\s\([A-Z][^()\d]{1,30}\))?[.:]?")
#: A list has at least so many items.
FEWEST = 3


def mark(found: list[Sentence]) -> None:
    """Give each item of a list its employer's mark (form "item"), in place of what else was marked there."""
    if not any(c.value.kind in ("noun", "people", "weaknoun", "object") for s in found[:5] for c in s.of("cut")):
        return
    items = [(s, m) for s in found if not s.title and (m := _item(s))]
    headings = [(s, m) for s in found if not s.title and (m := _HEADING.fullmatch(s.text, s.start, s.end)) and "\n" in s.text[s.end : s.end + 1]]
    chosen = items + headings if len(items) + len(headings) >= FEWEST else []
    for sentence, match in chosen:
        start, end = match.span("name")
        written = tidy(match["name"])
        if not named(written):
            continue
        known = company(written)
        own = Mark("company", start, end, Name(known.name if known else written, "item"), "company.item")
        others = [c for c in sentence.of("company") if c.end <= start or c.start >= end]
        sentence.marks["company"] = sorted([own, *others], key=lambda c: c.start)


def _item(sentence: Sentence) -> re.Match[str] | None:
    """The match of an item at the start of a line that also holds a figure."""
    if sentence.start and sentence.text[sentence.start - 1] not in "\n":
        return None
    match = _ITEM.match(sentence.text, sentence.start, sentence.end)
    if match is None or not (sentence.of("headcount") or sentence.of("share") or sentence.of("cut")):
        return None
    figures = [m for kind in ("headcount", "share", "cut") for m in sentence.of(kind)]
    return match if any(m.start >= match.end("name") for m in figures) and len(match["name"]) > 1 else None
