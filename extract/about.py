"""What an article is about, as far as cuts go."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class About:
    """The topic (None for a list or a general piece), open names found in an employer's place, headline's employers."""

    name: str | None
    single: bool  # does the article tell mainly of this one employer?
    accepted: frozenset[str]
    headline: set[str] = field(default_factory=set)
