"""Which voice speaks on AI: employer, executive, filing, or press, analyst, union, employee, anonymous.

Role and name are taken as written, and only of those who speak for the employer or an institution: a dismissed worker
or an unnamed source never gets a name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from extract import vocabulary
from extract.companies import company_key
from extract.expression import Expression
from extract.lookup import followed, places, spots, trying
from extract.marks import Mark
from extract.names import observer
from extract.required import openings
from extract.sentences import Sentence
from extract.speaker import boss_says, clause, goes_on, said_in, speaks_for_employer
from extract.words import context

_OFFICE = rf"(?:(?:co-)?chief \w+(?: \w+)? officer|{context('speaker_kind.office')})"
_PARTICLES = r"(?:(?:van|von|de|der|den|du|da|di|del|la|bin|al)\s+){0,2}"
_PERSON = rf"(?P<name>(?:[A-Z][\w.’'-]+\s+){{1,3}}{_PARTICLES}(?P<last>[A-ZÀ-Ý][\wÀ-ÿ’'-]+))"
_OFFICE_FIRST = re.compile(rf"\b(?P<role>(?i:{_OFFICE}))(?:\s+and\s+[\w-]+)?,?\s+{_PERSON}")
_NAME_FIRST = re.compile(rf"{_PERSON},\s+(?:(?:the|its|[A-Z][\w’']+)\s+)*(?P<role>(?i:{_OFFICE}))\b")
#: Whoever says that they cut speaks for the employer: "Jo March has said she will cut 90 jobs",
#: and whoever tells what their company will do: "Jo March told reporters that her company would pause hiring".
_CUTTER = re.compile(
    rf"{_PERSON}(?:,\s[^,;.\n]{{2,80}},)?\s+(?:has\s+|had\s+)?(?:said|says|announced|wrote|told\s+\w+(?:\s+on\s+\w+)?)"
    rf"\s+(?:that\s+)?(?:(?i:he|she)\s+(?:will|would|is|was|has|had)\s+(?:be\s+)?(?i:{context('speaker_kind.cuts')})"
    r"|(?:his|her)\s+(?:company|firm|bank|group)\s+(?:will|would|is|was|has|had)\b)"
)
#: What begins an office, what a cutter does, and most characters of a name with all that may stand behind it.
_OFFICES, _TELLING = openings(rf"(?i){_OFFICE}"), frozenset({"said", "says", "announced", "wrote", "told"})
_LONGEST = 250
_ROLE = Expression(rf"(?i)\b(?:{_OFFICE})\b")
_FILING = Expression(rf"(?i)\b{context('speaker_kind.filing')}\b")
_HE_SAYS = Expression(rf"(?i)\b(?:he|she)\s+(?:\w+ly\s+|also\s+|has\s+|had\s+)?{context('speaker.says')}\b")
#: An outsider only counts where it speaks: "the union says", "according to analysts", "said a former worker".
_SAY = rf"(?:{context('speaker.they_say')}|{context('speaker.says')}|{context('speaker_kind.say')})"


def _speaks(words: str) -> Expression:
    said = r"(?:according to|by|said|says|say|argued|argues|from)"
    return Expression(
        rf"(?i)\b(?<!\btold )(?<!\bto ){words}\b(?:,[^,;.]{{2,60}},)?[^.;,]{{0,40}}?\b{_SAY}\b"
        rf"|\b{said}\b\s+(?:[^.;,]{{0,40}}?\s|[^.;]{{0,40}},\s+(?:an?\s+|the\s+)?(?:\w+\s+)?)?{words}\b"
    )


#: Kinds of outsiders, the most telling first.
_OUTSIDERS = {
    "union": _speaks(rf"(?:{context('speaker_kind.union')}|(?-i:{context('speaker_kind.unions')}))"),
    "analyst": _speaks(context("speaker_kind.analyst")),
    "anonymous": _speaks(context("speaker_kind.anonymous")),
    "employee": _speaks(rf"(?:{context('speaker_kind.employee')}|former \w+)"),
}
#: "the Finance Sector Union", "Communications Workers of America", "Unite".
_INSTITUTION = re.compile(
    r"\b(?:[A-Z][\w&’'-]+\s+)*(?:[A-Z][\w&’'-]+\s+)(?:Union|Guild|Workers|Research|Securities|Partners|Institute)\b"
)
_EXPERT = re.compile(
    rf"\b(?P<role>(?i:{context('speaker_kind.analyst')}))\s+{_PERSON}"
    rf"|{_PERSON.replace('name', 'name2').replace('last', 'last2')},\s+(?:an?|the)\s+(?:\w+\s+){{0,2}}"
    rf"(?P<role2>(?i:{context('speaker_kind.analyst')}))\b"
)
#: A name that estimates or says something: an analyst house, if the list of observers has it.
_HOUSE = re.compile(
    rf"\b(?P<house>[A-Z][\w&.’'-]*[a-z][\w&.’'-]*(?: [A-Z&][\w&.’'-]*){{0,3}}),? (?:has |had |also )*"
    rf"(?i:{_SAY}|{context('speaker_kind.estimates')})\b"
)
_SAYS = re.compile(rf"(?i)\b{context('speaker.says')}\b")
#: A letter of the employer's is printed in full, and its sentences speak of "us".
_PAPER = r"(?:memo|note|letter|e-?mail|message|blog post|post|statement)"
_IN_FULL = Expression(
    rf"(?i)\b(?:following|full text of (?:the|his|her|its|a)|(?:the|this)) (?:[\w’']+ ){{0,3}}?{_PAPER}\b"
    r"[^.;]{0,60}[.:]$"
    rf"|\b{_PAPER}\b[^.;]{{0,40}}\b(?:reads|in full|follows|below|as follows)\b"
)
_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Uu]s|I)\b")
#: Sentences of a letter at most.
LETTER = 30
_BULLET = re.compile(r"\s*[-•*–]\s")
#: Sentences back in which a list's lead is looked for.
LISTED = 8
#: Sentences before a lead up to which speech goes on.
LEAD = 2
#: Sentences back to which a quotation is followed.
QUOTED = 4
#: Characters before a pronoun in which the executive is named whom it means.
NEAR = 600


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice: its kind, and role and name as written where they may be told."""

    kind: str
    role: str | None = None
    name: str | None = None


