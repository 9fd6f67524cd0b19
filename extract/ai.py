"""Which voices speak of AI and of which round of an article's cuts: stance, speaker, mechanism, strength.

What a round's AI columns become of them is decided in extract/ai_columns.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from extract.amounts import Amount
from extract.attributions import OWN
from extract.components.attribution import Link, ai_words
from extract.expression import Expression
from extract.focus import Focus
from extract.marks import Mark
from extract.mechanism import mechanism
from extract.rounds import Round
from extract.sentences import Sentence
from extract.speaker_kind import Bosses, Speaker, executives, heads, quotation, speaker
from extract.strength import people, stance, strength
from extract.targets import chosen_by_ai, targets
from extract.words import context

#: Headline or lead of a list says that its companies cited AI.
_LISTED = Expression(rf"(?i)\b{context('ai.list_words')}\b.{{0,120}}\b{context('ai.names')}\b")
#: AI beside a cut: in the same sentence, behind a word of time or company.
_BESIDE = Expression(rf"(?i:\b{context('ai.beside')}\b)[^.;]{{0,90}}?{ai_words().pattern}")
#: A sentence that opens with what AI does, and one that concludes from the sentence before.
_AI_DOES = Expression(
    rf"^\W*(?:(?!\b(?:if|when|whether|should)\b)[\w’'-]+\s){{0,3}}(?P<ai>{ai_words().pattern})(?:\s[\w’'-]+)??(?:,[^,;.]{{2,40}},)?"
    rf"\s(?i:(?:(?:is|are|has|have|had|can|now|already|been|also|\w+ly)\s)*(?:(?P<work>{context('attribution.work')}|{context('ai.did')})|{context('ai.changes')}))\b"
)
_NEEDS_LESS = Expression(rf"(?i)\b{context('ai.needs_less')}\b")
_THEREFORE = Expression(rf"(?i)\b{context('ai.therefore')}\b")
#: Words that a headline quotes.
_QUOTED = re.compile(r"[“\"‘]([^“”\"‘’]{12,})[”\"’]")
#: Between a cut and money that moves to AI: only set beside it ("cuts 200 jobs while it | turns its attention to AI").
_WHILE = Expression(rf"(?i)\b{context('ai.while')}\b[^,;:.“”\"]{{0,60}}$")
_NO_LINK, _WORKS = Link("unspecified", "asserts", ""), Link("replacement", "asserts", "")
#: Companies from which on an article is a list.
LIST = 3


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice on AI about one round, and where it speaks; the words are those of extract/attributions.py."""

    link: str  # the mechanism
    stance: str
    strength: str
    speaker: Speaker
    people: Amount | None  # whose jobs it ties to AI, where it gives a number for them alone
    sentence: Sentence
    rule: str


def voices(found: list[Sentence], rounds: list[Round], focus: Focus) -> dict[int, list[Voice]]:
    """The voices on AI about each round, by the round's index."""
    out: dict[int, list[Voice]] = {}
    if not (rounds and any(s.of("attribution") or s.search(ai_words()) for s in found)):
        return out
    named = executives(found[0].text)
    bosses = {r.company: {**heads(found[0].text, r.company), **named} for r in rounds}
    for index in range(len(found)):
        for target, voice in _linked(found, index, rounds, focus, bosses):
            out.setdefault(target, []).append(voice)
    more = _concluded(found, rounds, bosses), _chosen(found, rounds, focus, bosses), _beside(found, rounds, bosses)
    for target, voice in chain.from_iterable(more):
        if not any(v.sentence is voice.sentence for v in out.get(target, ())):
            out.setdefault(target, []).append(voice)
    if frame := _frame(found, rounds):
        for number, r in enumerate(rounds):
            if number not in out and r.statements[0].sentence.start > frame.sentence.start:
                out[number] = [frame]
    return out


def _linked(
    found: list[Sentence], index: int, rounds: list[Round], focus: Focus, bosses: Mapping[str, Bosses]
) -> Iterator[tuple[int, Voice]]:
    """The voices of one sentence that tie AI to a round."""
    sentence, previous = found[index], found[index - 1] if index else None
    said: dict[tuple[int, str], Voice] = {}
    for mark in sentence.of("attribution"):
        if _set_beside(sentence, mark):
            continue
        for target in targets(found, index, mark, rounds, focus):
            who = speaker(
                sentence,
                mark,
                rounds[target].company,
                bosses[rounds[target].company],
                previous,
                quotation(found, index),
            )
            voice = _voice(sentence, mark, who, rounds[target])
            _hear(said, target, _in_the_text(voice, found))
    for (target, _), voice in said.items():
        yield target, voice


def _set_beside(sentence: Sentence, mark: Mark) -> bool:
    """Does the money only move to AI while the jobs of the same sentence go?"""
    if mark.value.link != "reallocation" or mark.value.stance != "asserts":
        return False
    cut = any(m.end <= mark.start for m in sentence.of("cut"))
    return cut and bool(sentence.search(_WHILE, sentence.text[sentence.start : mark.start]))


