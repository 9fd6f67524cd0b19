"""What became of a cut later: taken back, people hired again, the work sent abroad, the AI withdrawn, regret."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extract import vocabulary, words
from extract.components.attribution import ai_words
from extract.expression import Expression
from extract.focus import Focus
from extract.marks import Mark
from extract.phrases import Phrases
from extract.rounds import Round
from extract.sentences import Sentence
from extract.words import context

#: A few words in the place of "...".
_GAP = r"[^\S\n](?:[\w’'%$.,-]+[^\S\n]){1,6}?"
#: Before words of hiring again: it is not done ("never need to hire them back", "fire and rehire").
_NEVER = re.compile(rf"(?i)\b{context('aftermath.never')}\b[^.;,]{{0,30}}$")
_REASON = Expression(rf"(?i)\b{context('aftermath.reason')}\b")
#: Characters behind words of hiring again within which those are named who come back.
NEAR = 60
#: Sentences up to which "it" goes on about the cut told last.
REACH = 8


@dataclass(frozen=True, slots=True)
class Later:
    """One thing that became of a round, and the sentence that tells it."""

    kind: str
    sentence: Sentence


@cache
def _phrases() -> Phrases[str]:
    rows = ((words.fold(row["phrase"]), row["kind"]) for row in vocabulary.table("aftermath.csv"))
    return Phrases(rows, edges=(r"(?<!\w)", r"(?![\w-])"), gap=_GAP, gap_edges=(r"(?<![\w-])", r"(?![\w-])"))


def aftermath(found: list[Sentence], rounds: list[Round], focus: Focus) -> dict[int, list[Later]]:
    """What the article tells of each round's aftermath, by the round's index; each kind once."""
    out: dict[int, list[Later]] = {}
    for index, sentence in enumerate(found) if rounds else ():
        for _, _, kind in kinds(sentence):
            for target in _targets(found, index, rounds, focus):
                if all(later.kind != kind for later in out.get(target, ())):
                    out.setdefault(target, []).append(Later(kind, sentence))
    return out


def turned(sentence: Sentence, mark: Mark) -> bool:
    """Does the link give the reason of a turn told before it ("rehires them, since the bot gave wrong answers")?"""
    if _phrases().lacks(sentence):
        return False
    before = sentence.text[sentence.start : mark.end]
    ends = (end for _, end, kind in _phrases().find(before) if kind in ("reversal", "rehiring", "withdrawn"))
    return any(sentence.search(_REASON, before, end) for end in ends)


def kinds(sentence: Sentence) -> Iterator[tuple[int, int, str]]:
    """The kinds of turn that the sentence tells, with the place of their words in it."""
    if _phrases().lacks(sentence):
        return
    text = sentence.words
    for start, end, kind in _phrases().find(text):
        if kind == "withdrawn" and not sentence.search(ai_words()):
            continue
        if kind == "rehiring" and (_NEVER.search(text, 0, start) or not _people().search(text, start, end + NEAR)):
            continue
        yield start, end, kind


@cache
def _people() -> re.Pattern[str]:
    return re.compile(rf"(?i)\b(?:{words.people()}|{words.workforce()}|them|humans?)\b")


def _targets(found: list[Sentence], index: int, rounds: list[Round], focus: Focus) -> list[int]:
    """The rounds that the sentence states; else the last told of an employer it names, or of the only employer."""
    here = [i for i, r in enumerate(rounds) if any(s.index == index for s in r.statements)]
    if here:
        return here
    named = {c.value.name for c in found[index].of("company")}
    own = [i for i, r in enumerate(rounds) if r.company in named]
    if not own and not named and len({r.company for r in rounds}) == 1:
        own = [i for i, r in enumerate(rounds) if any(abs(index - s.index) <= REACH for s in r.statements)]
    before = [(s.index, i) for i in own for s in rounds[i].statements if s.index < index]
    return [max(before)[1]] if before else own[:1]
