"""From sentences to statements: each says that one employer cuts (or denies to), with the figures and date it tells."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from extract import status as told
from extract.action import action
from extract.amounts import Amount
from extract.background import background
from extract.companies import fold
from extract.continued import REACH, carried_figures, counts_those
from extract.elsewhere import of_others
from extract.employer import Employer, employer
from extract.expression import Expression
from extract.false_cuts import generic, in_a_row, of_several, rejected, shared
from extract.figures import Bound, bind, offered
from extract.focus import Focus
from extract.items import dated_lines
from extract.marks import Mark
from extract.rejections import Rejection
from extract.sentences import Sentence, once
from extract.stating import same_number, sites, states_a_cut
from extract.timing import announced, is_over
from extract.told_by import says
from extract.unit import unit
from extract.windows import before

#: Each of several employers cuts as many; what stands between their names.
_EACH = Expression(r"^\s+(?:(?:have|has|will|would|are|were|had)\s+)*each\b")
_JOINED = re.compile(r",?\s+(?:and\s+)?(?:the\s+)?")
#: Before the name that opens a sentence.
_OPENS = re.compile(r"(?i)\W*(?:(?:the|in [a-z]+,|last \w+,|meanwhile,)\s+)*")
_OPEN_TO = Expression(r"(?i)\b(?:open|offered) to\s+(?:about\s+|some\s+|nearly\s+)?$")
#: An employer of less score must not stand beside words for an industry or "companies".
SURE = 82


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One employer's cut as one sentence tells it."""

    company: str
    who: Employer  # whose mark may stand in an earlier sentence (continued statements)
    bound: Bound
    sentence: Sentence
    index: int  # of the sentence in the article
    action: str
    status: str
    headcount: Amount | None
    share: Amount | None
    share_wide: bool
    unit: str | None
    date: str | None
    date_mark: Mark | None  # also where its words resolve to nothing without a day of publication
    background: bool
    rules: tuple[str, ...]

    @property
    def figures(self) -> bool:
        """Does it state a number or a share?"""
        return self.headcount is not None or self.share is not None


def statements(
    found: list[Sentence], focus: Focus, published: dt.date | None, rejections: list[Rejection]
) -> list[Statement]:
    """All statements in text order; what a rule speaks against is appended to `rejections`."""
    out: list[Statement] = []
    listing = any(m.value.kind in ("noun", "people") for s in found[:4] for m in s.of("cut"))
    of_cuts = focus.single and focus.topic and any(s.of("cut") for s in found[:3])
    timeline = dated_lines(found) if of_cuts else frozenset()
    for index, sentence in enumerate(found):
        focus.turn_to(sentence)
        focus.note_invented(sentence)
        heads_item = listing or any(m.value.form == "item" for m in sentence.of("company"))
        own_line = focus.head_at == sentence.start or focus.tells_of_item(sentence)
        heads = heads_item and focus.head is not None and own_line
        item = heads or sentence.start in timeline
        counted = bool(out) and index - out[-1].index == 1 and out[-1].headcount is not None
        bounds = _bounds(sentence, item, listing or bool(out), counted)
        if not bounds and out:
            out += _continued(sentence, index, out[-1])
        for bound in bounds:
            for who in _each(sentence, bound, _employer(sentence, bound, focus, rejections)):
                own = Bound(bound.cut, None, bound.share) if shared(sentence, bound, who.mark) else bound
                out.append(_statement(sentence, index, own, bounds, who, published))
                focus.last = who.name
                focus.accepted.add(fold(who.name))
        focus.look_back(sentence)
    return out


@once
def _bounds(sentence: Sentence, item: bool, listing: bool, counted: bool) -> list[Bound]:
    """The cuts that the sentence states, with their figures; `counted` where the one before counts people."""
    return [
        b
        for b in bind(sentence, item, listing)
        if states_a_cut(sentence, b, listing) or (counted and same_number(sentence, b)) or sites(sentence, b)
    ]


def _continued(sentence: Sentence, index: int, last: Statement) -> list[Statement]:
    """The statement, if any, that adds figures to the one before ("That is about 8 % of all its people")."""
    headcount = share = None
    if index - last.index == 1 and not last.headcount and last.status not in ("denied", "cancelled"):
        headcount, share = counts_those(sentence, nouns=last.share is None)
    if headcount is None and index - last.index <= REACH and not sentence.of("cut"):
        headcount, share = carried_figures(sentence)
    anchor = share or headcount
    if anchor is None:
        return []
    cut = Mark("cut", anchor.start, anchor.end, last.bound.cut.value, "cut.continued")
    carried = replace(
        last,
        bound=Bound(cut, headcount, share),
        sentence=sentence,
        index=index,
        headcount=headcount.value.amount if headcount else None,
        share=share.value.amount if share else None,
        share_wide=share is not None and bool(share.value.wide),
        unit=None,
        date=None,
        date_mark=None,
        rules=("cut.continued", last.who.rule),
    )
    return [carried]


