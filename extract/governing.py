"""Which cut of a sentence governs a figure: the one whose object, passive subject or own noun the figure is."""

from __future__ import annotations

import re
from functools import cache

from extract import words
from extract.apposition import company_between, distance, part
from extract.expression import Expression
from extract.marks import Mark
from extract.other_things import by_how_much
from extract.sentences import Sentence
from extract.windows import before
from extract.words import context

#: Roles of numbers that may count a cut's people (see extract.components.headcount).
COUNTABLE = ("count", "bare", "bare_trade", "cut", "maybe_size")
#: What may not stand between a cut and its figure: another doing, another sum, another time.
_BLOCK = Expression(rf"(?i)[;:]|\b(?:{context('governing.block')}|said (?:that )?\w+ (?:has|have))\b")
#: From a figure to the verb behind it: "1,200 jobs (in Texas) are expected to be".
_PASSIVE = re.compile(rf"(?i)^[^;]{{0,110}}?(?:\b{context('governing.passive')}\b[\s,]*(?:\w+ly\s+)?)+$")
_ADJACENT = re.compile(
    r"^[\s\"“”'’—–-]*(?:(?:people|workers|employees|staff|staffers)\s+)?"
    r"(?:who\s+(?:were|are|have been|had been|will be|lost|would be)\s+)?$"
)
#: From a figure to the verb of a relative clause: "the 1,200 jobs (that) Acme plans to".
_RELATIVE = re.compile(
    r"^\s+(?:that\s+|whom\s+)?(?:it|they|the\s+[\w-]+|[A-Z][\w’'.&-]*(?:\s+[A-Z][\w’'.&-]*){0,3})\s+"
    r"(?:has\s+|have\s+|had\s+|would\s+|will\s+|plans?\s+to\s+|planned\s+to\s+|is\s+|was\s+)?"
    r"(?:recently\s+|already\s+|be\s+|to\s+)?$"
)
#: From a cut to its object: a few words without a stop.
_OBJECT_GAP = re.compile(r"^[\s\"“”‘’'(—–,-]*(?:[\w$%’'“”\".,&()/-]+[\s]+){0,9}?[\"“‘(]*$")
#: "Layoffs at Acme: 140 jobs", "Jobs cut: 140".
_LABELLED = re.compile(
    r"(?:\s+(?:at|by|in|from)\s+[^:;,.\n]{2,40}?)?(?:\s?:\s"
    r"|\s+(?:(?:to|will|could|may|has|have)\s+)?(?:reach|reached|reaches|total|totals|totalled|number|numbered|exceed|top)\s+"
    r"|(?:,\s+which|\s+that)?\s+(?:(?:will|would|could)\s+)?"
    r"(?:represent(?:s|ed|ing)?|account(?:s|ed|ing)?\s+for|equat(?:e|es|ed|ing)\s+to|amount(?:s|ed|ing)?\s+to)\s+(?:an?\s+)?)"
)
#: "cut aid to 2 million people", "cut the workforce to 900": what is left.
_REMAINS = Expression(rf"^(?!.*\b{context('apposition.amounts')}).*\bto\s+(?:(?:just|only|a|the|around|about)\s+)*$")
#: A noun behind which "to" tells what is cut: "the ruthless cuts to 8,000 jobs".
_CUTS_TO = re.compile(r"(?i)cuts|reductions")
_NOUN_BEFORE = Expression(r"(?i)\b(?:the|these|those|of|its|their|planned|proposed|[’']s?)\s+(?:[\w-]+\s+)?$")
#: Verbs whose object may be anything that can be counted.
_ANYTHING = re.compile(rf"(?i){context('governing.anything')}\b")
#: From a cut to a number without a noun: only small words.
_DIRECT = re.compile(rf"(?i)^[\s\"“‘(:—–-]*(?:{context('governing.direct')}\s+){{0,4}}[\"“‘(]*$")
#: Before a share of those cut: "1,600 jobs, of which (20 %) are due to AI".
_OF_WHICH = Expression(r"(?i)\bof\s+(?:which|whom|these|those|them)(?:,)?\s+(?:\w+\s+)?$")
_OF_THEM = re.compile(r"(?i)(?:them|those|these)")
#: Behind a figure: who is among those counted.
_ASIDE = re.compile(r"(?i)^,\s[^;:.\n]{3,90}?\b(?:among\s+them|included),\s+")
#: From a number without a noun to what its people do: "340 (more have been told) to leave", "250 went".
_GOING = re.compile(
    r"\s*(?:(?:more|others|have|had|has|were|was|are|will|would|must|be|been|being|told|asked|also|then)\b\s*)*"
)
#: Around people of an earlier round ("the 20 who | went in August", "layoffs in which 40 | went").
_WENT = re.compile(r"(?i)(?:go|went)\b")
_WHO = re.compile(r"\b(?:who|that)\s+(?:\w+\s+)?$")
_IN_WHICH = Expression(r"\bin which\s+(?:\w+\s+)?$")
#: From a number without a noun to what its people lose: "40 will lose their jobs".
_LOSE = re.compile(
    rf"(?i)(?:\s+of\s+(?:them|those|its\s+\w+))?(?:,\s[^,;.\n]{{3,60}},)?\s+(?:(?:{context('governing.passive')})\s+){{0,4}}los(?:e|ing|t)\s+their\s+jobs?\b"
)
#: Behind a number without a noun, whom it counts: "230 of them", "40 of his team".
_OF_ITS_PEOPLE = re.compile(
    rf"(?i)\s+of\s+(?:them|those|us|(?:its|their|his|her|our)\s+(?:own\s+)?{words.workforce()})\b"
)
#: From a number to the share that it comes to.
_WHICH_IS = re.compile(r"(?i)\s*(?:[,(–—-]\s*)?(?:(?:or|which is|that is|i\.e\.)\s+)?(?:\w+\s+)?")
#: As _LOSE, of other words: "(told staff that 90) of them would be (out of work)".
_THEY = re.compile(
    rf"(?i)\s+of\s+(?:them|(?:its|their|our)\s+(?:[\w-]+\s+)?\w+)\s+(?:(?:{context('governing.passive')})\s+){{0,4}}"
)
#: From a figure with its place to its like elsewhere.
_COORDINATE = re.compile(
    r"\s+(?:in|at|from)\s+(?:the\s+|its\s+)?[A-Z][\w’'&.-]*(?:\s[\w’'&.-]+){0,4}?"
    r"(?:,\s[^,;.\n]{3,40}\b(?:shows?|says?|said|reported),)?(?:,|;|,?\s+and)\s+"
    r"(?:another\s+|a\s+further\s+|some\s+)?"
)
#: From a figure with its time to its like of another time: "(225) last June, and another (284) in January". D: a date.
_OTHER_TIME = re.compile(
    r"[^;.\x00]{0,60}\x00,?\s*(?:and|then|after|following|plus|on top of|in addition to)\b,?\s*"
    r"(?:(?:in|on|back in)\s+)?(?:\x00,?\s*)?(?:(?:with|by|of)\s+)?(?:the\s+)?(?:(?:another|a further|some|about)\s+)?"
)
_ITS_TIME = re.compile(r"[^;.,\x00]{0,40}\x00")
#: From a figure to a verb with a subject of its own: "(18,000 people), and Acme said it would".
_ACTIVE_SUBJECT = Expression(r"(?i),?\s+(?:and|but|while|as)\s[^;]*\b(?:it|they|he|she|we)\s+(?:[a-z]+\s+){1,2}$")
_PLACED = re.compile(r"\s+(?:[a-z]+\s+){0,2}?(?:in|at|from)\s+(?:the\s+|its\s+|early\s+|late\s+|mid-)?[A-Z]")
_APART = Expression(rf"\b{context('governing.apart')}\b")
#: Of those counted only some go: "(300 agents) moved, and 40 of them were dismissed".
_SOME_OF_THEM = re.compile(r"\d (?:of (?:them|those|these)|were|are)\b")
_LATER = Expression(r"(?i)\b(?:before|after|when|ahead of|until)\b")
_ACCEPTS = Expression(
    rf"(?i)\b(?:{context('governing.accepts')}|(?:left|leave|leaving|gone|departed)\s+(?:\w+\s+){{0,2}}?(?:under|through|via|by|on|with))\b"
)
#: Most characters from a cut to its object, by the cut's kind.
_REACH = {"weaknoun": 60, "noun": 75, "people": 60, "lose": 30}
_REACH_ELSE = 55
#: Kinds of cut that other words of the sentence outdo, in characters of distance.
_WEIGHT = {"weaknoun": 25, "lose": 10}


