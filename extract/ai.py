"""Which link between AI and a cut speaks of which round, in whose voice; what the round's AI columns become.

GUIDE'd order: an explicit denial by the employer wins; then the employer's own voice; then everyone else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.components.attribution import Link, ai_words
from extract.employer import Focus
from extract.marks import Mark
from extract.rounds import Round
from extract.sentences import Sentence
from extract.statements import Statement


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice on AI about one round: the link's value, the speaker (company or third_party), the sentence."""

    link: str
    stance: str
    speaker: str
    sentence: Sentence
    mark: Mark


#: Words by which a sentence speaks of cuts without stating one anew.
_ABOUT_CUTS = re.compile(
    r"(?i)\b(?:layoffs?|lay-offs?|laid off|cuts?|cutting|job losses|redundan\w+|restructur\w+|the move|the step|the decision|the changes?|the shift|the plan|reductions?|eliminat\w+|downsiz\w+|headcount|let go"
    r"|workforce|jobs|roles|positions|workers|employees|staff|contractors|moderators|agents|replac\w+|fewer people|smaller teams?|adjust its size|what drives|people|teams?|posts|backfill\w*|fewer|smaller|closures?|clos(?:es|ed|ing)|(?:do|does|did)n[’']t need|no longer need\w*|behind|the reason|the driver|the purpose|the aim|part of|this lets|blame)\b"
)
_EMPLOYER = re.compile(
    r"(?i)\b(?:ceo|chief executive|chief \w+ officer|cfo|coo|spokes(?:person|man|woman)|executives|co-founder|founder|chairman|memo|letter to|shareholder letter|blog post|filing|form 8-k|8-k|earnings call|town hall|podcast|in a statement|statement|told (?:staff|employees|investors|workers|shareholders)"
    r"|(?:the )?(?:company|firm|bank|group|studio|vendor|telco|carrier|retailer)(?:'s|’s)? (?:said|says|announced|told|wrote|confirmed|explained|acknowledged?|does acknowledge|admitted|described|describes|explains|cited)|(?:he|she|it|they) (?:said|says|wrote|explained|added|argued|told|explains)|said it|says it|announced|insists?|insisted|blames?|blamed|citing|cites?|cited|according to the company|bosses? say)\b"
)
_OUTSIDER = re.compile(
    r"(?i)\b(?:analysts?|unions?|critics?|experts?|economists?|researchers?|investors?|former (?:workers|employees|staff)|workers (?:say|said|fear|believe)|employees (?:say|said|believe)|sources?|insiders|people familiar|according to (?:a |the |reports|sources|analysts|documents)|report(?:s|edly|ed)?|observers|lawyers?|professor|documents? seen|chief investment officer)\b"
)
_FORECAST = re.compile(r"(?i)\b(?:predict\w*|forecast\w*|warned|warns|expects? that|believes?|recently said|in the past|has said (?:in|that)|could one day|eventually)\b")
#: "biotechs driven by AI", "security driven by AI": what a product or company is, not why it cuts.
_CUSTOMERS = re.compile(r"(?i)\b(?:customers|clients|students|readers|users|subscribers|advertisers|traffic|visitors|pupils|people|viewers)\b")
_PRODUCT = re.compile(r"(?i)\b(?:biotechs?|compan(?:y|ies)|firms?|start-?ups?|cybersecurity|products?|platforms?|business|world)\s+(?:that are\s+)?(?:driven|powered|led)\s+by\s")
_THIS = re.compile(r"^[\W]*(?:This|These|It|That|We|Our|The)\b")
#: AI that chose who goes is no reason for the cut.
_CHOSE = re.compile(r"(?i)\b(?:decid\w+|pick(?:ed|s)?|chose|choose|select\w*|rank\w*|drew up|draw up|identif\w+)\b[^.;]{0,40}\b(?:who|which|whom|names|list|employees to)\b|\b(?:list of|names of)\b[^.;]{0,40}\b(?:layoffs|employees|workers)\b")
_ANYBODY = re.compile(r"(?i)\b(?:market leaders|companies|firms|employers|businesses|industr(?:y|ies)|economists|experts|the sector)\b")



def voices(found: list[Sentence], rounds: list[Round], focus: Focus) -> dict[int, list[Voice]]:
    """The voices on AI about each round, by the round's index."""
    out: dict[int, list[Voice]] = {}
    bosses = executives(found[0].text) if found else frozenset()
    for index, sentence in enumerate(found):
        for mark in sentence.of("attribution"):
            for target in _targets(found, index, sentence, mark, rounds, focus):
                link: Link = mark.value
                out.setdefault(target, []).append(Voice(_mechanism(sentence, link), link.stance, speaker(sentence, mark, rounds[target].company, bosses), sentence, mark))
    for mark, sentence in _frames(found, rounds):
        for number, r in enumerate(rounds):
            if number not in out and r.statements[0].sentence.start > sentence.start:
                out[number] = [Voice("unspecified", "asserts", "company", sentence, mark)]
    return out


