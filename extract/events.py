"""From an article to its claims, and from claims to the events of that article.

`claims` reads (spaCy marks -> statements -> rounds -> claims); `decide` only folds claims, so that events can be
rebuilt from stored claims without the text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from extract import RULES_VERSION, ai, ai_columns, items
from extract.aftermath import aftermath
from extract.announcement import dateline
from extract.claiming import Source, claims_of, printed
from extract.companies import company
from extract.confidence import of_entry
from extract.days import precision
from extract.focus import Focus
from extract.frame import placed
from extract.grouping import rounds
from extract.nlp import marked, pipeline
from extract.records import Article, Claim, Event
from extract.rejections import Rejection
from extract.sentences import sentences
from extract.statements import statements
from extract.substance import is_event
from extract.topic import topic
from extract.units import country
from extract.values import point

#: Kinds of claims that give no column of an event.
BESIDE = ("work", "system", "aftermath")
#: Longer texts are no news article; what lies beyond is not read.
MAX_CHARACTERS = 100_000


class Said(NamedTuple):
    """What of a claim date and figures are made of; as in `Claim`."""

    kind: str
    value: str | None
    low: float | None
    high: float | None
    relation: str | None
    current: bool | None


@dataclass(frozen=True, slots=True)
class Reading:
    """What one article says: its claims, and by which rule each sentence about cuts came to nothing, in text order."""

    claims: tuple[Claim, ...]
    rejected: tuple[Rejection, ...] = ()


def claims(article: Article) -> tuple[Claim, ...]:
    """The claims of an article, in order of its rounds; empty when it tells of no employer's cut."""
    return read(article).claims


def read(article: Article) -> Reading:
    """As `claims`, with the rules that rejected what looked like a cut."""
    text = f"{article.title}\n\n{article.text}"[:MAX_CHARACTERS]
    rejected: list[Rejection] = []
    with pipeline().memory_zone():
        found = sentences(marked(text), len(article.title))
        items.mark(found)
        published = dt.date.fromisoformat(article.published[:10]) if article.published else dateline(found)
        about = topic(found, published)
        focus = Focus(topic=about.name, single=about.single, accepted=set(about.accepted))
        told = placed(statements(found, focus, published, rejected), about, found, published)
        grouped = rounds(told)
        kept = [r for r in grouped if is_event(r, about)]
        bare = [r.best.sentence for r in grouped if r not in kept]
        rejected += [Rejection("round.bare", sentence.start, sentence.end) for sentence in bare]
        for r in kept:
            r.printed = printed(text, r)
        voices, later = ai.voices(found, kept, focus), aftermath(found, kept, focus)
        source = Source(article, found, published, about.single, frozenset(r.company for r in kept))
        made = tuple(
            claim
            for number, r in enumerate(kept)
            for claim in claims_of(source, number, r, voices.get(number, ()), later.get(number, ()))
        )
    if article.grade == "entry":
        made = tuple(c if c.confidence is None else replace(c, confidence=of_entry(c.confidence)) for c in made)
    return Reading(made, tuple(sorted(rejected, key=lambda one: one.start)))


def decide(article: Article, found: Sequence[Claim]) -> tuple[Event, ...]:
    """The events that an article's claims make, one for each round, in order; `event_id` stays None."""
    numbers = sorted({c.round for c in found})
    return tuple(_event(article, [c for c in found if c.round == n]) for n in numbers)


def _event(article: Article, found: list[Claim]) -> Event:
    cut = next(c for c in found if c.kind == "cut")
    known = company(cut.company)
    published = (article.published or "")[:10] or None
    return Event(
        company=cut.company,
        ticker=known.ticker if known else None,
        industry=known.industry if known else None,
        country=known.country if known else None,
        action=cut.value or "layoff",
        status=cut.modality or "announced",
        **_when_and_how_many(found, published),
        unit=cut.unit,
        job_country=country(cut.unit) if cut.unit else None,
        **_evidence(article, "evidence", cut),
        **_ai(article, ai_columns.decided((c for c in found if c.kind == "attribution"), cut.modality or "announced")),
        first_reported=published,
        last_reported=published,
        source_urls=(article.url,),
        confidence=cut.confidence,
        rules=tuple(dict.fromkeys(c.rule for c in found if c.kind not in BESIDE)),
        rules_version=RULES_VERSION,
        updated_at=article.published or article.fetched_at,
    )


def outline(published: str | None, found: Sequence[Said]) -> Event:
    """Of the event that the claims of one round make only date and figures; `published` is an ISO day."""
    return Event(**_when_and_how_many(found, published))


def _when_and_how_many(found: Sequence[Claim | Said], published: str | None) -> dict[str, Any]:
    by_kind: dict[str, Claim | Said] = {c.kind: c for c in reversed(found)}
    return {
        **_when(by_kind.get("date"), published if by_kind["cut"].current else None),
        **_headcount(by_kind.get("headcount")),
        **_share(by_kind.get("share")),
    }


def _when(told: Claim | Said | None, published: str | None) -> dict[str, Any]:
    """The date told, else the day of publication of what is news."""
    date = told.value if told else published
    return {"date": date, "date_precision": precision(date)}


def _headcount(claim: Claim | Said | None) -> dict[str, Any]:
    if claim is None:
        return {}
    low, high = (None if end is None else int(end) for end in (claim.low, claim.high))
    return {
        "headcount": point(low, high, claim.relation),
        "headcount_min": low,
        "headcount_max": high,
        "headcount_relation": claim.relation,
    }


def _share(claim: Claim | Said | None) -> dict[str, Any]:
    return {"pct_min": claim.low, "pct_max": claim.high, "pct_relation": claim.relation} if claim else {}


def _ai(article: Article, told: ai_columns.Decided | None) -> dict[str, Any]:
    return told.columns() | _evidence(article, "ai_evidence", told.voice) if told else {}


def _evidence(article: Article, column: str, claim: Claim) -> dict[str, Any]:
    """The sentence around a claim with its place, as the columns `column`, `column`_url and so on."""
    start, end = claim.sentence_start, claim.sentence_end
    return {
        column: article[claim.field][start:end],
        f"{column}_url": article.url,
        f"{column}_field": claim.field,
        f"{column}_start": start,
        f"{column}_end": end,
    }
