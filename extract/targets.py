"""Of which rounds a link between AI and cuts speaks: those of its sentence, else those that it refers back to."""

from __future__ import annotations

import re

from extract.aftermath import turned
from extract.components.attribution import ai_words
from extract.expression import Expression
from extract.focus import Focus
from extract.marks import Mark
from extract.rounds import Round
from extract.sentences import Sentence
from extract.speaker import clause_bounds
from extract.speaker_kind import quotation
from extract.statements import Statement
from extract.voices import is_voice
from extract.words import context

#: Words by which a sentence speaks of cuts without stating one anew.
_ABOUT_CUTS = Expression(rf"(?i)\b{context('targets.about_cuts')}\b")
_THIS = re.compile(r"^[\W]*(?:This|These|That|We|Our)\b")
_SAYS = Expression(rf"(?i)\b{context('targets.says')}\b")
#: The end of the words that are quoted.
_CLOSED = re.compile(r",[”\"’']")
#: Verbs that name a reason ("The studio cited …").
_NAMES = re.compile(
    r"cit|blam|attribut|credit|point|explain|one of|among the|account|(?:a|one|no|as (?:a|one|the)) (?:factor|reason)"
    r"|the cause|.*\bto blame$"
)
#: Phrases that speak of the restructuring itself ("rebuilding around AI").
_REBUILDS = re.compile(r"\baround$|^(?:pivot|shift|transition)")
_FORECAST = Expression(rf"(?i)\b{context('targets.forecast')}\b")
#: "biotechs driven by AI", "security driven by AI": what a product or company is, not why it cuts.
_PRODUCT = Expression(rf"(?i)\b{context('targets.product')}\s+(?:that are\s+)?(?:driven|powered|led)\s+by\s")
#: Right behind a cut a bare cause is its cause: "Partly because of AI, the chief executive said."
_BARE_CAUSE = re.compile(
    r"\W*(?:(?:Partly|In part|Mainly|Mostly|Largely|Chiefly|Not least|All|Just|It is|That is|This is|They are)\s+)?"
    r"(?i:because of|due to|thanks to|owing to|down to|on account of)\b"
)
#: One of several reasons that the text has promised: "He gave two reasons. … The other is AI."
_ONE_IS = re.compile(r"(?i)(?:one|the other|another|a second|the second) is")
_REASONS = re.compile(rf"(?i)\b{context('targets.reasons')}\b")
#: Phrases that take money or people from elsewhere, unlike "invest in".
_MOVES = re.compile(r"shift|mov(?:e|es|ed|ing)\b|free|realloc|redirect|resources|money|savings|fund")
_RIVAL = Expression(rf"(?i)\b{context('targets.rival')}\b")
#: Work that people did is AI's now, whoever tells it ("planning was handed over to an AI system").
_TAKEN_OVER = re.compile(
    r"hand(?:ed|s|ing)?\b|tak(?:e|es|en|ing) over|took over|pass(?:ed|es)? to|replac|in their place|taken? the"
)
#: What AI does to the work by the employer's words: "AI makes us more efficient".
_EFFECT = Expression(rf"(?i)\b{context('targets.effect')}\b")
#: Who goes elsewhere, so that the cut follows.
_AUDIENCE = Expression(rf"(?i)\b{context('targets.audience')}\b")
_GONE = Expression(rf"(?i)\b{context('targets.gone')}\b")
#: "the question is not whether AI …": asked, not said.
_ASKED = Expression(r"(?i)\bwhether\b[^,;]*$")
#: The words in which the link stands are a question that is quoted ("Why wait if a bot answers?" one wrote).
_QUESTION = re.compile(r"[^.!?;]*\?[\"”’']")
#: One of the things that somebody speaks of: "named AI, ageing and debt among the forces that move markets".
_AMONG = re.compile(rf"(?i)[^.;]{{0,50}}\bamong (?:the|its|their) (?:\w+ )?{context('targets.themes')}\b")
#: What may come one day is no reason for a cut that is told.
_POSSIBLE = Expression(rf"(?i)\b{context('targets.possible')}\b")
#: AI that chose who goes is no reason for the cut.
_CHOSE = Expression(
    rf"(?i)\b{context('targets.chose')}\b[^.;]{{0,40}}\b(?:who|whom|which|names|list|employees to)\b"
    r"|\b(?:list of|names of)\b[^.;]{0,40}\b(?:layoffs|employees|workers|names|people)\b"
    rf"|\b{context('targets.chosen')} (?:by|with|with the help of)\b(?=[^.;]{{0,40}}{ai_words().pattern})"
)
#: The sentence speaks of companies in general, unless it says "the company".
_ANYBODY = Expression(rf"(?i)\b{context('targets.anybody')}\b")
_THE_COMPANY = Expression(r"(?i)\bthe (?:company|firm|bank|group)\b")
#: What the employer tells its own people, in whatever terms, is of itself.
_TO_STAFF = Expression(
    r"(?i)\b(?:memo|message|letter|note|e-?mail|blog post|wrote|told) (?:to )?(?:\w+ )?(?:employees|staff)\b"
)
#: The cut spoken of is one told before.
_BACK = Expression(
    rf"(?i)\b(?:the (?:latest |new |planned )?{context('targets.back')}"
    r"|those (?:affected|laid off)|this (?:cut|round|step|move)|its)\b"
)
#: The sentence speaks of the cut of the sentence before: "The company said it was part of …".
_IT_WAS = re.compile(
    r"(?:(?:The|Its) [\w -]{2,25} (?:said|says|told [\w ]{3,20}|explained) (?:that )?)?"
    r"(?i:it|this|that|they) (?:was|were|is|are)\b"
)
#: A clause with a name for its subject: "while Freshfields cited …".
_SUBJECT = re.compile(
    r"\W*(?:(?:while|but|and)\s+)?(?!The\b|It\b|This\b|AI\b)[A-Z][\w&.’'-]+(?:\s+[A-Z][\w&.’'-]+)*\s+[a-z]+(?:s|ed)\b"
)
#: Before a relative clause: the part of the company of which it tells.
_UNIT = Expression(r"(?i)\b(?:division|unit|team|arm|business|department|lab|group)$")
_RELATIVE = re.compile(r",\s+(?:which|whose|who)\b")
#: Sentences up to which a link refers back, in an article about one employer and in any other.
REACH, REACH_OTHER = 6, 3
#: The same where only one employer cuts.
ALONE = 8
#: Sentences up to which "AI has nothing to do with it" speaks of a cut; the same where no outsider says it of the only
#: employer.
NEGATIVE, NEGATIVE_ALONE = 2, 6
#: Sentences behind a cut up to which the only employer's own voice explains it by what AI does.
EXPLAINED = 2
#: Sentences back to which reasons are looked for that the text has promised.
REASONS = 4
_OUTSIDER = Expression(rf"(?i)\b{context('speaker.outsider')}\b")
#: Of a number in the sentence only a part goes.
_PARTS = Expression(r"(?i)%|\bper ?cent\b|\b(?:half|third|quarter)\b")
#: So many times a round's people are not the round's, however both were rounded.
MORE = 1.5
#: Sentences back in which the cuts last spoken of are looked for.
BACK = 4


