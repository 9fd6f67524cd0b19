"""Names that stand in a sentence without being the employer: who only reports or owns, and what is named in passing.

An outlet, analyst house or investor (`extract.names.voices`) may cut jobs itself; the words around its
name tell whether it speaks here or acts.
"""

from __future__ import annotations

import re

from extract.expression import Expression
from extract.marks import Mark
from extract.names import voice
from extract.sentences import Sentence, once
from extract.windows import before
from extract.words import context

#: Behind any name: it reports the news ("Acme first reported"), and not its results ("Acme reported a loss") nor is
#: it spoken of ("Acme reported to cut jobs").
_REPORTS = re.compile(
    r"(?i)[’']?s?[\s,]*(?:(?:has|had|first|exclusively|newspaper|magazine)\s+)*report(?:s|ed)\b"
    rf"(?! (?:{context('voices.results')}|\$|to\b))"
)
#: Behind a voice's name: it tells or counts.
_TELLS = re.compile(rf"(?i)[’']?s?[\s,]*(?:{context('voices.between')}\s+)*{context('voices.tells')}\b")
#: Behind a voice's name: it speaks for itself, as an employer ("said it", "told staff").
_SPEAKS_AS_EMPLOYER = re.compile(
    rf"(?i)[\s,]*(?:said|says|told|announced|confirmed|revealed|disclosed|admitted)\s+"
    rf"(?:(?:(?:late|early|back)\s+)?(?:in|on|last|earlier this|this)\s+[\w.]+\s+(?:\d{{1,2}}\s+)?|\w+\s+)?"
    rf"{context('voices.addressed')}\b"
)
#: Behind any name: it is spoken of ("Citi said to be cutting 600 jobs").
_SPOKEN_OF = re.compile(r"(?i)\s+(?:is\s+|are\s+)?(?:said|reported)\s+to\s+(?!(?:the|its|an?|have said)\b)[a-z]+")
#: Before any name: it is the source.
_CITED = Expression(rf"(?i)(?:\b{context('voices.cited')}|, ?per)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){{0,1}}$")
#: Behind any name: it speaks beside another voice, and does not cut ("Acme, for its part, says that 300 go").
_FOR_ITS_PART = re.compile(rf"(?i),? for its part,(?!\s+(?:\w+\s+){{0,3}}?{context('voices.cuts')}\b)")
#: Behind a name that is no outlet's: it tells what it does itself ("reported it was trimming 50 jobs").
_REPORTS_ITSELF = re.compile(r"(?i)\s+(?:has\s+|had\s+)?reported\s+(?:that\s+)?(?:it|they)\b")
#: Behind an outlet's name: what it wrote ("Forbes “massive layoff” report").
_ITS_REPORT = re.compile(
    r"(?i)[’']?s?\s+(?:[\"“‘'][^\"”’'\n]{2,40}[\"”’']\s+|[\w-]+\s+){0,2}(?:report|story|article|scoop|claims?)\b"
)
#: Before and in the name of an office of a state: a notice goes to it.
_FILED_TO = Expression(
    r"(?i)\b(?:fil\w+|notices?|notif\w+|letters?|sent|submitted|according)\b[^,;.]{0,50}\b(?:with|to|by|from|on)\b(?:[^,;.]|(?<=U)\.|(?<=S)\.){0,40}$"
    r"|\b(?:notif\w+|informed|told|alerted|advised)\s+(?:the\s+)?(?:[\w’'.]+\s+){0,2}$"
)
_OFFICE_OF_STATE = re.compile(r"\b(?:Department|Commission|Agency|Office|Authority|Board|Ministry|Bureau)\b")
#: Behind any name: it has counted others.
_FOUND = re.compile(r"(?i)\s+(?:has\s+|have\s+)?(?:found|finds|estimates|estimated|calculates|calculated)\s+that\b")
#: A regulator's name before what others file with it ("an SEC filing").
_FILED_WITH = re.compile(
    rf"{context('voices.regulator')}\s+(?i:filings?|documents?|disclosures?|notices?|forms?|reports?)\b"
)
#: Before any name: those who wind up another ("administrators from", "joint administrator Jo Roe of").
_WINDS_UP = Expression(
    r"\b[Aa]dministrators?\b(?:(?:\s+(?:and\s+)?[A-Z][\w’'-]+)+\s+(?:of|from|at)|\s+(?:from|at))\s+$"
    r"|\b(?i:liquidators?|receivers?|trustees?)\b(?:(?:\s+(?:and\s+)?[A-Z][\w’'-]+)+\s+(?:of|from|at)|\s+(?:from|at))\s+$"
)
#: Before any name: its trade is to observe ("the outplacement firm").
_OBSERVER = Expression(rf"(?i)\b{context('voices.observing')}\s+(?:firm|company|house|group|agency)\s+$")
#: Before a voice's name: only the place where something was told ("in the Financial Times").
_TOLD_IN = Expression(r"(?i)\b(?:in|by|from|on|of|(?<!at )the)\s+(?:the\s+|a\s+|an\s+)?$")
#: Around a platform's name: the place where something is told ("wrote on LinkedIn", "a Reddit post").
_TOLD_ON = Expression(r"(?i)\b(?:on|via|over|through)\s+$")
_OWN_PLATFORM = re.compile(r"[’']s\b|\s+(?:staff|employees|workers|jobs|engineers)\b")
_PLATFORM = re.compile(rf"{context('voices.platform')}")
_POST = re.compile(rf"(?i)\s+{context('voices.post')}\b")
#: Behind a voice's name: its own staff, its own doing.
_CUTS_ITSELF = re.compile(
    r"(?i)(?:(?-i:[ ][A-Z][\w’'-]+){0,2})"
    rf"(?:[’']s?\s+(?:layoffs|job|staff|newsroom|workforce)|\s+{context('voices.cuts')}\b)"
)
#: Before a name: source, owner, buyer, rival or example.
_INTRODUCED = Expression(rf"(?i){context('voices.introduced')}\s+(?:the\s+|its\s+|an?\s+)?(?:[\w’'-]+\s+){{0,2}}$")
#: Before a name: its taking over ("inherited from the takeover of stricken rival").
_BOUGHT = Expression(
    r"(?i)\b(?:takeover|acquisition|purchase|rescue) of\s+"
    r"(?:(?:the|its|fellow|stricken|smaller|rival|competitor)\s+){0,3}$"
)
#: The name is one of a list inside an apposition: brands, owners, examples ("the owner of HuffPost, Yahoo and AOL").
_EMBEDDED = Expression(
    rf"(?i)\b(?:{context('voices.owner')}"
    r"|[a-z]+s,? (?:such as|including)|(?:companies|firms|employers|rivals|giants),? (?:like|from))"
    rf"\s+(?:the\s+|{context('voices.brand')}\s+|(?-i:[A-Z0-9])[\w’'&.-]*(?:\s(?:App|Inc|Corp|Group)\.?)*,?\s+)*$"
)
#: "Acme, one of Zentrix's lenders": the name only tells whose.
_ONE_OF = Expression(rf"(?i),\s+{context('voices.one_of')}\s+$")
_OWN_PRODUCT = re.compile(rf"\s+{context('voices.product')}\b")
#: The name is the object of a verb of owning or leaving ("sold Acme", "joined Acme").
_OBJECT_OF = Expression(rf"(?i)\b{context('voices.object')}\s+(?:down\s+)?$")
#: Before and behind a name that an apposition gives to an owner: "The parent of Acme, | Zentrix |, is cutting".
_APPOSED = re.compile(
    r"\b(?:owner|parent|parent company|maker|publisher|developer|operator) of (?:the )?[^,;.]{2,40}, $"
)
_ACTS = re.compile(r",\s(?:has|had|have|is|was|will|said|says|plans|announced|confirmed|cut|laid)\b")
#: What is shut, and behind a name: it is one of its sites ("shut the Acme plant").
_SHUTS = re.compile(r"(?i)(?:clos|shut)")
_SITE = re.compile(rf"(?:[’']s)?\s+(?:[\w-]+\s+)?{context('unlisted.site')}\b")
#: Behind "part of" and a name: its plan, of which something is a part ("part of Acme's wider plan to").
_ITS_PLAN = re.compile(rf"(?i)[’']s?\s+(?:[\w-]+\s+){{0,4}}?{context('voices.plan')}\b")
#: Behind a name: it owns, makes or names another one, and is not itself the employer here.
_OWNER_AFTER = re.compile(
    rf"-(?:owned|backed|led)\b|[’']s\s+(?:parent|owner)\b|\s+(?i:{context('voices.maker')})\s+[A-Z]"
    rf"|\s+(?i:{context('voices.of_name')})\b(?!\s+(?i:{context('voices.house')})\b)"
)
#: Behind the last of several names, who owns or makes them, with no name of its own.
_TITLES_OWNER = re.compile(r"\s+(?:publisher|owner|parent|maker|operator|developer)\b(?!\s+[A-Z])")
_AND_TITLE = re.compile(r"\s+and\s+(?:the\s+)?[A-Z][\w’'.&-]*(?:\s[A-Z][\w’'.&-]*){0,3}" + _TITLES_OWNER.pattern)
_AND = re.compile(r"\band\s+(?:the\s+)?$")


