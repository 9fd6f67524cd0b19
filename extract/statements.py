"""From sentences to statements: each says that one employer cuts (or denies to), with the figures and date told there."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from extract import status as told
from extract import timing
from extract.companies import fold
from extract.components.company import voices
from extract.employer import Employer, Focus, employer, is_voice, list_head
from extract.figures import Bound, bind, offered
from extract.marks import Mark
from extract.numbers import Amount
from extract.sentences import Sentence
from extract.about import About

_JOBS = r"(?:jobs?|roles?|positions?|posts|staff|staffers|workforce|work force|headcount|employees|workers|people|payroll|personnel|team|teams|newsroom|contractors|moderators|manpower|division|unit|department|colleagues|members|pilots|engineers|managers|journalists|editors|ranks|paralegals|recruiters|testers)"
_OBJECT = re.compile(rf"(?i)^\s+(?:(?!(?:price|cost|tax|rate|ties|deal|back|off|short|interest|spending|budget|dividend|emission|stake|pay)\w*\b)[\w’'“”\",.&-]+\s+){{0,6}}?{_JOBS}\b(?!\s+(?:(?:on|in|at)\s+\$|growth|market|data|report|fair|site|website|board|bonus(?:es)?|perks?|discounts?|pay|benefits|parties|training|meals|travel|restaurant|canteen|shortages?|bill)\b)")
_PASSIVE_OBJECT = re.compile(rf"(?i)\b{_JOBS}\b[^,;.]{{0,50}}?\b(?:be|been|being|is|are|was|were|get|to|have|has)\s+(?:\w+ly\s+)?$|\b{_JOBS}\s+$")
_UNIT = re.compile(
    r"(?i)\b(?:in|at|from|across|within|of|on)\s+(?:its|the|their|his|our|a)?\s*(?P<unit>(?:[\w’'&./-]+\s+){0,5}?(?:division|unit|team|teams|department|arm|business|office|offices|plant|plants|site|sites|factory|mill|studio|newsroom|depots?|warehouse|hub|operations|group|organi[sz]ation|stores|centers|centres)\b(?:\s+in\s+[A-Z]\w+)?)"
    r"|\b(?:in|across)\s+(?:the\s+)?(?P<place>(?:U\.?S\.?|U\.?K\.?|Europe|Germany|India|China|Japan|Canada|Australia|Brazil|Ireland|Israel|France|Singapore|Malaysia|the Netherlands|Netherlands|Berlin|London|Dublin|California|Texas|Seattle)\b)"
    r"|\b(?P<team>(?:[A-Z][\w&-]+\s+|(?:corporate|recruiting|sales|support|engineering|marketing|hardware|metaverse|esports|moderation|AI|ethics|infrastructure|policy|safety|trust)\s+(?:and\s+)?){1,5}(?:division|unit|team|teams|department|staff|employees|jobs|workers|desk))\b"
)


@dataclass(frozen=True, slots=True)
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


def statements(found: list[Sentence], focus: Focus, published: dt.date | None, rejections: list[str]) -> list[Statement]:
    """All statements in text order; the rule of each rejected one is appended to `rejections`."""
    out: list[Statement] = []
    listing = any(m.value.kind in ("noun", "people") for s in found[:4] for m in s.of("cut"))
    for index, sentence in enumerate(found):
        _turn_to(sentence, focus)
        own = any(m.value.form == "item" for m in sentence.of("company"))
        item = (listing or own) and focus.head is not None and focus.head_at == sentence.start
        bounds = [b for b in bind(sentence, item) if _states_a_cut(sentence, b)]
        if not bounds and out and index - out[-1].index <= 3 and not sentence.of("cut"):
            carried = _carried_on(sentence, index, out[-1])
            if carried:
                out.append(carried)
        for bound in bounds:
            statement = _read(sentence, index, bound, bounds, focus, published, rejections)
            if statement:
                out.append(statement)
                focus.last = statement.company
                focus.accepted.add(fold(statement.company))
        _look_back(sentence, focus)
    return out


_CARRIES = re.compile(r"(?i)^\W*(?:(?:that|this|which|it|they|these)\s+(?:is|was|are|were|comes? to|makes?|make up|makes up|made up|accounts? for|amounts? to|equates? to|represents?|equals?|means)\b|the\s+(?:figure|number|total|reduction|cuts?|jobs|[\d,]+\s+\w+)\b|[\w’'. ]{2,40}?\b(?:puts?|put)\s+the\s+(?:number|figure|total)\b)")


def _carried_on(sentence: Sentence, index: int, last: Statement) -> Statement | None:
    """A figure for the cut just told, in a sentence without a word for it: "That is about 8 % of all its people"."""
    if not _CARRIES.match(sentence.words):
        return None
    share = next((m for m in sentence.of("share") if m.value.staff), None)
    headcount = next((m for m in sentence.of("headcount") if m.value.role == "count" or share and m.value.role == "bare" and abs(m.start - share.start) < 60), None)
    if share is None and (headcount is None or not re.search(r"(?i)\b(?:number|figure|total)\b", sentence.words)):
        return None
    anchor = share or headcount
    assert anchor is not None
    bound = Bound(Mark("cut", anchor.start, anchor.end, last.bound.cut.value, "cut.continued"), headcount, share)
    return replace(
        last, bound=bound, sentence=sentence, index=index, headcount=headcount.value.amount if headcount else None, share=share.value.amount if share else None,
        share_wide=bool(share and share.value.wide), unit=None, date=None, date_mark=None, rules=("cut.continued", last.who.rule),
    )  # fmt: skip


def _turn_to(sentence: Sentence, focus: Focus) -> None:
    """A new paragraph or list item may speak of another employer."""
    if sentence.paragraph != focus.paragraph:
        continues = focus.head and not list_head(sentence, focus) and sentence.words.lstrip()[:1] in "-•–*" and not re.match(r"\W*(?:[A-Z][\w&.’' ]{1,40})\s*[:–—]", sentence.words)
        focus.paragraph = sentence.paragraph
        if not continues:
            focus.head = None
    head = list_head(sentence, focus)
    if head:
        focus.head, focus.head_at = head, sentence.start
        focus.accepted.add(fold(head))


def _look_back(sentence: Sentence, focus: Focus) -> None:
    """The name that opens a sentence is the one that the next sentences speak of."""
    for mark in sentence.of("company"):
        if mark.start - sentence.start > 40 or is_voice(sentence, mark, sentence.end) or fold(mark.value.name) in voices():
            continue
        opens = mark.start - sentence.start <= 30
        if opens and (mark.value.form != "open" or re.match(r"[’']s?\s|,\s|\s+[a-z]", sentence.text[mark.end : mark.end + 4])):
            focus.subject, focus.subject_paragraph = mark.value.name, sentence.paragraph
        if mark.value.form in ("listed", "legal") and (focus.topic is None or mark.value.name == focus.topic):
            focus.last = mark.value.name
        return


#: Verbs of so many uses that only a number of people or a share of staff makes them a cut.
_NEEDS_FIGURE = re.compile(r"(?i)(?:end|clos|los[ei]|lost|drop|remov|lower|replac|releas|fir(?:e|ed|es|ing)\b|sack|dismiss|terminat|displac|dump|ditch|boot|oust|cost|take|took|taking|reinstat|can(?:s|n)|did|does|done)")


def _states_a_cut(sentence: Sentence, bound: Bound) -> bool:
    kind = bound.cut.value.kind
    if kind in ("noun", "people", "freeze", "furlough", "contract"):
        return True
    if bound.headcount or bound.share and (bound.share.value.staff or kind in ("people", "noun")):
        return kind != "attrition" or bool(bound.headcount)
    if kind == "buyout":
        return not re.search(r"(?i)\b(?:tak(?:e|es|ing|en)|took|accept(?:ed|ing)?|won[’']t take|offered him|offered her)\s+(?:a\s+|the\s+)?$", sentence.text[sentence.start : bound.cut.start]) and bool(re.search(r"(?i)\b(?:employees|staff|workers|salaried|redundanc|voluntary|newsroom)\b", sentence.words))
    if kind in ("object", "weak"):
        before = sentence.text[sentence.start : bound.cut.start]
        plural = _OBJECT.match(sentence.text[bound.cut.end : sentence.end])
        if _NEEDS_FIGURE.match(sentence.text, bound.cut.start):
            return False
        if re.match(r"(?i)[^.;]{0,30}\bfrom\s+(?:about |around |roughly |some )?[\d,.]+[^.;]{0,20}\bto\b", sentence.text[bound.cut.end : sentence.end]):
            return False  # "shrink from 3,000 to 2,500" is size
        return bool(plural) or kind == "object" and bool(_PASSIVE_OBJECT.search(before[-80:]))
    return False


def _read(sentence: Sentence, index: int, bound: Bound, others: list[Bound], focus: Focus, published: dt.date | None, rejections: list[str]) -> Statement | None:
    rule = told.rejected(sentence, bound)
    if rule and not told.says("denied", sentence.words):
        rejections.append(rule)
        return None
    who = employer(sentence, bound, focus)
    if who is None:
        rejections.append("employer.unknown")
        return None
    if who.score < 82 and told.generic(sentence, bound):
        rejections.append("employer.generic")
        return None
    when = timing.announced(sentence, bound, others, published)
    iso = when[0] if when else None
    behind = timing.background(sentence, bound, iso, published)
    headcount = _headcount(sentence, bound)
    share = bound.share.value.amount if bound.share else None
    action = _action(sentence, bound)
    rules = [bound.cut.rule, who.rule] + [m.rule for m in (bound.headcount, bound.share) if m]
    return Statement(
        who.name, who, bound, sentence, index, action, told.status(sentence, bound, behind), headcount, share,
        bool(bound.share and bound.share.value.wide), _unit(sentence, bound), iso, when[1] if when else None, behind, tuple(rules),
    )  # fmt: skip


def _headcount(sentence: Sentence, bound: Bound) -> Amount | None:
    if bound.headcount is None:
        return None
    amount: Amount = bound.headcount.value.amount
    if offered(sentence, bound):
        return Amount(None, amount.point, "at_most")
    return amount


def _action(sentence: Sentence, bound: Bound) -> str:
    action: str = bound.cut.value.action
    words = sentence.words
    if action != "layoff":
        return action
    around = sentence.text[max(sentence.start, bound.start - 90) : min(sentence.end, bound.end + 90)]
    if re.search(r"(?i)\b(?:voluntary (?:buyouts?|redundanc|exit|separation|departure|retirement)|buyout offers?)", around) and re.search(r"(?i)^(?:opted|quit|leave|to leave)", sentence.text[bound.cut.start : bound.cut.end]):
        return "buyout"
    if bound.headcount and re.search(r"(?i)\bcontract(?:or|ors| employees| workers| staff)\b", words) and re.search(r"(?i)contract", sentence.text[bound.start : min(sentence.end, bound.end + 30)]):
        return "contract_end"
    if bound.share and re.search(r"(?i)contract", sentence.text[bound.start : min(sentence.end, bound.end + 20)]):
        return "contract_end"
    if _SITE_SHUTS.search(words):
        return "closure"
    plain = sentence.text[bound.cut.start : bound.cut.end].lower()
    if (bound.cut.value.kind == "lose" or re.search(r"loss|cost|lost", plain)) and _SHUTS.search(_paragraph(sentence)):
        return "closure"
    return action


#: A site that shuts: plant, depot, mine … (offices and stores only where all of them do).
_SITE_SHUTS = re.compile(
    r"(?i)\b(?:clos(?:e|es|ed|ing|ure of)|shut(?:s|ting)?(?: down)?|shutter(?:s|ing|ed)?|axe)\s+(?:(?:its|two|three|the|of|both|down|a|one|further|additional|last|remaining|\w+’s|\w+'s)\s+)*(?:[\w’'-]+\s+){0,3}"
    r"(?:plants?|sites?|factor(?:y|ies)|mills?|depots?|bases|smelter|mines?|refinery|foundry|warehouses?|works|brewery|kilns?|pits?|yards?|cinemas|hospitals?|houses|centers|centres|hub)\b"
    r"|\b(?:plant|site|factory|mill|depot|mine)(?:['’]s)?\s+closures?\b|\bclos(?:e|es|ing)\s+all\s+(?:of\s+)?(?:its|the|their)\s+(?:[\w’'-]+\s+){0,3}(?:stores|shops|offices|branches)\b"
)
#: The whole business or the site spoken of shuts.
_SHUTS = re.compile(
    r"(?i)\b(?:(?:has|have|had|is|are|was|will be|to be) (?:closed|closing|shut|shutting|wound up|winding up)|clos(?:es|ing) down|shuts? down|shutting down|shut for good|clos(?:e|es|ed|ing) (?:for good|its doors)|will (?:close|shut)|ceas(?:e|es|ed|ing) (?:all )?(?:operations|trading|production)|filed for (?:liquidation|bankruptcy)|went out of business|go(?:es|ing)? out of business|stop(?:s|ped|ping)? production|the (?:studio|factory|plant|site|mill|kiln|paper|store) (?:closes|is closing|will close))\b"
)


def _paragraph(sentence: Sentence) -> str:
    """The paragraph around a sentence, at most 600 characters to either side."""
    text = sentence.text
    start = text.rfind("\n", max(0, sentence.start - 600), sentence.start) + 1
    end = text.find("\n", sentence.end, sentence.end + 600)
    return text[max(start, sentence.start - 600, 0) : end if end >= 0 else sentence.end + 600]


def _unit(sentence: Sentence, bound: Bound) -> str | None:
    window = sentence.text[bound.start : min(sentence.end, bound.end + 80)]
    match = _UNIT.search(window)
    if not match:
        return _group_cut(sentence, bound)
    unit = next(g for g in match.group("unit", "place", "team") if g)
    return unit.strip()


_GROUP = re.compile(r"(?i)\s+(?:its\s+|the\s+|all\s+)?((?:[\w-]+\s+){0,2}?(?:paralegals|recruiters|testers|moderators|pilots|journalists|contractors|editors|analysts|translators|writers|drivers|engineers))\b")


def _group_cut(sentence: Sentence, bound: Bound) -> str | None:
    """A named group of staff as the verb's object ("axed paralegals") is a unit as well."""
    match = _GROUP.match(sentence.text, bound.cut.end)
    return match[1] if match and bound.cut.value.kind in ("object", "people") else None


