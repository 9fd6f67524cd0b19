"""When a statement's cut was announced: the date in its own clause that tells it, not a period or an end of jobs."""

from __future__ import annotations

import datetime as dt
import re

from extract.components.date import resolve
from extract.expression import Expression
from extract.figures import Bound
from extract.marks import Mark
from extract.sentences import Sentence, once
from extract.time_words import DATE
from extract.voices import known_voice
from extract.windows import before, behind
from extract.words import context

#: Before a date: it tells when jobs end, a period of figures or something else, not the announcement.
NOT_ANNOUNCED = Expression(rf"(?i)\b{context('timing.not_announced')}\s*$")
#: The verb that the date stands by tells the announcement.
_SAID_ON = Expression(
    rf"(?i)\b{context('timing.said')}(?:\s+{context('timing.told_to')})?"
    r"\s+(?:(?:late|early|back)\s+)?(?:on\s+|in\s+)?$"
)
#: As _SAID_ON, with those who announce between: "announced at UPS in early 2025", "unveiled by its chief last month".
_TOLD_BY = Expression(
    rf"(?i)\b{context('timing.made_public')}\s+(?:(?:at|by|for(?!\s+the\b)|from)\s+(?:[\w’'&.-]+\s+){{1,5}}?)?(?:back\s+)?(?:on\s+|in\s+)?$"
)
#: Behind a day: somebody said it then ("On Monday Acme said", "It was also yesterday that Acme told").
_THEN_SAID = re.compile(r"[^.;:]{0,60}?\s(?:said|says|told|announced|confirmed|disclosed|unveiled|revealed)\b")
#: Behind a month: it is one of the year spoken of; characters back to which that is looked for.
_THAT_YEAR = re.compile(r"(?i)\s+(?:of\s+)?(?:that|the same)\s+year\b")
BACK = 300
#: Behind a day: what happened then ("It began on January 4, when Acme said").
_WHEN = re.compile(r",\s+when\s")
_ON_TOP = Expression(r"(?i)\b(?:on top of|in addition to)\b")
#: Before a cut: what the day dates came on the next one ("on Thursday praised them, a day after | cutting 300 jobs").
_DAY_AFTER = Expression(r"(?i)\b(?:(?:a|one|the)\s+)?day\s+after\s+(?:it\s+)?$")
#: Before a cut: it is still to begin.
_TO_BEGIN = Expression(r"(?i)\b(?:to|will|would)\s+(?:begin|start)\b[^.;,]{0,50}$")
#: Before a date: something was greater or less then ("down from 7,500 in").
_COMPARED = Expression(
    r"(?i)\b(?:(?:down|up)\s+from|compared\s+(?:with|to))\s+[^,;.]{1,30}?(?:,\d{3}[^,;.]{0,20})?\s+(?:(?:in|at|last)\s+)?$"
)
#: Before a day: on it the cuts themselves began.
_CUTS_BEGAN = Expression(
    r"(?i)\b(?:layoffs|cuts|dismissals|redundancies|notifications|notices)\b[^.;,]{0,24}\b(?:began|started)\s+(?:on\s+)?$"
)
#: A part of a year that is over in June, or in September.
_PART_OF_YEAR = re.compile(
    r"(?i)(?:(?:in|at|since|back in|during|by)\s+)?(?:the\s+)?"
    r"(?:(?P<early>early|start of|beginning of|first quarter of|winter of)|spring of|first half of|mid(?=[ -]))\b"
)
MAY, AUGUST = 5, 8
_FISCAL = Expression(rf"(?i)\b{context('timing.fiscal')}\b[^,;.]{{0,30}}$")
_FISCAL_AFTER = re.compile(r"(?i)\s*(?:quarter|results|earnings|fiscal|revenue)")
#: Before "this year": how many rounds the year has seen, not when this one was announced.
_COUNTED = Expression(rf"(?i)\b{context('timing.counted')}\b[^,;.]{{0,40}}$")
_FUTURE = Expression(rf"(?i)\b{context('timing.future')}\s+(?:\w+\s+){{0,5}}$")
#: Before a cut in the past tense: who did it ("owes wages to 70 workers it | laid off").
_DONE = re.compile(r"\b(?:it|they|he|she|who|had|have|has|was|were)\s+(?:\w+ly\s+|also\s+)?$")
_SAID = Expression(
    r"(?i)\b(?:said|announced|told|confirmed|disclosed|promised|warned|agreed|proposed|revealed|unveiled|outlined|signall?ed"
    r"|notified|informed|filed|indicated|decided|approved|voted|resolved|ordered|pledged|vowed)\b"
)
#: Between a date and the figure behind it: the date belongs to what stands before.
_JOINER = Expression(r"(?i)\b(?:and|after|then|following|plus|on top of|in addition to)\b")
#: Before a cut: it was put forward then, whenever it is carried out ("proposed to cut 300 jobs in May").
_PROPOSED = Expression(r"(?i)\b(?:proposed|agreed|decided|vowed|pledged)\s+to\s+(?:\w+\s+)?$")
_BEGINS = Expression(r"(?i)\b(?:begin|start|set to|plan)\w*\b")
_WILL = Expression(r"(?i)\b(?:will|would|to be|is due|are due)\b")
_OPENS_CLAUSE = Expression(r"(?i)(?:;|,|\b(?:and|while|but|as|whereas))\s+(?:(?:rival|the|its)\s+)*$")
_RUNS_TO = re.compile(r"(?i)(?:since|until|by|through|from|during|for|end of)\b")
#: "since 2020, when": what follows happened then.
_SINCE_WHEN = re.compile(r"(?i)since\b[^,;]*")
_WHEN_IT = re.compile(r",?\s+when\b")
#: Between a verb of saying with its day and the cut: the cut is of another time.
_TURNS = Expression(r"(?i)\b(?:who|which|whose|where|when|after|since|following|before)\b|;")
#: Before a date: something is still to happen then ("will shut its plant in | November, and 40 people …").
_TO_HAPPEN = Expression(
    r"(?i)\b(?:will|would|shall|won[’']t|(?:is|are|was|were) to|(?:going|set|due|expected|scheduled|plans?|planning) to"
    r"|plans? (?:to|for|on))\b(?![^;]*\b(?:who|which|that|after|following|when)\b)[^;,]{0,80}$"
)
#: Before a day: something is still to be told or begun on it.
_TO_TELL = Expression(
    rf"(?i)\b(?:will|shall|to)\s+(?:[^.;,]{{0,60}}\sand\s+)?(?:\w+ly\s+)?(?:be\s+)?{context('timing.to_tell')}\b[^.;,]{{0,80}}\s(?:on\s+)?$"
)
#: Around a time: a relative clause holds it, which closes before the cut ("The firm that had | in 2019 | is now").
_IN_RELATIVE = Expression(
    r"(?i)(?:,\s(?:which|who)|(?<=\w)\s(?:that|which|who))\s(?:\w+ly\s)?(?:had|has|have|was|were|is|are|\w+ed|grew|rose|fell|won|lost|took"
    r"|made|became|went|began|bought|sold)\b[^,;.]{0,80}$"
)
_RELATIVE_ENDS = re.compile(rf"(?i)[^,;.]{{0,40}},?\s+(?:\w+ly\s)?{context('position.verb')}\b")
#: Before a time that a comma closes: what somebody did then ("Risher, who took over last month, said").
#: "at (the end of 2023)": told of what was done then, not of what is to be done by then.
_AT_THE = Expression(r"(?i)\b(?:at|towards?|near|around) the $")
_END_OF_YEAR = re.compile(r"(?i)(?:very )?end of (?:19|20)\d\d")
_OF_PERSON = Expression(
    r",\s(?:who|whose)\s[^,;.]*$"
    rf"|,\swhich\s(?:[\w’'.&-]+\s+){{0,4}}?{context('timing.acquired')}\b[^,;.]*$"
)
#: Before a weekday: on it people go ("will lose their jobs on").
_WILL_GO = Expression(
    r"(?i)\bwill\s+(?:(?:be|also|all)\s+)?(?:lose their jobs?|leave|depart|go|laid off|let go|made redundant)\s+"
    r"(?:on\s+)?$"
)
#: Behind a time that opens a sentence, and holds for all that it tells: "In May, …", "May was worse: …".
_OPENS = re.compile(r",|[^,;:.\n]{0,50}:\s")
#: Opens a sentence, before a month or a year: it happened then ("At the end of May, Acme laid off 40 people").
_AT_END = re.compile(r"(?:At|Towards?|Near|By)\s+the\s+(?:very\s+)?(?:end|close|start|beginning|turn)\s+(?:of\s+)?")
#: From a statement to a time that opens the next clause.
_AND_THEN = re.compile(r"(?:,\s[^,;.]{2,60})?(?:,|;)?\s+(?:and|while|but|whereas)\s+|;\s+")
#: Behind a time: what came later is told ("bought Uber's arm in March 2018, but then cut").
_THEN = re.compile(r"(?i),?\s+(?:and|but)\s+(?:then|later|subsequently|has since|have since)\b")
#: Behind a year: it is half of a financial one ("2009/10").
_YEARS = re.compile(r"(?:/|-|–)\d\d\b")
#: Between a verb of saying with its day and what it says: why or when, between commas.
_ASIDE = re.compile(r",\s(?:after|following|when|since)\s[^,;]{0,90},")
_JOIN = r"\s*(?:and|to|through|until|–|-|or)\s+(?:early\s|late\s|the\s)?"
#: One end of a period, and the other behind or before it.
_JOINS_BEHIND = re.compile(rf"{_JOIN}(?:{DATE.pattern}|(?:19|20)\d\d\b)")
_JOINS_BEFORE = re.compile(rf"{DATE.pattern}{_JOIN}$")
_JOINED = re.compile(r"(?:and|to|through|until|–|-|or)\s+(?:early\s|late\s|the\s)?$")  # how such words end
#: Kinds of dates (rules of extract.components.date) that name a month or more.
_COARSE = (
    *("year", "yr", "quarter", "mon", "month", "my", "month_rel", "month_ago", "month_of", "month_was"),
    *("opening", "ago"),
)

