"""What became of cuts that the article itself does not tell: "Acme hires people again after its AI fell short".

Such a follow-up is a claim on its employer without a round of its own: no event comes of it. The database ties it to
the event that it follows (view `follow_ups`), which the article alone cannot know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.aftermath import kinds
from extract.components.attribution import ai_words
from extract.expression import Expression
from extract.marks import Mark
from extract.sentences import Sentence
from extract.voices import embedded, is_voice, known_voice
from extract.windows import before
from extract.words import context

#: That cuts, or the people who went, are what the sentence speaks of.
_OF_CUTS = Expression(rf"(?i)\b{context('follow_ups.cuts')}\b")
#: People are taken on, and nothing else is brought back.
_HIRES = Expression(r"(?i)\b(?:re-?)?(?:hir|recruit)|reinstat|jobs? back|laid[- ]off|let go|dismissed|former")
#: Asked for, weighed or not done; said of somebody else.
_NOT_SO = Expression(rf"(?i)\b{context('follow_ups.not_so')}\b")
#: The system that is withdrawn did the work of staff.
_WORK = Expression(rf"(?i)\b{context('follow_ups.work')}\b")
#: Characters before the employer's name in its sentence, at most: "In a turn, ", "Sweden's ".
LEAD = 30


@dataclass(frozen=True, slots=True)
class FollowUp:
    """One thing that became of an employer's earlier cut; `of_ai` where it speaks of AI."""

    company: str
    kind: str  # of data/vocabulary/aftermath.csv, or denial: that AI was the reason
    sentence: Sentence
    of_ai: bool


def follow_ups(found: list[Sentence], told: frozenset[str]) -> list[FollowUp]:
    """The follow-ups of employers other than those `told`, whose cuts the article tells; each kind once."""
    out: dict[tuple[str, str], FollowUp] = {}
    for sentence in found:
        who = _subject(sentence)
        if who is None or who in told or sentence.words.rstrip().endswith("?"):
            continue
        of_ai = bool(sentence.search(ai_words()))
        for kind in _kinds(sentence):
            out.setdefault((who, kind), FollowUp(who, kind, sentence, of_ai and kind != "denial"))
    return list(out.values())


def _subject(sentence: Sentence) -> str | None:
    """The one employer of whom the sentence speaks, by its name near the beginning."""
    names = [m for m in sentence.of("company") if not is_voice(sentence, m) and not known_voice(m)]
    first = next(iter(names), None)
    if first is None or first.start - sentence.start > LEAD or embedded(sentence, first):
        return None
    if first.value.form == "open" and first.start - sentence.start > len("“The "):
        return None
    return str(first.value.name) if _acts(sentence, first) else None


def _acts(sentence: Sentence, name: Mark) -> bool:
    """Does a verb follow the name, or what is its: "Acme hires", "Acme's chief says", "Acme, which …, has"?"""
    return bool(re.match(r"[’']s?\s|,\s|\s+[a-z]", sentence.text[name.end : name.end + 4]))


def _kinds(sentence: Sentence) -> Iterator[str]:
    for start, end, kind in kinds(sentence):
        lead = before(sentence, sentence.start + start, 40) + sentence.words[start:end]
        if not sentence.search(_NOT_SO, lead) and _speaks_of_cuts(sentence, kind):
            yield kind
    denies = any(m.value.stance == "denies" for m in sentence.of("attribution"))
    if denies and sentence.search(_OF_CUTS):
        yield "denial"


def _speaks_of_cuts(sentence: Sentence, kind: str) -> bool:
    """Do its words show that a cut is what is followed up?"""
    if kind == "rehiring":
        return bool(sentence.search(_HIRES))
    if kind == "withdrawn":
        return bool(sentence.search(_WORK))
    return bool(sentence.search(_OF_CUTS))
