"""Whose cut it is: the employer of a statement, by the positions of names and references in its sentence.

Each name in the sentence gets a score for its position; the best wins. A name that no list knows needs a position that
only an employer takes. References ("the company", "it") stand for the employer last spoken of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extract import words
from extract.expression import Expression
from extract.figures import Bound
from extract.focus import Focus
from extract.listing import pairs
from extract.marks import Mark
from extract.names import given_names
from extract.organisations import organisation
from extract.position import position, undergoes
from extract.sentences import Sentence
from extract.voices import bought, embedded, introduced, is_voice, known_voice
from extract.windows import before
from extract.words import context

#: Before a unit's or a product's name: "its Devices team", "the Assistant layoffs".
_ITS = Expression(r"\b(?i:its|their|our|his|her)\s+(?:[A-Z][\w’'-]+,?\s+(?:and\s+|&\s+)?){0,3}$")
_SITE = re.compile(rf"\s+(?:[\w-]+\s+)?{context('unlisted.site')}\b")
#: Names that are an employer's, with an article too.
_BODY = re.compile(rf" {context('employer.body')}$")
#: Before a name: it is the subject of what somebody says ("Officials say that the …").
_SAYS_THAT = Expression(
    r"(?i)\b(?:says?|said|claims?|claimed|warns?|warned|confirmed|announced|believes?|understands?|reports?|reported)\s+(?:that\s+)?(?:the\s+)?$"
)
#: Before a unit's name beside its owner's: "Acme and its Waze unit".
_AND_ITS = Expression(r"(?i)\band\s+(?:its|their)\s+$")
_PART = re.compile(r"[’']?s?\s+(?:unit|division|team|department|arm|project|programme|program)s?\b")
#: "the Waze, Nest and Fitbit divisions".
_PARTS = re.compile(
    r"(?:,\s[A-Z][\w’' ]{1,40}?){0,4},?\s(?:and|&)\s[A-Z][\w’' ]{1,40}?\s(?:groups|units|divisions|brands|teams|arms)\b"
)
_OWNER = re.compile(r"[’']s\s")
_OWNED = re.compile(
    r"[’']s\s+(?:[\w-]+\s+){0,4}?(?:unit|division|arm|subsidiary|brand|studio|business|service|company|firm|startup)\b"
)
_FIRST_NAME = Expression(r"\b([A-Z][a-z]+)\s+$")
_THE = Expression(r"\b[Tt]he\s+$")
#: Behind a voice's name: the outlet's own staff.
_OWN_STAFF = re.compile(r"(?i)\s+(?:\w+\s+)?(?:staff|journalists|workers|employees|newsroom|bosses|boss|CEO|chief)\b")
_FORMER = Expression(r"(?i)\b(?:former\s|ex-)$")
#: A relative clause opens behind a name; a comma that no further name follows closes it.
_RELATIVE = re.compile(r",\s(?:which|who|whose)\s")
_CLOSED = Expression(r",(?!\s[A-Z])")
#: Words that speak of a cut already told, so that a sentence without a name still speaks of the topic's.
_ANAPHOR = Expression(
    rf"(?i)\b(?:the (?:latest |new |planned |proposed )?{context('employer.told_cut')}"
    r"|those (?:affected|laid)|affected employees|these (?:layoffs|cuts))\b"
)
#: Opens a sentence, before a name that only sets off who is told of, up to the comma.
_BESIDE = re.compile(rf"(?i)\W*(?:\w+,\s)?{context('employer.beside')}\s+(?:the\s+|its\s+)?(?:[a-z-]+\s+){{0,3}}")
_COMMA = re.compile(r"(?:[’']s)?(?:\s+[\w’'&-]+){0,6},\s(?!which\b|who\b|whose\b)")
#: Behind the subject of a sentence about the next of several.
_MEANWHILE = re.compile(
    r",\s(?:meanwhile|too|however|in turn|by contrast|likewise|similarly),\s"
    r"(?:will|would|is|was|has|had|plans|intends|aims|expects to|cut|cuts|laid|let|axed|shed|slashed)\b"
)
#: Before a name: it says what those are who go ("22,000 of them Teamsters").
_OF_THEM = Expression(r"\bof (?:them|whom|those)\s+(?:are\s+)?$")
#: "(The union) said 438 members (have received layoff notices)".
_MEMBERS_SAID = Expression(
    r"(?i)\b(?:said|says|confirmed|told)\b[^.;]{0,40}\d[\d,]*\s+(?:of\s+its\s+)?(?:[\w-]+\s+)?members$"
)
_ITS_MEMBERS = re.compile(r"(?i)[^,;.]{1,40}?\bof its (?:[\w-]+\s+){0,2}members\b")
#: Scores of employers that no position in the sentence shows, and the least that a position must score.
LEAST, PREVIOUS, HEAD, ONLY, WEAK, TOPIC = 50, 55, 48, 46, 45, 40
#: Score of the employer that "respectively" gives to a figure, and of the head of a list item.
RESPECTIVE = HEADS = 90
#: Least score of a name right before its verb.
DIRECT = 84
#: Kinds of words of cuts that are verbs whose subject cuts.
_VERBS = ("people", "weak", "object", "furlough")


@dataclass(frozen=True, slots=True)
class Employer:
    """The answer: printed name, the words that named it (None where the focus did), score 0..100 and rule."""

    name: str
    mark: Mark | None
    score: float
    rule: str


def employer(sentence: Sentence, bound: Bound, focus: Focus) -> Employer | None:
    """The employer of a statement, None when nobody is in sight."""
    for figure, own in pairs(sentence):
        if figure in (bound.headcount, bound.share):
            return Employer(str(own.value.name), own, RESPECTIVE, "employer.respectively")
    if focus.topic and _counts_members(sentence, bound):
        return Employer(focus.topic, None, TOPIC, "employer.topic")
    if bound.cut.rule == "cut.item" and (item := _head_of_item(sentence, focus)):
        return Employer(str(item.value.name), item, HEADS, "employer.head")
    options = [o for m in sentence.of("company") if (o := _named(sentence, bound, m, focus))]
    options += [o for m in sentence.of("reference") if (o := _referred(sentence, bound, m, focus))]
    best = max(options, key=lambda o: (o.score, o.mark.start if o.mark else 0), default=None)
    if best and best.score >= LEAST:
        return _who_does_it(bound, best, options)
    if spoken := _paragraph_speaks_of(sentence, focus):
        return spoken
    if only := _only_name(sentence, bound, focus):
        return only
    name = focus.topic or focus.last
    if name is None or (not focus.single and not sentence.search(_ANAPHOR, sentence.text[sentence.start : bound.end])):
        return best if best and best.score >= WEAK else None
    return Employer(name, None, TOPIC, "employer.topic")


def _head_of_item(sentence: Sentence, focus: Focus) -> Mark | None:
    """The name that heads the list item, whoever else is named behind it ("Acme: 300 from Beta and Gamma")."""
    if focus.head_at != sentence.start or len({m.value.name for m in sentence.of("company")}) < 2:
        return None
    first = sentence.of("company")[0]
    return first if first.value.name == focus.head and first.value.form == "item" else None


def _who_does_it(bound: Bound, best: Employer, options: list[Employer]) -> Employer:
    """The subject of the verb where the best is only where it cuts or whose people go: "Acme axes 75 jobs at Pixar",
    "Acme lays off 75 Pixar workers"."""
    mark = best.mark
    placed = best.rule in ("employer.at", "employer.inside")
    if mark is None or not placed or mark.start < bound.cut.end or bound.cut.value.kind not in _VERBS:
        return best
    subjects = (o for o in options if o.rule == "employer.subject" and o.score >= DIRECT - 6 and o.mark)
    return next((o for o in subjects if o.mark and o.mark.end <= bound.start), best)


def _paragraph_speaks_of(sentence: Sentence, focus: Focus) -> Employer | None:
    """The subject of the paragraph's earlier sentence, where this one names nobody, or the head of its list item."""
    here = focus.subject_paragraph == sentence.paragraph and not (focus.section and focus.head)
    if focus.subject and here and focus.subject != focus.topic and not sentence.of("company"):
        return Employer(focus.subject, None, PREVIOUS, "employer.previous")
    if focus.head and focus.paragraph == sentence.paragraph:
        return Employer(focus.head, None, HEAD, "employer.head")
    return None