#: Kinds that name a day.
DAYS = tuple(f"date.{kind}" for kind in ("weekday", "rel", "md", "dm", "mdy", "dmy", "iso", "nth"))

Dated = tuple[str | None, Mark]


@once
def announced(sentence: Sentence, bound: Bound, others: list[Bound], published: dt.date | None) -> Dated | None:
    """The date that the sentence tells of the statement: ISO (None where it cannot be resolved) and mark; else None.

    A day on which somebody said it goes before any other time; else the nearest counts.
    """
    fitting = [m for m in _near(sentence, bound, others) if _tells(sentence, bound, m, others)]
    best = min(fitting, key=lambda m: (not _said_then(sentence, bound, m), _distance(sentence, bound, m)), default=None)
    best = best or _opening(sentence, bound)
    if best is None:
        return None
    iso = _resolved(sentence, best, published)
    if iso and len(iso) == 10 and best.rule in DAYS and sentence.search(_DAY_AFTER, before(sentence, bound.start, 24)):
        iso = (dt.date.fromisoformat(iso) - dt.timedelta(days=1)).isoformat()
    return iso, best


def _resolved(sentence: Sentence, mark: Mark, published: dt.date | None) -> str | None:
    """The date as ISO; "in July of that year" is of the year named last."""
    if _THAT_YEAR.match(sentence.text, mark.end):
        years = re.findall(r"\b20[0-3]\d\b", sentence.text[max(0, mark.start - BACK) : mark.start])
        published = dt.date(int(years[-1]), 12, 31) if years else None
    return resolve(mark.value, published)


