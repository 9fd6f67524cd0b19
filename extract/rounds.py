"""From statements to rounds: the same round told thrice is one, with its best figures; another round is another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extract.numbers import Amount
from extract.statements import Statement

_ANOTHER = re.compile(r"(?i)\b(?:another|a further|previous(?:ly)?|earlier|last year|first round|second round|prior|back in|had (?:cut|laid|let|shed|axed))\b")
_YEARLY = re.compile(r"(?i)\b(?:through(?:out)? 20\d\d|so far this year|over the year|in (?:all of )?20\d\d|this year|in total|multiple rounds|year to date)\b")


@dataclass(slots=True)
class Round:
    """Statements of one article that speak of one round of one employer's cuts, in text order."""

    company: str
    statements: list[Statement] = field(default_factory=list)
    printed: str | None = None  # the employer's name as this text has it

    @property
    def background(self) -> bool:
        """Is every statement with figures (or, without figures, every one) told as an earlier round?"""
        telling = [s for s in self.statements if s.figures] or self.statements
        return all(s.background for s in telling)

    @property
    def action(self) -> str:
        """The action of the statements; a plain layoff gives way to nothing but a closure of the same round."""
        actions = [s.action for s in self.statements]
        for special in ("closure", "contract_end", "buyout", "furlough", "hiring_freeze", "attrition"):
            if special in actions and (actions[0] == special or "layoff" not in actions):
                return special
        return actions[0] if actions[0] != "attrition" else next((a for a in actions if a != "attrition"), "attrition")

    def headcount(self) -> Statement | None:
        """The statement whose headcount stands for the round.

        The employer's figure before anyone else's, else the first told; a vague one gives way to a number told of the
        whole; among numbers that can be said of the same count, the one with more digits.
        """
        told = [s for s in self.statements if s.headcount]
        lead = _lead(told)
        if lead is None or lead.headcount is None:
            return None
        if lead.headcount.relation == "vague":
            exact = [s for s in told if s.headcount and s.headcount.relation != "vague" and not s.unit and not s.background and not _local(s)]
            return exact[0] if exact else lead
        totals = [s for s in told if _TOTAL.search(s.sentence.text[max(s.sentence.start, s.bound.headcount.start - 30) : s.bound.headcount.start])]  # type: ignore[union-attr]
        if totals:
            return totals[0]
        ranges = [s for s in told if s.headcount and s.headcount.relation == "range" and s.headcount.low and s.headcount.high and s.headcount.low <= lead.headcount.point <= s.headcount.high]
        if ranges:
            return ranges[0]
        same = [s for s in told if s.headcount and s.headcount.relation not in ("vague", "range") and _close(s.headcount, lead.headcount)]
        return max(same, key=lambda s: (_digits(s.headcount), _is_bound(s), s is lead, -s.index), default=lead)

    def share(self) -> Statement | None:
        """The statement whose share stands for the round: the widest base, the employer's, the first told."""
        told = [s for s in self.statements if s.share]
        wide = [s for s in told if s.share_wide] or told
        lead = _lead(wide)
        bounds = [s for s in wide if lead and s.share and lead.share and s.share.point == lead.share.point and s.share.relation in ("at_most", "at_least")]
        return bounds[0] if bounds else lead


def _lead(told: list[Statement]) -> Statement | None:
    """The first statement in the employer's voice where the first of all is only reported; else the first."""
    if not told:
        return None
    own = [s for s in told if s.status != "reported"]
    return own[0] if told[0].status == "reported" and own else told[0]


def _digits(amount: Amount | None) -> int:
    """Significant digits of the figure's number: 6,650 has three, 12,000 two."""
    return len(str(int(amount.point)).rstrip("0")) if amount else 0


_TOTAL = re.compile(r"(?i)\b(?:total of|in total,?|altogether|in all,?|all told,?|bringing the total to)\s+(?:\w+\s+)?$")


def _local(s: Statement) -> bool:
    """Is the number told of one place only ("630 workers there", "in California")?"""
    mark = s.bound.headcount
    return mark is not None and bool(re.match(r"\s+(?:there\b|in (?:the\s)?[A-Z]|at (?:its|the)\b)", s.sentence.text[mark.end : mark.end + 20]))


def _is_bound(s: Statement) -> bool:
    """Of one number, headlines drop the "up to" and "more than" that the body keeps."""
    return s.headcount is not None and s.headcount.relation in ("at_most", "at_least")


def _close(a: Amount, b: Amount) -> bool:
    return abs(a.point - b.point) <= 0.08 * max(a.point, b.point)