def known_voice(mark: Mark) -> bool:
    """Is the name one of an outlet, analyst house, union or investor?"""
    return voice(mark.value.name) or mark.value.name.endswith(" Guild")


@once
def is_voice(sentence: Sentence, mark: Mark) -> bool:
    """Does the name only report, own, invest or compare here?"""
    lead, after = before(sentence, mark.start, 60), sentence.text[mark.end : mark.end + 60]
    known = known_voice(mark)
    if sentence.search(_WINDS_UP, lead):
        return True
    if _FILED_WITH.match(sentence.text, mark.start) or lead.endswith("/ ") or _FOUND.match(after):
        return True
    if sentence.search(_OBSERVER, lead) and _TELLS.match(after):
        return True
    if known and _ITS_REPORT.match(after):
        return True
    if sentence.search(_FILED_TO, lead) and _OFFICE_OF_STATE.search(mark.value.name):
        return True
    if _FOR_ITS_PART.match(after) or (_REPORTS.match(after) and (known or not _REPORTS_ITSELF.match(after))):
        return True
    if known and _TELLS.match(after) and not (_SPEAKS_AS_EMPLOYER.match(after) or _SPOKEN_OF.match(after)):
        return True
    if sentence.search(_CITED, lead) or platform(sentence, mark):
        return True
    return known and bool(sentence.search(_TOLD_IN, lead)) and not _CUTS_ITSELF.match(after)


