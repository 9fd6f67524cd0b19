"""The values of one round, chosen from all that is told of it.

The rules, in this order:

1. a total before a part of it, and a number before "hundreds": a poorer telling never overwrites a richer one;
2. the employer's word (announced) before others (reported), before plans and considerations;
3. an exact number before a bound;
4. the later before the earlier (a figure counts from the day when it is first told);
5. dates: the earliest day told as news, since a round is dated by its announcement or first report, and none after
   the day by which a tenth of the reports of its figure had appeared;
6. AI: an employer's denial before all, then the employer's word, then anyone else's.

Figures, dates and units count once as many publishers as `RIVAL` asks have told them, so that one misreading does not
undo what fifty papers agree on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, TypeVar

from extract.days import Span
from extract.records import Event
from extract.same_round import part_words
from extract.tellings import Telling

ACTIONS = ("layoff", "closure", "buyout", "contract_end", "furlough", "hiring_freeze", "attrition", "other")
STATES = ("cancelled", "announced", "denied", "completed", "reported", "planned", "considered")
AI = ("denied", "company", "third_party", "none")
RIVAL = 1 / 3  # share of the publishers of the best-told value that a rival needs, where that one has four or more

Measure = Literal["headcount", "pct"]
K = TypeVar("K")


@dataclass(frozen=True)
class Choice:
    """Which tellings gave the values of a round."""

    headcount: Telling | None
    pct: Telling | None
    date: Telling | None
    ai: Telling | None
    evidence: Telling


def choose(told: Sequence[Telling]) -> Choice:
    """The tellings that speak for the round, value by value."""
    headcount, pct = _figure(told, "headcount"), _figure(told, "pct")
    figure = headcount or pct
    date = _date(told, figure)
    same = [t for t in told if figure is None or same_figure(t, figure)]
    evidence = min(same, key=lambda t: (_vagueness(t, "headcount"), date is None or t.days != date.days, rank(t)))
    return Choice(headcount, pct, date, _voice_on_ai(told), evidence)


def bounds(event: Event, measure: Measure) -> tuple[float | None, float | None]:
    """Least and greatest number of the measure, as the event has them."""
    if measure == "headcount":
        return event.headcount_min, event.headcount_max
    return event.pct_min, event.pct_max


def _relation(event: Event, measure: Measure) -> str | None:
    return event.headcount_relation if measure == "headcount" else event.pct_relation


def _figure(told: Sequence[Telling], measure: Measure) -> Telling | None:
    figures: dict[Hashable, list[Telling]] = {}
    for telling in told:
        if bounds(telling.event, measure) != (None, None):
            figures.setdefault(bounds(telling.event, measure), []).append(telling)
    if not figures:
        return None
    best = min(heard(figures).values(), key=lambda group: _figure_rank(group, measure))
    return min(best, key=lambda t: (bool(part_words(t.event)), _vagueness(t, measure), rank(t)))


def same_figure(a: Telling, b: Telling) -> bool:
    """Does `a` tell the figure of `b`, its headcount or else its share?"""
    measure: Measure = "headcount" if bounds(b.event, "headcount") != (None, None) else "pct"
    return bounds(a.event, measure) == bounds(b.event, measure)


def heard(told: Mapping[K, Sequence[Telling]]) -> dict[K, Sequence[Telling]]:
    """Of the values, each with its tellings, those that publishers enough tell to count beside the best-told one."""
    voices = {key: len({t.publisher for t in group}) for key, group in told.items()}
    most = max(voices.values(), default=0)
    return {key: group for key, group in told.items() if most < 4 or voices[key] >= max(2, RIVAL * most)}


def _figure_rank(group: Sequence[Telling], measure: Measure) -> tuple[Any, ...]:
    first = min(t.published for t in group)
    return (
        all(part_words(t.event) for t in group),
        all(_relation(t.event, measure) == "vague" for t in group),
        min(t.voice for t in group),
        min(_vagueness(t, measure) for t in group),
        [-ord(c) for c in first],  # the later first
        -len(group),
        min(t.order for t in group),
    )


@dataclass(frozen=True)
class Rival:
    """One figure that is told of a round, by whom, and why it is not the event's; `why` is "" for the chosen one.

    Nobody tells a figure that is set by hand and stands in no article.
    """

    low: float | None
    high: float | None
    told: tuple[Telling, ...]
    why: str


#: What decides between two figures, in the order of _figure_rank.
DECIDING = (
    "a part of the whole",
    "vague, where another gives a number",
    "farther from the employer's own word",
    "a bound, where another is exact",
    "told earlier",
    "told by fewer articles",
    "told later on the same day",
)

BY_HAND = "another is set by hand"


def rivals(told: Sequence[Telling], measure: Measure, by_hand: Event | None = None) -> list[Rival]:
    """All figures of the measure that are told, the chosen one first; that of the event `by_hand` where it is given."""
    figures: dict[tuple[float | None, float | None], list[Telling]] = {}
    for telling in told:
        if bounds(telling.event, measure) != (None, None):
            figures.setdefault(bounds(telling.event, measure), []).append(telling)
    if not figures:
        return []
    strong = heard(figures)
    ranks = {figure: _figure_rank(group, measure) for figure, group in figures.items()}
    best = min(strong, key=lambda figure: ranks[figure])
    ordered = sorted(figures, key=lambda figure: (figure != best, figure not in strong, ranks[figure]))
    found = []
    for figure in ordered:
        why = _why(ranks[best], ranks[figure], figure in strong)
        found.append(Rival(*figure, tuple(sorted(figures[figure], key=lambda t: t.order)), why))
    return _set(found, bounds(by_hand, measure)) if by_hand else found


def _set(found: list[Rival], figure: tuple[float | None, float | None]) -> list[Rival]:
    """The rivals where a person has set the figure, it may be to one that is told."""
    chosen = next((one for one in found if (one.low, one.high) == figure), Rival(*figure, (), ""))
    others = [one if one.why else replace(one, why=BY_HAND) for one in found if one is not chosen]
    return [replace(chosen, why=""), *others]


def _why(best: tuple[Any, ...], rank: tuple[Any, ...], strong: bool) -> str:
    if not strong:
        return "told by too few publishers beside the others"
    return next((word for word, a, b in zip(DECIDING, best, rank, strict=True) if a != b), "")


def _vagueness(telling: Telling, measure: Measure) -> int:
    relation = _relation(telling.event, measure)
    return 0 if relation in ("exact", "about", "range") else 2 if relation == "vague" else 1


def rank(telling: Telling) -> tuple[Any, ...]:
    """The telling that speaks best for the round comes first: news, near the employer, total, complete, early."""
    event = telling.event
    columns = (event.headcount_min, event.headcount_max, event.pct_min, event.date, event.unit)
    known = sum(value is not None for value in columns)
    return (not telling.news, telling.voice, -known, -(event.confidence or 0), telling.order)


def _date(told: Sequence[Telling], figure: Telling | None) -> Telling | None:
    reports = sorted(t.published for t in told if t.published and (figure is None or same_figure(t, figure)))
    known = reports[len(reports) // 10] if reports else "9999"
    dated = [t for t in told if t.days]
    early = [t for t in dated if t.days and t.days[0].isoformat() <= known] or dated
    news = [t for t in early if t.news and t.event.status != "considered"] or early
    days: dict[Span, list[Telling]] = {}
    for telling in news:
        if telling.days:
            days.setdefault(telling.days, []).append(telling)
    spans = sorted(heard(days), key=lambda span: (span[1] - span[0], span[0]))
    return min(days[spans[0]], key=rank) if spans else None


def _voice_on_ai(told: Sequence[Telling]) -> Telling | None:
    voices = [t for t in told if t.event.ai != "none"]
    if not voices:
        return None
    ai = min((t.event.ai for t in voices), key=AI.index)
    voices = [t for t in voices if t.event.ai == ai]
    link = most_told((t.event.ai_link for t in voices if t.event.ai_link not in (None, "unspecified")), str)
    return min(voices, key=lambda t: (link is not None and t.event.ai_link != link, rank(t)))


def most_told(values: Iterable[Any], tie: Callable[[Any], Any]) -> Any:
    """The value told most often, the least by `tie` among equals; None where there is none."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], tie(value)), default=None)
