"""From statements to rounds: the same round told thrice is one, with its best figures; another round is another."""

from __future__ import annotations

import re
from bisect import insort
from collections import defaultdict

from extract.amounts import Amount
from extract.background import follows
from extract.expression import Expression
from extract.rounds import Round
from extract.statements import Statement
from extract.words import context

_ANOTHER = re.compile(rf"(?i)\b{context('grouping.another')}\b")
#: Before the noun of a cut: it is the one told of.
_THE = re.compile(r"(?i)\b(?:the|these|those)\s+(?:\w+\s+)?$")
_YEARLY = Expression(
    r"(?i)(?<!earlier )(?<!early )(?<!late )(?<!start of )(?<!half of )"
    rf"\b(?:{context('grouping.yearly')}|through(?:out)? 20\d\d|in (?:all of )?20\d\d)\b"
)
#: From a headcount to what it comes to.
_WHICH = re.compile(r"\s*,\s+(?:which|and\s+so|thus|thereby)\s+(?:\w+\s+){0,3}|\s*,\s+")
_ALSO = Expression(r"(?i)\b(?:also|too|another|separately)\b")
#: Dates whose words change from day to day, so that other words need not mean another day.
_FLEETING = ("date.weekday", "date.rel", "date.week")
_IN_PLACE = re.compile(r"\s+(?:in|at)\s+(?:the\s+|its\s+)?([A-Z][\w-]+)")
_UNDONE = ("denied", "cancelled")
#: Two numbers may be said of one count within this share of the greater; two shares within so many points.
NUMBERS_NEAR, SHARES_NEAR = 0.12, 1.5
#: More rounds than an article tells of one employer, and statements of one round; a hostile page's others are let go.
MOST = 60


def rounds(found: list[Statement]) -> list[Round]:
    """The rounds of an article, in the order of their first statement."""
    out: list[Round] = []
    own: defaultdict[str, list[Round]] = defaultdict(list)
    for statement in sorted(found, key=lambda s: (not s.figures, *_place(s))):
        of_company = own[statement.company]
        home = _home([r for r in of_company if _kind(r.action) == _kind(statement.action)], statement)
        if home is None and len(of_company) < MOST:
            home = Round(statement.company)
            out.append(home)
            of_company.append(home)
        if home is not None and len(home.statements) < MOST:
            insort(home.statements, statement, key=_place)
    kept = [r for r in out if not _yearly_total(r, own[r.company])]
    return sorted(kept, key=lambda r: _place(r.statements[0]))


def _place(s: Statement) -> tuple[int, int]:
    """Where in the article the statement stands."""
    return s.index, s.bound.start


def _kind(action: str) -> str:
    """Actions that never are one round with others keep their name."""
    return action if action in ("hiring_freeze", "furlough") else "cut"


def _yearly_total(r: Round, of_company: list[Round]) -> bool:
    """A company's total of a year counts only where no single round of it is told."""
    if not r.figured or not all(s.sentence.search(_YEARLY) and len(s.date or "") == 4 for s in r.figured):
        return False
    year = r.statements[0].date or "-"
    single = (o for o in of_company if o is not r)
    return any(s.headcount and (s.date or "").startswith(year) for o in single for s in o.statements)


def _home(mates: list[Round], statement: Statement) -> Round | None:
    """The round that a statement belongs to, None if it opens another."""
    if not statement.figures:
        return _home_without_figures(mates, statement)
    if own := next((r for r in mates if _completes(r, statement)), None):
        return own
    fitting = [r for r in mates if _compatible(r, statement)]
    exact = [r for r in fitting if any(_equal(s, statement) for s in r.statements)]
    return next(iter(exact or fitting), None)


def _home_without_figures(mates: list[Round], statement: Statement) -> Round | None:
    """The first round of that date, news with news; where none is, any of that date, but for a dated earlier one.

    "The layoffs", without a figure, are those told of, whenever somebody speaks of them.
    """
    lead = statement.sentence.text[max(statement.sentence.start, statement.bound.start - 20) : statement.bound.start]
    named = statement.sentence.title or _THE.search(lead)
    if statement.bound.cut.value.kind == "noun" and not statement.background and named and not _to_come(statement):
        return next((r for r in mates if not r.background), next(iter(mates), None))
    if _other_time(mates, statement):
        return None
    same = [r for r in mates if statement.date is None or _dates_meet(r, statement)]
    if statement.status == "denied":  # what is denied now is no earlier round
        same = [r for r in same if not r.background]
    alike = [r for r in same if r.background == statement.background]
    if not alike and ((statement.background and statement.date) or _to_come(statement)):
        return None
    return next(iter(alike or same), None)