def placed(told: list[Statement], about: About, found: list[Sentence], published: dt.date | None) -> list[Statement]:
    """In an article about one employer, what it tells of others in passing is background, unless it says when.

    A list without a day of publication may name its year ("layoffs in 2025"): then its items are of that year.
    """
    if not about.single:
        many = len({s.company for s in told if s.figures}) >= 5
        if published:
            recent = timing.recent_frame(found, published) if len({s.company for s in told if s.figures}) >= 3 else None
            return [replace(s, date=recent[0], date_mark=recent[1]) if recent and not s.date and not s.background else s for s in told]
        frame = timing.frame([s for s in found if s.title] if not many else found)
        return [_framed(s, frame) for s in told] if frame else told
    first = sum(s.title for s in found)
    lead = {str(c.value.name) for s in found[: first + 2] for c in s.of("company") if not is_voice(s, c, s.end)}
    return [
        replace(s, background=True, status="completed" if s.status == "announced" and _PAST.search(s.sentence.text[s.bound.start : s.bound.end]) else s.status)
        if s.company != about.name and s.company not in about.headline and s.company not in lead and not s.background and s.index > first and not _FRESH.search(s.sentence.words)
        else s
        for s in told
    ]


def _framed(s: Statement, frame: tuple[str, Mark]) -> Statement:
    """The statement dated by the year that the list names, unless it has a date of its own."""
    if s.date:
        return s
    year, mark = frame
    done = re.search(r"(?i)\b(?:so far|to date|hit|lose jobs|lost)\b", s.sentence.text[max(0, mark.start - 60) : mark.end + 12]) and not re.search(r"(?i)\bannounc|\bplans?\b|\bconfirmed\b", s.sentence.words)
    own = timing.dates.resolve(s.date_mark.value, dt.date(int(year), 12, 31)) if s.date_mark and s.date_mark.rule in ("date.month", "date.md", "date.dm") else None
    return replace(s, date=own or year, date_mark=s.date_mark if own else mark, status="completed" if done and s.status == "announced" else s.status)


_PAST = re.compile(r"(?i)\b(?:laid off|let|cut|axed|shed|fired|eliminated|dismissed|parted|lost|cutting|slashed|trimmed)\b")
_FRESH = re.compile(r"(?i)\b(?:yesterday|today|on (?:mon|tues|wednes|thurs|fri|satur|sun)day|this (?:week|morning)|in other news|meanwhile|also (?:on|announced)|is (?:going )?to cut|will (?:lay|cut)|(?:mon|tues|wednes|thurs|fri)day)\b")
