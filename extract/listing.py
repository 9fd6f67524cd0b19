"""Figures of lists, which need no verb of their own: "Acme - 1,400 staff (18 %)", "cuts at Acme (400), Beta (300)"."""

from __future__ import annotations

import re

from extract.components.cut import Cut
from extract.governing import COUNTABLE
from extract.marks import Mark
from extract.sentences import Sentence


def of_item(sentence: Sentence) -> list[Mark]:
    """The cut that a list item leaves unsaid, standing for its first figure."""
    roles = ("count", "maybe_size", "bare", "bare_trade")
    figures = [m for m in sentence.of("headcount") if m.value.role in roles] + sentence.of("share")
    first = min(figures, key=lambda m: (m.kind == "share", m.start), default=None)
    return [Mark("cut", first.start, first.end, Cut("noun", "layoff"), "cut.item")] if first else []


def of_list(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut of a sentence that lists employers with their numbers: "layoffs at Acme (400), Beta (300)"."""
    if mark.value.role not in COUNTABLE:
        return None
    if (inherited := _same_verb(sentence, mark, cuts)) is not None:
        return inherited
    companies = sentence.of("company")
    if mark.value.role == "bare" and any(_gapped(sentence, c, mark) for c in companies):
        return next((c for c in reversed(cuts) if c.end < mark.start), None)
    if not any(sentence.text[c.end : mark.start].strip() == "(" for c in companies):
        return None
    return next((c for c in cuts if c.value.kind in ("noun", "people", "object")), None)


def _same_verb(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The verb of the clause before, where a clause behind a semicolon has an employer and a figure but no verb."""
    start = sentence.text.rfind(";", sentence.start, mark.start)
    end = sentence.text.find(";", mark.end, sentence.end)
    if start < 0 or any(start < c.start < (end if end >= 0 else sentence.end) for c in cuts):
        return None
    named = any(start < c.start < mark.start for c in sentence.of("company"))
    return next((c for c in reversed(cuts) if c.end <= start), None) if named and mark.start - start < 60 else None


def _gapped(sentence: Sentence, company: Mark, mark: Mark) -> bool:
    """Does the number share the verb of the employer before it: "Acme sheds 300 jobs and Beta 120"?"""
    lead = sentence.text[sentence.start : company.start]
    return sentence.text[company.end : mark.start] == " " and bool(re.search(r"(?:\band|,|\bwhile)\s+$", lead))
