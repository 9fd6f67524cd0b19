"""What looks like a cut by an employer and is none: denied, one person's case, a sector's, a story, a thought."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from extract.companies import company_key, owners
from extract.expression import Expression
from extract.figures import Bound
from extract.marks import Mark
from extract.names import given_names
from extract.negation import denial, left_open, negated, nobody
from extract.sentences import Sentence, once
from extract.spoken_of import spoken_of
from extract.windows import before, behind
from extract.words import context

#: The subject is companies in general, an industry or the economy.
_GENERIC = Expression(
    rf"(?i)\b{context('false_cuts.employers')}\s+(?:{context('false_cuts.behind')}\b[^,;.]{{0,40}}?)?$"
)
_GENERIC_NEAR = Expression(rf"(?i)\b{context('false_cuts.near')}\s+(?:[\w’',-]+\s+){{0,4}}$")
#: "… puts it in line with many companies, from Acme to Beta, that have | laid off thousands".
_GENERIC_RELATIVE = Expression(
    rf"(?i)\b{context('false_cuts.employers')}\b[^.;]{{0,120}}\b(?:that|which|who)\s+(?:have\s+|had\s+)?(?:\w+\s+)?$"
)
#: A number of several employers together.
_AND_OTHERS = re.compile(
    rf"[^;.]*?\b{context('false_cuts.at')}\s+(?:[A-Z][\w’'&-]*(?:\s[A-Z][\w’'&-]*)*,?\s+){{1,6}}(?i:{context('false_cuts.and')}\s+)"
    rf"(?:{context('false_cuts.many')} )?other\s+(?:\w+\s+)?{context('false_cuts.employers')}\b"
)
#: Opens a sentence of several employers: "Two payments giants have".
_SEVERAL = re.compile(
    rf"(?i)\W*(?:the\s+)?(?:two|three|four|five|six|several|both)\s+(?:[\w-]+\s+){{0,3}}?{context('false_cuts.houses')}\b"
)
#: From the second of two subjects to the verb; "each" and "respectively" part them.
_TO_VERB = re.compile(
    r"(?i)\s+(?:(?:have|has|had|will|would|are|were|begin|began|start|started|plan|plans|planned|to|both)\s+)*"
)
#: From a number to the first of two names: "(900 people could be fired) from".
_AT_BOTH = re.compile(r"\s+(?:at|from|by)\s+(?:both\s+)?")
#: From a cut to the first of a row of names, and from one of them to the next.
_BY_EACH = re.compile(r"\s+(?:by|at|from)\s+(?:the likes of\s+|giants like\s+|companies like\s+)?")
_COMMA_AND = re.compile(r",?\s+(?:(?:and|or)\s+)?")
_TOGETHER = Expression(rf"(?i)\b{context('false_cuts.together')}\b[^;.]{{0,60}}$")
_GENERIC_AFTER = re.compile(
    rf"(?i)\s+(?:that |which )?(?:the )?{context('false_cuts.trade_before')}?\s*{context('false_cuts.at_large')}\b"
)
#: A total of many employers' cuts.
_TOTAL = Expression(
    rf"(?i)\b(?:{context('false_cuts.total')}|worldwide in \d{{4}}|at (?:as many as )?\d+ (?:listed |tech )?companies"
    rf"|in (?:the )?{context('false_cuts.trade')}\s+(?:industry|sector|economy))\b"
)
#: Whom a slump costs jobs: "cost the industry 20,000 jobs".
_COSTS_ALL = re.compile(
    rf"(?i)\w*(?:\s\w+)?\bcost(?:ing|s)?\s+(?:the|its|our|their|this)\s+(?:[\w-]+\s+)?{context('false_cuts.all_of_them')}\b"
)
#: Where many employers cut; one whose name opens the sentence may have branches there.
_EVERYWHERE = Expression(rf"(?i)\b(?:nationwide|across (?:the )?{context('false_cuts.everywhere')})\b")
#: Talk about cuts in the mind: advice, hypotheticals, fears, forecasts.
_MIND = Expression(
    rf"(?i)\b(?:{context('false_cuts.mind')}|if {context('false_cuts.if')}\b"
    r"|(?:avoid(?:s|ed|ing)?|instead of|rather than|without) (?:\w+\s+){0,3}$|no more$"
    r"|urge[sd]? .{0,40}(?:not to|to avoid)"
    rf"|{context('false_cuts.urges')} [^.;]{{2,60}} to\s+(?:\w+ly\s+)?$|should (?:\w+\s+)?$"
    r"|(?:you|you[’']ve|you[’']re) (?:\w+\s+){0,3}$"
    rf"|(?:predict|forecast)(?:s|ed|ing)?\s+(?:in \d{{4}} )?(?:{context('false_cuts.predict')}|\d))"
)
#: Between those counted and the cut: "1,200 members fear for | their jobs", "300 clerks worry that they will".
_FEARED = Expression(r"(?i)\b(?:fear|fears|feared|fearing|worry|worries|worried|afraid|anxious)\b")
_PERSONAL = Expression(
    rf"(?i)\b{context('false_cuts.person')}\s+(?:\w+\s+){{0,2}}{context('false_cuts.was')}\s+(?:\w+\s+){{0,2}}$"
)
#: "her shock redundancy": one person's.
_OWN = Expression(r"(?i)\b(?:his|her|my)\s+(?:\w+\s+){0,2}$")
#: Around the end of a job: "her employment had | ended", "terminated | her contract".
_OWN_JOB = Expression(
    rf"(?i)\b(?:his|her)\s+(?:[\w-]+\s+)?{context('false_cuts.own_job')}\s+"
    r"(?:(?:is|was|were|been|being|be|has|had|will|would|to)\s+)*$"
)
_ENDS_OWN_JOB = re.compile(rf"(?i)\s+(?:his|her)\s+(?:[\w-]+\s+)?{context('false_cuts.own_job')}\b")
#: "Tom Ashby was made redundant": one person by name, asked of given names.
_NAMED_GOES = re.compile(
    r"\b([A-Z][a-zé]+)\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+,?\s+(?:(?:was|is|has|had|been|being|got|who|then|later|also|himself"
    r"|herself|recently)\s+){1,3}(?:laid off|let go|fired|sacked|axed|ousted|dismissed|shown the door|made redundant)\b"
)
#: "the boss of Acme being | laid off": one person by office, or by "he’d been".
_OFFICE_GOES = Expression(
    rf"(?i)\b(?:{context('false_cuts.office')}(?:\s+of\s+(?-i:[A-Z])[\w’' -]{{2,30}}?)?|s?he)"
    r"(?:[’']d|[’']s)?\s+(?:(?:is|was|being|been|has|had|gets|got)\s+)*$"
)
#: Behind "let go": "of her role", "from his job".
_HER_ROLE = re.compile(r"(?i)\s+(?:(?:of|from)\s+)?(?:his|her)\s")
#: "a manager facing | redundancy".
_OFFICE_FACES = Expression(
    rf"(?i)\b{context('false_cuts.office')}\s+(?:who\s+)?(?:(?:is|was)\s+)?(?:facing|faces|faced)\s+$"
)
_GOES = re.compile(r"(?i)(?:laid off|let go|fired|sacked|axed|ousted|dismissed|shown the door)\b")
_CLOSES = re.compile(r"(?i)\s*(?:$|[,.;:!?&|”\"’]|(?:by|from|at|of|after|as|in|on|over|for|amid|and|when|without)\b)")
_SINGULAR = re.compile(r"(?i)(?:redundancy|lay-?off|retrenchment|dismissal)")
_BY_MACHINE = re.compile(rf"(?i)\s+by\s+(?:an?\s+)?{context('false_cuts.machine')}\b")
_MAY = Expression(r"(?i)\b(?:could|may|might|would|will|can)\b[^.;]{0,40}$")
#: "AI could replace 7,800 jobs": what a machine could do is a forecast.
_FORECAST = Expression(
    rf"(?i)\b{context('false_cuts.forecast')}\b(?!\s+(?:it|they|he|she|we)\b)[^.;]{{0,25}}"
    rf"\b(?:could|may|might|can|would|will eventually)\s+(?:\w+\s+)?{context('false_cuts.ends')}$"
)
#: Before a cut: what the employer's own step comes to ("is to shut its mill, a move that would | cost 60 workers").
_MOVE = Expression(
    rf"(?i)[,–—]\s+(?:an?|the)\s+(?:\w+\s+)?{context('false_cuts.move')}\s+(?:that|which)\s+(?:\w+\s+){{0,3}}$"
)
#: What outsiders think that an employer could do.
_MIGHT = Expression(r"(?i)\b(?:could|may|might|should|would)\s+(?:\w+\s+){0,2}$")
_ANALYSTS = Expression(
    rf"(?i)\b{context('false_cuts.outsider')}\b(?:\s+(?:at|of|from|with)\s+[^,;.]{{2,40}}?)?\s+{context('false_cuts.thinks')}\b"
    rf"|\baccording to (?:an?\s+|the\s+)?(?:[\w-]+\s+)?{context('false_cuts.outsider')}\b"
)
#: What outsiders expect of no named employer: "some analysts expect 30,000 more people to lose their posts".
_EXPECT = Expression(
    rf"(?i)\b{context('false_cuts.outsider')}\s+(?:\w+\s+)?(?:expect|predict|foresee|anticipate|forecast|fear|reckon)s?\b"
)
#: "Their association warned of the loss of | thousands of jobs".
_WARNS = Expression(
    rf"(?i)\b{context('false_cuts.association')}\s+(?:(?:has|have|had|also|again)\s+)*"
    r"(?:warn|fear|estimat|predict|reckon|expect)\w*\b[^.;]*$"
)
#: A share of a kind of job the world over: "half of entry-level jobs may vanish".
_OF_THE_WORLD = Expression(
    r"(?i)\b(?:half|most|many|a third|a quarter|per ?cent|%) of (?:all )?(?:entry-level|white-collar|office|clerical)"
    r"(?:[ ,]+[\w-]+){0,2} (?:jobs|workers|roles|positions|work)\b[^.;]{0,40}\b(?:may|might|could|will|would|can)\b"
)
#: Fiction, and a letter-writer's own case.
_STORY = Expression(rf"(?i)\b{context('false_cuts.story')}\b")
_FIRST_PERSON = Expression(
    r"(?:^|[^\w“\"])I(?: (?:was|have been|got|had been|am)|[’'](?:ve|d) been)\b"
    rf"|\b[Mm]y (?:(?:old|former|last|previous|then|own)\s)?{context('false_cuts.workplace')}\b(?![^.]*[”\"])"
)
#: People are told so who were not meant.
_IN_ERROR = Expression(
    r"(?i)\b(?:told|informed|notified|e-?mailed|texted|sent)\b[^.;]{0,70}"
    r"\b(?:by mistake|by accident|in error|mistakenly|erroneously|accidentally)\b"
)
#: "Tech layoffs", "mass layoffs in tech": a sector's cuts, not an employer's.
_SECTOR = Expression(rf"(?i)\b{context('false_cuts.sector')}\s+(?:industry\s+|mass\s+)?$")
#: "rate increases will lead to | job losses": what a policy or a slump does, not an employer.
_LEADS_TO = Expression(
    rf"(?i)\b{context('false_cuts.policy')}\b[^.;,]{{0,40}}?\b{context('false_cuts.leads')}\s+(?:[\w-]+\s+){{0,2}}$"
)
#: From cuts as a subject to their verb.
_HAVE = re.compile(r"\s+(?:(?:has|have|had|already|now)\s+)*")
#: The verb's object is one person, by office or by name.
_PERSON = re.compile(
    r"\s+(?:(?:its|the|an?|his|her|their|one of its)\s+)?"
    rf"(?:(?:[\w-]+\s+){{0,3}}?(?i:{context('false_cuts.office')})\b"
    r"|(?P<first>[A-Z][a-z]+)\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+)"
)
#: What a law or a dictionary says of layoffs in general.
_DEFINES = Expression(
    r"(?i)\ban?\s+(?:mass\s+|plant\s+)?(?:lay-?off|redundancy|furlough|reduction in force|retrenchment)\s+"
    r"(?:is\s+(?:one|when|any|defined|a)\b|means|occurs|refers)|\b(?:law|act|statute|rules?|regulations?|WARN),?\s"
    r"[^.;]{0,60}\b(?:requires?|obliges?)\s+(?:\w+\s+){0,3}(?:employers|companies|businesses|firms)\b"
)
#: A cut as the subject of another verb.
_GERUND = re.compile(r"(?i)\w+ing(?:\s\w+)?")
_OPENS = Expression(r"(?i)(?:^|[,;:.]\s+|\b(?:and|but|that|because)\s+)\W*$")
_FINITE = re.compile(rf"\s+(?:\w+ly\s+)?{context('false_cuts.finite')}\b")
#: Verbs of dismissing; fewer than FEW people dismissed are no round of cuts.
_DISMISSES = re.compile(rf"(?i){context('false_cuts.few')}")
FEW = 5
#: As many dismissed against the law, as it is said, are a dispute over them and no round.
IN_DISPUTE = 20
_UNLAWFUL = re.compile(
    r"(?i)\b(?:(?:illegally|unlawfully|wrongfully|unfairly)\s+(?:fired|sacked|dismissed|terminated|laid off)"
    r"|in retaliation|alleg(?:es|ed|ing)\s+that|unioni[sz]\w+|whistle-?blow\w+)\b"
)
_LOSES = re.compile(r"(?i)los(?:e|t|ing)")
_POSTS = ("job", "role", "position", "post", "vacanc")


@once
def rejected(sentence: Sentence, bound: Bound) -> str | None:
    """The rule by which the words are no statement of a cut by one employer, None if they may be one."""
    if nobody(sentence, bound):
        return "cut.negated"
    if negated(sentence, bound):
        return None if denial(sentence, bound) else "cut.negated"
    return next((rule for rule, holds in _RULES if holds(sentence, bound)), None)


#: Before a verb: its subject is one of several employers ("One of the county's oldest employers is").
_ONE_OF = re.compile(r"(?i)\bone of (?:the|its|[\w’'-]+[’']s)\s+(?:[\w’'-]+\s+){1,8}$")


@once
def generic(sentence: Sentence, bound: Bound, opens: bool = False) -> bool:
    """Is the subject an industry, "companies", the economy? `opens`: does the employer's name open the sentence?"""
    if _GENERIC_AFTER.match(behind(sentence, bound.end, 40)):
        return True
    subject = before(sentence, bound.cut.start, 90)
    around = before(sentence, bound.start, 50) + behind(sentence, bound.start, bound.end - bound.start + 90)
    if sentence.search(_GENERIC_RELATIVE, before(sentence, bound.cut.start, 220)):
        return True
    found, one_of = sentence.search(_GENERIC, subject), _ONE_OF.search(subject)
    return bool(
        (found and not one_of)
        or (sentence.search(_GENERIC_NEAR, subject[-70:]) and not one_of)
        or sentence.search(_TOTAL, around)
        or (not opens and sentence.search(_EVERYWHERE, around))
    )