def _employer(sentence: Sentence, bound: Bound, focus: Focus, rejections: list[Rejection]) -> Employer | None:
    """Whose cut the words state; None where a rule speaks against them, which then is appended to `rejections`."""
    rule = rejected(sentence, bound)
    if rule and says("denied", sentence):
        rule = None
    who = None if rule else employer(sentence, bound, focus)
    if rule is None:
        rule = "cut.story" if who and fold(who.name) in focus.invented else _no_employer(sentence, bound, who)
    if rule is None:
        return who
    rejections.append(Rejection(rule, sentence.start, sentence.end))
    return None


def _no_employer(sentence: Sentence, bound: Bound, who: Employer | None) -> str | None:
    """The rule that says why these words are not about one employer's cut, None where they are `who`'s."""
    if who is None:
        return "employer.unknown"
    if of_several(sentence, bound) and not shared(sentence, bound, who.mark):
        return "employer.several"
    if in_a_row(sentence, bound):
        return "employer.several"
    if of_others(sentence, bound, who.mark):
        return "employer.elsewhere"
    if who.score >= SURE:
        return None
    opens = who.mark is not None and _OPENS.fullmatch(sentence.text, sentence.start, who.mark.start)
    return "employer.generic" if generic(sentence, bound, bool(opens)) else None


def _each(sentence: Sentence, bound: Bound, who: Employer | None) -> list[Employer]:
    """The employer, and with "Acme, Beta and Gamma have each cut 100 jobs" all of those named, and so where two
    share a number."""
    if who is None:
        return []
    if both := shared(sentence, bound, who.mark):
        return [replace(who, name=str(mark.value.name), mark=mark) for mark in both]
    ahead = [m for m in sentence.of("company") if m.end <= bound.start]
    if not ahead or who.mark not in ahead or not sentence.search(_EACH, sentence.text[ahead[-1].end : bound.start]):
        return [who]
    row = ahead[-1:]
    for mark in reversed(ahead[:-1]):
        if not _JOINED.fullmatch(sentence.text[mark.end : row[0].start]):
            break
        row.insert(0, mark)
    return [replace(who, name=str(mark.value.name), mark=mark) for mark in row]


def _statement(
    sentence: Sentence, index: int, bound: Bound, others: list[Bound], who: Employer, published: dt.date | None
) -> Statement:
    """All that the sentence tells of the cut; `others` are all its cuts."""
    date, date_mark = announced(sentence, bound, others, published) or (None, None)
    earlier = background(sentence, bound, date, published) or is_over(sentence, bound, date_mark, published)
    state = told.status(sentence, bound, earlier, who.name)
    if earlier and state == "cancelled":  # the news is that it is taken back, not when it was told
        earlier, date, date_mark = False, None, None
    return Statement(
        company=who.name,
        who=who,
        bound=bound,
        sentence=sentence,
        index=index,
        action=action(sentence, bound),
        status=state,
        headcount=_headcount(sentence, bound),
        share=_share(sentence, bound),
        share_wide=bound.share is not None and bool(bound.share.value.wide),
        unit=unit(sentence, bound) or (None if bound.figures else sites(sentence, bound)),
        date=date,
        date_mark=date_mark,
        background=earlier,
        rules=(bound.cut.rule, who.rule, *(m.rule for m in (bound.headcount, bound.share) if m)),
    )


def _share(sentence: Sentence, bound: Bound) -> Amount | None:
    """The share as told; of staff to whom a buyout is open, the most."""
    if bound.share is None:
        return None
    amount: Amount = bound.share.value.amount
    open_to = bound.cut.value.action == "buyout" and sentence.search(_OPEN_TO, before(sentence, bound.share.start, 24))
    return Amount(None, amount.point, "at_most") if open_to and amount.relation in ("exact", "about") else amount


def _headcount(sentence: Sentence, bound: Bound) -> Amount | None:
    """The number as told; of people to whom a buyout is only offered, the most."""
    if bound.headcount is None:
        return None
    amount: Amount = bound.headcount.value.amount
    return Amount(None, amount.point, "at_most") if offered(sentence, bound) else amount