Bosses = Mapping[str, Speaker]


def executives(text: str) -> Bosses:
    """Those whom the text calls chief executive, founder, spokesperson or the like of the employer, by last name."""
    found: dict[str, Speaker] = {}
    capitals, offices = places(text).capitals, spots(text, _OFFICES)
    for pattern, offsets in ((_OFFICE_FIRST, offices), (_NAME_FIRST, followed(capitals, offices, _LONGEST))):
        for match in trying(pattern, offsets, text):
            last = re.sub(r"[’']s$", "", match["last"])
            name = re.sub(r"[’']s$", "", match["name"])
            found.setdefault(last, Speaker(_own_kind(match["role"]), match["role"], name))
    for match in trying(_CUTTER, followed(capitals, spots(text, _TELLING), _LONGEST), text):
        found.setdefault(match["last"], Speaker("executive", None, match["name"]))
    return found


def heads(text: str, employer: str) -> dict[str, Speaker]:
    """The known heads of the employer whom the text names, with or without their office, by last name."""
    known = _heads().get(company_key(employer), {})
    return {last: one for last, one in known.items() if last in text}


@cache
def _heads() -> dict[str, dict[str, Speaker]]:
    """Key of a company -> its heads of executives.csv by last name."""
    found: dict[str, dict[str, Speaker]] = {}
    for row in vocabulary.table("executives.csv"):
        last = row["name"].split()[-1]
        found.setdefault(company_key(row["company"]), {})[last] = Speaker("executive", None, row["name"])
    return found


def quotation(found: Sequence[Sentence], index: int) -> Sentence | None:
    """The sentence that tells who speaks, where sentence `index` only goes on with a quotation of its paragraph."""
    here = found[index]
    if letter := _letter(found, index):
        return letter
    if _SAYS.search(here.words):
        return None
    if _BULLET.match(here.words):
        return _list_lead(found, index)
    for number in range(index - 1, max(index - 1 - QUOTED, -1), -1):
        before = found[number]
        if before.paragraph != here.paragraph:
            return None
        if _SAYS.search(before.words):
            spoken = here.text[before.start : here.start]
            opened = spoken.count("“") > spoken.count("”") or spoken.count('"') % 2 == 1
            return before if opened or here.words[:1] in '"“' else None
    return None