@once
def in_a_row(sentence: Sentence, bound: Bound) -> bool:
    """Are three or more told in passing, without a figure: "those laid off by Acme, Beta or Gamma"?"""
    if bound.figures or sentence.title:
        return False
    names = [mark for mark in sentence.of("company") if mark.start >= bound.end][:3]
    if len(names) < 3 or not _BY_EACH.fullmatch(sentence.text, bound.end, names[0].start):
        return False
    return all(_COMMA_AND.fullmatch(sentence.text, a.end, b.start) for a, b in pairwise(names))


@once
def of_several(sentence: Sentence, bound: Bound) -> bool:
    """Is the number one of several employers together: "at Acme, Beta and other giants", "a combined 3,000"?"""
    if bound.headcount is None:
        return False
    if _AND_OTHERS.match(behind(sentence, bound.start, bound.end - bound.start + 160)):
        return True
    ahead = [mark for mark in sentence.of("company") if mark.end <= bound.headcount.start]
    if _SEVERAL.match(sentence.words) and not any(mark.end <= bound.start for mark in ahead):
        return True
    names = {company_key(mark.value.name) for mark in ahead}
    houses = {name for name in names if not names & set(owners(name))}
    return len(houses) > 1 and bool(
        _joint(sentence, bound, ahead)
        or sentence.search(_TOGETHER, sentence.text[sentence.start : bound.headcount.start])
    )


