"""How a cut is told: by whom, as fact or plan, as news or background; and what is no cut at all.

The words are rows of data/vocabulary/status.csv; the order of the questions is GUIDE'd: denial, reversal, weighing,
sources, plans, and else the employer's or flat announcement.
"""

from __future__ import annotations

import re
from functools import cache

from extract import vocabulary, words
from extract.companies import fold
from extract.components.company import given_names, voices
from extract.figures import Bound
from extract.sentences import Sentence

#: Talk about cuts in general or in the mind: advice, hypotheticals, forecasts, an industry's totals.
_GENERIC = re.compile(
    r"(?i)\b(?:tech|technology|many|most|some|several|other|big|large|small|u\.?s\.?|american|major|these|those|such|local|global|listed|multiple|more|\d+|companies,|of)?\s*"
    r"(?:companies|firms|employers|businesses|corporations|startups|start-ups|bosses|banks|giants|sectors?|industr(?:y|ies)|econom(?:y|ies)|companies like|countries|shareholders|economists)\s+"
    r"(?:(?:such as|like|in|across|that|who|which|around|of|from|may|will|would|could|have|has|had|are|were|is|to|also|now|including|based|continue)\b[^,;.]{0,40}?)?$"
)
_TOTAL = re.compile(
    r"(?i)\b(?:industry-wide|industrywide|across (?:the )?(?:u\.?s\.?|us|tech|technology|industry|sector|economy|country|world)|worldwide in \d{4}|in (?:the )?(?:tech|technology|gaming|games|video game|media|auto|u\.?s\.?)\s+(?:industry|sector|economy)"
    r"|(?:wall street|u\.?s\.?|american|federal|bank|banking|media|tech) jobs|tech (?:industry|sector|workers|employees|jobs)|layoffs\.fyi|trueup|challenger,? gray|job openings|unemployment|jobless claims|bureau of labor|of all layoffs|at (?:as many as )?\d+ (?:listed |tech )?companies|nationwide)\b"
)
_MIND = re.compile(
    r"(?i)\b(?:say you|if (?:you|your|i|he|she|we|a|an|the)\b|imagine|suppose|hypothetical|would you|how to|what to do|should you|fear(?:s|ed)? (?:of|that|for|they|he|she)|afraid|avoid(?:s|ed|ing)? (?:\w+\s+){0,3}$|avert\w*|prevent\w*|instead of (?:\w+\s+){0,3}$|rather than (?:\w+\s+){0,3}$|without (?:\w+\s+){0,3}$|no more$|rule[sd]? out|urge[sd]? .{0,40}(?:not to|to avoid)|(?:predict|forecast)(?:s|ed|ing)?\s+(?:that|a|the|more|mass|further|hundreds|thousands|\d)|estimates? that)"
)
_NO = re.compile(r"(?i)\b(?:no|not|never|neither|nor|zero|without|isn['’]t|aren['’]t|won['’]t|wasn['’]t|weren['’]t|didn['’]t|doesn['’]t|hasn['’]t|haven['’]t|hadn['’]t|yet to|refus\w+ to|stop(?:ped|s)? short of|avoid(?:s|ed|ing)?|halt(?:s|ed|ing)?)\s+(?:\w+\s+){0,3}$")
_PERSONAL = re.compile(r"(?i)\b(?:i|he|she|who|you|his|her|my)\s+(?:\w+\s+){0,2}(?:was|were|got|had been|has been|have been|am|being|been|be)\s+(?:\w+\s+){0,2}$")
_FUTURE = re.compile(r"(?i)\b(?:will|would|to|shall|going to|set to|plans?|planned|about to|due to|expects?|expected|won['’]t)\s+(?:\w+\s+){0,3}$")


_BY_MACHINE = re.compile(r"(?i)\s+by\s+(?:an?\s+)?(?:AI|artificial|automation|robots?|machines?|bots?|chatbots?)\b")
#: Fiction, and a letter-writer's own case.
_STORY = re.compile(r"(?i)\b(?:novel|fictional|fiction|screenplay|short story|sitcom|protagonist|a company called|film in which|imaginary)\b")
_FIRST_PERSON = re.compile(r"(?:^|[^\w“\"])I (?:was|have been|got|had been|am)\b|\bmy (?:company|employer|job)\b(?![^.]*[”\"])")
#: "AI could replace 7,800 jobs": what a machine could do is a forecast.
_FORECAST = re.compile(r"(?i)\b(?:AI|artificial intelligence|automation|robots?|machines|chatbots?|bots?|technology|that)\b[^.;]{0,25}\b(?:could|may|might|can|would|will eventually)\s+(?:\w+\s+)?(?:replace|displace|eliminate|take over|wipe out|cost)$")
#: "Tech layoffs", "mass layoffs in tech": a sector's cuts, not an employer's.
_SECTOR = re.compile(r"(?i)\b(?:tech|big tech|industry|media|startup|start-up|wall street|corporate america|federal|silicon valley|sector|nationwide|newsroom|games industry)\s+(?:industry\s+|mass\s+)?$")
_ROLE = re.compile(
    r"\s+(?:(?:its|the|an?|his|her|their|one of its)\s+)?(?:(?:[\w-]+\s+){0,3}?(?:animator|director|ceo|chief|chairman|host|coach|head|executive|anchor|editor|founder|boss|president|officer|presenter|columnist|star|manager)\b(?!s)"
    r"|(?P<first>[A-Z][a-z]+)\s+(?:[A-Z]\.\s+)?[A-Z][\w’'-]+)"
)


