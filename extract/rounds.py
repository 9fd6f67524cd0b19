"""One round of an employer's cuts as an article tells it in several statements, and the figures that stand for it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, TypeVar

from extract.amounts import Amount
from extract.expression import Expression
from extract.statements import Statement
from extract.windows import before
from extract.words import context

#: Before a number: it sums up the round.
_TOTAL = Expression(rf"(?i)\b{context('rounds.total')}\s+(?:\w+\s+)?$")
#: Before a number: the plan of which the cuts told are a part ("as part of a broader effort to cut 17,000 jobs").
_BROADER = Expression(
    r"(?i)\bpart of\s+(?:(?:an?|its|the|their|his)\s+|[\w’'.&-]+[’']s?\s+)(?:[\w-]+\s+){0,4}?"
    rf"{context('rounds.plan')}\s+"
    r"(?:(?:announced|unveiled|revealed|disclosed)\s+(?:[\w.]+\s+){0,5})?to\s+(?:[\w-]+\s+){1,5}$"
)
#: Behind a number: the same ("2,000 are to go in all").
_TOTAL_BEHIND = Expression(r"(?i)(?:\s+[\w’'-]+){0,5}?\s+(?:in all|in total|altogether|all told)\b")
#: Behind a number: it counts one place only ("630 workers there", "in California").
_LOCAL = re.compile(r"\s+(?:there\b|in (?:the\s)?[A-Z]|at (?:its|the)\b)")
#: Before a number: the same ("In Folsom, 62 employees").
_LOCAL_BEFORE = Expression(r"\b[Ii]n (?:the )?[A-Z][\w. ]{1,30},\s+(?:\w+\s+)?$")
#: Actions that outdo a layoff where no statement of the round tells a layoff, the most telling first.
_SPECIAL = ("closure", "contract_end", "buyout", "furlough", "hiring_freeze", "attrition")
#: Of them those that tell by which means people leave.
_MEANS = ("buyout", "attrition")
#: A headline's "over N" may stand for a number up to so many times N.
MADE_EXACT = 1.3
#: Two numbers are one figure, rounded, within this share of the greater.
ROUNDED = 0.08


Answer = TypeVar("Answer")


def _kept(ask: Callable[[Round], Answer]) -> Callable[[Round], Answer]:
    """Keep what `ask` answers of a round until it has another statement: much of a round is asked time and again."""

    @wraps(ask)
    def answer(r: Round) -> Answer:
        key = (ask, len(r.statements))
        if key not in r.answers:
            r.answers[key] = ask(r)
        found: Answer = r.answers[key]
        return found

    return answer


@dataclass(slots=True)
class Round:
    """Statements of one article that speak of one round of one employer's cuts, in text order."""

    company: str
    statements: list[Statement] = field(default_factory=list)
    printed: str | None = None  # the employer's name as this text has it
    answers: dict[tuple[Any, int], Any] = field(default_factory=dict, repr=False, compare=False)  # what is kept

    @property
    @_kept
    def figured(self) -> list[Statement]:
        """The statements with figures."""
        return [s for s in self.statements if s.figures]

    @property
    @_kept
    def background(self) -> bool:
        """Is every statement with figures (or, without figures, every one) told as an earlier round?

        A headline that only names the cuts ("… ends in layoff news") leaves that to the text.
        """
        named = [s for s in self.statements if not (s.sentence.title and s.bound.cut.value.kind == "noun")]
        undated = not any(s.date for s in self.figured)
        if undated and any(s.sentence.title and s.bound.cut.value.kind == "people" and not s.background for s in named):
            return False  # the headline tells as news what the text comes back to
        return all(s.background for s in self.figured or named or self.statements)

    @property
    @_kept
    def action(self) -> str:
        """The first statement's action; a special one also where no statement tells a plain layoff."""
        if self._sites and not self.figured:
            return "closure"
        actions = [s.action for s in self.statements]
        body = {s.action for s in self.statements if not s.sentence.title}
        open_means = all(s.bound.cut.value.kind == "object" for s in self.statements if s.sentence.title)
        if len(body) == 1 and body <= set(_MEANS) and self.figured and open_means:
            return body.pop()  # the headline only says that jobs go, the text how
        for special in _SPECIAL:
            if special in actions and (actions[0] == special or "layoff" not in actions):
                return special
        return actions[0]

    @property
    @_kept
    def best(self) -> Statement:
        """The statement that stands for the round: of its headcount, its share, a number of sites, else the first."""
        return self.headcount() or self.share() or self._sites or self.statements[0]

    @property
    def _sites(self) -> Statement | None:
        """The statement that tells how many sites shut ("27 parcel centres")."""
        return next((s for s in self.statements if s.action == "closure" and (s.unit or "")[:1].isdigit()), None)

    @_kept
    def headcount(self) -> Statement | None:
        """The statement whose headcount stands for the round.

        The employer's figure before anyone else's, else the first told; a vague one gives way to a number told of the
        whole; among numbers that can be said of the same count, the one with more digits.
        """
        told = [(s, s.headcount) for s in self.statements if s.headcount]
        lead = _lead([s for s, _ in told])
        if lead is None or lead.headcount is None:
            return None
        if lead.headcount.relation == "vague":
            whole = next((s for s, amount in told if amount.relation != "vague" and _of_whole(s)), lead)
            return next((s for s, a in told if _outdoes(s, a, whole)), whole)
        exact = (s for s, a in told if lead.sentence.title and _makes_exact(a, lead) and _of_whole(s))
        if made := next(exact, None):
            return made
        if total := next((s for s, _ in told if _is_total(s)), None):
            return total
        told_best = _most_digits(told, lead)
        return next((s for s, a in told if _spans(a, told_best.headcount)), told_best)

    @_kept
    def share(self) -> Statement | None:
        """The statement whose share stands for the round: the widest base, the employer's, the first told."""
        told = [s for s in self.statements if s.share and not self._of_a_part(s)]
        wide = [s for s in told if s.share_wide] or told
        lead = _lead(wide)
        if lead is None or lead.share is None:
            return None
        if spanning := next((s for s in wide if s.share and _spans(s.share, lead.share)), None):
            return spanning
        point = lead.share.point
        return next((s for s in wide if s.share and s.share.point == point and _is_bound(s.share)), lead)

    def _of_a_part(self, s: Statement) -> bool:
        """Is the share told with a number of its own that is less than the round's: a share of those of one part?"""
        whole = self.headcount()
        if whole is None or whole.headcount is None or whole.share or s.headcount is None or s is whole:
            return False
        return not s.share_wide and s.headcount.point < (1 - ROUNDED) * whole.headcount.point


