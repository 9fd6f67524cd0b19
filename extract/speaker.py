"""Is it the employer's voice that ties AI to a cut, or someone else's? Which of them: extract/speaker_kind.py."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

#: The employer's voice: its officers, its papers, its own saying.
_EMPLOYER = Expression(
    rf"(?i)\b(?:{context('speaker.employer')}|chief \w+ officer"
    rf"|what (?:it|he|she|they|(?:the|its) (?:{context('speaker.house')}|{context('speaker.boss')}))"
    rf" (?:has |had |have )?{context('speaker.calls')}"
    rf"|(?:the )?{context('speaker.house')}(?:'s|’s)?(?:, (?:which|whose) [^;.]{{3,80}}?,)?"
    rf" {context('speaker.house_says')})\b"
)
#: A verb of announcing governs what stands behind it only, unlike "cuts linked to AI have been announced".
_ANNOUNCED = Expression(r"(?i)\bannounc(?:ed|es|ing)\b")
_OUTSIDER = Expression(rf"(?i)\b{context('speaker.outsider')}\b")
#: The employer speaks though outsiders stand in the sentence too.
_OWN_MOUTH = Expression(rf"(?i)\b{context('speaker.own_mouth')}\b")
_OWN_PAPERS = Expression(
    r"(?i)\b(?:documents? from|filings? (?:by|from|with)|in (?:a|its|the) (?:memo|letter|filing|statement|blog post)"
    r"|(?:[’']s|\b(?:his|her|its|their)) (?:\w+ )?(?:letter|memo|e-?mail|note|blog post|filing|statement)"
    r" (?:says|said|read|reads|cites|cited|blames|blamed)"
    r"|in its (?:own |public )*(?:communications?|statements|announcements?))\b"
)
#: "It said that …", and an outsider who opens the sentence before ("The union for bank staff, Aurora, was blunt").
_PRONOUN_SAYS = re.compile(rf"(?:It|They|He|She)\s+(?:\w+ly\s+)?(?:also\s+)?(?i:{context('speaker.says')})\b")
_OUTSIDER_FIRST = re.compile(
    rf"(?i)(?:(?:the|an?|one|its|another)\s+)?(?:[\w’'-]+\s+){{0,2}}{context('speaker.they')}\b"
)
#: Someone else is the subject of the saying or blaming.
_THEY_SAY = Expression(
    rf"\b(?<!\bto )(?<!\btold )(?i:{context('speaker.they')}|former \w+)(?:[’']s?)?"
    r"(?:\s(?:at|of|in|from|with|inside)(?:\s(?:the\s)?[A-Z][\w.’'-]*){1,4})?(?:,[^,;]{2,70},)?"
    rf"(?:\s+(?!the company|it\b)(?:[\w-]+|(?<=[^,]\s)[\w-]+,(?!\s+[A-Z]))){{0,3}}?"
    rf"\s+(?i:{context('speaker.they_say')})\b"
)
_PRONOUN = Expression(rf"(?i)\b(?:he|she|they)\s+(?:\w+ly\s+|also\s+)?{context('speaker.says')}\b")
#: The last to speak before the link is the employer: "the union complained after the bank said it would …".
_HOUSE_SAID = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts) {context('speaker.house')} (?:has |had |also )?{context('speaker.house_says')}\b"
)
#: In a quotation: who says it decides for the employer ("We no longer need …"), unlike "we trained our replacement".
_WE_DECIDE = Expression(
    rf"[“\"][^”\"]*\b[Ww]e(?:[’']ve|[’']re|[’']ll)?"
    rf"(?: (?:will|would|have|had|did|do|simply|now|only|also|just|no longer|not|can|could)(?: not|n[’']t)?"
    rf"| (?:don|didn|won|can)[’']t){{0,3}}"
    rf" {context('speaker.we_decide')}\b"
)
#: Behind a name: it says something.
_SAID = (
    r"(?:, (?:who|the|an?|its|his|her) [^,;.“”\"]{2,60},)?"
    rf"(?:\s+\w+ly)?,?\s+(?:has\s+|had\s+|also\s+)*{context('speaker.says')}\b"
)
_COMPANY_SAID = re.compile(
    r"(?:[’']s)?(?:\s+(?:Inc|Corp|Ltd)\.?)?(?:\s+(?:documents?|filings?|memo|management|executives))?" + _SAID
)
_SAID_BEHIND = re.compile(_SAID)
_SAYS = Expression(rf"(?i)\b{context('speaker.says')}\b")
#: AI is blamed by nobody in particular: "AI is taking the blame".
_TAKES_BLAME = re.compile(r"(?i)\bthe blame\b")
#: Whom the employer speaks to is no voice.
_TOLD = re.compile(r"(?i)\btold (?:investors|analysts|shareholders|employees|workers)\b")
_WITH = re.compile(r"(?i)\b(?:with|to) (?:investors|analysts|shareholders|reporters|researchers)\b")
_CLOSE_TO = re.compile(r"(?i)\b(?:close to|familiar with|inside|within) (?:the|its) \w+")
#: "Acme is cutting 30 jobs and says …": the subject goes on to speak.
_AND_SAYS = Expression(rf"(?i)(?:\band|\bbut|,) (?:has |have )?(?:{context('speaker.says')}|saying|blaming|citing)\b")
_PARTS = re.compile(r";|\s[–—]\s(?=while|but)|,?\s\bwhile\b")


def speaks_for_employer(
    sentence: Sentence, mark: Mark, employer: str, bosses: Iterable[str], previous: Sentence | None = None
) -> bool:
    """Does the employer's voice say it, or a verb of announcing govern it?

    `bosses` are the last names of the executives whom the article names. A sentence that opens with a pronoun speaks
    for the subject of the `previous` one, if that stands in the same paragraph.
    """
    if goes_on(sentence, previous):
        return False
    words = _voiced(said_in(sentence, mark))
    if _last_said_by_house(sentence, mark):
        return True
    if sentence.search(_THEY_SAY, words) or (
        sentence.search(_PRONOUN, words) and sentence.search(_THEY_SAY, sentence.text, sentence.start, mark.start)
    ):
        return False
    if sentence.search(_OWN_PAPERS, words) or boss_says(words, bosses) or _company_says(sentence, mark, employer):
        return True
    outsider = sentence.search(_OUTSIDER, words)
    trained = re.search(r"(?i)\b(?:replacements?|successors?)$", sentence.text[mark.start : mark.end])
    if not outsider and not trained and sentence.search(_WE_DECIDE, words):
        return True
    if mark.value.stance == "denies" and not outsider:
        return True
    own = sentence.search(_EMPLOYER, words) or sentence.search(_ANNOUNCED, sentence.text, sentence.start, mark.end)
    return bool(own) and (not outsider or bool(sentence.search(_OWN_MOUTH, words)))


def _voiced(words: str) -> str:
    """The words without those who are only spoken to or near the company, and without "the blame"."""
    for pattern, instead in ((_TAKES_BLAME, ""), (_TOLD, "told staff"), (_WITH, ""), (_CLOSE_TO, "")):
        words = pattern.sub(instead, words)
    return words


def _last_said_by_house(sentence: Sentence, mark: Mark) -> bool:
    """Is it the company, and nobody behind it, that says what the link stands in?"""
    before = sentence.text[sentence.start : mark.start]
    said = max((m.end() for m in _HOUSE_SAID.finditer(before)), default=None)
    return (
        said is not None
        and not sentence.search(_THEY_SAY, before, said)
        and bool(sentence.search(_THEY_SAY, before[:said]) or sentence.search(_OUTSIDER, before[:said]))
    )


def goes_on(sentence: Sentence, previous: Sentence | None) -> bool:
    """Does "It said …" go on with what an outsider, the subject of the sentence before, says?"""
    if previous is None or previous.paragraph != sentence.paragraph or not _PRONOUN_SAYS.match(sentence.words):
        return False
    return bool(_OUTSIDER_FIRST.match(previous.words))


def clause_bounds(sentence: Sentence, mark: Mark) -> tuple[int, int]:
    """Bounds of the part of the sentence between semicolons, "while" and dashes in which the link stands."""
    left = max((m.end() for m in _PARTS.finditer(sentence.text, sentence.start, mark.start)), default=sentence.start)
    right = next((m.start() for m in _PARTS.finditer(sentence.text, mark.end, sentence.end)), sentence.end)
    return left, right


def said_in(sentence: Sentence, mark: Mark) -> str:
    """The words of the clause, and what stands before its semicolon where nobody speaks in the clause itself."""
    left, right = clause_bounds(sentence, mark)
    before = sentence.text[sentence.start : left].rstrip()
    goes_on = before.endswith(";") and not sentence.search(_SAYS, sentence.text, left, right)
    return sentence.text[sentence.start if goes_on else left : right]


def clause(sentence: Sentence, mark: Mark) -> str:
    """The words of that part."""
    left, right = clause_bounds(sentence, mark)
    return sentence.text[left:right]


def boss_says(words: str, bosses: Iterable[str]) -> str | None:
    """The first of the executives (by last name) who says something in these words."""
    places = sorted((at, name) for name in bosses for at in _standing(words, name))
    return next((name for at, name in places if _SAID_BEHIND.match(words, at + len(name))), None)


def _standing(words: str, name: str) -> Iterator[int]:
    """Where the name stands and no longer word ends with it."""
    at = words.find(name)
    while at >= 0:
        if not (at and (words[at - 1].isalnum() or words[at - 1] == "_")):
            yield at
        at = words.find(name, at + 1)


def _company_says(sentence: Sentence, mark: Mark, employer: str) -> bool:
    """Does the employer say it by name, or say it behind what it does ("Acme cut 30 jobs and blamed AI")?"""
    own = [c for c in sentence.of("company") if c.value.name == employer]
    if any(_COMPANY_SAID.match(sentence.text[c.end : c.end + 60]) for c in own):
        return True
    opens = next((c for c in own if c.start - sentence.start <= 25), None)
    return opens is not None and bool(sentence.search(_AND_SAYS, sentence.text, opens.end, mark.end))
