"""What a claim or an event says, in a few words."""

from __future__ import annotations

from collections.abc import Callable

from extract.amounts import Amount, figure
from extract.records import Claim, Event


def people(event: Event) -> str:
    """The headcount in words; empty where there is none."""
    return _figure(event.headcount_min, event.headcount_max, event.headcount_relation)


def share(event: Event) -> str:
    """The share of the workforce in words; empty where there is none."""
    told = _figure(event.pct_min, event.pct_max, event.pct_relation)
    return told and f"{told} %"


def _figure(low: float | None, high: float | None, relation: str | None) -> str:
    return "" if low is None and high is None else figure(Amount(low, high, relation or "exact"))


def value_of(claim: Claim) -> str:
    """What a claim says, in words.

    >>> cut = dict(round=0, company="Acme", field="text", start=0, end=1, quote="", sentence_start=0, sentence_end=1)
    >>> value_of(Claim(kind="cut", value="hiring_freeze", modality="planned", unit="Berlin", rule="", **cut))
    'hiring freeze, planned, Berlin'
    >>> value_of(Claim(kind="share", low=5.0, high=5.0, relation="about", rule="", **cut))
    'about 5 %'
    """
    if claim.kind in ("headcount", "share"):
        return _figure(claim.low, claim.high, claim.relation) + " %" * (claim.kind == "share")
    words = [claim.value, claim.modality, claim.unit, claim.speaker]
    if claim.kind == "attribution":
        words = [claim.speaker, claim.value, claim.modality, "denied" if claim.polarity == "denies" else None]
    if claim.kind == "cut":
        background = "background" if claim.current is False else None
        words += [background, f"confidence {claim.confidence:.10g}" if claim.confidence is not None else None]
    named = claim.kind in ("cut", "attribution")
    return ", ".join(word.replace("_", " ") if named else word for word in words if word)


def clipped(text: object, most: int, width: Callable[[str], int] = len) -> str:
    """A text on one line of at most `most` characters, or whatever `width` counts, cut at a word.

    >>> clipped("Acme will cut 90 jobs", 16), clipped(None, 9)
    ('Acme will cut …', '')
    """
    plain = " ".join(str("" if text is None else text).split())
    if width(plain) <= most:
        return plain
    cut = plain[: most - 1]
    while width(cut) > most - 1:
        cut = cut[:-1]
    return (cut[: cut.rfind(" ")] if " " in cut[len(cut) // 2 :] else cut).rstrip() + " …"
