"""How many, as a text bounds it: what the numbers that it writes come to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Amount:
    """Bounds as claims and events hold them: "at least N" is (N, None), "up to N" (None, N), "hundreds" (200, None)."""

    low: float | None
    high: float | None
    relation: str  # exact, about, at_least, at_most, range, vague

    @property
    def point(self) -> float:
        """The stated number itself; for a range its upper end."""
        return self.high if self.high is not None else self.low or 0.0


def figure(amount: Amount) -> str:
    """An amount in words.

    >>> figure(Amount(200.0, None, "vague")), figure(Amount(None, 1500.0, "at_most")), figure(Amount(5.0, 7.5, "range"))
    ('vague 200 or more', 'at most 1,500', '5 to 7.5')
    """
    low, high = (None if value is None else f"{value:,.10g}" for value in (amount.low, amount.high))
    if amount.relation == "range":
        return f"{low} to {high}"
    hedge = "" if amount.relation == "exact" else amount.relation.replace("_", " ") + " "
    return f"{hedge}{low or high}{' or more' if amount.relation == 'vague' else ''}"