def _in_the_text(voice: Voice, found: list[Sentence]) -> Voice:
    """The voice where the text gives it, for words about AI that the headline quotes from there."""
    quoted = next((q for q in _QUOTED.findall(voice.sentence.words) if ai_words().search(q)), None)
    if not voice.sentence.title or quoted is None:
        return voice
    said = quoted.rstrip(".,!").casefold()
    return next((replace(voice, sentence=s) for s in found if not s.title and said in s.words.casefold()), voice)


def _hear(said: dict[tuple[int, str], Voice], target: int, voice: Voice) -> None:
    """One voice for each stance that a sentence takes; of several the one that tells the mechanism, then the first."""
    known = said.get((target, voice.stance))
    if known is None or (known.link == "unspecified" != voice.link):
        said[target, voice.stance] = voice


def _voice(sentence: Sentence, mark: Mark, who: Speaker, r: Round) -> Voice:
    said = stance(sentence, mark, who)
    link = "selection_tool" if chosen_by_ai(sentence) else mechanism(sentence, mark)
    return Voice(link, said, strength(sentence, mark), who, people(sentence, mark, r), sentence, mark.rule)


def _beside(found: list[Sentence], rounds: list[Round], bosses: Mapping[str, Bosses]) -> Iterator[tuple[int, Voice]]:
    """Sentences that state a round and set AI beside it: "cuts 200 jobs while it pours billions into AI"."""
    for target, r in enumerate(rounds):
        for index in dict.fromkeys(s.index for s in r.statements):
            sentence = found[index]
            if told := sentence.search(_BESIDE):
                yield target, _unlinked(sentence, told, "context", r, bosses)


def _concluded(found: list[Sentence], rounds: list[Round], bosses: Mapping[str, Bosses]) -> Iterator[tuple[int, Voice]]:
    """Sentences on what AI does from which the next one concludes a cut: "Bots answer the calls. So 90 jobs go.", or
    that fewer people are needed, where somebody of the only employer says so."""
    stated = {s.index: target for target, r in enumerate(rounds) for s in r.statements}
    alone = len({r.company for r in rounds}) == 1
    for index in range(1, len(found)):
        reason, next_one = found[index - 1], found[index]
        if index - 1 in stated or reason.title or not (doing := reason.search(_AI_DOES)):
            continue
        r = rounds[stated.get(index, 0)]
        place = reason.start + doing.start("ai")
        mark = next((m for m in reason.of("attribution") if m.value.stance == "asserts"), None)
        mark = mark or Mark("attribution", place, place, _WORKS if doing["work"] else _NO_LINK, "attribution.drawn")
        before = found[index - 2] if index > 1 else None
        who = speaker(reason, mark, r.company, bosses[r.company], before, quotation(found, index - 1))
        voice = Voice(mechanism(reason, mark), "asserts", "explicit", who, None, reason, mark.rule)
        if index in stated and _therefore(next_one, r, index):
            yield stated[index], voice
        elif alone and index not in stated and voice.speaker.kind in OWN and next_one.search(_NEEDS_LESS):
            yield 0, voice


def _therefore(cut: Sentence, r: Round, index: int) -> bool:
    """Does the sentence conclude its cut from the one before?"""
    start = next(s.bound.start for s in r.statements if s.index == index)
    return bool(cut.search(_THEREFORE, cut.text, cut.start, start))


def _chosen(
    found: list[Sentence], rounds: list[Round], focus: Focus, bosses: Mapping[str, Bosses]
) -> Iterator[tuple[int, Voice]]:
    """Sentences that say that AI chose who goes."""
    for index, sentence in enumerate(found):
        if (told := sentence.search(ai_words())) and chosen_by_ai(sentence):
            mark = Mark("attribution", sentence.start + told.start(), sentence.start + told.end(), _NO_LINK, "")
            for target in targets(found, index, mark, rounds, focus):
                yield target, _unlinked(sentence, told, "selection_tool", rounds[target], bosses)


def _unlinked(sentence: Sentence, told: re.Match[str], what: str, r: Round, bosses: Mapping[str, Bosses]) -> Voice:
    """A voice of a sentence without a linking phrase: `what` is context or selection_tool."""
    start, end = (sentence.start + place for place in told.span())
    mark = Mark("attribution", start, end, _NO_LINK, f"attribution.{what}")
    who = speaker(sentence, mark, r.company, bosses[r.company])
    link, strong = (what, "explicit") if what == "selection_tool" else ("unspecified", what)
    return Voice(link, "asserts", strong, who, None, sentence, mark.rule)


def _frame(found: list[Sentence], rounds: list[Round]) -> Voice | None:
    """The lead of a list that says its companies cited AI: it ties every item that has no voice of its own."""
    if len({r.company for r in rounds}) < LIST:
        return None
    first = min(r.statements[0].sentence.start for r in rounds)
    leads = [
        (sentence, mark)
        for sentence in found
        for mark in sentence.of("attribution")
        if sentence.start <= first and mark.value.stance == "asserts" and sentence.search(_LISTED)
    ]
    if not leads:
        return None
    sentence, mark = min(leads, key=lambda lead: lead[0].title)
    return Voice("unspecified", "asserts", "explicit", Speaker("employer"), None, sentence, mark.rule)
