"""Whether words that may mean a cut state one here: "cut 300 jobs" and "job cuts" do, "cut prices" does not."""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.figures import Bound
from extract.governing import sibling
from extract.listing import of_next
from extract.marks import Mark
from extract.other_things import cuts_things, lost_otherwise, of_prices
from extract.sentences import Sentence
from extract.time_words import MONTH, YEAR
from extract.windows import before
from extract.words import context

_JOBS = rf"{context('stating.jobs')}(?!\s(?:\d|I+)\b)"
#: Behind a verb: its object names jobs or staff, and not what is only called after them ("staff discounts").
_OBJECT = re.compile(
    rf"(?i)^\s+(?!(?:and|or)\b)(?:(?!{context('stating.not_jobs')}\b)[\w’'“”\",.&-]+\s+){{0,6}}?{_JOBS}\b(?![’'])"
    rf"(?!\s+(?:(?:on|in|at)\s+\$|{context('stating.not_staff')}|from\s+(?!(?:its|their|the)\b)\w+)\b)"
)
#: Behind a verb: its object is a number of people told of another ("eliminating close to the same number").
_SAME_NUMBER = re.compile(
    rf"(?i)^\s+(?:(?:{context('numbers.about')}|just)\s+)?(?:the same|a similar|that same|an equal)\s+number"
    rf"(?!\s+of\b(?!\s+(?:[\w-]+\s+)?{_JOBS}\b))\b"
)
#: Several sites shut, whose people go with them: "close 27 more parcel centres".
_SITES = re.compile(
    rf"(?i){context('action.shuts')}\s+(?:down\s+)?(?:(?:its|another|about|some|up to)\s+)*"
    rf"(?P<unit>[\d,]+\s+(?:[\w’'-]+\s+){{0,3}}?{context('action.site')})\b"
)
#: Inside a verb of two parts: "let people in one division go".
_WITHIN = re.compile(rf"(?i)\w+\s(?:[\w’'-]+\s)*?{_JOBS}\s.*\w$")
#: Before a verb: jobs or staff are what it is done to ("the roles will be").
_PASSIVE_OBJECT = Expression(
    rf"(?i)\b{_JOBS}\b[^,;.]{{0,50}}?\b(?:be|been|being|is|are|was|were|get)\s+(?:\w+ly\s+)?$|\b{_JOBS}\s+$"
)
#: A verb whose passive needs no number: "some of the staff were let go".
_LET_GO = re.compile(r"(?i)(?:be(?:ing)? )?let go\b")
#: Verbs whose object is people, so that a share needs no noun.
_TAKES_PEOPLE = re.compile(
    r"(?i)let(?:s|ting)?\s.*\sgo|lay(?:s|ing)?\s.*\soff|laid\s.*\soff|sack(?:s|ed|ing)?|dismiss(?:es|ed|ing)?"
)
#: Verbs of so many uses that only a number of people or a share of staff makes them a cut.
_NEEDS_FIGURE = re.compile(rf"(?i){context('stating.needs_figure')}\b")
#: "50 jobs went in May", and not "50 workers went on strike".
_WENT = re.compile(r"(?i)(?:go|goes|went)$")
_NOWHERE = re.compile(
    r"\s*(?:$|[.,;:)—–]"
    r"|(?:too|as well|also|last|this|earlier|by|when|after|since|under|today|yesterday|at)\b"
    r"(?!\s+(?:it|each|all|war|once))"
    rf"|in\s+(?:{MONTH}|{YEAR}|(?:the|its|early|late|all|[A-Z])\S*)(?!\s+of\b(?!\s+(?:the|its)\b))"
    rf"|on\s+(?:{MONTH}|[MTWFS]\w+day))"
)
#: Verbs that with a share alone for their object say that staff go, in an article about cuts.
_CUTS = re.compile(
    r"(?i)let(?:s|ting)? go(?: of)?|cut(?:s|ting)?|axe[sd]?|axing|slash(?:es|ed|ing)?|trim(?:s|med|ming)?"
    r"|eliminat(?:es?|ed|ing)"
)
#: From an employer to its verb, and from the verb to the share.
_ALONE = re.compile(
    r"(?:\s+(?:has|have|had|is|was|will|would|also|then|already|since|just|recently|itself|to|be|said|it|they))*\s+"
)
_ABOUT = re.compile(rf"\s+(?:(?:{context('numbers.about')}|another|just|a further)\s+)*")
_IT = Expression(r"\b(?:[Ii]t|[Tt]hey)\s+(?:(?:has|had|also|then|already|will|would)\s+)*$")
#: Behind a share: nothing that says of what.
_ENDS = re.compile(
    r"\s*(?:$|[.,;)]|(?:and|while|but|as|in|last|this|on|after|before|when|since|earlier)\b(?!\s+(?:the|its|a)\s+(?:price|cost)))"
)
#: Before "a buyout": one person takes it, or is offered it.
_TAKES = Expression(rf"(?i)\b{context('stating.takes')}\s+(?:a\s+|the\s+)?$")
#: A participle between an owner and what is owned.
_ADJECTIVE = Expression(
    r"(?i)(?:[’']s|\b(?:its|their|the|a|an))\s+(?:\w+ly\s+)?(?:reduced|downsized|slashed|trimmed|diminished)$"
)
#: "those affected by the storm": no cut does it.
_BY_OTHER = re.compile(
    r"(?i)(?:laid off|furloughed|idled)\s+(?:by|in) the\s+(?:\w+\s+)?"
    r"(?:shutdown|pandemic|storm|hurricane|crisis|flood|fire)\b"
    rf"|(?:affected|hit|impacted|touched)\s+by\s+(?!(?:[\w’'-]+\s+){{0,5}}?{context('stating.cut_by')}\b)"
)
#: "is downsizing the map": a verb with an object of its own.
_DOWNSIZES = re.compile(r"(?i)downsizing\s+(?:the|its|their|his|a|an)\s")
#: "Lay off the sweets": nobody is told to dismiss sweets.
_IMPERATIVE = re.compile(rf"Lay off (?:the|that|those) (?!(?:\w+\s+){{0,2}}?{_JOBS}\b)[a-z]+\b")
#: Before "covers", "affects": a deal, a strike or a storm does it, not a cut.
_IDLES = re.compile(r"(?i)idl(?:e|es|ed|ing)\b")
_AFFECTS = re.compile(r"(?i)(?:cover|affect|impact|hit|touch)")
_ELSE_AFFECTS = Expression(
    rf"(?i)\b{context('stating.no_cut')}(?:\s+[a-z]+){{0,2}}\s+(?:(?:that|which|will|had|would|has|have|also|now|could)\s+)*$"
)
_STAFF = Expression(rf"(?i)\b{context('stating.staff')}\b")
#: "the number will go below 75,000" is size.
_GOES_TO = re.compile(
    r"(?i).*\bgo(?:es|ne)?\s+(?:below|under|beneath|(?:back\s+)?(?:down|up)\s+to|up\s+from)\s+"
    r"(?:(?:about|around|some|roughly|the)\s+)?\d"
)
#: "shrink from 3,000 to 2,500" is size.
_FROM_TO = re.compile(r"(?i)[^.;]{0,30}\bfrom\s+(?:about |around |roughly |some )?[\d,.]+[^.;]{0,20}\bto\b")