def _letter(found: Sequence[Sentence], index: int) -> Sentence | None:
    """The sentence before a letter or note that is printed in full ("… sent the following note."), of its sentences."""
    if not _WE.search(found[index].words):
        return None
    for number in range(index - 1, max(index - 1 - LETTER, -1), -1):
        if found[number].search(_IN_FULL) and found[number].paragraph != found[index].paragraph:
            return found[number]
    return None


def _list_lead(found: Sequence[Sentence], index: int) -> Sentence | None:
    """The sentence that tells who speaks in a list: its lead ("…, Lowe wrote:"), or one shortly before that."""
    for number in range(index - 1, max(index - 1 - LISTED, -1), -1):
        if _BULLET.match(found[number].words):
            continue
        if not found[number].words.rstrip().endswith(":"):
            return None
        return next((one for one in found[max(number - LEAD, 0) : number + 1][::-1] if _SAYS.search(one.words)), None)
    return None


def speaker(
    sentence: Sentence,
    mark: Mark,
    employer: str,
    bosses: Bosses,
    previous: Sentence | None = None,
    quoting: Sentence | None = None,
) -> Speaker:
    """Who says that AI is (or is not) behind the cut. For the arguments see `speaks_for_employer` and `quotation`."""
    if quoting is not None:
        sentence, previous = quoting, None
        mark = mark._replace(start=quoting.end - 1, end=quoting.end - 1)
    if outsider := _added(sentence, mark, bosses, previous):
        return outsider
    doubts = mark.value.stance == "doubts"  # no employer doubts its own reason
    if not doubts and speaks_for_employer(sentence, mark, employer, bosses, previous):
        return _own(sentence, mark, bosses)
    said = clause(sentence, mark)
    if goes_on(sentence, previous) and previous is not None:
        said = f"{previous.words} {said}"
        return _outsider(said, [kind for kind, expression in _OUTSIDERS.items() if expression.search(said)])
    return _outsider(said, [kind for kind, expression in _OUTSIDERS.items() if sentence.search(expression, said)])


def _added(sentence: Sentence, mark: Mark, bosses: Bosses, previous: Sentence | None) -> Speaker | None:
    """The outsider who spoke in the sentence before, where "he added" in the same paragraph goes on with them."""
    said = clause(sentence, mark)
    if previous is None or previous.paragraph != sentence.paragraph or not sentence.search(_HE_SAYS, said):
        return None
    if boss_says(said, bosses) or boss_says(previous.words, bosses) or _ROLE.search(previous.words):
        return None
    outsider = _outsider(previous.words, [k for k, expression in _OUTSIDERS.items() if previous.search(expression)])
    return None if outsider.kind == "press" else outsider


def _own(sentence: Sentence, mark: Mark, bosses: Bosses) -> Speaker:
    """The employer's side: an executive by name or office, a paper, else the employer."""
    words = said_in(sentence, mark)
    if told := boss_says(words, bosses) or boss_says(sentence.words, bosses):
        return bosses[told]
    if sentence.search(_FILING, words):
        return Speaker("filing")
    if role := sentence.search(_ROLE, words):
        named = next(
            (one for last, one in bosses.items() if last in words and re.search(rf"\b{re.escape(last)}\b", words)), None
        )
        return named or Speaker(_own_kind(role[0]), role[0])
    if sentence.search(_HE_SAYS, words) and (named := _nearest(sentence.text, mark.start, bosses)):
        return named
    return Speaker("employer")


def _own_kind(role: str) -> str:
    """A spokesperson speaks for the employer, as a statement does; anyone else of office for themselves too."""
    return "employer" if role.lower().startswith("spokes") else "executive"


def _nearest(text: str, place: int, bosses: Bosses) -> Speaker | None:
    """The executive named last before a pronoun."""
    before = text[max(0, place - NEAR) : place]
    found = [(before.rfind(last), one) for last, one in bosses.items() if last in before]
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _outsider(said: str, kinds: Sequence[str]) -> Speaker:
    """The press, or the most telling of the `kinds` that speak in these words."""
    kind = next(iter(kinds), "press")
    if kind == "press" and any(observer(m["house"]) for m in _HOUSE.finditer(said)):
        kind = "analyst"
    if kind == "union":
        name = _INSTITUTION.search(said)
        return Speaker(kind, None, name[0].removeprefix("The ") if name else None)
    if kind == "analyst" and (one := _EXPERT.search(said)):
        return Speaker(kind, one["role"] or one["role2"], one["name"] or one["name2"])
    return Speaker(kind)