@once
def shared(sentence: Sentence, bound: Bound, mark: Mark | None) -> tuple[Mark, ...]:
    """The two names that share the number, which therefore is neither's, where one of them is `mark`: "Acme and Beta
    lay off hundreds", "900 people could be fired from Acme and Beta"."""
    if bound.headcount is None or mark is None or "each" in sentence.words or "respectively" in sentence.words:
        return ()
    ahead = [m for m in sentence.of("company") if m.end <= bound.headcount.start]
    if mark in ahead:
        return tuple(ahead[-2:]) if mark in ahead[-2:] and _apart(ahead[-2:]) and _joint(sentence, bound, ahead) else ()
    behind_it = [m for m in sentence.of("company") if m.start >= bound.end][:2]
    if ahead or mark not in behind_it or not _apart(behind_it):
        return ()
    at = _AT_BOTH.fullmatch(sentence.text, bound.end, behind_it[0].start)
    return tuple(behind_it) if at and sentence.text[behind_it[0].end : behind_it[1].start] == " and " else ()


def _apart(marks: list[Mark]) -> bool:
    """Are they two houses, neither the other's owner?"""
    names = {company_key(mark.value.name) for mark in marks}
    return len({name for name in names if not names & set(owners(name))}) == 2


def _joint(sentence: Sentence, bound: Bound, ahead: list[Mark]) -> bool:
    """Are the last two names one subject of the verb: "Acme and Beta begin cutting thousands", not "each"?"""
    if (
        len(ahead) < 2
        or "respectively" in sentence.words
        or ahead[-1].end > bound.cut.start
        or bound.cut.value.kind in ("noun", "weaknoun")
    ):
        return False
    joined = sentence.text[ahead[-2].end : ahead[-1].start] in (" and ", " & ")
    return joined and bool(_TO_VERB.fullmatch(sentence.text, ahead[-1].end, bound.cut.start))


