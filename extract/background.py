"""Whether a statement tells of an earlier round, not of the article's own news."""

from __future__ import annotations

import datetime as dt
import re

from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence, once
from extract.windows import before, behind
from extract.words import context

#: The cut is what something else comes after, happens during, or is about.
_AFTERMATH = Expression(
    rf"(?i)\b{context('background.after')}\s+(?!(?:confirming|announcing|saying|revealing|disclosing|telling)\b|"
    rf"(?:[\w’'-]+\s+){{0,3}}{context('background.rumour')}\s+(?:that|of)\b)"
    r"(?:(?!(?:said|says)\b)(?:[\w’'.-]|(?<=\d),(?=\d))+\s+){0,6}?(?:(?:it|they|he|she)\s+)?(?:[\w’'.-]+\s+){0,5}$"
    r"|\bformer\b|\bwhen\s+(?:[\w’'.-]+\s+){1,3}told\s+$|\b(?:the|its|’s|'s) recent\s+$"
)
#: Before "laid off workers" as an adjective: they went before, and the sentence tells another thing.
#: What a relative clause tells of a name, up to its verb: "Acme, (which laid off 60 people last year,) is cutting".
_RELATIVE = re.compile(r",\s(?:which|who)\s[^,;.]*,")
_ADJECTIVE = Expression(rf"(?i)\b{context('background.adjective')}\s+$")
#: Behind "laid-off", with its hyphen an adjective: those who went.
_LAID_OFF = re.compile(r"\s+(?:[\w’'-]+\s+){0,2}?(?:workers?|employees?|staff|staffers?|people|folks)\b")
_WORKERS = re.compile(r"\s+(?:workers|employees|staff|staffers|people|folks)\b")
#: The cut is an example of what was done earlier: "previous measures, such as a hiring freeze".
_EXAMPLE = Expression(r"(?i)\b(?:previous|earlier|past|prior)\b[^.;]{0,60}\b(?:such as|including|like)\s+(?:an?\s+)?$")
#: The sentence tells what the cut told before follows.
_FOLLOWS = re.compile(
    r"(?i)^(?:these|this|that|it|they|the (?:latest |new )?(?:cuts|layoffs|round|move|news|announcement))"
    r"(?:\s+(?:at|by)\s+(?:[\w’'-]+\s+){0,3}[\w’'-]+)?\s+"
    r"(?:follows?|comes? (?:\w+\s+){0,3}after|came (?:\w+\s+){0,3}after)\b"
)
_EARLIER = Expression(
    rf"(?i)\b(?:{context('background.earlier')}|earlier(?! reports| (?:in the|this) (?:week|day)| today)"
    rf"|had (?:already |earlier |also |previously )?{context('background.had')})\b[^;]{{0,40}}$"
    r"|\b(?:which|who|that)\s+(?:has\s+|had\s+)?(?:recently|lately)\s+$|\bhad\s+(?:also\s+|already\s+|earlier\s+|previously\s+|just\s+)?$|\bhaving\s+$"
)
_EARLIER_BEHIND = re.compile(
    rf"(?i)^[^,;.]{{0,25}}\b(?:back in|last {context('background.last')}|ago\b|earlier (?:this|in|that)"
    r"|in the past \d+|had (?:already|earlier|previously) been|since (?:last|\w+ember|\w+uary|20))"
)
#: "Acme said it had cut 300 jobs": told in the past perfect, and yet the news.
_SAID_IT_HAD = Expression(
    rf"(?i)\b{context('background.said')}\b[^;]{{0,50}}"
    r"\b(?:it|they|the [\w-]+|he|she) had (?:been\s+)?$"
)
#: Opens a sentence: a time before the news ("A few months ago, Acme announced").
_AGO_OPENS = re.compile(r"(?i)\W*(?:a (?:few|couple of)|several|some|many)\s+(?:weeks|months|years)\s+ago\b")
#: Somebody is laughed at, or is sorry, for how the cuts were told, which therefore were told before.
_MOCKED = Expression(rf"(?i)\b{context('background.mocked')}\b[^.;]{{0,40}}\b(?:for|after)\s+\w+ing\b[^.;]{{0,60}}$")
#: Before cuts in a headline: it comments on them ("Staff react to the Acme layoffs", "Why the Acme layoffs").
_COMMENT = Expression(rf"(?i)\b{context('background.comment')}\s+(?:[\w’'.&-]+\s+){{0,5}}$")
#: Behind cuts in a headline: what they were like ("Acme's layoffs aren't very kind").
_LIKE = re.compile(
    rf"(?i)\s+(?:are|were|aren[’']t|weren[’']t)\s+(?!(?:now\s+|not\s+)?{context('background.newly')}\b)[\w‘'\"“]"
)
#: Somebody gives reasons for a decision taken before: "details his decision to (cut jobs)".
_DECISION = Expression(
    r"(?i)\b(?:defend|detail|explain|discuss|regret|justif)\w*\s+(?:his|her|its|their|the)\s+(?:\w+\s+)?decision\s+to\s+$"
)
#: "After spending much, (laying off dozens) and …": done before what the sentence tells.
_AFTER_LIST = Expression(r"\bAfter\s+\w+ing\b[^;.]{0,160},\s+(?:and\s+)?$")
_GERUND = re.compile(r"\w+ing\b")
_BEFORE_THAT = Expression(r"(?i)\b(?:earlier|previously|already)\b")
#: Before a number: no past perfect ("had 300 jobs down for cuts").
_HAD_SOME = re.compile(r"(?i)\bhad\s+$")
#: Told beside the news with no time of its own: "Acme has also shed 40 people in Spain".
_HAS_ALSO = Expression(r"(?i)\b(?:has|have)\s+also\s+$")
#: Something else happens as the employer "has cut" jobs, is in the midst of it, or did it "recently".
_AS_IT_HAS = Expression(
    r"(?i)\b(?:as|when|since|now that)\s+(?:[\w’'.&-]+\s+){1,6}(?:has|have)\s+(?:(?:also|already|just|recently)\s+)*$"
    r"|\bin the (?:process|middle|midst) of\s+$"
)
_RECENTLY = Expression(r"(?i)\b(?:recently|lately)\s+$")
_TOLD = Expression(r"(?i)\b(?:said|says|announc\w+|confirm\w+|told|filing|memo|spokes\w+|according)\b")
#: Before a cut with its figure: it is only what surrounds something else ("… amid a layoff of 300").
_AMID = Expression(r"(?i)\bamid(?:st)?\s+(?:[\w’'.&-]+\s+){0,6}$")
#: Opens a sentence: a time of office, told of as past.
_IN_OFFICE = re.compile(
    r"(?i)^\W*(?:during|in)\s+[^,;.]{3,70}\b(?:stint|tenure|reign|spell|time)\b(?:\s+(?:as|at|in)\s[^,;.]{2,40})?,"
)
#: A day is old news so many days before publication; the month before is news in a month's first days.
FORTNIGHT, FIRST_DAYS = 14, 10


