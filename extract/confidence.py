"""How sure a reading is: from the place of the company's name and of the figure, never from the outcome.

Calibrated on labelled articles: of the events given .9 or more, at least 95 % have company, headcount and share right
(docs/accuracy.md prints the table).
"""

from __future__ import annotations

from extract.rounds import Round

#: Where every round starts, and the bounds of what can be reached.
START, LEAST, MOST = 0.55, 0.05, 0.98
#: Scores of an employer from which its name stands in a sure position, or in a likely one (extract.position).
SURE, LIKELY = 82, 70


def confidence(r: Round) -> float:
    """0..1, two decimals."""
    best = r.best
    value = START
    value += 0.2 if best.who.score >= SURE else 0.1 if best.who.score >= LIKELY else 0.0
    value += 0.1 if best.who.mark is not None and best.who.mark.kind == "company" else 0.0
    value += 0.08 if best.headcount and best.headcount.relation in ("exact", "about") else 0.0
    value += 0.05 if len(r.figured) > 1 else 0.0
    value -= 0.1 if r.background else 0.0
    value -= 0.1 if not best.figures else 0.0
    return round(max(LEAST, min(MOST, value)), 2)


#: What a title and a summary leave out: the voice, the figure's reach, the denial in the third paragraph.
OF_ENTRY = 0.1


def of_entry(value: float) -> float:
    """The confidence of a round that is known by its source's title and summary alone.

    >>> of_entry(0.85), of_entry(0.05)
    (0.75, 0.05)
    """
    return round(max(LEAST, value - OF_ENTRY), 2)
