"""What every hand-written event must fulfil, in the gold set and in the sample's answer."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

KEYS = [
    "company",
    "aliases",
    "headcount_min",
    "headcount_max",
    "headcount_relation",
    "pct_min",
    "pct_max",
    "pct_relation",
    "unit",
    "date",
    "action",
    "status",
    "ai",
    "ai_link",
    "evidence",
    "ai_evidence",
]
KINDS = {"report", "roundup", "analysis", "aggregate", "none"}
ACTIONS = {"layoff", "buyout", "closure", "hiring_freeze", "attrition", "contract_end", "furlough", "other"}
STATUSES = {"announced", "reported", "planned", "considered", "completed", "denied", "cancelled"}
LINKS = {"replacement", "reallocation", "anticipated", "demand_loss", "unspecified"}
VAGUE = {24, 200, 2000}  # dozens, hundreds, thousands
DATE = re.compile(r"\d{4}(-Q[1-4]|-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def labelled_files(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The articles of every `.jsonl` file in `folder`, by file name in alphabetical order."""
    return {
        path.name: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in sorted(folder.glob("*.jsonl"))
    }


def figure_faults(low: float | None, high: float | None, relation: str | None) -> list[str]:
    """Where bounds and relation do not fit each other; empty if they do."""
    fits = {
        None: low is None and high is None,
        "exact": low is not None and low == high,
        "about": low is not None and low == high,
        "at_least": low is not None and high is None,
        "at_most": low is None and high is not None,
        "range": low is not None and high is not None and low < high,
        "vague": low in VAGUE and high is None,
    }
    positive = all(value > 0 for value in (low, high) if value is not None)
    return [] if fits.get(relation, False) and positive else [f"{relation} does not fit {low} to {high}"]


def faults(event: dict[str, Any], article: str) -> list[str]:
    """What is wrong with `event`, given all text of its article; empty if nothing is."""
    found = figure_faults(event["headcount_min"], event["headcount_max"], event["headcount_relation"])
    found += figure_faults(event["pct_min"], event["pct_max"], event["pct_relation"])
    checks = {
        "keys or their order": list(event) == KEYS,
        "action": event["action"] in ACTIONS,
        "status": event["status"] in STATUSES,
        "share above 100": max(event["pct_min"] or 0, event["pct_max"] or 0) <= 100,
        "date": event["date"] is None or DATE.fullmatch(event["date"]) is not None,
        "evidence is not in the article": bool(event["evidence"]) and event["evidence"] in article,
        "a name is not in the article": all(name in article for name in [event["company"], *event["aliases"]]),
    }
    return found + [name for name, good in checks.items() if not good] + attribution_faults(event, article)


def attribution_faults(event: dict[str, Any], article: str) -> list[str]:
    """Where `ai`, `ai_link` and `ai_evidence` do not fit each other or the article."""
    tied = event["ai"] in {"company", "third_party"}
    quoted = event["ai_evidence"] is not None
    checks = {
        "ai": event["ai"] in {"company", "third_party", "denied", "none"},
        "ai_link": event["ai_link"] in LINKS if tied else event["ai_link"] is None,
        "ai_evidence without ai, or the reverse": quoted == (event["ai"] != "none"),
        "ai_evidence is not in the article": not quoted or event["ai_evidence"] in article,
    }
    return [name for name, good in checks.items() if not good]