@once
def background(sentence: Sentence, bound: Bound, iso: str | None, published: dt.date | None) -> bool:
    """Is the statement, dated `iso`, told as an earlier round, not as this article's news?"""
    if iso and (older(iso, published) if published else len(iso) == 4):
        return True
    if published and _in_past_years(sentence, bound, published):
        return True
    lead = _own_clause(sentence, bound)
    said_it_had = sentence.search(_SAID_IT_HAD, sentence.text[sentence.start : bound.start])
    if said_it_had and not sentence.search(_BEFORE_THAT, lead):
        return False
    if (
        _adjective(sentence, bound)
        or sentence.search(_EXAMPLE, before(sentence, bound.start, 90))
        or sentence.search(_AFTERMATH, lead)
        or follows(sentence)
        or sentence.search(_AS_IT_HAS, lead)
        or (bound.figures and sentence.search(_AMID, lead))
        or (iso is None and _IN_OFFICE.match(sentence.words))
        or (iso is None and _AGO_OPENS.match(sentence.words))
        or sentence.search(_DECISION, lead)
        or (
            _GERUND.match(sentence.text, bound.start)
            and sentence.search(_AFTER_LIST, before(sentence, bound.start, 200))
        )
        or (not bound.figures and bound.cut.value.kind == "noun" and _commented(sentence, bound))
        or (not bound.figures and sentence.search(_MOCKED, sentence.text[sentence.start : bound.start]))
    ):
        return True
    if sentence.title:
        return False
    if iso is None and (sentence.search(_HAS_ALSO, lead) or _lately(sentence, lead)):
        return True
    if re.match(r"\d", sentence.text[bound.start : bound.start + 1]):
        lead = _HAD_SOME.sub("", lead)
    return bool(sentence.search(_EARLIER, lead) or _EARLIER_BEHIND.match(behind(sentence, bound.end, 40)))


