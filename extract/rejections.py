"""By which rule words that look like a cut came to nothing, and in which sentence: for people who ask why."""

from __future__ import annotations

from dataclasses import dataclass

#: What each rule means; tests/extract/test_evaluate.py holds the list complete.
MEANING = {
    "cut.negated": "says that there is no cut",
    "cut.personal": "one person's own case",
    "cut.person": "one person loses a post",
    "cut.few": "a handful of people dismissed",
    "cut.sector": "cuts of a sector, not of one employer",
    "cut.spoken": "cuts that are feared, studied or helped with, not told",
    "employer.elsewhere": "cuts by rivals or other employers",
    "cut.story": "a story or somebody's own life",
    "cut.forecast": "what may happen one day",
    "cut.hypothetical": "a thought, a fear or advice",
    "cut.question": "a question",
    "employer.unknown": "no employer in sight",
    "employer.generic": "companies in general, an industry or the economy",
    "employer.several": "a number of several employers together",
    "round.invented": "an employer of a story or of a letter to copy",
    "round.bare": "an employer's cut without figure or unit, and not what the article is about",
}


@dataclass(frozen=True, slots=True)
class Rejection:
    """A rule that spoke against an event, and its sentence: offsets in title, blank line, text."""

    rule: str
    start: int
    end: int

    @property
    def meaning(self) -> str:
        """The rule in words."""
        return MEANING[self.rule]
