"""Which employer an article is about: the one whose cut its headline or first sentences tell."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from extract.about import About
from extract.companies import fold
from extract.components.company import voices
from extract.employer import Focus
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
        return About(name, len(_listed(found)) == 1, accepted, headline)
    name, weight = weights.most_common(1)[0]
    others = sorted((w for n, w in weights.items() if n != name), reverse=True)
    return About(name, not others or weight >= 3 and weight > 1.5 * others[0], accepted, headline)


def _weight(statement: Statement, found: list[Sentence]) -> int:
    if statement.sentence.title:
        return 5
    first = sum(s.title for s in found)
    weight = 3 if statement.index - first < 3 else 1
    return max(1, weight - statement.background)


def _first_name(found: list[Sentence]) -> str | None:
    """Without a statement: the first listed company of the headline or the first sentence."""
    for sentence in found[:2]:
        for mark in sentence.of("company"):
            if mark.value.form in ("listed", "legal") and fold(mark.value.name) not in voices():
                return str(mark.value.name)
    return None


def _listed(found: list[Sentence]) -> set[str]:
    return {str(m.value.name) for s in found[:4] for m in s.of("company") if m.value.form in ("listed", "legal") and fold(m.value.name) not in voices()}
