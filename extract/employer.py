"""Whose cut it is: the employer of a statement, by the places that names and references take in its sentence.

Each name in the sentence gets a score for its place; the best wins. A name that no list knows needs a place that only
an employer takes. References ("the company", "it") stand for the employer last spoken of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from extract.companies import fold
from extract.components.company import Name, voices
from extract.figures import Bound
from extract.marks import Mark
from extract.sentences import Sentence

#: What may stand between a subject and its verb: auxiliaries, verbs of saying and planning, adverbs.
_LEAD = (
    r"(?:has|have|had|will|would|is|are|was|were|to|be|been|being|may|might|could|must|can|should|said|says|say|told|announced|announces"
    r"|confirmed|confirms|revealed|reveals|disclosed|unveiled|unveils|decided|agreed|plans?|planned|planning|expects?|expected|intends?|intended|aims?|looks?|looking|set|sets|poised|about"
    r"|going|preparing|prepares?|beginning|begins?|began|starts?|started|starting|considers?|considering|weighs?|weighing|mulls?|mulling|proposes?|proposed|wants?|seeks?|seeking|continues?|continued|having|made|makes|making|took|takes|taking"
    r"|forced|due|expanding|expands?|carried|carries|carrying|out|in|on|its|it|that|they|the|a|an|another|more|further|also|just|again|now|recently|reportedly|quietly|already|still|soon|once|later|then|previously|temporarily|officially|successfully|currently"
    r"|plan|plans|decision|round|rounds|wave|latest|new|first|second|third|fresh|of|for|staff|employees|workers|investors|by|filing|memo|statement|letter|email|would|down|reported|report|how|many|up|quarter|results|as|part"
    r"|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|yesterday|this|last|week|month|year|january|february|march|april|may|june|july|august|september|october|november|december|early|late|globally|worldwide|who|which|public|known|clear|ready|\d+)"
)
_SUBJECT = re.compile(rf"(?i)^[\s,]*(?:{_LEAD}[\s,:]+){{0,14}}[\s,\"“'‘]*$")
_APPOSED = re.compile(r"^\s*(?:\([^)]{1,60}\)\s*)?(?:,\s(?:which|whose|the (?:owner|parent|maker|company behind))\b[^;\n]{2,200}?,(?=\s(?:is|has|will|was|had|said|plans|announced|cut|let|laid|shed)\b)|[,—–]\s?[^,;—–\n]{2,110}(?:,\s(?:and|or)\s[^,;]{2,60})?[,—–])\s*")
_BREAK = re.compile(r"(?i);|\b(?:while|whereas|although|after|before|when|because|since|following|as|but|amid|where|joining|joins)\b|\.\s")
_AT = re.compile(r"(?i)^[^;:]{0,70}?\b(?:at|by|from|within|across|inside|of|for)\s+(?:(?:the|its|their|an?|both)\s+)?(?P<mods>(?:[\w’'.&-]+\s+){0,4})[\"“]?$")
_POSSESSIVE = re.compile(r"^[’']s?\s+(?:[\w“”\"’'%,.&-]+\s+){0,7}[\"“]?$")
_VOICE_AFTER = re.compile(
    r"(?i)^[’']?s?[\s,]*(?:(?:has|had|have|also|first|later|previously|exclusively|newspaper|magazine|website|news)\s+)*(?:reports?\b|reported|reporting|said|says|wrote|writes|tweeted|estimates?d?|predicts?|reckons|counts|found|calculates|notes?d?\b|understands|claims?|noted|broke|cited|told|tracker|data|analysts?\b|columnist|journalist)"
)
_VOICE_BEFORE = re.compile(
    r"(?i)(?:according to|reported by|report(?:s)? (?:by|from|in|on)|citing|cited by|cites|told|seen by|obtained by|viewed by|data (?:from|by)|analysts? (?:at|from|with)|per|via|interview with|in|post on|posted (?:on|to)|speaking to|published (?:by|in|on)|investor|investors|backed by|owned by|owner of|bought (?:from|by)|sold to|acquired by|formerly (?:of|at)|once of|rivals? such as|such as|competitors? (?:such as|like)|like|unlike|customers? (?:such as|like)|including|joins|joining|from companies)\s+(?:the\s+|its\s+|an?\s+)?(?:[\w’'-]+\s+){0,2}$"
)


#: The name is one of a list inside an apposition: brands, owners, examples ("the owner of HuffPost, Yahoo and AOL").
_EMBEDDED = re.compile(
    r"(?i)(?:\bowners? of|\bparent(?: company)? of|\bwhich (?:owns|runs|makes|operates)|\bmakers? of|\bnetworks including|\bbrands (?:including|such as|like)|\b(?:companies|firms|employers|rivals|giants)(?:,? (?:such as|including|like|from))|\bbehind|\bsubsidiary of|\bunit of|\barm of|\bdivision of|\bpart of|\bdeveloper of|\bcompetes with|\bcaught up with)"
    r"\s+(?:(?:the|its|and|to|both|music|money|app|payment|brands?|service|services|sites?|networks?|including|titles?)\s+|[A-Z0-9][\w’'&.-]*(?:\s(?:App|Inc|Corp|Group)\.?)*,?\s+)*$"
)


@dataclass(slots=True)
class Focus:
    """What the article has spoken of so far, for references: the topic, the last employer, each paragraph's head."""

    topic: str | None = None
    single: bool = True  # is the topic the one employer that the article tells of?
    last: str | None = None
    paragraph: int = -1
    head: str | None = None  # employer that heads the running list item or paragraph
    subject: str | None = None  # the name that opened the last sentence with one
    subject_paragraph: int = -1
    head_at: int = -1  # offset of the sentence in which that head stands
    accepted: set[str] = field(default_factory=set)  # folded open names that took an employer's place

    def resolve(self, sentence: Sentence, before: int) -> str | None:
        """The employer that a reference at offset `before` stands for."""
        same = [c for c in sentence.of("company") if c.end <= before and self.usable(c) and not is_voice(sentence, c, before) and not embedded(sentence, c)]
        names = [str(c.value.name) for c in same]
        opening = next((c for c in sentence.of("company") if c.start - sentence.start <= 4 and c.end <= before), None)
        if opening and _ANNOUNCES.match(sentence.text, opening.end) and not is_voice(sentence, opening, before):
            return str(opening.value.name)
        if self.topic in names:
            return self.topic
        if names and (not self.single or fold(names[0]) in self.accepted or _ANNOUNCES.match(sentence.text, same[0].end)):
            return names[0]
        if self.head and self.paragraph == sentence.paragraph:
            return self.head
        if self.subject and self.subject_paragraph == sentence.paragraph:
            return self.subject
        if self.single and self.topic:
            return self.topic
        return self.last or self.topic or (names[0] if names else None)

    def usable(self, mark: Mark) -> bool:
        """May the mark stand for an employer at all: listed, by its form, or accepted before?"""
        name: Name = mark.value
        return name.form != "open" or fold(name.name) in self.accepted