def _only_name(sentence: Sentence, bound: Bound, focus: Focus) -> Employer | None:
    """The one name in the sentence that may be an employer."""
    usable = [c for c in focus.actors(sentence) if not known_voice(c) or c.value.name == focus.topic]
    usable = [
        c for c in usable if not (_is_part(sentence, c) or _in_relative(sentence, bound, c) or bought(sentence, c))
    ]
    if len({c.value.name for c in usable}) != 1:
        return None
    return Employer(usable[0].value.name, usable[0], ONLY, "employer.only")


def _named(sentence: Sentence, bound: Bound, mark: Mark, focus: Focus) -> Employer | None:
    """The employer that a name may be, None where its position or the words around it forbid it."""
    if (
        is_voice(sentence, mark)
        or sentence.search(_OF_THEM, before(sentence, mark.start, 20))
        or _beside(sentence, mark)
        or sentence.search(_FORMER, before(sentence, mark.start, 8))
    ):
        return None
    score, rule = position(sentence, bound, _with_owner(sentence, mark), mark.end)
    if undergoes(sentence, bound, mark) or (mark.value.form == "open" and _persons_firm(sentence, mark)):
        return None
    speaks = known_voice(mark) and score < DIRECT and not _own_staff(sentence, mark) and not _in_turn(sentence, mark)
    if not focus.usable(mark):
        lead = sentence.text[sentence.start : mark.start]
        opens = (
            len(lead) <= 4 or lead.endswith(": ") or sentence.search(_SAYS_THAT, lead)
        ) and rule == "employer.subject"
        if score < (55 if opens else 70) or _names_a_part(sentence, bound, mark, score):
            return None
        score -= 6
    if speaks:
        score -= 45
    sure_place = rule in ("employer.brackets", "employer.leaves")
    if (not sure_place and embedded(sentence, mark)) or _in_relative(sentence, bound, mark):
        score -= 45
    if (
        sentence.search(_AND_ITS, before(sentence, mark.start, 12))
        or _is_part(sentence, mark)
        or _owns_another(sentence, mark)
    ):
        score -= 45
    if rule == "employer.says" and any(m.end <= bound.start for m in sentence.of("company")):
        score -= 12  # who says so behind another's cut: "Torvane, which Acme bought, lays off 60, Acme said"
    if rule not in ("employer.at", "employer.possessive", "employer.brackets") and introduced(sentence, mark):
        score -= 30
    return Employer(mark.value.name, mark, score, rule) if score > 0 else None


