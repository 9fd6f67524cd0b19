"""An event's own AI columns, decided from the voices on AI. The rule, in this order:

1. Only a voice that asserts, that gives AI as the reason or one of several (explicit, contributing), and that does not
   speak of AI as the tool that chose who goes, ties AI to the cut. Doubts and denials by outsiders change nothing.
2. A denial by the employer wins: `denied`.
3. Else the employer's own voice (employer, executive, filing): `company`. Else anybody's: `third_party`.
4. Among equals: a voice that tells the mechanism, one of the text before the headline, an executive, best by name, of
   a cut still to be decided one that tells what AI is expected to do, the first. The mechanism is that of this voice,
   or of the first that tells one.
5. `ai_headcount` is a number that one of these voices gives for AI alone. `contested`: some voices tie AI to the cut,
   others deny or doubt it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extract.amounts import Amount
from extract.attributions import OWN
from extract.records import Claim

#: Somebody is heard, and not only told of ("took questions on the AI-driven layoffs").
_SAYS = re.compile(r"(?i)\b(?:said|says|told|wrote|writes|explain(?:s|ed)|argue[sd]|added|according to)\b")
#: States of a cut in which AI cannot have taken over the work yet.
OPEN = ("planned", "considered")


@dataclass(frozen=True, slots=True)
class Decided:
    """What the voices come to, and the voice that stands for it."""

    ai: str
    voice: Claim
    link: str | None
    headcount: int | None
    contested: bool

    def columns(self) -> dict[str, Any]:
        """The AI columns of Event, but for the evidence."""
        return {
            "ai": self.ai,
            "ai_link": self.link,
            "ai_speaker": self.voice.speaker,
            "ai_strength": self.voice.modality if self.link else None,
            "ai_headcount": self.headcount,
            "contested": self.contested,
        }


def ties(claim: Claim) -> bool:
    """Does the voice tie AI to the cut?"""
    return claim.polarity == "asserts" and claim.modality != "context" and claim.value != "selection_tool"


def disputed(voices: Sequence[Claim]) -> bool:
    """Do some voices tie AI to the cut, and others deny or doubt it?"""
    return any(map(ties, voices)) and any(c.polarity != "asserts" for c in voices)


def decided(spoken: Iterable[Claim], status: str = "announced") -> Decided | None:
    """What the claims of kind attribution about one round come to; None where nobody ties AI to it or denies it.

    `status` is the round's.
    """
    voices = list(spoken)
    tying = [c for c in voices if ties(c)]
    contested = disputed(voices)
    denial = next((c for c in voices if c.polarity == "denies" and c.speaker in OWN), None)
    if denial:
        return Decided("denied", denial, None, None, contested)
    own = [c for c in tying if c.speaker in OWN]
    heard = own or tying
    if not heard:
        return None
    voice = min(heard, key=lambda c: _rank(c, status))
    link = next((c.value for c in (voice, *heard, *tying) if c.value != "unspecified"), "unspecified")
    people = next((p for c in (voice, *heard) if (p := _people(c)) is not None), None)
    return Decided("company" if own else "third_party", voice, link, people, contested)


def _rank(claim: Claim, status: str) -> tuple[bool | int, ...]:
    """Part 4 of the rule: the least stands for all."""
    return (
        claim.value == "unspecified",
        claim.field == "title",
        claim.speaker != "executive",
        claim.speaker_name is None,
        claim.speaker == "executive" and not _SAYS.search(claim.quote),
        status in OPEN and claim.value != "anticipated",
        claim.start,
    )


def _people(claim: Claim) -> int | None:
    if claim.relation in (None, "vague"):
        return None
    return round(Amount(claim.low, claim.high, claim.relation).point)
