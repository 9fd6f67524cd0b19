"""How well the position of a name in its sentence fits an employer's: score 0..100 and the rule that gave it.

Subject of the verb, possessive ("Acme's layoffs"), compound ("Acme layoffs"), "at Acme" and brackets score high; each
clause between name and cut, and each character of the way, takes from it.
"""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.figures import Bound
from extract.listing import gapped, in_brackets
from extract.marks import Mark
from extract.sentences import Sentence, once
from extract.voices import embedded
from extract.windows import before
from extract.words import context, descriptors

#: Between a subject and its verb stand auxiliaries, verbs of saying and planning, adverbs, times.
_SUBJECT = re.compile(rf"(?i)^[\s,]*(?:(?:{context('position.lead')}|\d+)[\s,:]+){{0,14}}[\s,\"“'‘]*$")
#: An apposition behind a name, in brackets, commas or dashes, up to the verb.
_APPOSED = re.compile(
    r"^\s*(?:\([^)]{1,60}\)\s*)?"
    r"(?:,\s(?:which|whose|the (?:owner|parent|maker|company behind))\b[^;\n]{2,200}?,"
    rf"(?=\s{context('position.verb')}\b)"
    r"|,\s?[^,;—–\n]{2,110}(?:,\s(?:and|or)\s[^,;]{2,60})?[,—–]"
    r"|[—–]\s?[^,;—–\n]{2,110}(?:,\s(?:and|or)\s[^,;]{2,60})?[—–])\s*"
)
#: "Acme is the latest games studio to (lay off)" says no more than that it does.
_LATEST = re.compile(
    rf"(?i)^\s+(?:has\s+|have\s+)?{context('position.becomes')}\s+(?:the|among\s+the|one\s+of\s+the|another)\s+"
    rf"(?:[\w-]+\s+){{0,6}}?to\s"
)
#: What the shutting of a site comes to, and behind a name: the site is its ("the Acme plant will close, | costing").
_COMES_TO = re.compile(r"(?i)(?:leaving|costing|putting|throwing|with the loss of|at (?:a|the) cost of)\b")
_SITE = re.compile(rf"(?:[’']s)?\s+(?:[\w-]+\s+){{0,2}}?{context('unlisted.site')}\b")
#: Opens a sentence, before a name: those who work there ("Workers at (Acme) were told 40 of them would go").
_STAFF_AT = re.compile(
    rf"(?i)\W*(?:(?:{context('position.how_many')}|[\d,]+)\s+){{0,3}}"
    rf"(?:[\w-]+\s+){{0,2}}?(?:{context('position.people')}|{context('position.bosses')})\s+(?:at|of)\s+(?:the\s+)?"
)
#: A place behind a name: "Ketterman in Holland (has)".
_IN_PLACE = re.compile(r"^\s+(?:in|near|from)\s+[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?(?:,\s[A-Z][\w.]+,?)?(?=\s)")
#: "it's", "they'll".
_PRONOUNS = ("it", "they", "we")
_SHORT_VERB = re.compile(r"^[’'](?:s|re|ll|d|ve)\b")
#: Right behind a cut, a name whose bearer makes it known: "7,000 layoffs | Acme | CEO Jo Roe announced".
_THAT_IT = re.compile(r"\s+(?:that\s+)?")
_MADE_KNOWN = re.compile(
    r"(?:\s+(?:CEO|boss|chief(?:\s+executive)?|president|founder))?(?:\s+[A-Z][\w’'-]+){0,3}"
    r"(?:\s+(?:has|had|first|just|already|recently))*"
    r"\s+(?:announced|unveiled|revealed|disclosed|ordered|carried\s+out|made|began|started|plans|planned|is\s+planning)\b"
)
#: From the end of the verb to whom people leave: "100 people have to leave | Acme", "on their way out of | Acme".
_LEAVES = re.compile(r"(?i).*\b(?:leave|leaving|left|way out of|way out)\s+(?:of\s+)?(?:the\s+)?")
#: From cuts to whom they hit: "Layoffs | hit | Acme".
_HIT = re.compile(
    r"(?i)\s+(?:(?:have|has|also|now|will|to|could|finally)\s+)*"
    r"(?:hit|hits|reach|reaches|reached|strike|strikes|struck|rock|rocks|rocked|roil|roils|come\s+to|comes\s+to|came\s+to|spread\s+to)"
    r"\s+(?:the\s+)?"
)
#: Behind a name: those of its staff who tell it.
_GUILD_SAYS = re.compile(r"(?i)\s+(?:staff\s+|workers[’']?\s+)?(?:guild|union)\s+(?:says|said|reports|estimates)\b")
#: Fewer who leave are managers who change jobs.
MANY = 10
_AT_NAME = re.compile(r"\s+at\s+(?:the\s+)?")
#: Opens a sentence: "At Acme (300 jobs will go)".
#: In a headline, from its subject to the second verb: "Acme logs a profit, reveals (job cuts)".
_SECOND = re.compile(rf"(?i)^\s+[^,;:]{{3,80}},\s+(?:and\s+)?(?:(?:{context('position.lead')})\s+){{0,6}}$")
_OPENS_AT = re.compile(r"\W*(?:Over\s+at|At)\s+(?:the\s+)?")
#: Opens a sentence: "The board of Acme (settled on 300 departures)".
_HEADS_OF = re.compile(
    r"(?i)\W*(?:the\s+)?(?:new\s+)?(?:boards?|directors|management|managers|bosses|boss|leadership|leaders|executives"
    r"|owners?|founders?|chief(?:\s+executive)?|CEO|head)\s+(?:of|at)\s+(?:the\s+)?"
)
#: Another clause begins.
_BREAK = Expression(rf"(?i);|\b{context('position.break')}\b|(?<!(?-i:[A-Z])[a-z]{{2}})\.\s")
#: From the cut to a name behind it: "(layoffs) at its rival", "(500 jobs will go) across the".
_AT = re.compile(
    rf"(?i)^[^;:]{{0,70}}?\b{context('position.at')}\s+"
    r"(?:(?:the|its|their|an?|both)\s+)?(?:[\w’'.&-]+\s+){0,4}[\"“]?$"
)
#: "(layoffs across) teams that include": what is named behind is a part, an example.
_INCLUDES = Expression(r"(?i)\b(?:includ(?:e|es|ing)|such as|like)\b")
#: "(job cuts) sound like the start of a": what is "of" a name behind a verb is no cut.
_OF_OTHER = re.compile(rf"(?i)^.*\b{context('position.finite')}\b.*\bof\s+(?:(?:the|its|an?)\s+)?(?:[\w-]+\s+){{0,2}}$")
_POSSESSIVE = re.compile(r"^[’']s?\s+(?:[\w“”\"’'%,.&-]+\s+){0,7}[\"“]?$")
#: Of the name and the cut's noun one compound: "Acme job cuts".
_COMPOUND = re.compile(rf"(?i)[\s’'s-]*(?:(?!{context('position.not_compound')}\b)[\w-]+\s+){{0,2}}")
#: Before and behind a name: whose plan it is of which the cut is told ("cuts at (Acme) that will see 130 jobs go").
_PLAN_AT = Expression(rf"(?i)\b{context('position.plan')}\s+(?:at|by|of)\s+(?:the\s+)?$")
_THAT_SEES = re.compile(
    rf"(?i)\s+(?:that|which)\s+(?:(?:will|would|could|is|are|to|has|have)\s+)*{context('position.sees')}\b"
)
#: In an owner's gap: what is told of somebody ("Acme's founder is just one of | 40 layoffs").
_IS = Expression(r"\b(?:is|was|are|were)\s+(?:just\s+|only\s+)?(?:one|among|part)\b")
#: A verb among the phrases of hiring freezes: "stopped hiring", not "a freeze on hiring".
_VERB = re.compile(r"(?i)(?:freez|froz|paus|halt|stop|suspend|curb|avoid)\w*\s+(?!(?:on|in)\b)")
_OFFICE = re.compile(rf"(?i)^[’']s?\s+(?:[\w.-]+\s+){{0,4}}{context('position.office')}\b")
_EXECUTIVE = re.compile(rf"(?i)^\s+{context('position.executive')}\b")
_OPENING = re.compile(rf"(?i)^{context('position.opening')}\s")
_SAYS = re.compile(
    r"(?i)\s+(?:(?:ceo|boss|chief)\s|(?:confirms|says|said|announces|tells|blames)\b"
    r"(?!(?:\s+(?:on\s+)?\w+day)?\s+(?:that|it|about|some|its)\s))"
)
#: Between a noun and the name of those who cut: "the retrenchment of 30 people by a construction company, (Acme)".
_BY_A_FIRM = re.compile(rf"(?i)[^;:,]{{0,60}}?\bby\s+(?:an?|the)\s+(?:[\w-]+\s+){{0,4}}{descriptors()},\s+")
#: Between what is said of a cut and the name of those who say it: "“We will cut 70 jobs,” (Acme CEO Jo Roe wrote)".
_QUOTE_ENDS = re.compile(r"[^;.]{0,40},[\"”’']\s*(?:(?:said|says|wrote|added|explained)\s+)?")
_OFFICER_SAYS = re.compile(rf"(?i)(?:[’']s)?\s+(?:[\w-]+\s+){{0,3}}?{context('position.office')}")
#: Between a cut and the name of those who shut or cut: "(40 people lost their jobs) on Tuesday when (Acme shut its)".
_WHEN = re.compile(r"(?i)[^;.]{0,40}?\s(?:when|as|after|because)\s+(?:the\s+)?(?:[a-z-]+\s+){0,3}")
_SHUT = re.compile(rf"(?i)\s+(?:[\w’'-]+\s+){{0,2}}?{context('position.when_it')}\b")
#: Around a name among the statement's own words: it owns the jobs, or they are "at" it.
_OWNS_JOBS = re.compile(r"(?i)[’']s?\s|\s+(?:jobs|employees|staff|workers|layoffs|job cuts)\b")
_AT_BEFORE = Expression(
    rf"(?i)\b(?:(?:at|by|from|across)\s+(?:the\s+)?(?:[\w’'-]+\s+){{0,3}}|{context('position.people')}\s+(?:of|with)\s+(?:the\s+)?)$"
)