def _to_come(s: Statement) -> bool:
    """Is it a cut still to come, so that it is none of the earlier ones?"""
    gone = (
        s.sentence.text[s.bound.cut.start : s.bound.cut.end].lower().startswith("laid")
    )  # "may take laid-off staff back"
    return s.status in ("planned", "considered") and not (s.background or gone)


def _other_time(mates: list[Round], s: Statement) -> bool:
    """Is it a buyout with a month of its own beside dated layoffs, so another round: "In July it offered buyouts"?"""
    months = ("date.month", "date.month_rel", "date.my", "date.mon")
    dated = s.date_mark is not None and s.date_mark.rule in months and s.action == "buyout"
    return bool(dated and mates) and all(r.figured and all(o.action != "buyout" for o in r.statements) for r in mates)


def _completes(r: Round, s: Statement) -> bool:
    """Is the share told right behind a headcount of the round: "1,800 employees will go, which cuts 25 % of staff"?"""
    if s.headcount or not s.share or not r.statements:
        return False
    ahead = [
        o for o in r.figured if o.index == s.index and o.headcount and not o.share and o.bound.end <= s.bound.start
    ]
    if not ahead or s.date_mark or ahead[-1].background != s.background:
        return False
    gap = s.sentence.text[ahead[-1].bound.end : s.bound.start]
    return bool(_WHICH.fullmatch(gap))


def _equal(one: Statement, other: Statement) -> bool:
    """Is the headcount the same, or the share where not both tell a headcount?"""
    if one.headcount and other.headcount:
        return one.headcount.point == other.headcount.point
    return bool(one.share and other.share) and _point(one.share) == _point(other.share)


def _point(amount: Amount | None) -> float | None:
    return amount.point if amount else None


def _dates_meet(r: Round, statement: Statement) -> bool:
    """Does a date of the round hold the statement's, or lie in it; or is there none on one side?"""
    dates = [s.date for s in r.statements if s.date]
    own = statement.date or ""
    return not dates or any(d.startswith(own) or own.startswith(d) for d in dates)


def _compatible(r: Round, s: Statement) -> bool:
    """May the statement be of this round?

    Equal figures: yes, unless their dates differ. Figures that cannot be one number: only when nothing tells them
    apart in time (a part or a rival figure of the one round). News and background meet only on equal figures.
    """
    if s.background and not r.background and _ANOTHER.search(s.sentence.text[s.sentence.start : s.bound.end]):
        return False
    if s.background and not r.background and s.date and follows(s.sentence):
        return False  # "The cuts come after a fifth of staff were let go in June": another fifth
    if _heads_apart(r, s) and _other_means(r, s):
        return False
    if s.background and r.background and _out_of_reach(r, s):
        return False
    if _heads_apart(r, s) and _undone(r) != (s.status in _UNDONE):
        return False  # a rumour denied, a round taken back: what is cut all the same is another
    exact = [o.headcount for o in r.figured if o.headcount and o.headcount.relation != "vague"]
    if s.headcount and exact and _elsewhere(r, s) and not any(_meet(h, s.headcount) for h in exact):
        return False
    if any(_equal(o, s) for o in r.statements):
        return _dates_meet(r, s) or not s.background
    if _other_line(r, s):
        return False
    if r.background != s.background or (s.date and not _dates_meet(r, s) and s.background):
        return False
    return not (_figures_apart(r, s) and (s.background or _told_apart(r, s) or _elsewhere(r, s)))


def _other_line(r: Round, s: Statement) -> bool:
    """Are both lines of a timeline, each opening with a time of its own that is another?"""
    return _opens_with_time(s) and any(_opens_with_time(o) for o in r.figured) and not _dates_meet(r, s)