def targets(found: list[Sentence], index: int, mark: Mark, rounds: list[Round], focus: Focus) -> list[int]:
    """Indices of the rounds that the link `mark` in sentence `index` speaks of."""
    sentence = found[index]
    if sentence.search(
        _ASKED, sentence.text[max(sentence.start, mark.start - 40) : mark.start]
    ) or sentence.words.endswith("?"):
        return []
    if _QUESTION.match(sentence.text[mark.end : sentence.end]):
        return []
    if (
        sentence.search(_POSSIBLE)
        or turned(sentence, mark)
        or _AMONG.match(sentence.text[mark.end : min(mark.end + 80, sentence.end)])
    ):
        return []
    product = sentence.search(_PRODUCT, sentence.text[max(sentence.start, mark.start - 24) : mark.end])
    if product:
        return []
    here = [(i, s) for i, r in enumerate(rounds) for s in r.statements if s.index == index]
    if here:
        stated = [s for _, s in here]
        if _aside(sentence, mark, stated):
            return []
        if _clause_of_another(sentence, mark, stated) or _clause_of_anybody(sentence, mark, stated):
            return []
        return sorted({i for i, s in here if _same_clause(mark, s, stated) and not _counts_more(sentence, rounds[i])})
    if (
        not (_speaks_of_cuts(sentence, mark) or _explains(found, index, mark, rounds))
        or _elsewhere(found, index, rounds)
        or (mark.value.stance != "denies" and _of_anybody(sentence))
    ):
        return []
    return [i for i in _referred(found, index, mark, rounds, focus) if not _counts_more(sentence, rounds[i])]


def chosen_by_ai(sentence: Sentence) -> bool:
    """Does the sentence say that AI chose who goes? That is no reason for the cut."""
    return bool(sentence.search(_CHOSE))


def _speaks_of_cuts(sentence: Sentence, mark: Mark) -> bool:
    """Does the sentence speak of cuts told, and not only predict?"""
    if not (sentence.search(_ABOUT_CUTS) or _THIS.match(sentence.words)):
        return False
    return mark.value.stance != "asserts" or not sentence.search(_FORECAST)