def _personal(sentence: Sentence, bound: Bound) -> bool:
    lead = before(sentence, bound.cut.start, 40)
    if sentence.search(_OWN_JOB, lead) or _ENDS_OWN_JOB.match(sentence.text, bound.cut.end):
        return True
    if bound.figures:
        return False
    if any(match[1].lower() in given_names() for match in _NAMED_GOES.finditer(sentence.words)):
        return True
    goes = _GOES.match(sentence.text, bound.cut.start)
    if goes and _CLOSES.match(sentence.text, bound.cut.end) and sentence.search(_OFFICE_GOES, lead):
        return True
    if sentence.search(_OFFICE_FACES, lead) and _SINGULAR.fullmatch(sentence.text, bound.cut.start, bound.cut.end):
        return True
    if goes and _HER_ROLE.match(sentence.text, bound.cut.end):
        return True
    own = sentence.search(_OWN, lead) and _SINGULAR.fullmatch(sentence.text, bound.cut.start, bound.cut.end)
    return bool(own or sentence.search(_PERSONAL, lead))


def _one_person(sentence: Sentence, bound: Bound) -> bool:
    if bound.cut.value.kind not in ("people", "weak") or bound.figures:
        return False
    match = _PERSON.match(sentence.text[bound.cut.end : bound.cut.end + 60])
    return match is not None and (match["first"] is None or match["first"].lower() in given_names())