_LISTED = re.compile(r"(?i)\b(?:these|those|all|the following|here are|below|each|both|companies|firms|employers|big names|giants)\b.{0,120}\b(?:cit(?:e|ed|ing)|nam(?:e|ed|ing)|blam(?:e|ed|ing)|attribut(?:e|ed|ing)|point(?:ed|ing) to)\b")


def _frames(found: list[Sentence], rounds: list[Round]) -> list[tuple[Mark, Sentence]]:
    """Headline or lead of a list that says its companies cited AI: it ties every item that has no voice of its own."""
    if len({r.company for r in rounds}) < 3:
        return []
    first = min(r.statements[0].sentence.start for r in rounds)
    return [
        (mark, s)
        for s in found
        if s.start <= first
        for mark in s.of("attribution")
        if mark.value.stance == "asserts" and _LISTED.search(s.words)
    ][:1]


def executives(text: str) -> frozenset[str]:
    """Last names of the people whom the text calls chief executive, founder, spokesperson or the like of the employer."""
    found = {m["last"] for m in _OFFICE_FIRST.finditer(text)} | {m["last"] for m in _NAME_FIRST.finditer(text)}
    return frozenset(re.sub(r"[’']s$", "", n) for n in found)


_OFFICE = r"(?:(?:co-)?(?:ceo|chief executive(?: officer)?|founder)|chief \w+(?: \w+)? officer|cfo|coo|cto|chairman|chairwoman|president|spokes(?:person|man|woman)|boss|head)"
_PERSON = r"(?:[A-Z][\w.’'-]+\s+){1,3}(?P<last>[A-ZÀ-Ý][\wÀ-ÿ’'-]+)"
_OFFICE_FIRST = re.compile(rf"(?i:\b{_OFFICE})(?:\s+and\s+[\w-]+)?\s+{_PERSON}")
_NAME_FIRST = re.compile(rf"{_PERSON},\s+(?:(?:the|its|[A-Z][\w’']+)\s+)*(?i:{_OFFICE})\b|(?<=\n)- {_PERSON.replace('last', 'other')}$")


def speaker(sentence: Sentence, mark: Mark, employer: str, bosses: frozenset[str]) -> str:
    """company where the employer's voice says it or a verb of announcing governs it, else third_party."""
    words = _clause(sentence, mark)
    said = r"(?:\s+\w+ly)?,?\s+(?:has\s+|had\s+|also\s+)*(?:said|says|say|announced|told|wrote|writes|argued|argues|explained|confirmed|confirms|disclosed?s?|revealed|put it|claims?|claimed|noted|added|pointed|cited|cites|blamed|blames|describes?d?|attributes?d?)\b"
    by_name = re.search(rf"\b(?:{'|'.join(map(re.escape, sorted(bosses)))}){said}", words) if bosses else None
    named = any(c.value.name == employer and re.match(rf"(?:[’']s)?(?:\s+(?:Inc|Corp|Ltd)\.?)?(?:\s+(?:documents?|filings?|memo|management|executives))?{said}", sentence.text[c.end : c.end + 60]) for c in sentence.of("company"))
    own = re.search(r"(?i)\b(?:documents? from|filings? (?:by|from|with)|in (?:a|its|the) (?:memo|letter|filing|statement|blog post))\b", words)
    if _THEY_SAY.search(words):
        return "third_party"
    if by_name or named or own:
        return "company"
    if mark.value.stance == "denies" and not _OUTSIDER.search(words):
        return "company"
    employer_voice = _EMPLOYER.search(words)
    if not employer_voice:
        return "third_party"
    if _OUTSIDER.search(words) and not re.search(r"(?i)\b(?:ceo|chief executive|spokes\w+|memo|filing|letter|statement|blog post|citing|cites?|cited|blames?)\b", words):
        return "third_party"
    return "company"


def _clause(sentence: Sentence, mark: Mark) -> str:
    """The part of the sentence between semicolons, "while" and dashes in which the link stands."""
    left = max((m.end() for m in _PARTS.finditer(sentence.text, sentence.start, mark.start)), default=sentence.start)
    right = next((m.start() for m in _PARTS.finditer(sentence.text, mark.end, sentence.end)), sentence.end)
    return sentence.text[left:right]


#: Someone else is the subject of the saying or blaming.
_THEY_SAY = re.compile(
    r"(?i)\b(?:unions?|analysts?|workers|staff|employees|critics|experts|economists|investors|insiders|sources|former \w+|journalists|representatives)(?:[’']s?)?(?:\s+(?!the company|it\b)[\w,-]+){0,3}?\s+(?:blam(?:e|es|ed|ing)|say|says|said|claim(?:s|ed)?|believe[sd]?|suspect(?:s|ed)?|accus(?:e|es|ed)|fear(?:s|ed)?|argue[sd]?|think|thinks|tied?|ties|linke?d?|links|attribut(?:e|es|ed)|point(?:s|ed)?|told|insists?|alleg(?:e|es|ed))\b"
)
_PARTS = re.compile(r";|\s[–—]\s(?=while|but)|,?\s\bwhile\b")