_ANNOUNCES = re.compile(r"(?:,[^,]{2,80},)?\s+(?:has |had |also |recently )*(?:announced|said|says|confirmed|plans|told|revealed|disclosed|expects|unveiled|intends)\b")


@dataclass(frozen=True, slots=True)
class Employer:
    """The answer: printed name, the words that named it (None where the focus did), score 0..100 and rule."""

    name: str
    mark: Mark | None
    score: float
    rule: str


def employer(sentence: Sentence, bound: Bound, focus: Focus) -> Employer | None:
    """The employer of a statement, None when nobody is in sight."""
    options = [o for m in sentence.of("company") if (o := _score(sentence, bound, m, focus))]
    options += [o for m in sentence.of("reference") if (o := _refer(sentence, bound, m, focus))]
    best = max(options, key=lambda o: (o.score, o.mark.start if o.mark else 0), default=None)
    if best and best.score >= 50:
        return best
    if not sentence.of("company") and focus.subject and focus.subject_paragraph == sentence.paragraph and focus.subject != focus.topic:
        return Employer(focus.subject, None, 55, "employer.previous")
    default = focus.head if focus.head and focus.paragraph == sentence.paragraph else None
    if default:
        return Employer(default, None, 48, "employer.head")
    usable = [c for c in sentence.of("company") if focus.usable(c) and not is_voice(sentence, c, bound.start) and not embedded(sentence, c)]
    usable = [c for c in usable if fold(c.value.name) not in voices() or c.value.name == focus.topic]
    if len({c.value.name for c in usable}) == 1:
        return Employer(usable[0].value.name, usable[0], 46, "employer.only")
    name = focus.topic if focus.topic else focus.last
    if name is None or (not focus.single and not _ANAPHOR.search(sentence.text[sentence.start : bound.end])):
        return best if best and best.score >= 45 else None
    return Employer(name, None, 40, "employer.topic")


