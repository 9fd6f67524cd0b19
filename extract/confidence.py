"""How sure a reading is: from the place of the company's name and of the figure, never from the outcome.

Calibrated on labelled articles: of the events given .9 or more, at least 95 % have company, headcount and share right
(docs/accuracy.md prints the table).
"""

from __future__ import annotations

from extract.rounds import Round


def confidence(r: Round) -> float:
    """0..1, two decimals."""
    best = r.headcount() or r.share() or r.statements[0]
    value = 0.55
    value += 0.2 if best.who.score >= 82 else 0.1 if best.who.score >= 70 else 0.0
    value += 0.1 if best.who.mark is not None and best.who.mark.kind == "company" else 0.0
    value += 0.08 if best.headcount and best.headcount.relation in ("exact", "about") else 0.0
    value += 0.05 if len([s for s in r.statements if s.figures]) > 1 else 0.0
    value -= 0.1 if r.background else 0.0
    value -= 0.1 if not best.figures else 0.0
    return round(max(0.05, min(0.98, value)), 2)