def _lead(told: list[Statement]) -> Statement | None:
    """The first statement in the employer's voice where the first of all is only reported; else the first.

    A headline leaves the voice out: its figure is only reported where the text tells the same as reported.
    """
    if not told:
        return None
    first = told[0]
    same = [s for s in told[1:] if first.sentence.title and _figures(s) == _figures(first)]
    if "reported" not in (first.status, *(s.status for s in same[:1])):
        return first
    return next((s for s in told if s.status != "reported" and s is not first), first)


def _figures(s: Statement) -> tuple[float | None, float | None]:
    return (s.headcount.point if s.headcount else None, s.share.point if s.share else None)


def _of_whole(s: Statement) -> bool:
    """Is the number told of the employer's whole round, not of a unit, a place or an earlier one?"""
    mark = s.bound.headcount
    local = mark is not None and (
        _LOCAL.match(s.sentence.text[mark.end : mark.end + 20])
        or s.sentence.search(_LOCAL_BEFORE, before(s.sentence, mark.start, 45))
    )
    return not (s.unit or s.background or local)


def _outdoes(s: Statement, amount: Amount, whole: Statement) -> bool:
    """Is it told before what seems the whole, of this round, and greater, so that the other is a part of it?"""
    if whole.headcount is None or whole.headcount.relation == "vague" or amount.relation == "vague" or s.background:
        return False
    return s.index < whole.index and amount.point > whole.headcount.point


def _is_total(s: Statement) -> bool:
    """Is the number told as a total ("in total, 400"), and not that of a unit alone?"""
    mark = s.bound.headcount
    if mark is None or s.unit:
        return False
    lead = before(s.sentence, mark.start, 30)
    if not s.background and s.sentence.search(_BROADER, before(s.sentence, mark.start, 110)):
        return True
    if s.sentence.search(_TOTAL, lead):
        return True
    return not s.sentence.lacks(_TOTAL_BEHIND) and bool(_TOTAL_BEHIND.match(s.sentence.text, mark.end, s.sentence.end))


def _makes_exact(amount: Amount, lead: Statement) -> bool:
    """Is it the number of which the headline has only the round one: "over 100 jobs", and "121 people were let go"?"""
    round_one = lead.headcount
    if round_one is None or round_one.relation != "at_least" or not round_one.low or amount.relation != "exact":
        return False
    return round_one.low < amount.point <= MADE_EXACT * round_one.low


def _spans(amount: Amount, other: Amount | None) -> bool:
    """Is the amount a range around the other, an exact one, or up to the same most?

    A range beside "up to" or "more than" with other ends is another voice's figure.
    """
    if other is None or amount.relation != "range" or not (amount.low and amount.high):
        return False
    if _is_bound(other):
        return other.relation == "at_most" and amount.high == other.point
    return amount.low <= other.point <= amount.high


def _most_digits(told: list[tuple[Statement, Amount]], lead: Statement) -> Statement:
    """Of the numbers close to the lead's: most digits, then a bound (headlines drop it), then the lead, the first."""
    point = lead.headcount.point if lead.headcount else 0
    same = [(s, a) for s, a in told if a.relation not in ("vague", "range") and _close(a.point, point)]
    best = max(
        same,
        key=lambda pair: (_digits(pair[1]), _is_bound(_written(pair)), pair[0] is lead, -pair[0].index),
        default=None,
    )
    return best[0] if best else lead


def _written(told: tuple[Statement, Amount]) -> Amount:
    """The number with the hedge that stands before it; "most of the 8,000" has none."""
    mark = told[0].bound.headcount
    return mark.value.amount if mark else told[1]


def _digits(amount: Amount) -> int:
    """Significant digits of the figure's number: 6,650 has three, 12,000 two."""
    return len(str(int(amount.point)).rstrip("0"))


def _is_bound(amount: Amount) -> bool:
    """Of one number, headlines drop the "up to" and "more than" that the body keeps."""
    return amount.relation in ("at_most", "at_least")


def _close(one: float, other: float) -> bool:
    return abs(one - other) <= ROUNDED * max(one, other)