#: Words that speak of a cut already told, so that a sentence without a name still speaks of the topic's.
_ANAPHOR = re.compile(r"(?i)\b(?:the (?:latest |new |planned |proposed )?(?:layoffs?|cuts?|job cuts|reductions?|redundancies|company|move|plan|round)|those (?:affected|laid)|affected employees|these (?:layoffs|cuts))\b")


def embedded(sentence: Sentence, mark: Mark) -> bool:
    """Is the name only an owner, a brand, a product or an example inside another's apposition, or a verb's object?"""
    before = sentence.text[max(sentence.start, mark.start - 130) : mark.start]
    after = sentence.text[mark.end : mark.end + 40]
    if re.search(r"\b(?:its|their)\s+$", before) and re.match(r"\s+(?:project|product|service|app|brand|programme|program)\b", after):
        return True
    return bool(_EMBEDDED.search(before) or _OBJECT_OF.search(before[-24:]) or _OWNER_AFTER.match(after))


#: "its Devices team", "the Assistant layoffs": a unit's or product's name, not an employer's.
_ITS = re.compile(r"\b(?i:its|their|our|his|her)\s+(?:[A-Z][\w’'-]+\s+){0,3}$|\b[Tt]he\s+$")
#: Behind a name: it owns, makes or names another one, and is not itself the employer here.
_OWNER_AFTER = re.compile(r"-(?:owned|backed|led)\b|[’']s\s+(?:parent|owner)\b|\s+(?i:developer|maker|owner|parent|creator|founder|co-founder|co-creator)\s+[A-Z]")
_OBJECT_OF = re.compile(r"(?i)\b(?:ax|axe|axing|close|closing|shut|shutting|sell|sold|selling|buy|buying|bought|acquir(?:e|ed|ing)|leav(?:e|ing)|left|join(?:ed|ing)?)\s+(?:down\s+)?$")


def is_voice(sentence: Sentence, mark: Mark, anchor: int) -> bool:
    """Does the name only report, own, invest or compare here?"""
    text = sentence.text
    before, after = text[max(sentence.start, mark.start - 60) : mark.start], text[mark.end : mark.end + 60]
    voice = fold(mark.value.name) in voices()
    if re.match(r"(?i)^[’']?s?[\s,]*(?:(?:has|had|first|exclusively|newspaper|magazine)\s+)*report(?:s|ed)\b(?! (?:a|an|its|first[- ]quarter|net|revenue|earnings|results|quarterly|second|third|fourth|higher|lower|sales|profit|\$))", after) or re.match(r"^,? for its part,", after):
        return True
    if voice and _VOICE_AFTER.match(after) and not re.match(r"(?i)^[\s,]*(?:said|says|told|announced)\s+(?:\w+\s+)?(?:it|its|they|that it|on|in an?|staff|employees)\b", after):
        return True
    if re.search(r"(?i)(?:according to|reported by|told|seen by|obtained by|citing|,\s?per|via|analysts? (?:at|from|with)|interview with|posts? on|posted (?:on|to)|message on|wrote on|comment (?:on|to)|spoke to|speaking to)\s+(?:the\s+|an?\s+)?(?:[\w’'-]+\s+){0,1}$", before):
        return True
    return voice and bool(re.search(r"(?i)(?:\bin|\bby|\bfrom|\bon|\bof|\bthe)\s+(?:the\s+|a\s+|an\s+)?$", before)) and not re.match(r"(?i)[’']s?\s+(?:layoffs|job|staff|newsroom|workforce)|\s+(?:will|has|is|to|cuts?|lays|layoffs|employees|staff|laid)\b", after)


