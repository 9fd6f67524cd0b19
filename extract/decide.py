"""From the claims of an article to its events. Folds claims only, so that events are decided without the text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from extract import RULES_VERSION, ai_columns
from extract.companies import company
from extract.days import precision
from extract.records import Article, Claim, Event
from extract.units import country
from extract.values import point

#: Kinds of claims that give no column of an event.
BESIDE = ("work", "system", "aftermath")


class Said(NamedTuple):
    """What of a claim date and figures are made of; as in `Claim`."""

    kind: str
    value: str | None
    low: float | None
    high: float | None
    relation: str | None
    current: bool | None


def decide(article: Article, found: Sequence[Claim]) -> tuple[Event, ...]:
    """The events that an article's claims make, one for each round, in order; `event_id` stays None.

    A follow-up of a cut told elsewhere is a round without a cut, and makes none.
    """
    by_round: dict[int, list[Claim]] = {}
    for claim in found:
        by_round.setdefault(claim.round, []).append(claim)
    told = (by_round[number] for number in sorted(by_round))
    return tuple(_event(article, claims) for claims in told if any(claim.kind == "cut" for claim in claims))


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
