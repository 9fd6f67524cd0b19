"""The record of one voice on AI about one event, and the words by which voices are told apart.

What each word means, with examples, stands in docs/ai-attribution.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extract.records import Article, Claim, Field

STANCES = ("asserts", "doubts", "denies")
#: Those who speak for the employer, then everyone else.
OWN = ("employer", "executive", "filing")
OTHERS = ("press", "analyst", "union", "employee", "anonymous")
SPEAKERS = (*OWN, *OTHERS)
MECHANISMS = ("replacement", "reallocation", "anticipated", "demand_loss", "selection_tool", "unspecified")
STRENGTHS = ("explicit", "contributing", "context")

Stance = Literal["asserts", "doubts", "denies"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """One voice on AI about one event. `article[field][start:end] == quote` holds, the quote being the sentence.

    `speaker_role` and `speaker_name` are as written, and only of those who speak for the employer or an institution.
    `low` and `high` bound the people whose jobs this voice ties to AI, where it gives a number for them alone.
    """

    stance: str
    speaker: str
    mechanism: str
    strength: str
    quote: str
    url: str
    published: str | None
    field: Field
    start: int
    end: int
    speaker_role: str | None = None
    speaker_name: str | None = None
    low: int | None = None
    high: int | None = None
    claim_id: str | None = None  # in a database

    @property
    def own(self) -> bool:
        """Does it speak for the employer?"""
        return self.speaker in OWN


def attribution(claim: Claim, article: Article, claim_id: str | None = None) -> Attribution:
    """The voice that a claim of kind attribution records."""
    low, high = (None if end is None else int(end) for end in (claim.low, claim.high))
    return Attribution(
        stance=claim.polarity or "asserts",
        speaker=_OLD.get(claim.speaker or "", claim.speaker or "press"),
        speaker_role=claim.speaker_role,
        speaker_name=claim.speaker_name,
        mechanism=claim.value or "unspecified",
        strength=claim.modality or "explicit",
        quote=claim.quote,
        url=article.url,
        published=article.published,
        field=claim.field,
        start=claim.start,
        end=claim.end,
        low=low,
        high=high,
        claim_id=claim_id,
    )


#: What claims said that were read by rules before 2026.11.25.
_OLD = {"company": "employer", "third_party": "press"}
