"""What kind of cut a statement tells: layoff, buyout, closure, contract_end …, by the words beside the cut's own."""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.figures import Bound
from extract.sentences import Sentence, once
from extract.windows import before, behind
from extract.words import context

_BUYOUT = Expression(rf"(?i)\b{context('action.buyout')}")
_AND_CONTRACTORS = Expression(r"(?i)\b(?:employees|staff|workers) and contract")
_CONTRACTOR = Expression(rf"(?i)\b{context('action.contractor')}\b")
#: A site that shuts: plant, depot, mine … (offices and stores only where all of them do).
_SITE_SHUTS = Expression(
    rf"(?i)\b{context('action.shuts')}\s+(?:(?:{context('action.which')}|\w+[’']s)\s+)*(?:[\w’'-]+\s+){{0,3}}"
    rf"{context('action.site')}\b"
    rf"|\b{context('action.plant')}(?:['’]s)?\s+closures?\b"
    r"|\bclos(?:e|es|ing)\s+all\s+(?:of\s+)?(?:(?:its|the|their)\s+|\d)(?:[\w’'-]+\s+){0,3}(?:stores|shops|offices|branches)\b"
)
#: Behind a cut with its figure: a site shuts too, which is not where all of them go ("cutting 300 jobs and closing …").
_AND_SHUTS = re.compile(rf"(?i)\s+(?:and|as well as)\s+(?:(?:is|will|also|to)\s+)*{context('action.shuts')}\b")
#: The whole business or the site spoken of shuts.
_BUSINESS_SHUTS = re.compile(
    rf"(?i)\b(?:{context('action.has')} (?:closed|closing|shut|shutting|wound up|winding up)"
    rf"|{context('action.ends')}|ceas(?:e|es|ed|ing) (?:all )?(?:operations|trading|production)"
    rf"|the {context('action.house')} (?:closes|is closing|will close))\b"
)
#: The employer is gone with all of its people: "shut down on Wednesday and dismissed all 64 of its people".
_ENDS_ITSELF = Expression(
    r"(?i)\b(?:shut(?:s|ting)?(?: itself)? down|clos(?:es|ed|ing) (?:down|its doors)"
    r"|ceas(?:es|ed|ing) (?:operations|trading|business|production)"
    r"|w(?:ound|inds|inding) up|went out of business|fold(?:s|ed|ing))\b"
)
_EVERYONE = Expression(
    r"(?i)\b(?:all|every one|each)(?: of)?(?: (?:its|the|their|about|roughly|some))*\s*$|\b(?:entire|whole)\b"
)
#: The only means named are that people leave of their own choice, or are not replaced.
_BY_CHOICE = Expression(rf"(?i)\b{context('action.by')}\s+(?:\w+\s+){{0,2}}?{context('action.choice')}")
_UNREPLACED = Expression(
    rf"(?i)\b{context('action.by')}\s+(?:\w+\s+){{0,2}}?{context('action.wastage')}\b"
    rf"|\bnot\s+(?:replacing|filling)\s+(?:the\s+)?{context('action.leavers')}\b"
)
#: Another means beside them.
_FORCED = Expression(rf"(?i)\b{context('action.forced')}")
#: An office, a studio or a shop shuts, and the jobs go with it.
_OFFICE = (
    rf"{context('action.shuts')}\s+(?:down\s+)?(?:\w+\s+of\s+)?(?:{context('action.which')}\s+)+"
    rf"(?:[\w’'-]+\s+){{0,4}}{context('action.office')}\b"
)
_OFFICE_SHUTS = Expression(rf"(?i)\b{_OFFICE}[^.;]{{0,60}}?{context('action.jobs_go')}")
_GO_WHEN_SHUT = re.compile(rf"(?i)^[^.;]{{0,40}}\b(?:when|as|by)\s+(?:it\s+|they\s+)?{_OFFICE}")
#: Most characters of the paragraph to either side of a sentence in which a closing business is looked for.
_PARAGRAPH = 600


@once
def action(sentence: Sentence, bound: Bound) -> str:
    """The action of the cut's own words (cuts.csv), or the special one that the words around make of a layoff."""
    own: str = bound.cut.value.action
    if own != "layoff":
        return own
    if _chosen(sentence, bound):
        return "buyout"
    if _of_contractors(sentence, bound):
        return "contract_end"
    if means := _only_means(sentence, bound):
        return means
    return "closure" if _shuts(sentence, bound) else own


def _chosen(sentence: Sentence, bound: Bound) -> bool:
    """Do people leave of their own choice: "500 opted for voluntary redundancy"?"""
    around = before(sentence, bound.start, 90) + _from_start(sentence, bound, 90)
    cut = sentence.text[bound.cut.start : bound.cut.end]
    return bool(sentence.search(_BUYOUT, around) and re.match(r"(?i)opted|quit|leave|to leave", cut))


def _only_means(sentence: Sentence, bound: Bound) -> str | None:
    """The action, where the words behind the cut name voluntary leaving or attrition as the one means."""
    rest = behind(sentence, bound.end, 120)
    chosen, unreplaced = sentence.search(_BY_CHOICE, rest), sentence.search(_UNREPLACED, rest)
    if bool(chosen) == bool(unreplaced) or sentence.search(_FORCED):
        return None
    return "buyout" if chosen else "attrition"


def _of_contractors(sentence: Sentence, bound: Bound) -> bool:
    """Is it contractors who go?"""
    contractors = bound.headcount and sentence.search(_CONTRACTOR)
    own = _from_start(sentence, bound, 30)
    if contractors and "contract" in own.lower() and not sentence.search(_AND_CONTRACTORS, own):
        return True
    return bool(bound.share) and "contract" in _from_start(sentence, bound, 20).lower()


def _from_start(sentence: Sentence, bound: Bound, width: int) -> str:
    """The statement's own words and as many characters behind them."""
    return behind(sentence, bound.start, bound.end - bound.start + width)


def _shuts(sentence: Sentence, bound: Bound) -> bool:
    """Does a site shut in this sentence, or, where jobs are only "lost", the business in this paragraph?"""
    if _all_go(sentence, bound):
        return True
    if sentence.search(_SITE_SHUTS):
        return not _AND_SHUTS.match(behind(sentence, bound.end, 40))
    office = sentence.search(_OFFICE_SHUTS)
    if office and sentence.start + office.start() <= bound.start <= sentence.start + office.end() + 20:
        return True
    if _GO_WHEN_SHUT.match(behind(sentence, bound.end, 120)):
        return True
    cut = sentence.text[bound.cut.start : bound.cut.end]
    lost = bound.cut.value.kind == "lose" or re.search(r"(?i)loss|cost|lost", cut)
    return bool(lost and _BUSINESS_SHUTS.search(_paragraph(sentence)))


def _all_go(sentence: Sentence, bound: Bound) -> bool:
    """Does the employer shut, in this sentence, and dismiss all of its people?"""
    head = bound.headcount
    lead = before(sentence, head.start, 30) if head else sentence.text[bound.start : bound.end]
    return bool(sentence.search(_ENDS_ITSELF) and sentence.search(_EVERYONE, lead))


def _paragraph(sentence: Sentence) -> str:
    """The paragraph around a sentence, at most _PARAGRAPH characters to either side."""
    text = sentence.text
    first, last = max(0, sentence.start - _PARAGRAPH), sentence.end + _PARAGRAPH
    start = text.rfind("\n", first, sentence.start) + 1
    end = text.find("\n", sentence.end, last)
    return text[max(start, first) : end if end >= 0 else last]
