"""What part each claim has in an event: rival figures stay visible beside the one that was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extract.choose import Choice
from extract.days import gap, span
from extract.records import Claim
from extract.same_round import TENTH
from extract.tellings import Telling

Role = Literal["chosen", "agrees", "conflicts", "superseded"]


def roles(told: Sequence[Telling], choice: Choice) -> tuple[tuple[str, Claim, Role], ...]:
    """Each claim of the tellings with its article's url and its role, in a fixed order.

    A claim that differs from the chosen one is superseded where it was told earlier, else it conflicts.
    """
    ordered = sorted(told, key=lambda t: t.order)
    return tuple((t.article.url, claim, _role(t, claim, choice)) for t in ordered for claim in t.claims)


def _role(telling: Telling, claim: Claim, choice: Choice) -> Role:
    speaker = {"headcount": choice.headcount, "share": choice.pct, "date": choice.date, "attribution": choice.ai}.get(
        claim.kind, choice.evidence
    )
    if speaker is None:
        return "agrees"
    fits = _fits(claim, speaker)
    if fits:
        return "chosen" if telling is speaker else "agrees"
    return "superseded" if telling.published < speaker.published else "conflicts"


def _fits(claim: Claim, speaker: Telling) -> bool:
    """Does the claim say what the telling that was chosen for its kind says?"""
    event = speaker.event
    if claim.kind == "headcount":
        return _near(claim, event.headcount_min, event.headcount_max)
    if claim.kind == "share":
        return _near(claim, event.pct_min, event.pct_max)
    if claim.kind == "date":
        days = span(claim.value)
        return days is None or speaker.days is None or gap(days, speaker.days) == 0
    if claim.kind == "attribution":
        return (claim.polarity == "denies") == (event.ai == "denied")
    return True


def _near(claim: Claim, low: float | None, high: float | None) -> bool:
    """Do the bounds overlap, a missing one being open, with a tenth to spare?"""
    least = max((b for b in (claim.low, low) if b is not None), default=0.0)
    most = min((b for b in (claim.high, high) if b is not None), default=float("inf"))
    return least - most <= TENTH * least