def _one_person(after: str) -> bool:
    """Is the object of the verb one person, by name or by office?"""
    match = _ROLE.match(after)
    return bool(match) and (match["first"] is None or match["first"].lower() in given_names())  # type: ignore[index]


@cache
def _phrases(status: str) -> re.Pattern[str]:
    rows = [row["phrase"] for row in vocabulary.table("status.csv") if row["status"] == status]
    gap = r"(?:\s+[\w’'-]+){0,4}\s+"
    return re.compile(r"(?i)(?<![\w-])(?:" + "|".join(gap.join(words.alternation([part.strip(" ")]) for part in r.split("...")) for r in rows) + r")(?![\w-])")


def says(status: str, text: str) -> bool:
    """Do the words of this status stand in the text?"""
    return bool(_phrases(status).search(text))


def rejected(sentence: Sentence, bound: Bound) -> str | None:
    """The rule by which the words are no statement of a cut by one employer, None if they may be one."""
    text = sentence.text
    before = text[sentence.start : bound.start]
    if re.match(r"(?i)\s+(?:no|zero)\s", text[bound.cut.end : bound.cut.end + 6]):
        return "cut.negated"
    if negated(sentence, bound):
        return "cut.negated" if not (bound.cut.value.kind == "noun" and _SAYS.search(sentence.words)) else None
    if _PERSONAL.search(text[sentence.start : bound.cut.start][-40:]) and not (bound.headcount or bound.share):
        return "cut.personal"
    if bound.cut.value.kind in ("people", "weak") and not (bound.headcount or bound.share) and _one_person(text[bound.cut.end : bound.cut.end + 60]):
        return "cut.person"
    if not (bound.headcount or bound.share) and _SECTOR.search(text[sentence.start : bound.cut.start]):
        return "cut.sector"
    if bound.cut.value.kind == "weak" and bound.headcount and bound.headcount.value.amount.point < 5 and re.match(r"(?i)(?:fir|sack|dismiss|terminat|oust|boot)", text[bound.cut.start :][:8]):
        return "cut.few"
    if _STORY.search(sentence.words) or _FIRST_PERSON.search(before[-80:]):
        return "cut.story"
    if _FORECAST.search(text[sentence.start : bound.cut.end]) or (
        _BY_MACHINE.match(text[bound.cut.end : bound.cut.end + 40]) and re.search(r"(?i)\b(?:could|may|might|would|will|can)\b[^.;]{0,40}$", text[sentence.start : bound.cut.start])
    ):
        return "cut.forecast"
    if _MIND.search(before[-90:]):
        return "cut.hypothetical"
    if sentence.words.rstrip().endswith("?") and not (bound.headcount or bound.share):
        return "cut.question"
    return None


_SAYS = re.compile(r"(?i)\b(?:says|said|denie[ds]|denial|insists?|insisted|ruled out|rules out|told|nonsense|statement|spokes\w+)\b")


#: What is denied is the reason, not the cut.
_DENIES_AI = re.compile(r"(?i)\b(?:denie[sd]|denial|no truth)\b[^.;]{0,30}\b(?:AI|artificial intelligence|automation)\b")
_DENIED_AFTER = re.compile(r"(?i)\b(?:nonsense|baseless|unfounded|false|denied|denies|a rumou?r|not true|no truth)\b")


def negated(sentence: Sentence, bound: Bound) -> bool:
    """Is the cut said not to be ("no layoffs", "without job cuts")?"""
    near = sentence.text[sentence.start : bound.start][-60:]
    return bool(_NO.search(near)) and bound.headcount is None