def _opens_with_time(s: Statement) -> bool:
    """Does the sentence open with its date, behind a line's beginning ("May 2021: Some 90 managers")?"""
    mark, at = s.date_mark, s.sentence.start
    return mark is not None and at <= mark.start < at + 4 and (at == 0 or s.sentence.text[at - 1] == "\n")


def _other_means(r: Round, s: Statement) -> bool:
    """Is it told in one sentence with the round, by another verb and of another kind: "cuts 200 jobs and ends the
    contracts of 500"?"""
    mates = [o for o in r.figured if o.index == s.index and o.bound.cut is not s.bound.cut and o.headcount]
    return bool(mates) and s.headcount is not None and {s.action, mates[0].action} == {"layoff", "contract_end"}


def _place_of(s: Statement) -> str | None:
    """The place right behind the number: "280 jobs in (Spain)"."""
    mark = s.bound.headcount
    found = _IN_PLACE.match(s.sentence.text, mark.end) if mark else None
    return found[1] if found else None


def _undone(r: Round) -> bool:
    """Is the round one denied or taken back?"""
    return any(o.status in _UNDONE for o in r.figured)


def _heads_apart(r: Round, s: Statement) -> bool:
    """Can the statement's headcount be none of the round's?"""
    heads = [o.headcount for o in r.statements if o.headcount]
    heads = [h for h in heads if h.relation != "vague"] or heads  # "hundreds" beside a number can be told of anything
    own = s.headcount
    return own is not None and bool(heads) and not any(_meet(h, own) for h in heads)


def _figures_apart(r: Round, s: Statement) -> bool:
    """Can the statement's headcount or share be none of the round's?"""
    shares = [o.share.point for o in r.statements if o.share]
    if _heads_apart(r, s):
        return True
    return s.share is not None and bool(shares) and all(abs(p - s.share.point) > SHARES_NEAR for p in shares)


def _elsewhere(r: Round, s: Statement) -> bool:
    """ "has also axed 280 in the Netherlands": another unit's cut, told beside the first."""
    also = s.sentence.search(_ALSO, s.sentence.text[s.sentence.start : s.bound.end])
    return bool(also and s.unit and all(o.unit != s.unit for o in r.figured)) or _beside(r, s)


def _beside(r: Round, s: Statement) -> bool:
    """Are both objects of one verb ("280 in Spain and 500 in Malaysia"), and is no total of them told?"""
    mates = [o for o in r.figured if o.bound.cut is s.bound.cut and o.headcount and _place_of(o)]
    if not mates or s.headcount is None or _place_of(s) in (None, *map(_place_of, mates)):
        return False
    together = s.headcount.point + max(o.headcount.point for o in mates if o.headcount)
    return not any(o.headcount and o.headcount.point >= together for o in r.figured)


def _told_apart(r: Round, s: Statement) -> bool:
    """Do both tell dates in different words, so that they may be two rounds?"""
    if s.date_mark is None:
        marked = [o.date_mark for o in r.figured if o.date_mark is not None and o.date is None]
        return any(mark.rule not in _FLEETING for mark in marked)
    own = s.date_mark.value.lower()
    if s.date_mark.rule in _FLEETING:
        return False
    return all(o.date_mark is None or o.date_mark.value.lower() != own for o in r.figured)


def _out_of_reach(r: Round, s: Statement) -> bool:
    """Is the statement's headcount far from all of the round, though a bound could hold it?"""
    own, heads = s.headcount, [o.headcount for o in r.figured if o.headcount]
    return own is not None and bool(heads) and all(_far_above(own, h) or _far_above(h, own) for h in heads)


def _far_above(a: Amount, b: Amount) -> bool:
    """Is `a` more than twice what `b` has at least: 1,100 beside "more than 60"?"""
    return b.relation == "at_least" and a.point > 2 * b.point


def _meet(a: Amount, b: Amount) -> bool:
    """Can both figures be said of one number?"""
    if "vague" in (a.relation, b.relation):
        return True
    low = max(a.low or 0, b.low or 0)
    high = min(float("inf") if end is None else end for end in (a.high, b.high))
    return low <= high or abs(a.point - b.point) <= NUMBERS_NEAR * max(a.point, b.point)
