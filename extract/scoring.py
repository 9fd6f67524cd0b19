"""How predicted events are compared with hand-written ones; docs/accuracy.md says it in words.

Pure counting: `tally` counts one article, tallies add up, `figures` turns a sum into precision, recall and F1.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from extract.labels import Row

#: Words that a company's name may have or lack.
LEGAL = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "plc", "ag", "sa", "se",
    "nv", "gmbh", "group", "holding", "holdings", "technology", "technologies", "labs", "platforms", "com", "ai", "io",
})  # fmt: skip
#: Stances under which a text ties AI to a cut.
TIED = frozenset({"company", "third_party"})
#: What an agreement counts when several rounds of one company have to be paired.
WEIGHTS = {"headcount": 3.0, "pct": 2.0, "date": 2.0, "action": 1.0, "ai": 1.0, "status": 0.5}
#: Figure -> what is right, predicted and expected: precision, recall, F1.
RATIOS = {
    "event": ("paired", "got", "wanted"),
    "headcount": ("right_headcount", "got_headcount", "wanted_headcount"),
    "pct": ("right_pct", "got_pct", "wanted_pct"),
    "ai_F1": ("right_tied", "got_tied", "wanted_tied"),
    "row": ("right_row", "got", "wanted"),
}
#: Figure -> what is right, and of what it is a share.
SHARES = {
    "date": ("right_date", "paired"),
    "action": ("right_action", "paired"),
    "status": ("right_status", "paired"),
    "ai": ("right_ai", "paired"),
    "ai_link": ("right_ai_link", "right_tied"),
    "ai_quote": ("right_quote", "quoted"),
    "clean": ("clean", "empty"),
}
#: All figures in the order in which they are shown.
FIGURES = (
    "event", "headcount", "pct", "date", "action", "status", "ai", "ai_link", "ai_quote", "ai_F1", "row", "clean",
)  # fmt: skip

Bounds = tuple[float | None, float | None]
Tally = Counter[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure, 0..1: F1 or a share, of `n` expected events (or pairs, or articles)."""

    value: float
    n: int
    precision: float | None = None  # None where it is a share
    recall: float | None = None


def name_key(name: str | None) -> str:
    """The name without case, accents, punctuation, possessive, "the" in front and legal or generic words.

    >>> [name_key(n) for n in ("The Gap, Inc.", "Gap's", "AT&T", "Amazon.com", "OpenAI", "Labs Group")]
    ['gap', 'gap', 'atandt', 'amazon', 'openai', 'labsgroup']
    """
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"'s\b", "", plain).replace("&", " and ")
    words = re.sub(r"[^a-z0-9]+", " ", plain).split()
    words = words[1:] if words[:1] == ["the"] and len(words) > 1 else words
    return "".join([word for word in words if word not in LEGAL] or words)


def same_company(wanted: Row, got: Row) -> bool:
    """Is the predicted company the expected one, by its name or any alias?"""
    names = {name_key(name) for name in (wanted.get("company"), *(wanted.get("aliases") or ()))}
    return name_key(got.get("company")) in names - {""}


def bounds(event: Row, field: str) -> Bounds | None:
    """Least and greatest value of "headcount" or "pct", to one decimal; None where there is neither."""
    low, high = (event.get(f"{field}_{end}") for end in ("min", "max"))
    if low is None and high is None:
        return None
    return tuple(None if value is None else round(float(value), 1) for value in (low, high))  # type: ignore[return-value]


def agreeing(wanted: Row, got: Row) -> set[str]:
    """The fields of WEIGHTS in which two events agree; an unknown value agrees with an unknown one."""
    same = {field for field in ("headcount", "pct") if bounds(wanted, field) == bounds(got, field)}
    same |= {field for field in ("date", "action", "status") if (wanted.get(field) or None) == (got.get(field) or None)}
    return same | ({"ai"} if (wanted.get("ai") or "none") == (got.get("ai") or "none") else set())


def pairs(wanted: Sequence[Row], got: Sequence[Row]) -> list[tuple[int, int]]:
    """Which expected event (by place) each predicted one answers: same company, those that agree on most first."""
    edges = [
        (-sum(WEIGHTS[field] for field in agreeing(one, other)), i, j)
        for i, one in enumerate(wanted)
        for j, other in enumerate(got)
        if same_company(one, other)
    ]
    found: list[tuple[int, int]] = []
    for _, i, j in sorted(edges):
        if all(i != left and j != right for left, right in found):
            found.append((i, j))
    return found


def tied(event: Row) -> bool:
    """Does somebody tie AI to the cut?"""
    return event.get("ai") in TIED


def right_core(wanted: Row, got: Row) -> bool:
    """Are company (they are paired), headcount and share right: what `confidence` is about?"""
    return {"headcount", "pct"} <= agreeing(wanted, got)


def tally(wanted: Sequence[Row], got: Sequence[Row]) -> Tally:
    """What there is to count in one article, by the names that RATIOS and SHARES use."""
    count: Tally = Counter(wanted=len(wanted), got=len(got), empty=not wanted, clean=not wanted and not got)
    for side, events in (("wanted", wanted), ("got", got)):
        for event in events:
            for field in ("headcount", "pct"):
                count[f"{side}_{field}"] += bounds(event, field) is not None
            count[f"{side}_tied"] += tied(event)
    for i, j in pairs(wanted, got):
        count.update(_right(wanted[i], got[j]))
    return count


def _right(wanted: Row, got: Row) -> Iterator[str]:
    """The names of all that is right in a pair."""
    same = agreeing(wanted, got)
    yield "paired"
    yield from (f"right_{field}" for field in same & {"date", "action", "status", "ai"})
    yield from (f"right_{field}" for field in same & {"headcount", "pct"} if bounds(wanted, field) is not None)
    if same >= {"headcount", "pct", "date", "ai"}:
        yield "right_row"
    if tied(wanted) and tied(got):
        yield "right_tied"
        if (wanted.get("ai_link") or "unspecified") == (got.get("ai_link") or "unspecified"):
            yield "right_ai_link"


def figures(count: Mapping[str, int]) -> dict[str, Figure]:
    """All figures of a tally, in the order of FIGURES."""
    return {name: _ratio(count, *RATIOS[name]) if name in RATIOS else _share(count, *SHARES[name]) for name in FIGURES}


def _share(count: Mapping[str, int], right: str, of: str) -> Figure:
    n = count.get(of, 0)
    return Figure(count.get(right, 0) / n if n else 1.0, n)


def _ratio(count: Mapping[str, int], right: str, got: str, wanted: str) -> Figure:
    """Precision, recall, F1. Nothing predicted is precise only where nothing is expected, and the reverse."""
    good, predicted, expected = (count.get(name, 0) for name in (right, got, wanted))
    precision = good / predicted if predicted else float(not expected)
    recall = good / expected if expected else float(not predicted)
    total = precision + recall
    return Figure(2 * precision * recall / total if total else 0.0, expected, precision, recall)