def generic(sentence: Sentence, bound: Bound) -> bool:
    """Is the subject an industry, "companies", the economy?"""
    text = sentence.text
    subject = text[sentence.start : bound.cut.start]
    around = text[max(sentence.start, bound.start - 50) : min(sentence.end, bound.end + 90)]
    after = text[bound.end : min(sentence.end, bound.end + 40)]
    if re.match(r"(?i)\s+(?:that |which )?(?:the )?(?:tech\w*|gaming|media)?\s*(?:industry|sector|firms|companies|recorded|globally this)\b", after):
        return True
    return bool(_GENERIC.search(subject[-90:]) or re.search(r"(?i)\b(?:companies|firms|employers|startups|businesses)\s+(?:[\w’'-]+\s+){0,4}$", subject[-70:]) or _TOTAL.search(around))


def future(sentence: Sentence, bound: Bound) -> bool:
    """Is the cut told as still to come (will, to, plans)?"""
    return bool(_FUTURE.search(sentence.text[sentence.start : bound.cut.start][-50:]))


def clause(sentence: Sentence, bound: Bound) -> str:
    """The words around a statement up to the clause's bounds: what its modals and dates are read from."""
    text = sentence.text
    left = max((text.rfind(mark, sentence.start, bound.start) for mark in (";", " while ", " but ", " whereas ")), default=-1)
    right_ends = [p for mark in (";", " while ", " but ", " whereas ") if (p := text.find(mark, bound.end, sentence.end)) >= 0]
    return text[max(left, sentence.start) : min([sentence.end, *right_ends])]


def status(sentence: Sentence, bound: Bound, background: bool) -> str:
    """announced, reported, planned, considered, completed, denied or cancelled, as the sentence tells it."""
    words_around = clause(sentence, bound)
    lead = sentence.text[sentence.start : bound.cut.start][-70:]
    figure = bound.headcount or bound.share
    if (says("denied", sentence.text[sentence.start : bound.cut.end]) and not _DENIES_AI.search(sentence.words)) or negated(sentence, bound) or _DENIED_AFTER.search(sentence.text[bound.end : sentence.end]):
        return "denied"
    if says("cancelled", sentence.words):
        return "cancelled"
    if background:
        return "announced" if _ANNOUNCED_THEN.search(sentence.text[sentence.start : bound.cut.start]) else "completed"
    if _weighed(lead, sentence.text[bound.end : sentence.end][:40]):
        return "considered"
    if (says("reported", sentence.words) or _press(sentence)) and not _own_voice(sentence, bound):
        return "reported" if figure or not says("planned", words_around) else "planned"
    if not figure and says("planned", words_around):
        return "planned"
    return "announced"


#: Of an earlier round: announced then ("said it would cut"), not told as carried out.
_ANNOUNCED_THEN = re.compile(r"(?i)\b(?:announced|announces|said|confirmed|disclosed|unveiled|revealed|plans? (?:to|for)|planned to)\b[^.;]{0,70}$")
_PRESS = re.compile(r"(?i)^[’']?s?\s*(?:\([^)]*\)\s*)?(?:has |had |have |first |later |also |exclusively )*(?:reports?\b|reported|report\b|writes|wrote|revealed)|^\s+(?:sources|report)\b")
_PRESS_BEFORE = re.compile(r"(?i)\b(?:according to|per|reported by|told|report (?:by|from|in|of)|reports (?:by|from|in)|citing|cited by|newspapers?)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}$")


def _press(sentence: Sentence) -> bool:
    """Does a news outlet stand as the one who tells it?"""
    if re.search(r"(?i)\baccording to (?:an?|the) (?:[\w’'.]+ ){0,4}report\b|\b(?:newspapers?|media|outlets?)\b[^.;]{0,60}\breported\b", sentence.words):
        return True
    for mark in sentence.of("company"):
        if fold(mark.value.name) in voices() and (
            _PRESS.match(sentence.text[mark.end : min(sentence.end, mark.end + 40)]) or _PRESS_BEFORE.search(sentence.text[max(sentence.start, mark.start - 50) : mark.start])
        ):
            return True
    return False


def _own_voice(sentence: Sentence, bound: Bound) -> bool:
    """Does the employer itself speak in the sentence (announced, memo, filing, spokesperson, chief executive)?"""
    return bool(_VOICE_WORDS.search(sentence.text[sentence.start : bound.cut.start])) or bool(re.search(r"(?i)\b(?:the (?:company|firm|bank|group) (?:said|says|announced|confirmed)|memo|filing|spokes(?:man|woman|person)|statement|blog post|confirmed)\b", sentence.words))


_VOICE_WORDS = re.compile(r"(?i)\b(?:announced|announces|confirmed|confirms|says it|said it|said that it|disclosed|unveiled|told (?:staff|employees|workers|its staff))\b")


def _weighed(lead: str, after: str) -> bool:
    return bool(re.search(r"(?i)\b(?:considering|considers|weighing|weighs|mulling|mulls|mull|contemplat\w+|exploring|thinking of|looking to|may|might|could)\b", lead))