@cache
def _staff_by() -> re.Pattern[str]:
    """From a cut to a bare number: "(a reduction) of its staffing by", "(cut) its fleet by 300 and its staff by “"."""
    return re.compile(
        r"(?i)(?:\s+[^.;:]{1,60}?\band)?\s+(?:(?:of|in)\s+)?(?:(?:its|their|our|the)\s+)?"
        rf"(?:[\w-]+\s+){{0,3}}?{words.workforce()}\s+by\s+[\"“‘(]*"
    )


def governor(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut that governs a headcount, None if none does."""
    role = mark.value.role
    if role in ("size", "work", "hire", "voice") or part(sentence, mark):
        return None
    if role == "bare" and by_how_much(sentence, mark):
        return None
    inside = [
        c
        for c in cuts
        if (c.start <= mark.start and mark.end <= c.end) or (mark.start <= c.start and c.end <= mark.end)
    ]
    if role in COUNTABLE and (like := sibling(sentence, mark)):
        return _governor_of(sentence, like, cuts)
    if role == "vacancy":
        return next((c for c in cuts if c.value.kind == "freeze"), None)
    if inside:
        return inside[0]
    if role == "cut":
        return _nearest(mark, cuts)
    able = [c for c in cuts if c.value.kind not in ("freeze", "attrition") and _governs(sentence, c, mark)]
    return _nearest(mark, [c for c in able if not _has_its_own(sentence, c)])


def _has_its_own(sentence: Sentence, cut: Mark) -> bool:
    """Does the phrase hold its figure, so that it governs no other: "ending work with 500 contractors"?"""
    return cut.value.kind == "contract" and any(cut.start < m.start < cut.end for m in sentence.of("headcount"))


def share_governor(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    """The cut that governs a share, None if none does; a share of nothing named needs a closer tie."""
    if of_those(sentence, mark) or (not mark.value.staff and by_how_much(sentence, mark)):
        return None
    inside = [c for c in cuts if c.start <= mark.start < c.end or mark.start <= c.start < mark.end]
    if inside:
        return inside[0]
    if like := sibling(sentence, mark):
        return _governor_of(sentence, like, cuts)
    able = [c for c in cuts if c.value.kind != "freeze" and _governs(sentence, c, mark)]
    if not mark.value.staff:
        able = [
            c
            for c in able
            if c.value.kind in ("people", "noun", "weak")
            or (mark.start >= c.end and _DIRECT.match(sentence.text[c.end : mark.start]))
        ]
    return _nearest(mark, able)


def _governor_of(sentence: Sentence, mark: Mark, cuts: list[Mark]) -> Mark | None:
    return governor(sentence, mark, cuts) if mark.kind == "headcount" else share_governor(sentence, mark, cuts)


def sibling(sentence: Sentence, mark: Mark) -> Mark | None:
    """The figure before, of which this one is the like elsewhere: "280 jobs in Spain and 500 in Malaysia"."""
    earlier = [m for m in sentence.of(mark.kind) if m.end <= mark.start]
    placed = earlier and _PLACED.match(sentence.text, mark.end)
    if placed and _COORDINATE.fullmatch(sentence.text, earlier[-1].end, mark.start):
        return earlier[-1]
    return _of_other_time(sentence, mark)


def _of_other_time(sentence: Sentence, mark: Mark) -> Mark | None:
    """The figure before, of which this one is the like at another time: "1,750 jobs last May, after 870 in March"."""
    ahead = [m for kind in ("headcount", "share") for m in sentence.of(kind) if m.end <= mark.start]
    first = max(ahead, key=lambda m: m.end, default=None)
    if first is None or not sentence.of("date"):
        return None
    gap = _dates_marked(sentence, first.end, mark.start)
    own = gap.count("\x00") > 1 or _ITS_TIME.match(_dates_marked(sentence, mark.end, min(mark.end + 60, sentence.end)))
    return first if own and _OTHER_TIME.fullmatch(gap) else None


def _dates_marked(sentence: Sentence, low: int, high: int) -> str:
    """The words between the offsets with a NUL for each date."""
    text, at = "", low
    for date in sentence.of("date"):
        if low <= date.start and date.end <= high:
            text, at = f"{text}{sentence.text[at : date.start]}\x00", date.end
    return text + sentence.text[at:high]


def of_those(sentence: Sentence, mark: Mark) -> bool:
    """Is the share one of the people cut and not of the workforce?"""
    told = any(m.end <= mark.start for m in sentence.of("headcount"))
    if told and mark.value.of and _OF_THEM.fullmatch(mark.value.of):
        return True  # "10,000 jobs, half of them abroad"
    return bool(sentence.search(_OF_WHICH, before(sentence, mark.start, 24)))


def _nearest(mark: Mark, cuts: list[Mark]) -> Mark | None:
    return min(cuts, key=lambda c: (distance(c, mark) + _WEIGHT.get(c.value.kind, 0), c.start), default=None)


def _governs(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    return _as_object(sentence, cut, mark) if mark.start >= cut.end else _as_subject(sentence, cut, mark)


def _as_object(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    """Is the figure behind the cut its object?"""
    gap = sentence.text[cut.end : mark.start]
    if _LABELLED.fullmatch(gap):
        return True
    if cut.value.kind in ("object", "weak") and sentence.search(_REMAINS, gap):
        return _cuts_to_jobs(sentence, cut, mark, gap)
    anything = cut.value.kind == "object" and _of_anything(sentence, cut)
    if anything and _bare(mark) and not _of_staff(sentence, cut, mark):
        return False
    if _bare(mark) or (mark.kind == "headcount" and mark.value.role == "maybe_size"):
        return bool(_DIRECT.match(gap) or _staff_by().fullmatch(gap))
    if mark.kind == "share" and mark.value.of and gap.rstrip().endswith((",", "–", "—", "(")) and len(gap) <= 110:
        other = _other_cut(sentence, cut.end, mark.start) or company_between(sentence, cut, mark)
        return not sentence.search(_BLOCK, gap) and not other
    if cut.value.kind == "object" and re.search(r"\d", gap) and not _share_between(sentence, cut, mark):
        return False
    spaced = gap if gap.endswith((" ", "“", '"', "(", "‘")) else f"{gap} "
    near = len(gap) <= _REACH.get(cut.value.kind, _REACH_ELSE)
    return (
        near
        and not sentence.search(_BLOCK, gap)
        and bool(_OBJECT_GAP.match(spaced))
        and not _other_cut(sentence, cut.end, mark.start)
    )


def _cuts_to_jobs(sentence: Sentence, cut: Mark, mark: Mark, gap: str) -> bool:
    """Is the number behind "to" what a noun cuts, and not what is left: "the ruthless cuts to 8,000 jobs"?"""
    noun = _CUTS_TO.fullmatch(sentence.text, cut.start, cut.end) and sentence.search(
        _NOUN_BEFORE, before(sentence, cut.start, 40)
    )
    return bool(noun) and gap.strip() == "to" and mark.kind == "headcount" and not _bare(mark)


def _as_subject(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    """Is the figure before the cut its passive subject, or counted by its noun?"""
    gap, kind = _ASIDE.sub(" ", sentence.text[mark.end : cut.start], count=1), cut.value.kind
    if sentence.search(_LATER, gap) or sentence.search(_BLOCK, gap) or _other_cut(sentence, mark.end, cut.start):
        return False
    if kind in ("noun", "weaknoun"):
        return len(gap) <= 14 and not sentence.search(_APART, gap)
    if _WENT.match(sentence.text, cut.start, cut.end) and (
        _WHO.search(gap) or sentence.search(_IN_WHICH, before(sentence, mark.start, 14))
    ):
        return False  # "layoffs in May, in which 40 people went"; "the 20 who | went"
    if kind == "lose":
        gap = _without_shares(sentence, mark, cut) or gap
        vague = mark.kind == "headcount" and mark.value.amount.relation == "vague" and _PASSIVE.match(gap)
        bare = _bare(mark) and not _GOING.fullmatch(gap) and not vague and not _OF_ITS_PEOPLE.match(gap)
        return len(gap) <= 75 and (not bare or bool(_LOSE.match(sentence.text, mark.end) or _THEY.fullmatch(gap)))
    if kind == "buyout":
        return len(gap) < 90 and bool(sentence.search(_ACCEPTS, sentence.text[mark.end : cut.end]))
    if _ADJACENT.match(gap) or _RELATIVE.match(gap):
        return True
    if sentence.search(_ACTIVE_SUBJECT, gap) or _SOME_OF_THEM.search(gap):
        return False
    return (not _bare(mark) or len(gap) < 26 or bool(mark.value.noun)) and bool(_PASSIVE.match(gap))


def _without_shares(sentence: Sentence, mark: Mark, cut: Mark) -> str:
    """The words from figure to cut, without a share put in between commas; nothing where there is none."""
    for share in sentence.of("share"):
        if mark.end <= share.start and share.end < cut.start and sentence.text[share.end] == ",":
            comma = sentence.text.rfind(",", mark.end, share.start)
            if comma >= 0 and share.start - comma < 30:
                return sentence.text[mark.end : comma] + sentence.text[share.end + 1 : cut.start]
    return ""


def _of_staff(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    """Does a share of staff right behind the number show what it counts ("dropped 140, or 7% of its people"), or do
    people counted before the verb: "Acme shed 90 people and Beta | dropped 30"?"""
    shares = (s for s in sentence.of("share") if s.value.staff and mark.end <= s.start)
    if any(_WHICH_IS.fullmatch(sentence.text, mark.end, s.start) for s in shares):
        return True
    return any(m.value.role in ("count", "cut") and m.end <= cut.start for m in sentence.of("headcount"))


def _of_anything(sentence: Sentence, cut: Mark) -> bool:
    """Is the verb one whose bare number may count money or games as well ("lost thousands")?"""
    return bool(_ANYTHING.match(sentence.text, cut.start))


def _bare(mark: Mark) -> bool:
    """Is it a number without a noun that names people or jobs?"""
    return mark.kind == "headcount" and mark.value.role in ("bare", "bare_trade")


def _share_between(sentence: Sentence, cut: Mark, mark: Mark) -> bool:
    return any(cut.end <= s.start and s.end <= mark.start for s in sentence.of("share"))


def _other_cut(sentence: Sentence, low: int, high: int) -> bool:
    """Does another cut stand between the offsets?"""
    kinds = ("people", "noun", "object", "furlough", "freeze")
    return any(low <= c.start and c.end <= high and c.value.kind in kinds for c in sentence.of("cut"))