def platform(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only that of a platform on which somebody tells something?"""
    if not _PLATFORM.fullmatch(sentence.text, mark.start, mark.end):
        return False
    told_on = sentence.search(_TOLD_ON, before(sentence, mark.start, 10))
    on_it = told_on is not None and not _OWN_PLATFORM.match(sentence.text, mark.end)
    return on_it or _POST.match(sentence.text, mark.end) is not None


def bought(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only whom another takes over: "inherited from the takeover of its rival Acme"?"""
    return sentence.search(_BOUGHT, before(sentence, mark.start, 60)) is not None


@once
def introduced(sentence: Sentence, mark: Mark) -> bool:
    """Do the words before the name make it a source, an owner, a rival or an example?"""
    return bool(sentence.search(_INTRODUCED, before(sentence, mark.start, 50)))


@once
def embedded(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only an owner, a brand, a product or an example inside another's apposition, or a verb's object?"""
    lead = before(sentence, mark.start, 130)
    after = sentence.text[mark.end : mark.end + 40]
    if _OWN_PRODUCT.match(after) and re.search(r"\b(?:its|their)\s+$", lead):
        return True
    if lead.endswith("part of ") and _ITS_PLAN.match(after):
        return False
    if sentence.search(_ONE_OF, lead) and after.startswith(("'s ", "’s ")):
        return True
    if _AND_TITLE.match(sentence.text, mark.end) or (_AND.search(lead) and _TITLES_OWNER.match(after)):
        return True
    if sentence.search(_EMBEDDED, lead) and not (_APPOSED.search(lead) and _ACTS.match(after)):
        return True
    closed = sentence.search(_OBJECT_OF, lead[-24:])
    return bool(closed and not (_SHUTS.match(closed[0]) and _SITE.match(after))) or bool(_OWNER_AFTER.match(after))