def _lately(sentence: Sentence, lead: str) -> bool:
    """Is it told, and by nobody in particular, as done "recently"?"""
    return bool(sentence.search(_RECENTLY, lead)) and not sentence.search(_TOLD)


def follows(sentence: Sentence) -> bool:
    """Does the sentence tell what the article's own cut comes after?"""
    return _FOLLOWS.match(sentence.words) is not None


def _in_past_years(sentence: Sentence, bound: Bound, published: dt.date) -> bool:
    """Does a year that is over stand right behind the statement, alone or as the first of several?"""
    behind_it = (m for m in sentence.of("date") if m.rule == "date.year" and 0 <= m.start - bound.end <= 2)
    return any((year := re.search(r"\d{4}", m.value)) and int(year[0]) < published.year for m in behind_it)


def _own_clause(sentence: Sentence, bound: Bound) -> str:
    """The words before the statement, without what a relative clause tells of a name there."""
    lead = before(sentence, bound.start, 70)
    first = bound.start - len(lead)
    ends = {c.end for c in sentence.of("company")}
    return _RELATIVE.sub(lambda found: "," if first + found.start() in ends else found[0], lead)


def _commented(sentence: Sentence, bound: Bound) -> bool:
    """Are the cuts what somebody looks into, or (in a headline) what somebody comments on?"""
    if sentence.search(_COMMENT, before(sentence, bound.start, 70)):
        return True
    return sentence.title and bool(_LIKE.match(sentence.text, bound.end, sentence.end))


def _adjective(sentence: Sentence, bound: Bound) -> bool:
    """Are the words of the cut an adjective of people who went before: "hires laid-off workers"?"""
    written = sentence.text[bound.cut.start : bound.cut.end].lower()
    if written == "laid-off" and _LAID_OFF.match(sentence.text, bound.cut.end):
        return True
    if bound.cut.value.kind != "people" or not sentence.search(_ADJECTIVE, before(sentence, bound.start, 70)):
        return False
    if not re.match(r"(?i)laid|redundant|\w+ed\b", sentence.text[bound.cut.start : bound.cut.end]):
        return False  # "has begun to lay off people"
    return bool(_WORKERS.match(sentence.text[bound.cut.end : bound.cut.end + 12]))


def older(iso: str, published: dt.date) -> bool:
    """Does the date lie clearly before the article's own news (a fortnight, an earlier month, an earlier year)?"""
    if "Q" in iso:
        return True
    if len(iso) == 10:
        return (published - dt.date.fromisoformat(iso)).days > FORTNIGHT
    if len(iso) == 7:
        month_before = (published.replace(day=1) - dt.timedelta(days=1)).isoformat()[:7]
        return iso < published.isoformat()[:7] and not (published.day <= FIRST_DAYS and month_before == iso)
    return iso < str(published.year)