def _in_turn(sentence: Sentence, mark: Mark) -> bool:
    """Is the name the next of several that do the same: "Acme, meanwhile, will cut …"?"""
    return _MEANWHILE.match(sentence.text, mark.end) is not None


def _beside(sentence: Sentence, mark: Mark) -> bool:
    """Does the name only open the sentence as what another is likened to: "Like Acme, Zentrix …"?"""
    opens = _BESIDE.fullmatch(sentence.text, sentence.start, mark.start)
    return bool(opens) and _COMMA.match(sentence.text, mark.end) is not None


def _counts_members(sentence: Sentence, bound: Bound) -> bool:
    """Are those who go said to be members, so that who tells it is their union: "94 of its members were let go"?"""
    figure = bound.headcount or bound.share
    if figure is None:
        return False
    if _ITS_MEMBERS.match(sentence.text, figure.start, sentence.end):
        return True
    listed = any(m.value.form == "listed" and not known_voice(m) for m in sentence.of("company"))
    return not listed and bool(sentence.search(_MEMBERS_SAID, sentence.text[sentence.start : figure.end]))


def _own_staff(sentence: Sentence, mark: Mark) -> bool:
    """Do the staff or the chief of the name stand right behind it, and not one who was it once?"""
    found = _OWN_STAFF.match(sentence.text[mark.end : mark.end + 30])
    return found is not None and not sentence.search(_FORMER, before(sentence, mark.start, 8))