def decide(voices_on: list[Voice]) -> tuple[str, str | None, Voice | None]:
    """`ai`, `ai_link` and the deciding voice of one round."""
    denials = [v for v in voices_on if v.stance == "denies" and v.speaker == "company"]
    if denials:
        return "denied", None, denials[0]
    for who in ("company", "third_party"):
        spoken = [v for v in voices_on if v.speaker == who]
        if spoken:
            best = max(spoken, key=lambda v: (v.link != "unspecified", -v.sentence.start))
            return who, best.link, best
    return "none", None, None


def _mechanism(sentence: Sentence, link: Link) -> str:
    if link.link == "demand_loss" and link.phrase.startswith(("turn", "switch")) and not _CUSTOMERS.search(sentence.words):
        return "unspecified"
    if link.link == "unspecified" and re.search(r"(?i)\bautomated\b", sentence.text[sentence.start : sentence.end]):
        return "replacement"
    if link.link in ("unspecified", "replacement") and re.search(r"(?i)\b(?:readers|visitors|traffic|students|subscribers|customers|clicks)\b[^.;]{0,60}\b(?:no longer|fell|fallen|dropped|lost|stopped|gone|leav\w+|left|never|vanish\w*|dried up)\b", sentence.words):
        return "demand_loss"
    if link.link == "unspecified" and re.search(r"(?i)\b(?:search traffic|traffic|students|subscribers|visitors)\b", sentence.words):
        return "demand_loss"
    if link.link == "replacement" and re.search(r"(?i)\b(?:could|expects?|expected to|may|might|within (?:five|ten|\w+) years|by 20\d\d|in the years ahead|will in the end)\b", sentence.words):
        return "anticipated"
    return link.link


def _targets(found: list[Sentence], index: int, sentence: Sentence, mark: Mark, rounds: list[Round], focus: Focus) -> list[int]:
    """Indices of the rounds that the link speaks of: stated in its sentence, else those it refers back to."""
    if _PRODUCT.search(sentence.text[max(sentence.start, mark.start - 24) : mark.end]) or _CHOSE.search(sentence.words):
        return []
    here = [(i, s) for i, r in enumerate(rounds) for s in r.statements if s.index == index]
    if here:
        return sorted({i for i, s in here if _same_clause(sentence, mark, s, [x for _, x in here])})
    if not (_ABOUT_CUTS.search(sentence.words) or _THIS.match(sentence.words)) or (_FORECAST.search(sentence.words) and mark.value.stance == "asserts"):
        return []
    if _elsewhere(found, index, rounds):
        return []
    named = {c.value.name for c in sentence.of("company")}
    if not named and _ANYBODY.search(sentence.words) and not re.search(r"(?i)\bthe (?:company|firm|bank|group)\b", sentence.words):
        return []
    current = [i for i, r in enumerate(rounds) if not r.background and r.action != "hiring_freeze"] or list(range(len(rounds)))
    own = [i for i in current if rounds[i].company in named]
    if own:
        return own[:1]
    if named - {focus.topic} and len(rounds) > 1:
        return []
    before = [(s.index, i) for i in current for s in rounds[i].statements if s.index < index]
    near = [(n, i) for n, i in before if found[n].paragraph == sentence.paragraph or index - n <= (6 if focus.single else 3)]
    if near:
        return [max(near)[1]]
    topical = [i for i in current if rounds[i].company == focus.topic]
    return topical[:1]


_BACK = re.compile(r"(?i)\b(?:the (?:latest |new |planned )?(?:layoffs?|lay-offs|cuts?|job cuts|redundancies|reductions?|move|decision|company|firm|bank|plan)|those (?:affected|laid off)|this (?:cut|round|step|move)|its)\b")


def _elsewhere(found: list[Sentence], index: int, rounds: list[Round]) -> bool:
    """Do the cuts last spoken of belong to no round (an industry's, a forecast), so that the link is not a round's?"""
    stated = {s.index for r in rounds for s in r.statements}
    for number in range(index, max(-1, index - 4), -1):
        if number in stated:
            return False
        sentence = found[number]
        if number != index and sentence.paragraph != found[index].paragraph and number < index - 1:
            return False
        cuts = [c for c in sentence.of("cut") if c.value.kind in ("noun", "people")]
        if cuts and not _BACK.search(sentence.words) and not any(c.value.name == r.company for c in sentence.of("company") for r in rounds):
            return True
    return False


def _same_clause(sentence: Sentence, mark: Mark, statement: Statement, all_here: list[Statement]) -> bool:
    """Where a sentence holds several statements, the link belongs to the nearest of the same company or clause."""
    if len(all_here) == 1:
        return True
    distance = {id(s): max(mark.start - s.bound.end, s.bound.start - mark.end, 0) for s in all_here}
    least = min(distance.values())
    return distance[id(statement)] == least or any(s.company == statement.company and distance[id(s)] == least for s in all_here)


def mentions_ai(text: str) -> bool:
    """Does the text hold a word for AI at all?"""
    return bool(ai_words().search(text))