def _explains(found: list[Sentence], index: int, mark: Mark, rounds: list[Round]) -> bool:
    """Does somebody say, right behind the cut, what AI does to it, or that it has no part in it?"""
    behind = min((index - s.index for r in rounds for s in r.statements if s.index < index), default=len(found))
    outsider = found[index].search(_OUTSIDER) or found[index].search(_RIVAL)
    alone = len({r.company for r in rounds}) == 1
    if mark.value.stance != "asserts":
        return behind <= (NEGATIVE_ALONE if alone and not outsider else NEGATIVE)
    if behind == 1 and (_NAMES.match(mark.value.phrase) or _BARE_CAUSE.match(found[index].words)):
        return True
    if _ONE_IS.match(mark.value.phrase):
        return any(_REASONS.search(s.words) for s in found[max(index - REASONS, 0) : index + 1])
    tells = mark.value.link in ("replacement", "demand_loss") or bool(_REBUILDS.search(mark.value.phrase))
    if _MOVES.search(mark.value.phrase) or found[index].search(_EFFECT):
        tells = tells or not outsider
    if behind == 1 and found[index].search(_AUDIENCE):
        gone = mark.value.link == "unspecified" and found[index].search(_GONE) and _said(found[index], mark)
        if mark.value.link == "demand_loss" or gone:
            return True
    if found[index].search(_FORECAST):
        return False
    near = behind == 1 or (alone and behind <= EXPLAINED and not outsider)
    if not (near and tells):
        return False
    taken = mark.value.link == "replacement" and _TAKEN_OVER.match(mark.value.phrase) and not outsider
    return bool(taken) or _said(found[index], mark) or quotation(found, index) is not None


def _said(sentence: Sentence, mark: Mark) -> bool:
    """Does somebody say the link: before it, or behind it in the same clause?"""
    if sentence.search(_SAYS, sentence.text, sentence.start, mark.start):
        return True
    behind = sentence.search(_SAYS, sentence.text, mark.end, sentence.end)
    if behind is None:
        return False
    between = sentence.text[mark.end : behind.start()]
    return bool(_CLOSED.search(between)) or not re.search(r",\s(?:and|but)\s|\sbut\s", between)


def _counts_more(sentence: Sentence, r: Round) -> bool:
    """Does the sentence count more people cut than the round has ("Over 30,000 workers have lost their jobs to AI")?"""
    if not sentence.of("cut"):
        return False  # "needs 500 people, not 650"
    told = r.headcount()
    if told is None or told.headcount is None or told.headcount.relation == "vague" or sentence.search(_PARTS):
        return False  # "30 % of 26,000 workers" are fewer
    most = told.headcount.high or told.headcount.point
    counted = [m.value.amount for m in sentence.of("headcount") if m.value.role == "count"]
    return any((amount.low or 0) > MORE * most for amount in counted)


def _of_anybody(sentence: Sentence) -> bool:
    """Is the sentence, naming nobody, about companies in general?"""
    general = not sentence.of("company") and sentence.search(_ANYBODY)
    return bool(general and not (sentence.search(_THE_COMPANY) or sentence.search(_TO_STAFF)))


def _referred(found: list[Sentence], index: int, mark: Mark, rounds: list[Round], focus: Focus) -> list[int]:
    """The round that a sentence without a statement refers to: of the employer named, the last told, the topic's."""
    sentence = found[index]
    named = {c.value.name for c in sentence.of("company")}
    if before := _goes_on(found, index, rounds):
        return before
    if _of_another(sentence, rounds, mark.value.link == "demand_loss"):
        return []
    if mark.value.link == "demand_loss":
        named &= {r.company for r in rounds}  # whose AI took the customers cuts nothing
    if not focus.single and (item := _just_told(found, index, rounds, named)):
        return item
    news = [i for i, r in enumerate(rounds) if not r.background and r.action != "hiring_freeze"]
    current = news or list(range(len(rounds)))
    own = [i for i in current if rounds[i].company in named]
    if own:
        return own[:1]
    if named - {focus.topic} and len(rounds) > 1:
        return []
    reach = REACH if focus.single else REACH_OTHER
    told = [(s.index, i) for i in current for s in rounds[i].statements if s.index < index]
    if len({r.company for r in rounds}) == 1:
        reach = ALONE
    near = [(n, i) for n, i in told if found[n].paragraph == sentence.paragraph or index - n <= reach]
    if near:
        return [max(near)[1]]
    known = any(c.value.name == focus.topic for s in found[: index + 1] for c in s.of("company"))
    return [i for i in current if known and rounds[i].company == focus.topic][:1]


