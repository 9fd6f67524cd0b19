"""Who ties AI to a cut: the employer (company), or someone else (third_party)."""

from __future__ import annotations

import re

from extract.marks import Mark
from extract.sentences import Sentence
from extract.words import context

#: The employer's voice: its officers, its papers, its own saying.
_EMPLOYER = re.compile(
    rf"(?i)\b(?:{context('speaker.employer')}|chief \w+ officer"
    rf"|(?:the )?{context('speaker.house')}(?:'s|’s)? {context('speaker.house_says')})\b"
)
_OUTSIDER = re.compile(rf"(?i)\b{context('speaker.outsider')}\b")
#: The employer speaks though outsiders stand in the sentence too.
_OWN_MOUTH = re.compile(rf"(?i)\b{context('speaker.own_mouth')}\b")
_OWN_PAPERS = re.compile(
    r"(?i)\b(?:documents? from|filings? (?:by|from|with)|in (?:a|its|the) (?:memo|letter|filing|statement|blog post))\b"
)
#: "It said that …", and an outsider who opens the sentence before ("The union for bank staff, Aurora, was blunt").
_PRONOUN_SAYS = re.compile(rf"(?:It|They|He|She)\s+(?:\w+ly\s+)?(?:also\s+)?(?i:{context('speaker.says')})\b")
_OUTSIDER_FIRST = re.compile(
    rf"(?i)(?:(?:the|an?|one|its|another)\s+)?(?:[\w’'-]+\s+){{0,2}}{context('speaker.they')}\b"
)
#: Someone else is the subject of the saying or blaming.
_THEY_SAY = re.compile(
    rf"(?i)\b(?:{context('speaker.they')}|former \w+)(?:[’']s?)?(?:\s+(?!the company|it\b)[\w,-]+){{0,3}}?"
    rf"\s+{context('speaker.they_say')}\b"
)
#: Behind a name: it says something.
_SAID = rf"(?:\s+\w+ly)?,?\s+(?:has\s+|had\s+|also\s+)*{context('speaker.says')}\b"
_COMPANY_SAID = re.compile(
    r"(?:[’']s)?(?:\s+(?:Inc|Corp|Ltd)\.?)?(?:\s+(?:documents?|filings?|memo|management|executives))?" + _SAID
)
_PARTS = re.compile(r";|\s[–—]\s(?=while|but)|,?\s\bwhile\b")
_OFFICE = rf"(?:{context('speaker.office')}|chief \w+(?: \w+)? officer)"
_PERSON = r"(?:[A-Z][\w.’'-]+\s+){1,3}(?P<last>[A-ZÀ-Ý][\wÀ-ÿ’'-]+)"
_OFFICE_FIRST = re.compile(rf"(?i:\b{_OFFICE})(?:\s+and\s+[\w-]+)?\s+{_PERSON}")
_NAME_FIRST = re.compile(rf"{_PERSON},\s+(?:(?:the|its|[A-Z][\w’']+)\s+)*(?i:{_OFFICE})\b")


def executives(text: str) -> frozenset[str]:
    """Last names of those whom the text calls chief executive, founder, spokesperson or the like of the employer."""
    found = {m["last"] for pattern in (_OFFICE_FIRST, _NAME_FIRST) for m in pattern.finditer(text)}
    return frozenset(re.sub(r"[’']s$", "", n) for n in found)


def speaker(
    sentence: Sentence, mark: Mark, employer: str, bosses: frozenset[str], previous: Sentence | None = None
) -> str:
    """company where the employer's voice says it or a verb of announcing governs it, else third_party.

    `bosses` are the last names that `executives` found in the article. A sentence that opens with a pronoun speaks for
    the subject of the `previous` one, if that stands in the same paragraph.
    """
    if _goes_on(sentence, previous):
        return "third_party"
    words = _clause(sentence, mark)
    if _THEY_SAY.search(words):
        return "third_party"
    if _OWN_PAPERS.search(words) or _boss_says(words, bosses) or _company_says(sentence, employer):
        return "company"
    outsider = _OUTSIDER.search(words)
    if mark.value.stance == "denies" and not outsider:
        return "company"
    return "company" if _EMPLOYER.search(words) and (not outsider or _OWN_MOUTH.search(words)) else "third_party"


def _goes_on(sentence: Sentence, previous: Sentence | None) -> bool:
    """Does "It said …" go on with what an outsider, the subject of the sentence before, says?"""
    if previous is None or previous.paragraph != sentence.paragraph or not _PRONOUN_SAYS.match(sentence.words):
        return False
    return bool(_OUTSIDER_FIRST.match(previous.words))


def _clause(sentence: Sentence, mark: Mark) -> str:
    """The part of the sentence between semicolons, "while" and dashes in which the link stands."""
    left = max((m.end() for m in _PARTS.finditer(sentence.text, sentence.start, mark.start)), default=sentence.start)
    right = next((m.start() for m in _PARTS.finditer(sentence.text, mark.end, sentence.end)), sentence.end)
    return sentence.text[left:right]


def _boss_says(words: str, bosses: frozenset[str]) -> bool:
    names = "|".join(map(re.escape, sorted(bosses)))
    return bool(bosses) and bool(re.search(rf"\b(?:{names}){_SAID}", words))


def _company_says(sentence: Sentence, employer: str) -> bool:
    own = (c for c in sentence.of("company") if c.value.name == employer)
    return any(_COMPANY_SAID.match(sentence.text[c.end : c.end + 60]) for c in own)
