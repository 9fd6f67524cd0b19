"""A telling: what one article says of one round of cuts. Resolve puts tellings together into rounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlsplit

from extract.companies import company, company_key
from extract.copies import Sketch, sketch
from extract.days import Span, day, span
from extract.records import Article, Claim, Event

# How near a status stands to the employer's own word: the first is the nearest.
VOICES = ("announced", "cancelled", "denied", "completed", "reported", "planned", "considered")
RUMOURS = frozenset({"reported", "planned", "considered"})


@dataclass(frozen=True)
class Telling:
    """One article's event with the claims that it rests on.

    Where the text names a subsidiary as the unit of its owner, the event is the subsidiary's, and `owner` is the name
    that the text gives to the employer.
    """

    article: Article
    event: Event
    claims: tuple[Claim, ...]
    owner: str | None = None
    stored_sketch: Sketch | None = None  # where the article's text is not at hand

    @cached_property
    def employer(self) -> str:
        """Key of the employer."""
        return company_key(self.event.company)

    @cached_property
    def sketch(self) -> Sketch:
        """By what copies of the article's text are known."""
        return sketch(self.article.title, self.article.text) if self.stored_sketch is None else self.stored_sketch

    @cached_property
    def days(self) -> Span | None:
        """First and last day that the event's date covers; None where undated."""
        return span(self.event.date)

    @cached_property
    def published(self) -> str:
        """Publication day, "" where unknown."""
        return day(self.article.published) or ""

    @cached_property
    def publisher(self) -> str:
        """Who published it: the host of the address, else the site's name, else the address."""
        return publisher(self.article)

    @cached_property
    def news(self) -> bool:
        """Is the round this article's own news, not its background?"""
        current = [c.current for c in self.claims if c.kind == "cut" and c.current is not None]
        return any(current) if current else self.event.status != "completed"

    @cached_property
    def voice(self) -> int:
        """Rank of the status: 0 is the employer's own word, higher is farther from it."""
        return VOICES.index(self.event.status) if self.event.status in VOICES else len(VOICES)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """Sort key: by publication, then address and place in the article; equal for equal tellings only."""
        event = self.event
        place = f"{event.evidence_field}{event.evidence_start or 0:09}"
        one = f"{min(claim.round for claim in self.claims):04}" if self.claims else repr(event)
        return (self.published, self.article.url, place, one)


def publisher(article: Article) -> str:
    """Who published the article: the host of its address, else its site's name, else the address itself.

    >>> publisher(Article(article_id="1", url="https://www.acme.example/a", title="", text=""))
    'acme.example'
    """
    host = (urlsplit(article.url).hostname or "").lower()
    for prefix in ("www.", "m.", "amp.", "mobile."):
        host = host.removeprefix(prefix)
    return host or (article.site or "").casefold() or article.url


def tellings(article: Article, claims: Sequence[Claim], events: Sequence[Event]) -> list[Telling]:
    """The events of one article, each with its claims.

    A round's claims go to the event whose evidence lies in their sentences, else to the first of its company.
    """
    shares: list[list[Claim]] = [[] for _ in events]
    for number in sorted({claim.round for claim in claims}):
        told = [claim for claim in claims if claim.round == number]
        owners = [i for i, event in enumerate(events) if any(claim.company == event.company for claim in told)]
        owners.sort(key=lambda i: (not any(_holds(claim, events[i]) for claim in told), len(shares[i]) > 0, i))
        if owners:
            shares[owners[0]] += told
    return [_telling(article, event, tuple(share)) for event, share in zip(events, shares, strict=True)]


def _telling(article: Article, event: Event, claims: tuple[Claim, ...]) -> Telling:
    part = company(event.unit) if event.unit else None
    if part is None or not part.parent or company_key(part.parent) != company_key(event.company):
        return Telling(article, event, claims)
    return Telling(article, replace(event, company=part.name, unit=None), claims, owner=event.company)


def _holds(claim: Claim, event: Event) -> bool:
    start, end = event.evidence_start, event.evidence_end
    if start is None or end is None or claim.field != event.evidence_field:
        return False
    return claim.sentence_start < end and start < claim.sentence_end
