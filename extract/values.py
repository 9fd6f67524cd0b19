"""The row of one round: the columns of Event, filled from the tellings that choose.py picked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extract.ai_columns import disputed
from extract.choose import ACTIONS, STATES, Choice, heard, most_told, rank, same_figure
from extract.copies import independent
from extract.days import precision
from extract.records import Event
from extract.same_round import part_words
from extract.tellings import Telling
from extract.units import country


def point(low: int | None, high: int | None, relation: str | None) -> int | None:
    """The stated number, also where it is a bound; the middle of a range; None for hundreds and the like.

    >>> point(200, None, "vague"), point(None, 300, "at_most"), point(100, 201, "range")
    (None, 300, 150)
    """
    if relation == "vague" or (low is None and high is None):
        return None
    return high if low is None else low if high is None else round((low + high) / 2)


def values(told: Sequence[Telling], choice: Choice) -> dict[str, Any]:
    """The columns of the event but for company and id."""
    ranked = sorted(told, key=rank)
    days = sorted(t.published for t in told if t.published)
    unit = _unit(told, choice)
    speakers = (choice.headcount, choice.pct, choice.date, choice.ai, choice.evidence)
    return {
        "action": most_told((t.event.action for t in told), ACTIONS.index),
        "status": min((t.event.status for t in told), key=STATES.index),
        **_figures(choice),
        **_when(choice),
        "unit": unit,
        "job_country": country(unit) if unit else _first(_of_the_whole(ranked, choice), "job_country"),
        **{name: _first(ranked, name) for name in ("effective_from", "workforce_before")},
        **_evidence(choice.evidence),
        **_ai(ranked, choice.ai),
        "contested": _contested(told),
        "n_articles": len({t.article.url for t in told}),
        "n_publishers": len({t.publisher for t in told}),
        "n_independent": independent([t.sketch for t in told]),
        "first_reported": days[0] if days else None,
        "last_reported": days[-1] if days else None,
        "source_urls": tuple(dict.fromkeys(t.article.url for t in sorted(told, key=lambda t: t.order))),
        "confidence": max((t.event.confidence for t in told if t.event.confidence is not None), default=None),
        "rules": tuple(sorted({rule for t in speakers if t for rule in t.event.rules})),
        "rules_version": max((t.event.rules_version for t in told if t.event.rules_version), default=None),
        "updated_at": max(t.article.published or t.article.fetched_at or "" for t in told) or None,
    }


def _contested(told: Sequence[Telling]) -> bool:
    """Do voices differ on AI, within an article or between articles?"""
    spoken = [c for t in told for c in t.claims if c.kind == "attribution"]
    return disputed(spoken) or {"denied"} < {t.event.ai for t in told} - {"none"}


def _first(ranked: Sequence[Telling], name: str) -> Any:
    return next((value for t in ranked if (value := getattr(t.event, name)) is not None), None)


def _figures(choice: Choice) -> dict[str, Any]:
    people, share = (t.event if t else Event() for t in (choice.headcount, choice.pct))
    return {
        "headcount": point(people.headcount_min, people.headcount_max, people.headcount_relation),
        **{name: getattr(people, name) for name in ("headcount_min", "headcount_max", "headcount_relation")},
        **{name: getattr(share, name) for name in ("pct_min", "pct_max", "pct_relation")},
    }


def _when(choice: Choice) -> dict[str, Any]:
    date = choice.date.event.date if choice.date else None
    return {"date": date, "date_precision": precision(date)}


def _unit(told: Sequence[Telling], choice: Choice) -> str | None:
    """The unit that tellings of the chosen figure name, though others leave it out; without a figure, that of most.

    Where many tell the figure of the whole employer and few of a unit, it is the whole's: lists of sites repeat it.
    """
    chosen = choice.headcount or choice.pct
    units: dict[str, list[Telling]] = {}
    for telling in told:
        if chosen is None or same_figure(telling, chosen):
            unit = telling.event.unit if part_words(telling.event) else None
            units.setdefault(unit or "", []).append(telling)
    named = units if chosen is None else {unit for unit in heard(units) if unit}
    return min(named, key=lambda unit: (-len(units[unit]), unit), default="") or None


def _of_the_whole(told: Sequence[Telling], choice: Choice) -> list[Telling]:
    """Those that tell the chosen figure, or of none any, and name no unit: a part's country is not the whole's."""
    chosen = choice.headcount or choice.pct
    return [t for t in told if t.event.unit is None and (chosen is None or same_figure(t, chosen))]


def _evidence(telling: Telling) -> dict[str, Any]:
    names = ("evidence", "evidence_field", "evidence_start", "evidence_end")
    return {name: getattr(telling.event, name) for name in names} | {"evidence_url": telling.article.url}


def _ai(ranked: Sequence[Telling], voice: Telling | None) -> dict[str, Any]:
    if voice is None:
        return {}
    same = [voice, *(t for t in ranked if t.event.ai == voice.event.ai)]
    names = ("ai", "ai_link", "ai_evidence", "ai_evidence_field", "ai_evidence_start", "ai_evidence_end")
    return {
        **{name: getattr(voice.event, name) for name in names},
        **{name: _first(same, name) for name in ("ai_speaker", "ai_strength", "ai_headcount")},
        "ai_evidence_url": voice.article.url,
    }
