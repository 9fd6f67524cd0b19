"""Which voices tie AI to which round of an article's cuts, and by what mechanism.

What a round's AI columns become of them is decided in extract.events: an explicit denial by the employer wins, then
the employer's own voice, then everyone else's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extract.focus import Focus
from extract.marks import Mark
from extract.mechanism import mechanism
from extract.rounds import Round
from extract.sentences import Sentence
from extract.speaker import executives, speaker
from extract.targets import targets
from extract.words import context

#: Headline or lead of a list says that its companies cited AI.
_LISTED = re.compile(rf"(?i)\b{context('ai.list_words')}\b.{{0,120}}\b{context('ai.names')}\b")
#: Companies from which on an article is a list.
LIST = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice on AI about one round: mechanism, stance, speaker (company or third_party) and where it speaks."""

    link: str
    stance: str
    speaker: str
    sentence: Sentence
    mark: Mark


def voices(found: list[Sentence], rounds: list[Round], focus: Focus) -> dict[int, list[Voice]]:
    """The voices on AI about each round, by the round's index."""
    out: dict[int, list[Voice]] = {}
    bosses = executives(found[0].text) if found else frozenset()
    for index, sentence in enumerate(found):
        for mark in sentence.of("attribution"):
            for target in targets(found, index, mark, rounds, focus):
                previous = found[index - 1] if index else None
                who = speaker(sentence, mark, rounds[target].company, bosses, previous)
                voice = Voice(mechanism(sentence, mark.value), mark.value.stance, who, sentence, mark)
                out.setdefault(target, []).append(voice)
    if frame := _frame(found, rounds):
        for number, r in enumerate(rounds):
            if number not in out and r.statements[0].sentence.start > frame.sentence.start:
                out[number] = [frame]
    return out


def _frame(found: list[Sentence], rounds: list[Round]) -> Voice | None:
    """The lead of a list that says its companies cited AI: it ties every item that has no voice of its own."""
    if len({r.company for r in rounds}) < LIST:
        return None
    first = min(r.statements[0].sentence.start for r in rounds)
    for sentence in found:
        for mark in sentence.of("attribution"):
            if sentence.start <= first and mark.value.stance == "asserts" and _LISTED.search(sentence.words):
                return Voice("unspecified", "asserts", "company", sentence, mark)
    return None
