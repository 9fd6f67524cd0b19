"""What part each claim has in an event: rival figures stay visible beside the one that was chosen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Literal

from extract.choose import Choice
from extract.days import Span, gap, span
from extract.records import Claim, Event
from extract.same_round import TENTH
from extract.tellings import Telling

Role = Literal["chosen", "agrees", "conflicts", "superseded"]
Linked = tuple[str, Claim, Role]  # a claim with its article's url

#: Columns of an event that claims give, each with their kind.
_KINDS = {
    "headcount": "headcount", "headcount_min": "headcount", "headcount_max": "headcount", "pct_min": "share",
    "pct_max": "share", "date": "date", "ai": "attribution",
}  # fmt: skip


def roles(told: Sequence[Telling], choice: Choice) -> tuple[Linked, ...]:
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
    if _fits(claim, speaker.event, speaker.days):
        return "chosen" if telling is speaker else "agrees"
    return "superseded" if telling.published < speaker.published else "conflicts"


def under(claims: Iterable[Linked], event: Event, columns: Collection[str]) -> tuple[Linked, ...]:
    """The claims of an event of which a person set the columns: none gave their values, each fits them or does not."""
    kinds = {_KINDS[name] for name in columns if name in _KINDS}
    days = span(event.date)
    return tuple(
        (url, claim, _beside(claim, role, event, days) if claim.kind in kinds else role) for url, claim, role in claims
    )


def _beside(claim: Claim, role: Role, event: Event, days: Span | None) -> Role:
    return "agrees" if _fits(claim, event, days) else "superseded" if role == "superseded" else "conflicts"


def _fits(claim: Claim, event: Event, decided: Span | None) -> bool:
    """Does the claim say what the event says, that of the telling chosen for its kind, with the days of that one?"""
    if claim.kind == "headcount":
        return _near(claim, event.headcount_min, event.headcount_max)
    if claim.kind == "share":
        return _near(claim, event.pct_min, event.pct_max)
    if claim.kind == "date":
        days = span(claim.value)
        return days is None or decided is None or gap(days, decided) == 0
    if claim.kind == "attribution":
        return event.ai != "none" and (claim.polarity == "denies") == (event.ai == "denied")
    return True


def _near(claim: Claim, low: float | None, high: float | None) -> bool:
    """Do the bounds overlap, a missing one being open, with a tenth to spare? Nothing is near an unknown figure."""
    if low is None and high is None:
        return False
    least = max((b for b in (claim.low, low) if b is not None), default=0.0)
    most = min((b for b in (claim.high, high) if b is not None), default=float("inf"))
    return least - most <= TENTH * least