def _score(sentence: Sentence, bound: Bound, mark: Mark, focus: Focus) -> Employer | None:
    if is_voice(sentence, mark, bound.start):
        return None
    score, rule = _place(sentence, bound, mark.start, mark.end)
    if not focus.usable(mark):
        opens = mark.start - sentence.start <= 4 and rule == "employer.subject"
        if score < (55 if opens else 70) or _ITS.search(sentence.text[max(sentence.start, mark.start - 40) : mark.start]):
            return None
        score -= 6
    own = re.match(r"(?i)\s+(?:\w+\s+)?(?:staff|journalists|workers|employees|newsroom|bosses)\b", sentence.text[mark.end : mark.end + 30])
    if fold(mark.value.name) in voices() and score < 84 and not own:
        score -= 45
    before = sentence.text[max(sentence.start, mark.start - 130) : mark.start]
    if embedded(sentence, mark):
        score -= 45
    before = before[-50:]
    if _VOICE_BEFORE.search(before) and rule not in ("employer.at", "employer.possessive"):
        score -= 30
    return Employer(mark.value.name, mark, score, rule) if score > 0 else None


def _refer(sentence: Sentence, bound: Bound, mark: Mark, focus: Focus) -> Employer | None:
    score, rule = _place(sentence, bound, mark.start, mark.end)
    if mark.rule == "reference.pronoun" and rule != "employer.subject":
        return None
    name = focus.resolve(sentence, mark.start)
    if mark.rule == "reference.noun" and (own := _own_name(sentence, mark)):
        name = own
    return Employer(name, mark, score - 4, rule.replace("employer", "reference")) if name and score > 60 else None


def _own_name(sentence: Sentence, mark: Mark) -> str | None:
    """The name right behind a describing reference: "the Berlin-based startup Foo", "its division, Bar"."""
    for name in sentence.of("company"):
        if sentence.text[mark.end : name.start] == " " or (mark.start <= name.start < mark.end and name.value.form == "described"):
            return str(name.value.name)
    return None


def _place(sentence: Sentence, bound: Bound, start: int, end: int) -> tuple[float, str]:
    """Score and rule for the place that a name takes towards the statement."""
    text = sentence.text
    figure = bound.headcount or bound.share
    if figure and (text[end : figure.start].strip() == "(" or text[end : figure.start] == " " and figure.value is not None and getattr(figure.value, "role", "") == "bare"):
        return 96, "employer.brackets"
    if figure and (semicolon := text.rfind(";", sentence.start, figure.start)) > bound.cut.end:
        return (90, "employer.gapped") if semicolon < start and end <= figure.start else (20, "employer.other")
    if bound.start <= start and end <= bound.end:
        return _inside(sentence, bound, start, end)
    if end <= bound.start:
        return _before(sentence, text[end : bound.start], bound)
    gap = text[bound.end : start]
    if re.search(r"(?i)^(?:ahead of|before|after|despite|since|while|by|besides|in addition to|following)\s", sentence.words) and re.fullmatch(r"[^,;]{0,60},\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}", gap):
        return 84, "employer.subject"
    if any(bound.end <= c.start and c.end <= start and not embedded(sentence, c) for c in sentence.of("company")):
        return 40 - 0.1 * len(gap), "employer.after"
    if re.fullmatch(r"[^;.]{0,40}[,–—]\s*", gap) and re.match(r"(?i)\s+(?:ceo\s+|boss\s+|chief\s+|confirms\b|says\b|said\b|announces\b|tells\b|blames\b)", text[end : end + 12]):
        return 84, "employer.says"
    if _AT.match(gap) and not _BREAK.search(gap):
        return 88 - 0.25 * len(gap), "employer.at"
    return 30 - 0.1 * len(gap), "employer.after"