def rounds(found: list[Statement]) -> list[Round]:
    """The rounds of an article, in the order of their first statement."""
    out: list[Round] = []
    for statement in sorted(found, key=lambda s: (not s.figures, s.index, s.bound.start)):
        mates = [r for r in out if r.company == statement.company and _group(r.action) == _group(statement.action)]
        home = _home(mates, statement)
        if home is None:
            home = Round(statement.company)
            out.append(home)
        home.statements.append(statement)
        home.statements.sort(key=lambda s: (s.index, s.bound.start))
    kept = [r for r in out if not _yearly_total(r, out)]
    return sorted(kept, key=lambda r: (r.statements[0].index, r.statements[0].bound.start))


def _yearly_total(r: Round, all_rounds: list[Round]) -> bool:
    """A company's total of a year counts only where no single round of it is told."""
    total = all(_YEARLY.search(s.sentence.words) and s.date and len(s.date) == 4 for s in r.statements if s.figures)
    if not total or not any(s.figures for s in r.statements):
        return False
    return any(o is not r and o.company == r.company and any(s.headcount and (s.date or "").startswith(r.statements[0].date or "-") for s in o.statements) for o in all_rounds)


def _group(action: str) -> str:
    return action if action in ("hiring_freeze", "furlough") else "cut"


def _home(mates: list[Round], statement: Statement) -> Round | None:
    """The round that a statement belongs to, None if it opens another."""
    if not mates:
        return None
    if not statement.figures:
        same = [r for r in mates if statement.date is None or _dates_meet(r, statement)]
        live = [r for r in same if r.background == statement.background] or ([] if statement.background and statement.date else same)
        return live[0] if live else None
    fitting = [r for r in mates if _compatible(r, statement)]
    exact = [r for r in fitting if any(_equal(s, statement) for s in r.statements)]
    if exact:
        return exact[0]
    return fitting[0] if fitting else None


def _equal(one: Statement, other: Statement) -> bool:
    return bool(one.headcount and other.headcount and one.headcount.point == other.headcount.point) or bool(
        one.share and other.share and one.share.point == other.share.point and not (one.headcount and other.headcount)
    )


def _dates_meet(r: Round, statement: Statement) -> bool:
    dates = [s.date for s in r.statements if s.date]
    return not dates or any(d.startswith(statement.date or "") or (statement.date or "").startswith(d) for d in dates)


def _compatible(r: Round, s: Statement) -> bool:
    """May the statement be of this round?

    Equal figures: yes, unless their dates differ. Figures that cannot be one number: only when nothing tells them
    apart in time (a part or a rival figure of the one round). News and background meet only on equal figures.
    """
    if s.background and not r.background and _ANOTHER.search(s.sentence.text[s.sentence.start : s.bound.end]):
        return False
    if any(_equal(o, s) for o in r.statements):
        return _dates_meet(r, s) or not s.background
    if r.background != s.background or s.date and not _dates_meet(r, s) and s.background:
        return False
    heads = [o.headcount for o in r.statements if o.headcount]
    shares = [o.share for o in r.statements if o.share]
    apart = bool(s.headcount and heads and not any(_meet(h, s.headcount) for h in heads)) or bool(
        s.share and shares and not any(_near(h, s.share) for h in shares)
    )
    return not (apart and (s.background or _told_apart(r, s) or _elsewhere(r, s)))


def _elsewhere(r: Round, s: Statement) -> bool:
    """"has also axed 280 in the Netherlands": another unit's cut, told beside the first."""
    also = re.search(r"(?i)\b(?:also|too|another|separately)\b", s.sentence.text[s.sentence.start : s.bound.end])
    return bool(also and s.unit and all(o.unit != s.unit for o in r.statements if o.figures))


def _told_apart(r: Round, s: Statement) -> bool:
    """Do both tell dates in different words, so that they may be two rounds?"""
    if s.date_mark is None:
        return any(o.date_mark is not None and o.date is None for o in r.statements if o.figures)
    own = s.date_mark.value.lower()
    coarse = s.date_mark.rule not in ("date.weekday", "date.rel", "date.week")
    return coarse and all(o.date_mark is None or o.date_mark.value.lower() != own for o in r.statements if o.figures)


def _meet(a: Amount, b: Amount) -> bool:
    """Can both figures be said of one number?"""
    if "vague" in (a.relation, b.relation):
        return True
    low = max(a.low or 0, b.low or 0)
    high = min(a.high if a.high is not None else 10**9, b.high if b.high is not None else 10**9)
    return low <= high or abs(a.point - b.point) <= 0.12 * max(a.point, b.point)


def _near(a: Amount, b: Amount) -> bool:
    return abs(a.point - b.point) <= 1.5
