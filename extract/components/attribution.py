"""Marks what ties AI to a cut, or denies it: a word for AI with a linking phrase near it (data/vocabulary/ai_links.csv).

"AI" is a word, never the letters in "said". Words that only set AI beside a cut (amid, while, as AI booms) link nothing.
Whether the link speaks of a cut, and of which, is decided later (extract.ai).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import vocabulary, words
from extract.marks import Mark, coat, text_of


@dataclass(frozen=True, slots=True)
class Link:
    """A phrase that ties AI to something: its mechanism (`ai_link`), and whether it asserts or denies the tie."""

    link: str
    stance: str
    phrase: str


_BREAK = re.compile(r"[;\n]|[.!?]\s|\bbut\b|\balthough\b|\bwhile\b")


@cache
def ai_words() -> re.Pattern[str]:
    """Words for AI and automation; case counts for the two letters."""
    terms = vocabulary.lines("ai_terms.txt")
    cased = [t for t in terms if not t.islower()]
    rest = [t for t in terms if t.islower()]
    return re.compile(rf"(?<![\w])(?:{words.alternation(cased)}|(?i:{words.alternation(rest)}))(?![\w])")


_Row = dict[str, str]


@cache
def _links() -> tuple[re.Pattern[str], dict[str, list[_Row]], tuple[tuple[re.Pattern[str], _Row], ...]]:
    """One pattern for the plain phrases, their rows by folded phrase, and a pattern and row for each with a gap."""
    plain: dict[str, list[_Row]] = {}
    gapped = []
    for row in vocabulary.table("ai_links.csv"):
        if "..." in row["phrase"]:
            before, after = (words.alternation([part.strip()]) for part in row["phrase"].split("..."))
            gapped.append((re.compile(rf"(?i)(?<![\w-]){before}\s(?:[\w’'%$.,-]+\s){{1,9}}?{after}(?![\w-])"), row))
        else:
            plain.setdefault(words.fold(row["phrase"]), []).append(row)
    return re.compile(rf"(?i)(?<![\w]){words.alternation(plain)}(?![\w-])"), plain, tuple(gapped)


def find(doc: Doc) -> Iterator[Mark]:
    """Every linking phrase with an AI word within its reach, denials before assertions where they overlap."""
    text = text_of(doc)
    terms = [m.span() for m in ai_words().finditer(text)]
    if not terms:
        return
    pattern, plain, gapped = _links()
    hits = [(m.span(), row) for m in pattern.finditer(text) for row in plain[words.fold(m[0])]]
    hits += [(m.span(), row) for compiled, row in gapped for m in compiled.finditer(text)]
    for (start, end), row in sorted(hits, key=lambda h: (h[0][0], h[1]["stance"] != "denies")):
        for low, high in terms:
            if _reaches(text, row, (start, end), (low, high)):
                value = Link(row["link"], row["stance"], row["phrase"])
                yield Mark("attribution", min(start, low), max(end, high), value, f"attribution.{row['link'] if row['stance'] == 'asserts' else 'denial'}")
                break


def _reaches(text: str, row: dict[str, str], phrase: tuple[int, int], term: tuple[int, int]) -> bool:
    if row["direction"] == "around":
        return phrase[0] <= term[0] and term[1] <= phrase[1]
    gap = text[phrase[1] : term[0]] if row["direction"] == "before" else text[term[1] : phrase[0]]
    first, second = (phrase, term) if row["direction"] == "before" else (term, phrase)
    return first[1] <= second[0] and len(gap) <= int(row["gap"]) + 1 and not _BREAK.search(gap)


coat("attribution", find)