def _of_sector(sentence: Sentence, bound: Bound) -> bool:
    if (
        _of_sector_subject(sentence, bound)
        or _COSTS_ALL.match(sentence.text, bound.cut.start)
        or _policys(sentence, bound)
    ):
        return True
    sector = sentence.search(_SECTOR, sentence.text, sentence.start, bound.cut.start)
    if bound.figures or sector is None:
        return False
    return not any(mark.end > sector.start() and mark.start < sector.end() for mark in sentence.of("company"))


def _policys(sentence: Sentence, bound: Bound) -> bool:
    """Are they the job losses to which a policy or a slump leads, at no employer that is named behind?"""
    if bound.figures or bound.cut.value.kind not in ("noun", "weaknoun"):
        return False
    leads = sentence.search(_LEADS_TO, before(sentence, bound.cut.start, 110))
    return leads is not None and not any(bound.end <= mark.start <= bound.end + 40 for mark in sentence.of("company"))


def _of_sector_subject(sentence: Sentence, bound: Bound) -> bool:
    """Is the verb's subject a sector's cuts: "Wall Street job cuts have | hit 15,000"?"""
    if bound.cut.value.kind != "lose":
        return False
    nouns = (m for m in sentence.of("cut") if m.value.kind == "noun" and m.end <= bound.cut.start)
    return any(
        _HAVE.fullmatch(sentence.text, m.end, bound.cut.start)
        and sentence.search(_SECTOR, sentence.text, sentence.start, m.start)
        for m in nouns
    )


