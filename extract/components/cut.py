"""Marks the words that state a cut: "lay off", "job cuts", "redundancies", "hiring freeze" (data/vocabulary/cuts.csv)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc

from extract import vocabulary, words
from extract.marks import Mark, coat, text_of


@dataclass(frozen=True, slots=True)
class Cut:
    """Words that state or may state a cut; `kind` and `action` as the table cuts.csv explains them."""

    kind: str
    action: str


KINDS = ("people", "weak", "object", "noun", "weaknoun", "lose", "freeze", "furlough", "buyout", "attrition", "contract")
_GAP = r"\s+(?:(?!(?:and|but|who|which|that|said|after|before|while|when|because)\b)[\w’'\"“”%&,/-]+(?:\.\d+)?\s+){1,8}?"
#: Words that look like a cut but are another thing: sport, prices, pay, time off the track, tax.
_OTHER = re.compile(
    r"(?i)net (?:reduction|addition|loss)|\d+[- ](?:day|week|month|year)s?[- ]lay-?off|cut(?:s|ting)? the ribbon|long lay-?off|injury lay-?off|lay-?off through injury|from a lay-?off|off a lay-?off|\bday lay-?off|play-?offs?\b"
    r"|price cuts?|tax cuts?|rate cuts?|cuts? (?:interest )?rates?|pay cuts?|budget cuts?|power cuts?|spending cuts?|cost[- ]cuts?|cost cutting"
    r"|cut prices|cuts prices|cut costs|cuts? costs|cutting costs|cut ties|cut off|short cut|cut short|closed (?:little|up|down|at|higher|lower|on|doors to)"
    r"|closing (?:price|bell)|lost (?:more than )?\$|fire[sd]? (?:back|up)|under fire|buy-?out (?:bid|offer from|firm|deal|group|fund)|leveraged buy-?out|management buy-?out"
    r"|press release|releases? (?:a|the|an|its|new)\b|can(?:'t|not)\b"
)


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], dict[str, Cut]], ...]:
    """One pattern for plain phrases (they carry their meaning in a table) and one for each phrase with a gap."""
    plain: dict[str, Cut] = {}
    forms: list[str] = []
    gapped: list[tuple[re.Pattern[str], dict[str, Cut]]] = []
    for row in vocabulary.table("cuts.csv"):
        cut = Cut(row["kind"], row["action"])
        if cut.kind not in KINDS:
            raise vocabulary.VocabularyError(f"cuts.csv: kind {cut.kind!r} of {row['forms']!r}: use one of {', '.join(KINDS)}")
        for form in row["forms"].split("|"):
            if "..." in form:
                before, after = (words.alternation([part.strip()]) for part in form.split("..."))
                gapped.append((re.compile(rf"(?i)\b{before}{_GAP}{after}\b"), {"": cut}))
            else:
                forms.append(form.lower())
                plain.setdefault(words.fold(form), cut)
    joined = re.compile(rf"(?i)(?<![\w-]){words.alternation(forms)}(?![\w])")
    return ((joined, plain), *gapped)


def find(doc: Doc) -> Iterator[Mark]:
    """The words that state a cut; where two overlap, the one that says more ("people" before "weak") and the longer."""
    text = text_of(doc)
    found: list[Mark] = []
    others = [m.span() for m in _OTHER.finditer(text)]
    for pattern, meaning in _patterns():
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in others):
                continue
            cut = meaning.get("") or meaning[words.fold(match[0])]
            found.append(Mark("cut", match.start(), match.end(), cut, f"cut.{cut.kind}"))
    yield from _outermost(found)


def _outermost(found: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m.start, -(m.end - m.start), KINDS.index(m.value.kind))):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


coat("cut", find)