#: From a name to a verb whose object it is: "Jane Roe was (laid off)". Nobody lays off a company.
_PASSIVE = re.compile(rf"(?i)^\s+(?:(?:has|have|had|will|to)\s+)?(?:{context('position.passive')}\s+)+(?:\w+ly\s+)?$")
_ACTIVE = re.compile(r"(?i)\w+ing\b")

Position = tuple[float, str]


@once
def position(sentence: Sentence, bound: Bound, start: int, end: int) -> Position:
    """Score and rule for the name or reference at `start` to `end`, seen from the statement."""
    return (
        _at_figure(sentence, bound, start, end)
        or _inside(sentence, bound, start, end)
        or _ahead(sentence, bound, start, end)
        or _after(sentence, bound, start, end)
    )


def undergoes(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is the name what the verb is done to ("Roe was fired from her job"), and so no employer here?"""
    if bound.cut.value.kind not in ("people", "weak", "object", "furlough") or mark.end > bound.cut.start:
        return False
    if _ACTIVE.match(sentence.text, bound.cut.start) or sentence.search(_AT_BEFORE, before(sentence, mark.start, 40)):
        return False
    return bool(_PASSIVE.match(sentence.text[mark.end : bound.cut.start]))


def _at_figure(sentence: Sentence, bound: Bound, start: int, end: int) -> Position | None:
    """Right behind its figure ("300 at Acme"), or before it in a list: "Acme (400)", "Acme 400", "…; Acme, 400"."""
    figure = bound.headcount or bound.share
    if figure is None:
        return None
    if _AT_NAME.fullmatch(sentence.text, figure.end, start):
        return 94, "employer.at"
    gap = sentence.text[end : figure.start]
    own = Mark("company", start, end, None, "")
    if in_brackets(sentence, own, figure) or (gap == " " and getattr(figure.value, "role", "") == "bare"):
        return 98, "employer.brackets"
    if bound.cut.end <= start and gapped(sentence, own, figure):
        return 98, "employer.gapped"
    semicolon = sentence.text.rfind(";", sentence.start, figure.start)
    if semicolon > bound.cut.end:
        return (90, "employer.gapped") if semicolon < start and end <= figure.start else (20, "employer.other")
    return None


def _inside(sentence: Sentence, bound: Bound, start: int, end: int) -> Position | None:
    """A name among the statement's own words: "10,000 Nokia jobs", "500 jobs will be cut at Acme, 5 % of …"."""
    if start < bound.start or bound.end < end:
        return None
    head = bound.headcount or bound.share
    if head and head.start <= start and end <= head.end:
        return 90, "employer.inside"
    if _OWNS_JOBS.match(sentence.text[end : end + 30]) or sentence.search(_AT_BEFORE, before(sentence, start, 40)):
        return 86, "employer.at"
    gap = sentence.text[end : bound.cut.start] if end <= bound.cut.start else ""
    return (84, "employer.subject") if gap and _SUBJECT.match(gap) else (70, "employer.inside")


def _ahead(sentence: Sentence, bound: Bound, start: int, end: int) -> Position | None:
    """A name before the statement: owner of the noun, executive, or subject."""
    if end > bound.start:
        return None
    gap = _gap(sentence, bound, start, end)
    noun = bound.cut.value.kind in ("noun", "weaknoun", "freeze", "buyout", "attrition")
    noun = noun and not _VERB.match(sentence.text, bound.cut.start)
    if (
        gap[:1] in ("’", "'")
        and re.match(r"^[’']s?\s", gap)
        and _POSSESSIVE.match(gap)
        and not (sentence.search(_BREAK, gap) or sentence.search(_IS, gap))
    ):
        return 93 - 0.3 * len(gap), "employer.possessive"
    if noun and _COMPOUND.fullmatch(gap):
        return 90 - 0.3 * len(gap), "employer.compound"
    if opened := _by_what_opens(sentence, start, gap):
        return opened
    trimmed = _APPOSED.sub("", gap, count=1)
    extra = 6 if trimmed != gap else 0
    trimmed = _IN_PLACE.sub("", trimmed, count=1)
    trimmed = _LATEST.sub(" to ", trimmed, count=1)
    second = sentence.title and _SECOND.match(trimmed) and not _HIT.match(sentence.text, bound.cut.end)
    if second and not sentence.search(_BREAK, trimmed):
        return 86 - 0.05 * len(trimmed), "employer.subject"
    if ";" not in gap and (of_site := _by_site_or_staff(sentence, bound, start, end, gap)):
        return of_site
    if through := _through_people(sentence, trimmed):
        return through
    if noun and trimmed.rstrip().endswith(",") and _HIT.match(sentence.text, bound.cut.end):
        return 40, "employer.before"  # "Acme drops its glasses, layoffs | hit Zentrix": a clause of its own
    if _SUBJECT.match(trimmed):
        return 90 - extra - 0.15 * len(trimmed), "employer.subject"
    breaks = len(_BREAK.findall(trimmed))
    rule = "employer.before" if breaks else "employer.subject"
    return 72 - extra - 14 * breaks - 0.2 * len(trimmed), rule


def _by_what_opens(sentence: Sentence, start: int, gap: str) -> Position | None:
    """A name behind words that make it the one whose cut follows: "A plan at Acme that sees", "At Acme", "Heads of"."""
    if sentence.search(_PLAN_AT, before(sentence, start, 40)) and _THAT_SEES.match(gap):
        return 88 - 0.05 * len(gap), "employer.at"
    if _OPENS_AT.fullmatch(sentence.text, sentence.start, start) and not sentence.search(_BREAK, gap):
        return 86 - 0.1 * len(gap), "employer.at"
    if _HEADS_OF.fullmatch(sentence.text, sentence.start, start) and not sentence.search(_BREAK, gap):
        return 84 - 0.1 * len(gap), "employer.executive"
    return None


def _by_site_or_staff(sentence: Sentence, bound: Bound, start: int, end: int, gap: str) -> Position | None:
    """A name whose site shuts at the cost of jobs, or whose people open the sentence."""
    if _COMES_TO.match(sentence.text, bound.cut.start) and _SITE.match(sentence.text, end):
        return 80 - 0.05 * len(gap), "employer.at"
    if _STAFF_AT.fullmatch(sentence.text, sentence.start, start):
        return max(74.0, 87 - 0.15 * len(gap)), "employer.at"
    return None


def _gap(sentence: Sentence, bound: Bound, start: int, end: int) -> str:
    """The words from a name to the statement, without what is left of a verb behind a pronoun ("it's")."""
    gap = sentence.text[end : bound.start]
    return _SHORT_VERB.sub("", gap) if sentence.text[start:end].lower() in _PRONOUNS else gap


def _through_people(sentence: Sentence, gap: str) -> Position | None:
    """A name behind which its chief or (in a headline) its staff's union acts: "Acme's CEO", "Acme guild says"."""
    if sentence.title and _GUILD_SAYS.match(gap):
        return 86, "employer.subject"
    if _OFFICE.match(gap) and not sentence.search(_IS, gap):
        return 76 - 0.1 * len(gap), "employer.executive"
    return (80 - 0.08 * len(gap), "employer.executive") if _EXECUTIVE.match(gap) else None


def _behind_cuts(sentence: Sentence, gap: str, end: int) -> Position | None:
    """A name right behind a noun: "layoffs hit Acme", "layoffs Acme announced"."""
    if _HIT.fullmatch(gap):
        return 86, "employer.at"
    told = _THAT_IT.fullmatch(gap) and _MADE_KNOWN.match(sentence.text, end)
    return (92, "employer.subject") if told else None


def _leaves(sentence: Sentence, bound: Bound, start: int) -> bool:
    """Is the name what several people leave: "100 people have to leave Acme"?"""
    few = bound.headcount is not None and bound.headcount.value.amount.point < MANY
    leave = bound.cut.value.kind == "lose" and _LEAVES.fullmatch(sentence.text, bound.cut.end - 8, start)
    return bool(leave) and not few


def _after(sentence: Sentence, bound: Bound, start: int, end: int) -> Position:
    """A name behind the statement: "… as it cuts jobs, Acme says", "layoffs at Acme"."""
    gap = sentence.text[bound.end : start]
    if _OPENING.match(sentence.words) and re.fullmatch(r"[^,;]{0,60},\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}", gap):
        return 84, "employer.subject"
    noun = bound.cut.value.kind == "noun"
    if _leaves(sentence, bound, start):
        return 88, "employer.leaves"
    if noun and (hit := _behind_cuts(sentence, gap, end)):
        return hit
    between = (c for c in sentence.of("company") if bound.end <= c.start and c.end <= start)
    if any(not embedded(sentence, c) for c in between):
        return 40 - 0.1 * len(gap), "employer.after"
    if re.fullmatch(r"[^;.]{0,40}[,–—]\s*", gap) and _SAYS.match(sentence.text, end, sentence.end):
        return 84, "employer.says"
    if noun and _BY_A_FIRM.fullmatch(gap):
        return 86, "employer.at"
    if _QUOTE_ENDS.fullmatch(gap) and _OFFICER_SAYS.match(sentence.text, end, sentence.end):
        return 82, "employer.says"
    alone = not any(c.end <= bound.start for c in sentence.of("company"))
    if alone and _WHEN.fullmatch(gap) and _SHUT.match(sentence.text, end):
        return 80, "employer.subject"
    if _AT.match(gap) and not (sentence.search(_BREAK, gap) or sentence.search(_INCLUDES, gap) or _OF_OTHER.match(gap)):
        return 88 - 0.25 * len(gap), "employer.at"
    return 30 - 0.1 * len(gap), "employer.after"