def states_a_cut(sentence: Sentence, bound: Bound, listing: bool = False) -> bool:
    """Do the words, with the figures that they govern, state a cut? In an article about cuts (`listing`) a share that
    an employer cuts needs no noun: "Acme cut 5 %"."""
    kind = bound.cut.value.kind
    behind = sentence.text[bound.cut.end : sentence.end]
    if _of_other(sentence, bound, behind):
        return False
    if kind == "lose" and _AFFECTS.match(sentence.text, bound.cut.start):
        return bool(bound.figures) and not sentence.search(_ELSE_AFFECTS, before(sentence, bound.cut.start, 60))
    if kind in ("noun", "people", "freeze", "furlough", "contract"):
        return True
    if bound.share and _TAKES_PEOPLE.fullmatch(sentence.text, bound.cut.start, bound.cut.end):
        return True  # "let 5 % go"
    if _WENT.match(sentence.text, bound.cut.start, bound.cut.end):
        counts = bound.headcount is not None or (bound.share is not None and bound.share.value.wide)
        return counts and _NOWHERE.match(behind) is not None
    if listing and bound.share and _cuts_a_share(sentence, bound.cut, bound.share):
        return True
    if bound.headcount or _of_staff(sentence, bound.share):
        return kind != "attrition" or bool(bound.headcount)
    if kind == "buyout":
        takes = sentence.search(_TAKES, sentence.text[sentence.start : bound.cut.start])
        return not takes and bool(sentence.search(_STAFF))
    return kind in ("object", "weak") and _of_jobs(sentence, bound)


