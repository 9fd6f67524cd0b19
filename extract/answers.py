"""What the rules find in a labelled article, and how it differs from what a person found there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract import article, events, gate
from extract.decide import decide
from extract.labels import Labelled, Row
from extract.reasons import Rejected
from extract.records import Article, Claim
from extract.rejections import Rejection
from extract.scoring import Tally, agreeing, pairs, right_core, tally, tied

#: Compared field -> kind of the claim that gives it.
CLAIMED_AS = {
    "headcount": "headcount", "pct": "share", "date": "date", "action": "cut", "status": "cut",
    "ai": "attribution", "ai_link": "attribution",
}  # fmt: skip
#: Keys of an event that are compared or shown.
KEYS = (
    "company", "headcount_min", "headcount_max", "pct_min", "pct_max", "date", "action", "status", "ai", "ai_link",
    "evidence", "ai_evidence", "ai_evidence_field", "ai_evidence_start", "ai_evidence_end", "confidence",
)  # fmt: skip

Span = tuple[str, int, int]  # field, start, end


@dataclass(frozen=True, slots=True)
class Answer:
    """The events that the rules find in one article; the rule behind each field; what let the article go."""

    events: tuple[Row, ...] = ()
    rules: tuple[Mapping[str, str], ...] = ()  # of each event: kind of claim -> rule, and "all"
    article: Article | None = None
    claims: tuple[Claim, ...] = ()
    rejected: tuple[Rejection, ...] = ()
    gone: str | None = None  # the rule that let the whole article go


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the label has it; `rule` is what made it so, or kept it from being made."""

    article: str
    company: str
    field: str  # "missed" and "invented" are whole events, shown by their evidence
    wanted: Any
    got: Any
    rule: str


@dataclass(frozen=True, slots=True)
class Result:
    """One labelled article compared."""

    tally: Tally
    differences: tuple[Difference, ...] = ()
    graded: tuple[tuple[float, bool], ...] = ()  # confidence of each event found, and is it right?


def answer(one: Labelled) -> Answer:
    """Gate, read and decide, as a crawl does."""
    try:
        if one.page.text is None:
            gate.gate_bytes(one.page.body)
        found = article.read(one.page)
        gate.gate_text(found.title, found.text)
    except Rejected as reason:
        return Answer(gone=reason.rule)
    said = events.read(found)
    rows = tuple({key: getattr(event, key) for key in KEYS} for event in decide(found, said.claims))
    return Answer(rows, tuple(_rules(said.claims)), found, said.claims, said.rejected)


def _rules(claims: Sequence[Claim]) -> Iterator[dict[str, str]]:
    """Of each event, in the order of `decide`: by which rule each kind of claim was made."""
    for number in sorted({claim.round for claim in claims}):
        said = [claim for claim in claims if claim.round == number]
        made: dict[str, list[str]] = {"all": [claim.rule for claim in said]}
        for claim in said:
            made.setdefault(claim.kind, []).append(claim.rule)
        yield {kind: " ".join(dict.fromkeys(rules)) for kind, rules in made.items()}


def compare(one: Labelled, found: Answer) -> Result:
    """Count and list what is right and what is not."""
    count = tally(one.events, found.events)
    matched = pairs(one.events, found.events)
    for i, j in matched:
        same = same_quote(one, one.events[i], found.events[j])
        count["quoted"] += same is not None
        count["right_quote"] += same is True
    right = {j for i, j in matched if right_core(one.events[i], found.events[j])}
    graded = tuple((event["confidence"] or 0.0, j in right) for j, event in enumerate(found.events))
    return Result(count, tuple(_differences(one, found, matched)), graded)


def same_quote(one: Labelled, wanted: Row, got: Row) -> bool | None:
    """Do the words that a person quoted for AI and ours share a character of the article?

    None where one side ties no AI to the cut, or the person quoted nothing.
    """
    if not (tied(wanted) and tied(got) and wanted.get("ai_evidence")):
        return None
    name, start, end = (got.get(f"ai_evidence_{part}") for part in ("field", "start", "end"))
    places = _places(one, wanted["ai_evidence"])
    return any(field == name and low < (end or 0) and (start or 0) < high for field, low, high in places)


def _places(one: Labelled, quote: str | None) -> Iterator[Span]:
    """Everywhere that the words stand in the article."""
    for name, text in (("title", one.page.title or ""), ("text", one.page.text or "")):
        start = text.find(quote) if quote else -1
        while start >= 0 and quote:
            yield name, start, start + len(quote)
            start = text.find(quote, start + 1)


def _differences(one: Labelled, found: Answer, matched: list[tuple[int, int]]) -> Iterator[Difference]:
    name = one.page.page_id or ""
    for i, j in matched:
        wanted, got, rules = one.events[i], found.events[j], found.rules[j]
        for key in _differing(wanted, got):
            rule = rules.get(CLAIMED_AS[key]) or ("date.published" if key == "date" and got["date"] else rules["all"])
            yield Difference(name, wanted["company"], key, shown(wanted, key), shown(got, key), rule)
        if same_quote(one, wanted, got) is False:
            quotes = wanted["ai_evidence"], got["ai_evidence"]
            yield Difference(name, wanted["company"], "ai_quote", *quotes, rules["attribution"])
    for i in sorted(set(range(len(one.events))) - {i for i, _ in matched}):
        wanted = one.events[i]
        rule = _why_missed(one, wanted, found)
        yield Difference(name, wanted["company"], "missed", wanted.get("evidence"), None, rule)
    for j in sorted(set(range(len(found.events))) - {j for _, j in matched}):
        got = found.events[j]
        yield Difference(name, got["company"], "invented", None, got["evidence"], found.rules[j]["all"])


def _differing(wanted: Row, got: Row) -> list[str]:
    same = agreeing(wanted, got)
    differing = [key for key in CLAIMED_AS if key not in same and key != "ai_link"]
    both = tied(wanted) and tied(got)
    if both and (wanted.get("ai_link") or "unspecified") != (got.get("ai_link") or "unspecified"):
        differing.append("ai_link")
    return differing


def shown(event: Row, key: str) -> Any:
    """The value of a compared field: a figure as "200", "200.." (at least), "..300" or "200..300"; else as it is.

    >>> shown({"headcount_min": 200, "headcount_max": None}, "headcount"), shown({"pct_min": 5, "pct_max": 5.0}, "pct")
    ('200..', '5')
    """
    if key not in ("headcount", "pct"):
        return event.get(key)
    low, high = (event.get(f"{key}_{end}") for end in ("min", "max"))
    if low is None and high is None:
        return None
    if low == high:
        return f"{low:.10g}"
    return "..".join("" if value is None else f"{value:.10g}" for value in (low, high))


def _why_missed(one: Labelled, wanted: Row, found: Answer) -> str:
    """The rule that rejected the sentence of a missed event; else what else became of it."""
    if found.gone or found.article is None:
        return found.gone or ""
    places = list(_places(one, wanted.get("evidence")))
    shift = {"title": 0, "text": len(found.article.title) + 2}
    here = [r.rule for r in found.rejected for place in places if _meet(place, shift, r)]
    if here:
        return " ".join(dict.fromkeys(here))
    taken = [
        claim.company
        for claim in found.claims
        for name, start, end in places
        if claim.field == name and claim.sentence_start < end and start < claim.sentence_end
    ]
    if taken:
        return f"read as {', '.join(dict.fromkeys(taken))}'s"
    return "no rule found a cut"


def _meet(place: Span, shift: Mapping[str, int], one: Rejection) -> bool:
    low, high = (bound + shift[place[0]] for bound in place[1:])
    return one.start < high and low < one.end
