"""Figures of lists, which need no verb of their own: "Acme - 1,400 staff (18 %)", "cuts at Acme (400), Beta (300)"."""

from __future__ import annotations

import re

from extract.components.cut import Cut
from extract.expression import Expression
from extract.governing import COUNTABLE
from extract.marks import Mark
from extract.sentences import Sentence

_RESPECTIVELY = Expression(r"(?i)\brespectively\b")
#: From an employer to its figure in a row: "Acme (", "Carver's (5 %, or ".
_BRACKET = re.compile(r"(?:[’']s?)?\s?\((?:[^()\n]{1,24}?,\s(?:or\s)?)?")
#: Behind a share in brackets: nothing but its time.
_CLOSES = re.compile(r"\)|(?:,?\s(?:in|on|last|this|since|of)\s[^()\n]{1,25})\)")
#: So many employers with figures in brackets behind them are a list.
ROW = 2
#: From an employer to a figure that shares the verb before: "and Beta 120", "Beta with 120", "Beta about 5 %".
_SHARED = re.compile(r"\s(?:(?:with|of|by|for|another|a\sfurther)\s)?")
_LISTED = re.compile(r"(?:\b(?:and|while|followed\sby|then)|[,;])\s+(?:[a-z-]+\s+){0,3}(?:[A-Z][\w&.-]*[’']s\s+)?$")
_AND = re.compile(r",?\s+(?:and\s+|&\s+)?(?:\w+\s+)?")


def of_item(sentence: Sentence) -> list[Mark]:
    """The cut that a list item leaves unsaid, standing for its first figure."""
    roles = ("count", "maybe_size", "bare", "bare_trade")
    figures = [m for m in sentence.of("headcount") if m.value.role in roles] + sentence.of("share")
    first = min(figures, key=lambda m: (m.kind == "share", m.start), default=None)
    return [Mark("cut", first.start, first.end, Cut("noun", "layoff"), "cut.item")] if first else []


def of_list(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut of a sentence that lists employers with their numbers: "layoffs at Acme (400), Beta (300)"."""
    if any(figure is mark for figure, _ in pairs(sentence)):
        return min(cuts, key=lambda c: abs(c.start - mark.start), default=None)
    if mark.kind == "headcount" and mark.value.role not in COUNTABLE:
        return None
    if (inherited := _same_verb(sentence, mark, cuts)) is not None:
        return inherited
    companies = sentence.of("company")
    if (mark.kind == "share" or mark.value.role == "bare") and any(gapped(sentence, c, mark) for c in companies):
        return next((c for c in reversed(cuts) if c.end < mark.start), None)
    if not any(in_brackets(sentence, c, mark) for c in companies):
        return None
    if mark.kind == "share":  # "cuts at Acme (5 %)", and not "Acme (5 % up) fell after the cuts"
        ahead = cuts if mark.value.staff else [c for c in cuts if c.end < mark.start]
        return next(iter(ahead), None) if mark.value.staff or _CLOSES.match(sentence.text, mark.end) else None
    return next((c for c in cuts if c.value.kind in ("noun", "people", "object")), None)


def in_brackets(sentence: Sentence, company: Mark, figure: Mark) -> bool:
    """Does the figure stand in brackets behind the employer: "Acme (400)", "Acme (5 %, or 400)"?"""
    return company.end <= figure.start and bool(_BRACKET.fullmatch(sentence.text, company.end, figure.start))


def of_next(sentence: Sentence, figure: Mark) -> bool:
    """Does the figure stand right behind another employer as its own: "and Beta 3 %", "Beta (3 %)"?"""
    names = [c for c in sentence.of("company") if c.end <= figure.start]
    return any(in_brackets(sentence, c, figure) or gapped(sentence, c, figure) for c in names)


def of_row(sentence: Sentence) -> list[Mark]:
    """The cut that a row of employers leaves unsaid ("Acme (400), Beta (5 %) and Coda (90) followed in May")."""
    figures = sorted(sentence.of("headcount") + sentence.of("share"), key=lambda m: m.start)
    inside = [m for m in figures if any(in_brackets(sentence, c, m) for c in sentence.of("company"))]
    heads = {c.start for c in sentence.of("company") if any(in_brackets(sentence, c, m) for m in inside)}
    if len(heads) < ROW or sentence.of("cut"):
        return []
    return [Mark("cut", inside[0].start, inside[0].end, Cut("noun", "layoff"), "cut.item")]


def pairs(sentence: Sentence) -> list[tuple[Mark, Mark]]:
    """Figure and employer of "Acme and Beta cut 120 and 85 jobs respectively", in order; empty where there is none."""
    word = sentence.search(_RESPECTIVELY, sentence.text, sentence.start, sentence.end)
    if word is None:
        return []
    figures = _row(sentence, [m for m in sentence.of("headcount") if m.end <= word.start()], _AND)
    figures = figures or _row(sentence, [m for m in sentence.of("share") if m.end <= word.start()], _AND)
    names = [m for m in sentence.of("company") if figures and m.end <= figures[0].start]
    named = _row(sentence, names, _AND)
    return list(zip(figures, named, strict=True)) if len(figures) == len(named) > 1 else []


def _row(sentence: Sentence, found: list[Mark], joined: re.Pattern[str]) -> list[Mark]:
    """The last marks that stand in a row."""
    row = found[-1:]
    for mark in reversed(found[:-1]):
        if not joined.fullmatch(sentence.text[mark.end : row[0].start]):
            break
        row.insert(0, mark)
    return row


def _same_verb(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The verb of the clause before, where a clause behind a semicolon has an employer and a figure but no verb."""
    start = sentence.text.rfind(";", sentence.start, mark.start)
    end = sentence.text.find(";", mark.end, sentence.end)
    if start < 0 or any(start < c.start < (end if end >= 0 else sentence.end) for c in cuts):
        return None
    named = any(start < c.start < mark.start for c in sentence.of("company"))
    return next((c for c in reversed(cuts) if c.end <= start), None) if named and mark.start - start < 60 else None


def gapped(sentence: Sentence, company: Mark, mark: Mark) -> bool:
    """Does the figure share the verb of the employer before: "Acme sheds 300 jobs and Beta 120", "…, Beta with 120"?"""
    lead = sentence.text[sentence.start : company.start]
    shared = _SHARED.fullmatch(sentence.text, company.end, mark.start)
    return bool(shared and _LISTED.search(lead))