def _goes_on(found: list[Sentence], index: int, rounds: list[Round]) -> list[int]:
    """The round of the sentence before, background too, where this one goes on with "it" in the same paragraph."""
    if not _IT_WAS.match(found[index].words) or found[index].paragraph != found[index - 1].paragraph:
        return []
    told = [i for i, r in enumerate(rounds) if any(s.index == index - 1 for s in r.statements)]
    return told if len(told) == 1 else []


def _just_told(found: list[Sentence], index: int, rounds: list[Round], named: set[str]) -> list[int]:
    """In an article about several employers, the round of the sentence before in the same paragraph, old or new."""
    if found[index].paragraph != found[index - 1].paragraph:
        return []
    told = [i for i, r in enumerate(rounds) if any(s.index == index - 1 for s in r.statements)]
    return told if len(told) == 1 and not named - {rounds[told[0]].company} else []


def _of_another(sentence: Sentence, rounds: list[Round], opening: bool) -> bool:
    """Does the sentence open with a known company that is none of the rounds', or (unless only the `opening` counts)
    tell such a company's cuts?"""
    ours = {r.company for r in rounds}
    if sentence.search(_RIVAL) and not any(c.value.name in ours for c in sentence.of("company")):
        return True
    named = [c for c in sentence.of("company") if c.value.form in ("listed", "legal") and not is_voice(sentence, c)]
    if not named or any(c.value.name in ours for c in named):
        return False
    cuts = [c for c in sentence.of("cut") if c.value.kind in ("noun", "people")]
    if named[0].start - sentence.start <= 4:
        return True
    return not opening and any(named[0].start < c.start for c in cuts)


def _elsewhere(found: list[Sentence], index: int, rounds: list[Round]) -> bool:
    """Do the cuts last spoken of belong to no round (an industry's, a forecast), so that the link is not a round's?"""
    stated = {s.index for r in rounds for s in r.statements}
    companies = {r.company for r in rounds}
    for number in range(index, max(-1, index - BACK), -1):
        sentence = found[number]
        if number in stated or (sentence.paragraph != found[index].paragraph and number < index - 1):
            return False
        cuts = any(c.value.kind in ("noun", "people") for c in sentence.of("cut"))
        of_round = any(c.value.name in companies for c in sentence.of("company"))
        if cuts and not of_round and not sentence.search(_BACK):
            return True
    return False


def _aside(sentence: Sentence, mark: Mark, stated: list[Statement]) -> bool:
    """Does the link stand in a relative clause that tells of the company, and not of its cut ("which uses AI to …")?"""
    ends = {c.end for c in sentence.of("company")}
    before = [
        m.start()
        for m in _RELATIVE.finditer(sentence.text, sentence.start, mark.start)
        if m.start() in ends or sentence.search(_UNIT, sentence.text[max(sentence.start, m.start() - 12) : m.start()])
    ]
    if not before:
        return False
    left = before[-1]
    right = sentence.text.find(",", mark.end, sentence.end)
    right = sentence.end if right < 0 else right
    if any(left <= s.bound.start < right for s in stated):
        return False
    return not sentence.search(_ABOUT_CUTS, sentence.text, left, right)


def _clause_of_another(sentence: Sentence, mark: Mark, stated: list[Statement]) -> bool:
    """Does the link stand in a clause of its own, behind "while" or a dash, that speaks of another company?"""
    left, right = clause_bounds(sentence, mark)
    if any(left <= s.bound.start and s.bound.end <= right for s in stated):
        return False
    own = {s.company for s in stated}
    if any(c.value.name in own for c in sentence.of("company") if left <= c.start < right):
        return False
    return bool(_SUBJECT.match(sentence.text[left:right]))


def _clause_of_anybody(sentence: Sentence, mark: Mark, stated: list[Statement]) -> bool:
    """Does the link stand in a clause of its own that is about companies or times in general?"""
    left, right = clause_bounds(sentence, mark)
    if left == sentence.start or any(left <= s.bound.start < right for s in stated):
        return False
    return bool(
        sentence.search(_ANYBODY, sentence.text, left, right)
        and not sentence.search(_THE_COMPANY, sentence.text, left, right)
    )


def _same_clause(mark: Mark, statement: Statement, stated: list[Statement]) -> bool:
    """Where a sentence holds several statements, the link belongs to the nearest and to others of its company."""
    distances = [(max(mark.start - s.bound.end, s.bound.start - mark.end, 0), s.company) for s in stated]
    least = min(distances)[0]
    own = max(mark.start - statement.bound.end, statement.bound.start - mark.end, 0)
    return own == least or any(far == least and company == statement.company for far, company in distances)
