"""Which employer an article is about: the one whose cut its headline or first sentences tell."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter

from extract.about import About
from extract.companies import fold
from extract.components.company import voices
from extract.focus import Focus
from extract.sentences import Sentence
from extract.statements import Statement, statements


def topic(found: list[Sentence], published: dt.date | None) -> About:
    """Weigh the employers of the statements: headline five, first three sentences three, later ones one each."""
    focus = Focus()
    told = [s for s in statements(found, focus, published, []) if s.who.score >= 60 and s.who.mark is not None]
    weights: Counter[str] = Counter()
    for statement in told:
        weights[statement.company] += _weight(statement, found)
    accepted = frozenset(fold(s.company) for s in told if s.who.score >= 70)
    headline = {s.company for s in told if s.sentence.title and not s.background}
    if not weights:
        name = _first_name(found)
        only = name is not None and len(_listed(found) - {name}) == 0
        return About(name, only, accepted | ({fold(name)} if name else set()), headline)
    name, weight = weights.most_common(1)[0]
    if found and found[0].title and re.search(r"(?i)\band (?:others|more|other \w+)\b", found[0].words):
        return About(name, False, accepted, headline)
    others = sorted((w for n, w in weights.items() if n != name), reverse=True)
    if len({s.company for s in told if s.figures} - {name}) >= 3 and weight < 2 * sum(others):
        return About(name, False, accepted, headline)
    early = any(s.company == name and s.index <= 3 + sum(x.title for x in found) for s in told)
    return About(name, early and not others or early and (weight >= 3 and weight > others[0] and weight >= 0.8 * sum(others)), accepted, headline)


def _weight(statement: Statement, found: list[Sentence]) -> int:
    if statement.sentence.title:
        return 5
    first = sum(s.title for s in found)
    weight = 3 if statement.index - first < 3 else 1
    return max(1, weight - statement.background)


def _first_name(found: list[Sentence]) -> str | None:
    """Without a statement: the name that heads the headline or most sentences, if the text comes back to it."""
    weights: Counter[str] = Counter()
    for number, sentence in enumerate(found[:30]):
        for mark in sentence.of("company"):
            if fold(mark.value.name) in voices():
                continue
            heads = mark.start == sentence.start or sentence.text[sentence.start : mark.start].lower() in ("the ", "at ")
            if mark.value.form == "open" and sentence.title and not any(m.value.name == mark.value.name for s in found[1:] for m in s.of("company")):
                continue
            weight = 3 if heads and sentence.title else 2 if heads else 1 if mark.value.form != "open" else 0
            weights[mark.value.name] += weight + (2 if mark.value.form in ("listed", "legal", "described") and number < 2 else 0)
    if not weights:
        return None
    name, weight = weights.most_common(1)[0]
    return name if weight >= 3 else None


def _listed(found: list[Sentence]) -> set[str]:
    return {str(m.value.name) for s in found[:4] for m in s.of("company") if m.value.form in ("listed", "legal") and fold(m.value.name) not in voices()}