def _near(sentence: Sentence, bound: Bound, others: list[Bound]) -> list[Mark]:
    """The dates of the sentence between which and the statement no other statement stands."""
    first = max((o.start for o in others if o is not bound and o.end <= bound.start), default=sentence.start)
    last = min((o.end for o in others if o is not bound and o.start >= bound.end), default=sentence.end)
    return [m for m in sentence.of("date") if first < m.end and m.start < last]


def _said_then(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Does a verb of saying stand with the date, and no turn to another time between it and the statement?"""
    opens = mark.rule in DAYS and mark.end <= bound.start and _THEN_SAID.match(sentence.text, mark.end, bound.start)
    if not (opens or sentence.search(_SAID_ON, before(sentence, mark.start, 40))):
        return False
    low, high = (mark.end, bound.start) if mark.start < bound.start else (bound.end, mark.start)
    within = _ASIDE.sub(",", sentence.text[low:high])
    behind_clause = mark.start > bound.start and re.search(
        r"(?i)\b(?:which|who|that)\b", before(sentence, bound.start, 30)
    )
    return not sentence.search(_TURNS, within) and not behind_clause


def _distance(sentence: Sentence, bound: Bound, mark: Mark) -> int:
    """Characters between date and statement, more where a comma parts a date from the statement behind it."""
    if bound.start <= mark.start < bound.end:
        return 0
    least = min(abs(mark.start - bound.end), abs(bound.start - mark.end))
    comma = mark.start < bound.start and "," in sentence.text[mark.end + 1 : bound.start].rstrip(", ")
    return least + 30 if comma else least


def _opening(sentence: Sentence, bound: Bound) -> Mark | None:
    """The date that opens a sentence of several statements: "In the past week, A announced … while B unveiled …"."""
    opens = [m for m in sentence.of("date") if m.start - sentence.start < 24]
    alone = not any(sentence.start + 4 <= m.start < bound.start for m in sentence.of("date"))
    first = (m for m in opens if (alone and m.start - sentence.start < 4) or _OPENS.match(sentence.text, m.end))
    mark = next(first, None)
    return mark if mark and mark.end <= bound.start and _fits(sentence, bound, mark) else None


def _tells(sentence: Sentence, bound: Bound, mark: Mark, others: list[Bound]) -> bool:
    """Does the date belong to this statement, not to another of the sentence, and may it be its announcement?"""
    if _bracketed_apart(sentence, mark, bound):
        return False
    if _of_sibling(sentence, mark, bound, others) or _of_earlier(sentence, mark, bound, others):
        return False
    if _of_next(sentence, mark, bound, others):
        return False
    if mark.end <= bound.start and (_THEN.match(sentence.text, mark.end) or _in_relative(sentence, bound, mark)):
        return False
    if mark.rule == "date.year" and _YEARS.match(sentence.text, mark.end):
        return False
    return _fits(sentence, bound, mark) and not _period(sentence, mark)


def _fits(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Do the words around a date allow that it tells the announcement?"""
    lead = before(sentence, mark.start, 40)
    words = mark.value.lower()
    if sentence.search(_SAID_ON, lead) or sentence.search(_TOLD_BY, before(sentence, mark.start, 80)):
        return True
    if words in ("today", "this morning", "this afternoon") or _at_its_end(sentence, bound, mark):
        return True
    if sentence.search(_ON_TOP, sentence.text, bound.end, mark.start):
        return False  # "300 jobs, on top of 120 in October"
    if mark.rule in DAYS and mark.end <= bound.start and _WHEN.match(sentence.text, mark.end):
        return True
    if sentence.search(_COMPARED, before(sentence, mark.start, 60)) or sentence.search(NOT_ANNOUNCED, lead):
        return False
    if _RUNS_TO.match(words) or "next" in words or "later" in words:
        return False
    if mark.rule == "date.yr" and "this year" in words and sentence.search(_COUNTED, before(sentence, mark.start, 60)):
        return False
    if _of_results(sentence, bound, mark, lead) or _of_person(sentence, bound, mark):
        return False
    return not (to_be_told(sentence, mark) or _of_execution(sentence, bound, mark))


def _of_results(sentence: Sentence, bound: Bound, mark: Mark, lead: str) -> bool:
    """Is it the time of the business's figures, not of those who go ("laid off 60 employees in Dallas on Tuesday")?"""
    if _FISCAL_AFTER.match(sentence.text[mark.end : mark.end + 12]):
        return True
    found = sentence.search(_FISCAL, lead)
    if not found:
        return False
    at, figure = mark.start - len(lead) + found.start(), bound.headcount
    return figure is None or not figure.start <= at < figure.end


def _of_person(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is it when somebody did something else, told between commas: "Risher, who took over last month, said"?"""
    if sentence.text[mark.end : mark.end + 1] != ",":
        return False
    lead = before(sentence, mark.start, 80)
    found = sentence.search(_OF_PERSON, lead)
    return found is not None and not mark.start - len(lead) + found.start() < bound.cut.start < mark.start


def _at_its_end(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is it told of what was done "at the end of 2023", or by a sentence that so begins, or "since 2020, when"; or is
    it the day on which the cuts began?"""
    if mark.rule in DAYS and sentence.search(_CUTS_BEGAN, before(sentence, mark.start, 40)):
        return True
    if _SINCE_WHEN.fullmatch(mark.value) and mark.end <= bound.start and _WHEN_IT.match(sentence.text, mark.end):
        return True
    if _AT_END.fullmatch(sentence.text, sentence.start, mark.start):
        return not future(sentence, bound)
    if not _END_OF_YEAR.fullmatch(mark.value) or mark.start < bound.end:
        return False
    return bool(sentence.search(_AT_THE, before(sentence, mark.start, 20))) and not future(sentence, bound)


def _in_relative(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Does a relative clause hold the date that closes before the cut's own verb?"""
    if not sentence.search(_IN_RELATIVE, before(sentence, mark.start, 110)):
        return False
    return bool(_RELATIVE_ENDS.match(sentence.text, mark.end, bound.start))


def is_over(sentence: Sentence, bound: Bound, mark: Mark | None, published: dt.date | None) -> bool:
    """Does the mark name an early part of the year of publication that has long been over ("early this year")?"""
    part = _PART_OF_YEAR.match(mark.value) if mark and published else None
    if part is None or mark is None or published is None or future(sentence, bound):
        return False
    year = re.search(r"20\d\d", mark.value)
    this = "this year" in mark.value.lower() or (year is not None and int(year[0]) == published.year)
    return this and published.month > (MAY if part["early"] else AUGUST)


def to_be_told(sentence: Sentence, mark: Mark) -> bool:
    """Is it a day to come, on which the cut is to be told or begun: "is expected to announce cuts on Thursday"?"""
    return mark.rule == "date.weekday" and bool(sentence.search(_TO_TELL, before(sentence, mark.start, 120)))


def _of_execution(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is it when the cut is to happen ("will cut jobs in March"), or the time of something else behind the figures?"""
    kind, to_come = mark.rule.removeprefix("date."), future(sentence, bound)
    if sentence.search(_PROPOSED, before(sentence, bound.cut.start, 40)):
        return False
    if kind in (*_COARSE, "md", "dm") and _still_to_happen(sentence, bound, mark):
        return True
    if _goes_in_season(sentence, bound, mark) or (kind in _COARSE and to_come and not sentence.search(_SAID)):
        return True
    if mark.start <= bound.cut.end:
        return False
    if kind in (*_COARSE, "week") and (to_come or sentence.search(_BEGINS, sentence.text[bound.start : mark.start])):
        return True
    if kind in (*_COARSE, "week") and sentence.search(_TO_BEGIN, before(sentence, bound.cut.start, 70)):
        return True
    if kind in ("md", "dm") and to_come:
        return True
    if kind == "weekday" and sentence.search(_WILL_GO, sentence.text[sentence.start : mark.start]):
        return True
    gap = sentence.text[bound.end : mark.start]
    if kind in (*_COARSE, "week", "md", "dm", "nth") and sentence.search(_WILL, gap):
        return True
    apart = len(gap) >= 40 or re.search(r"(?i)\bto\b|\beffort|\bsavings?\b", gap)
    return kind in ("yr", "year", "quarter") and bool(apart)


#: "Some 60 jobs will go at Acme in spring".
_IN_SEASON, _WILL_GO_THEN = re.compile(r"(?i)in\s"), re.compile(r"(?i)(?:\w+\s)?(?:will|would|must|may|might)\s")


def _goes_in_season(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is it a season, and do people go then by the words of the cut itself?"""
    season = mark.rule == "date.yr" and _IN_SEASON.match(sentence.text, mark.start)
    return bool(season and _WILL_GO_THEN.match(sentence.text, bound.cut.start))


def _still_to_happen(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is it the time of something to come, told before the cut: "will shut its plant in November, and 40 people …"?"""
    if mark.start > bound.cut.start:
        return False
    return bool(sentence.search(_TO_HAPPEN, before(sentence, mark.start, 120)))


def future(sentence: Sentence, bound: Bound) -> bool:
    """Is the cut told as still to come (will, to, plans)?"""
    lead = before(sentence, bound.cut.start, 50)
    return bound.cut.rule != "cut.more" and bool(sentence.search(_FUTURE, lead)) and not _DONE.search(lead)


def _bracketed_apart(sentence: Sentence, mark: Mark, bound: Bound) -> bool:
    """Does the date stand in brackets with another figure than the statement's: "Acme (5 % in May) and Beta (40)"?"""
    opens = sentence.text.rfind("(", sentence.start, mark.start)
    closes = sentence.text.find(")", mark.end, sentence.end)
    if opens < 0 or closes < 0 or ")" in sentence.text[opens : mark.start]:
        return False
    inside = [m for kind in ("headcount", "share") for m in sentence.of(kind) if opens < m.start < closes]
    own = [figure for figure in (bound.headcount, bound.share) if figure]
    return bool(inside) and not any(m is figure for m in inside for figure in own)


def _of_sibling(sentence: Sentence, mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Under one verb with two numbers ("225 last June, and 284 in January") a date belongs to the number before it."""
    own = bound.headcount or bound.share
    if own is None or not bound.start <= mark.start < own.start:
        return False
    figures = (o.headcount or o.share for o in others if o.cut is bound.cut and o is not bound)
    parted = not mark.end <= own.start or sentence.search(_JOINER, sentence.text, mark.end, own.start)
    return bool(parted) and any(figure and figure.end <= mark.start for figure in figures)


def _of_earlier(sentence: Sentence, mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Does the date close the statement before: "300 at Acme in March, and 40 at Beta"?"""
    if mark.start > bound.start or not any(o.end <= mark.start for o in others if o is not bound):
        return False
    return bool(re.match(r"\s*(?:,(?!\s+when\b)|;|and\b|while\b)", sentence.text[mark.end : bound.start]))


def _of_next(sentence: Sentence, mark: Mark, bound: Bound, others: list[Bound]) -> bool:
    """Does the date open what another employer does: "Acme is shedding 40 people and Beta said in May it would cut"?"""
    if mark.start < bound.end or not any(o.start >= mark.end for o in others if o is not bound):
        return False
    following = min(o.start for o in others if o.start >= mark.end)
    if _AND_THEN.fullmatch(sentence.text, bound.end, mark.start) and any(
        mark.end <= c.start and c.end <= following for c in sentence.of("company")
    ):
        return True  # "Acme had dismissed 40 people, a tenth of its staff, and in June Beta had cut 90"
    between = (c for c in sentence.of("company") if c.start >= bound.end and c.end <= mark.start and not known_voice(c))
    return any(sentence.search(_OPENS_CLAUSE, sentence.text[bound.end : c.start]) for c in between)


def _period(sentence: Sentence, mark: Mark) -> bool:
    """Is the date one end of a period: "across late 2025 and early 2026"?"""
    lead = before(sentence, mark.start, 60)
    joined = _JOINED.search(lead) and _JOINS_BEFORE.search(lead)
    return bool(joined or _JOINS_BEHIND.match(behind(sentence, mark.end, 60)))