def _owns_another(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only the owner of the one beside it: "Amazon's Twitch", "Audible, Amazon's audiobook arm"?"""
    if not _OWNER.match(sentence.text, mark.end):
        return False
    others = (m for m in sentence.of("company") if m.rule == "company.listed" and m.value.name != mark.value.name)
    names = [m for m in others if not _PART.match(sentence.text, m.end)]
    if any(re.fullmatch(r"[’']s\s+", sentence.text[mark.end : m.start]) for m in names if m.start > mark.end):
        return True
    apart = any(sentence.text[m.end : mark.start] == ", " for m in names if m.end < mark.start)
    return apart and bool(_OWNED.match(sentence.text, mark.end))


def _with_owner(sentence: Sentence, mark: Mark) -> int:
    """Where the name begins, its owner's before it included: "(Microsoft's GitHub)"."""
    owners = (m for m in sentence.of("company") if m.end < mark.start and _owns_another(sentence, m))
    return next((m.start for m in owners if sentence.text[m.end : mark.start] in ("'s ", "’s ")), mark.start)


def _persons_firm(sentence: Sentence, mark: Mark) -> bool:
    """Is it a person whose firm is spoken of: "Jo Marsh's payments firm"?"""
    given = sentence.search(_FIRST_NAME, before(sentence, mark.start, 24))
    known = given is not None and given[1].lower() in given_names()
    return known and bool(_firm().match(sentence.text, mark.end))


@cache
def _firm() -> re.Pattern[str]:
    """Behind a name: it has a firm."""
    return re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,3}}?{words.descriptors()}\b")


def _is_part(sentence: Sentence, mark: Mark) -> bool:
    """Is the name one of its owner's parts: "the Waze unit"?"""
    behind = sentence.text[mark.end : mark.end + 120]
    return bool(
        sentence.search(_THE, before(sentence, mark.start, 8)) and (_PART.match(behind) or _PARTS.match(behind))
    )


def _names_a_part(sentence: Sentence, bound: Bound, mark: Mark, score: float) -> bool:
    """Is the open name a unit's or a product's by the words before it, and not that of "The Gazette (will cut 40)"?"""
    lead = before(sentence, mark.start, 40)
    if sentence.search(_ITS, lead) or _PART.match(sentence.text, mark.end):
        return True
    if not sentence.search(_THE, lead) or (bound.figures and score >= DIRECT):
        return False
    if organisation(mark.value.name) and _SITE.match(sentence.text, mark.end):
        return False  # "the Dunmore Glass plant"
    return not _BODY.search(mark.value.name)  # "the Hinton School District board"


def _in_relative(sentence: Sentence, bound: Bound, mark: Mark) -> bool:
    """Is the name only part of what a relative clause before the cut says: "Torvane, which supplies Boeing, is …"?"""
    opens = [m.end() for m in _RELATIVE.finditer(sentence.text, sentence.start, mark.start)]
    if not opens or sentence.search(_CLOSED, sentence.text[opens[-1] : mark.start]):
        return False
    return "," in sentence.text[mark.end : bound.start]


def _referred(sentence: Sentence, bound: Bound, mark: Mark, focus: Focus) -> Employer | None:
    """The employer that a reference stands for, a little less sure than a name in its position."""
    score, rule = position(sentence, bound, mark.start, mark.end)
    if mark.rule == "reference.pronoun" and rule != "employer.subject":
        return None
    name = focus.resolve(sentence, mark.start)
    own = _own_name(sentence, mark) if mark.rule == "reference.noun" else None
    if own and is_voice(sentence, own):
        return None
    if own:
        name = str(own.value.name)
    return Employer(name, mark, score - 4, rule.replace("employer", "reference")) if name and score > 60 else None


def _own_name(sentence: Sentence, mark: Mark) -> Mark | None:
    """The name right behind a describing reference: "the Berlin-based startup Foo", "its division, Bar"."""
    for name in sentence.of("company"):
        behind = sentence.text[name.end + 1 : name.end + 2]  # "the Gannett Company"
        named = name.value.form == "described" or behind.isupper() or name.end == mark.end > name.start == mark.start
        inside = mark.start <= name.start < mark.end and named
        if inside or sentence.text[mark.end : name.start] == " ":
            return name
    return None