def _cuts_a_share(sentence: Sentence, cut: Mark, share: Mark) -> bool:
    """Is the share all that the verb has for an object ("Acme cut 5 %"), or does it stand behind another employer as
    its own ("and Beta 3 %", "Beta (3 %)")?"""
    if share.value.of or not _ENDS.match(sentence.text, share.end):
        return False
    names = [c for c in sentence.of("company") if c.end <= share.start]
    if of_next(sentence, share):
        return True
    lead = sentence.text[sentence.start : cut.start]
    subject = any(_ALONE.fullmatch(sentence.text, c.end, cut.start) for c in names) or sentence.search(_IT, lead)
    return bool(subject and _CUTS.fullmatch(sentence.text, cut.start, cut.end)) and bool(
        _ABOUT.fullmatch(sentence.text, cut.end, share.start)
    )


def _of_other(sentence: Sentence, bound: Bound, behind: str) -> bool:
    """Do the words speak of another thing than staff: of machines, prices, people lost to a rival, a storm?"""
    kind, figure = bound.cut.value.kind, bound.headcount or bound.share
    if (
        cuts_things(sentence, bound.cut, figure)
        or lost_otherwise(sentence, bound.cut, figure)
        or of_prices(sentence, bound.cut, figure)
    ):
        return True
    if kind == "lose" and _GOES_TO.match(sentence.text, bound.cut.start):
        return True
    if kind == "people" and not bound.figures and _IMPERATIVE.match(sentence.text, bound.cut.start):
        return True
    if _BY_OTHER.match(sentence.text, bound.cut.start) or (
        _DOWNSIZES.match(sentence.text, bound.cut.start) and not _OBJECT.match(behind)
    ):
        return True
    idles = _IDLES.match(sentence.text, bound.cut.start)
    return bool(idles and sentence.search(_ELSE_AFFECTS, before(sentence, bound.cut.start, 60)))


def _of_staff(sentence: Sentence, share: Mark | None) -> bool:
    """Is it a share of staff, by its own words or by those of its like before it ("5 % of staff, then 3 %")?"""
    if share is None or share.value.staff:
        return share is not None
    like = sibling(sentence, share)
    return like is not None and (like.kind == "headcount" or bool(like.value.staff))


def _of_jobs(sentence: Sentence, bound: Bound) -> bool:
    """Is the verb's object, or what it is done to, jobs or staff?"""
    behind = sentence.text[bound.cut.end : sentence.end]
    if sentence.search(_ADJECTIVE, before(sentence, bound.cut.end, 40)):
        return False  # "its reduced staff"
    if _NEEDS_FIGURE.match(sentence.text, bound.cut.start) or _FROM_TO.match(behind):
        return False
    if _OBJECT.match(behind) or _WITHIN.fullmatch(sentence.text, bound.cut.start, bound.cut.end):
        return True
    if sentence.text[bound.cut.start : bound.cut.end].lower().endswith("ing"):
        return False  # "the team is cutting": its own doing
    return (bound.cut.value.kind == "object" or bool(_LET_GO.match(sentence.text, bound.cut.start))) and bool(
        sentence.search(_PASSIVE_OBJECT, before(sentence, bound.cut.start, 80))
    )


def same_number(sentence: Sentence, bound: Bound) -> bool:
    """Is the verb's object "the same number", that of the people told before?"""
    verb = bound.cut.value.kind in ("object", "weak", "people")
    return verb and bool(_SAME_NUMBER.match(sentence.text[bound.cut.end : sentence.end]))


def sites(sentence: Sentence, bound: Bound) -> str | None:
    """The number of sites that shut, as written, where that is the cut's object."""
    found = _SITES.match(sentence.text, bound.cut.start, sentence.end) if bound.cut.value.kind == "object" else None
    return found["unit"] if found else None
