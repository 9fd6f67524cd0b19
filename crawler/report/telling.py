"""What templates say of claims, rivals and changes, in words; and all the filters of the site's templates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup

from crawler.report import words
from crawler.said import clipped, value_of
from extract.choose import Rival
from extract.records import Claim
from extract.totals import counted
from pipelines.rows import Row

_NAMES = {
    "headcount": "jobs", "headcount_min": "least number of jobs", "headcount_max": "greatest number of jobs",
    "pct_min": "least share of staff", "pct_max": "greatest share of staff", "n_articles": "articles",
    "ai": "tied to AI by", "ai_link": "how AI", "evidence": "quotation", "ai_evidence": "quotation on AI",
}  # fmt: skip
_QUOTED = ("evidence", "ai_evidence")


def name(text: str) -> str:
    """An employer's name; what is longer than any name is cut."""
    return clipped(text, words.NAME)


def said(claim: Claim) -> str:
    """What a claim says, in a few words."""
    return clipped(value_of(claim) or claim.value or "", 90)


def rival_figure(rival: Rival, measure: str) -> Markup:
    """A rival figure with its unit."""
    unit = "jobs" if measure == "headcount" else "% of staff"
    relation = "exact" if rival.low == rival.high else None
    return words.figure(rival.low, rival.high, relation, unit) or Markup("not known")


def jobs(bounds: Sequence[int | None]) -> Markup:
    """The people whose jobs a voice ties to AI."""
    low, high = bounds
    return words.figure(low, high, None, "jobs")


def step(change: Row) -> str:
    """One change of an event, in words.

    >>> base = {"cause": "new_article", "reason": "https://a.example/", "event_id": "x"}
    >>> step({"field": "headcount", "old": "90", "new": "95", **base})
    'jobs: 90 → 95 (a new article)'
    >>> step({"field": "event_id", "old": None, "new": "x", **base})
    'entered (first article)'
    """
    why = {"new_article": "a new article", "rule_change": "newer rules"}.get(change["cause"], "by hand")
    if change["cause"] == "override" and change["reason"]:
        why += f": {clipped(change['reason'], 160)}"
    if change["field"] == "event_id":
        return _life(change, why)
    name = _NAMES.get(change["field"], change["field"].replace("_", " "))
    if change["field"] in _QUOTED:
        return f"{name}: another sentence chosen ({why})"
    old, new = (clipped(value, 80) if value else "not known" for value in (change["old"], change["new"]))
    return f"{name}: {old} → {new} ({why})"


def _life(change: Row, why: str) -> str:
    if change["old"] is None:
        return "entered (first article)" if change["cause"] == "new_article" else f"entered ({why})"
    return f"merged into {change['new']} ({why})" if change["new"] else f"ended ({why})"


FILTERS: dict[str, Callable[..., Any]] = {
    **words.FILTERS, "clipped": clipped, "name": name, "said": said, "rival_figure": rival_figure, "jobs": jobs,
    "step": step, "counts": counted,
}  # fmt: skip