def _few(sentence: Sentence, bound: Bound) -> bool:
    if bound.headcount is None:
        return False
    if bound.headcount.value.amount.point >= (IN_DISPUTE if _UNLAWFUL.search(sentence.words) else FEW):
        return False
    if bound.cut.value.kind == "people":
        return sentence.text[bound.headcount.end : bound.cut.start] == " "  # "founded by two chefs | made redundant"
    if bound.cut.value.kind == "object" and _LOSES.match(sentence.text, bound.cut.start):
        return not (bound.headcount.value.noun or "").startswith(_POSTS)  # "lost two managers", who left
    return bound.cut.value.kind == "weak" and bool(_DISMISSES.match(sentence.text, bound.cut.start))


def _story(sentence: Sentence, bound: Bound) -> bool:
    if sentence.search(_STORY) or sentence.search(_IN_ERROR):
        return True
    return bool(sentence.search(_FIRST_PERSON, before(sentence, bound.start, 80)))


def _forecast(sentence: Sentence, bound: Bound) -> bool:
    if sentence.search(_FORECAST, sentence.text[sentence.start : bound.cut.end]) or sentence.search(
        _OF_THE_WORLD, sentence.words
    ):
        return not sentence.search(_MOVE, before(sentence, bound.cut.start, 60))
    if sentence.search(_MIGHT, before(sentence, bound.cut.start, 40)) and sentence.search(_ANALYSTS):
        return True
    if sentence.search(_EXPECT, before(sentence, bound.start, 60)) and not sentence.of("company"):
        return True
    if warns := sentence.search(_WARNS, sentence.text, sentence.start, bound.start):
        return not any(mark.end <= bound.start and mark.start > warns.start() for mark in sentence.of("company"))
    by_machine = _BY_MACHINE.match(sentence.text[bound.cut.end : bound.cut.end + 40])
    return bool(by_machine and sentence.search(_MAY, sentence.text[sentence.start : bound.cut.start]))


def _hypothetical(sentence: Sentence, bound: Bound) -> bool:
    lead = before(sentence, bound.start, 90)
    if bound.start < bound.cut.start and sentence.search(_FEARED, sentence.text, bound.start, bound.cut.start):
        return True
    return bool(sentence.search(_MIND, lead)) and not left_open(lead)


def _defined(sentence: Sentence, bound: Bound) -> bool:
    return bool(sentence.search(_DEFINES)) and not any(m.value.form == "listed" for m in sentence.of("company"))


def _thought(sentence: Sentence, bound: Bound) -> bool:
    """Is the cut the subject of a thought: "firing a thousand people begins to sound like progress"?"""
    if not _GERUND.fullmatch(sentence.text, bound.cut.start, bound.cut.end) or bound.headcount is None:
        return False
    opens = sentence.search(_OPENS, sentence.text[sentence.start : bound.cut.start])
    return bool(opens and _FINITE.match(sentence.text, bound.headcount.end))


def _question(sentence: Sentence, bound: Bound) -> bool:
    return not bound.figures and sentence.words.rstrip().endswith("?")


#: Rule and when it holds, in the order in which they are asked (extract/rejections.py says what each means).
_RULES: tuple[tuple[str, Callable[[Sentence, Bound], bool]], ...] = (
    ("cut.personal", _personal),
    ("cut.person", _one_person),
    ("cut.sector", _of_sector),
    ("cut.few", _few),
    ("cut.story", _story),
    ("cut.spoken", spoken_of),
    ("cut.forecast", _forecast),
    ("cut.hypothetical", _hypothetical),
    ("cut.hypothetical", _thought),
    ("cut.hypothetical", _defined),
    ("cut.question", _question),
)