def _inside(sentence: Sentence, bound: Bound, start: int, end: int) -> tuple[float, str]:
    """A name among the statement's own words: "10,000 Nokia jobs", "500 jobs will be cut at Acme, 5 % of …"."""
    text = sentence.text
    after = text[end : end + 30]
    head = bound.headcount or bound.share
    if head and head.start <= start and end <= head.end:
        return 90, "employer.inside"
    if re.match(r"(?i)[’']s?\s|\s+(?:jobs|employees|staff|workers|layoffs|job cuts)\b", after) or re.search(r"(?i)\b(?:at|by|from|across)\s+(?:the\s+)?(?:[\w’'-]+\s+){0,3}$", text[max(sentence.start, start - 40) : start]):
        return 86, "employer.at"
    gap = text[end : bound.cut.start] if end <= bound.cut.start else ""
    if gap and _SUBJECT.match(gap):
        return 84, "employer.subject"
    return 70, "employer.inside"


def _before(sentence: Sentence, gap: str, bound: Bound) -> tuple[float, str]:
    noun = bound.cut.value.kind in ("noun", "weaknoun", "freeze", "buyout", "attrition")
    if re.match(r"^[’']s?\s", gap) and _POSSESSIVE.match(gap) and not _BREAK.search(gap):
        return 93 - 0.3 * len(gap), "employer.possessive"
    if noun and re.fullmatch(r"(?i)[\s’'s-]*(?:(?!(?:the|an?|its|their|his|her|our|to|and|of|in|on|for|says?|said|announc\w*|confirm\w*|disclos\w*|report\w*|plans?|faces?|facing|begins?|over|after|used|wants?|after|rules?)\b)[\w-]+\s+){0,2}", gap):
        return 90 - 0.3 * len(gap), "employer.compound"
    trimmed = _APPOSED.sub("", gap, count=1)
    extra = 6 if trimmed != gap else 0
    if re.match(r"(?i)^[’']s?\s+(?:[\w.-]+\s+){0,4}(?:ceo|chief|chairman|founder|co-founder|spokes\w+|head|boss|president)\b", trimmed):
        return 76 - 0.1 * len(trimmed), "employer.executive"
    if re.match(rf"(?i)^\s+(?:{_executive()})\b", trimmed):
        return 80 - 0.08 * len(trimmed), "employer.executive"
    if _SUBJECT.match(trimmed):
        return 90 - extra - 0.15 * len(trimmed), "employer.subject"
    breaks = len(_BREAK.findall(trimmed))
    return 72 - extra - 14 * breaks - 0.2 * len(trimmed), "employer.subject" if not breaks else "employer.before"


@cache
def _executive() -> str:
    return r"(?:co-)?(?:ceo|chief executive|cfo|coo|cto|founder|co-founder|chairman|president|boss|spokes\w+|executives?|managers?|management|leaders|founders|employees|staff)"


def list_head(sentence: Sentence, focus: Focus) -> str | None:
    """The employer that heads a list item: "- Intel: 33,900 layoffs", "Stitch Fix — …", "2. UPS"."""
    for mark in sentence.of("company"):
        if mark.value.form == "item":
            return str(mark.value.name)
        before = sentence.text[sentence.start : mark.start]
        after = sentence.text[mark.end : mark.end + 4]
        if not re.fullmatch(r"[^\w]*(?:\d{1,2}[.)])?[^\w]*", before):
            return _titled_item(sentence)
        alone = mark.end >= sentence.end or sentence.text[mark.end : sentence.end].strip(" .:*") == ""
        if alone or re.match(r"\s?[:–—]|\s-\s", after):
            return str(mark.value.name)
        return None
    return None


def _titled_item(sentence: Sentence) -> str | None:
    """The employer of an item that opens with a heading of its own: "Layoffs at Acme: Cuts also reached …"."""
    colon = sentence.text.find(":", sentence.start, min(sentence.end, sentence.start + 90))
    if colon < 0 or not any(c.end <= colon for c in sentence.of("cut")):
        return None
    named = [c for c in sentence.of("company") if c.end <= colon + 1 and c.value.form == "listed" and not embedded(sentence, c)]
    return str(named[-1].value.name) if named else None
