"""Which work was cut, and which AI system is named as doing it: words as written beside a cut or a tie to AI."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from extract import vocabulary, words
from extract.ai import Voice
from extract.components.attribution import ai_words
from extract.expression import Expression
from extract.marks import Mark
from extract.rounds import Round
from extract.sentences import Sentence
from extract.words import context

#: Characters around a cut or its number within which words for the work are looked for.
NEAR = 60
#: Mechanisms by which an AI system does something.
_DOING = ("replacement", "anticipated", "selection_tool")
_CALLED = re.compile(r"(?:called|named|dubbed|known as|nicknamed)\s+[\"“‘']?(?P<name>[A-Z][\w.-]*(?:\s[A-Z][\w.-]*)?)")


@dataclass(frozen=True, slots=True)
class Named:
    """Words for a kind of work (`value` support, engineering, …) or an AI system (`value` as written)."""

    value: str
    sentence: Sentence
    mark: Mark


@cache
def _work() -> tuple[Expression, dict[str, str]]:
    kinds = {
        words.fold(phrase): row["kind"] for row in vocabulary.table("work.csv") for phrase in row["phrase"].split("|")
    }
    return Expression(rf"(?i)(?<![\w-]){words.alternation(kinds)}(?![\w-])"), kinds


@cache
def _systems() -> re.Pattern[str]:
    """Names of AI systems, and AI words that name a thing rather than the art: "an AI voice bot", "chatbot"."""
    known = words.alternation(vocabulary.lines("ai_systems.txt"))
    things = context("work.things")
    lead = r"(?:(?:AI|A\.I\.)(?:[- ](?:powered|driven|based))?\s+)"
    kind = rf"(?:{context('work.kinds')} )?"
    plain = r"(?i:chatbots?|voice bots?|bots|robots?|software agents?|virtual assistants?)"
    quoted = rf"[\"“‘'](?i:{kind}{things})[\"”’']"
    return re.compile(rf"(?<![\w-])(?:{known}|{lead}(?:{quoted}|(?i:{kind}{things}))|{plain})(?!\w)")


def work(r: Round) -> Iterator[Named]:
    """The kinds of work that the round's statements name beside the cut; each kind once."""
    told: set[str] = set()
    for s in r.statements:
        pattern, kinds = _work()
        if s.sentence.lacks(pattern):
            continue
        for start, end in _beside(s.sentence, [m for m in (s.bound.cut, s.bound.headcount) if m]):
            for match in pattern.finditer(s.sentence.text, start, end):
                kind = kinds[words.fold(match[0])]
                if kind not in told and not _is_other(s.sentence, match):
                    told.add(kind)
                    yield Named(kind, s.sentence, Mark("work", *match.span(), kind, f"work.{kind}"))


def _beside(sentence: Sentence, marks: list[Mark]) -> Iterator[tuple[int, int]]:
    """The stretch of the sentence near the marks."""
    start = min((m.start for m in marks), default=sentence.start) - NEAR
    end = max((m.end for m in marks), default=sentence.start) + NEAR
    yield max(start, sentence.start), min(end, sentence.end)


def _is_other(sentence: Sentence, match: re.Match[str]) -> bool:
    """Do the people speak ("engineers said"), or do the words tell what a company is ("developer Relic")?"""
    behind = sentence.text[match.end() : match.end() + 20]
    return bool(re.match(rf"(?i:\s+{context('work.says')}\b)", behind)) or bool(
        match[0].islower() and re.match(r"\s+[A-Z]", behind)
    )


def systems(voices: Sequence[Voice]) -> Iterator[Named]:
    """The AI systems that voices name as doing the work, as written; each once."""
    told: set[str] = set()
    for voice in voices:
        sentence = voice.sentence
        if voice.link not in _DOING or voice.stance != "asserts" or not sentence.search(ai_words()):
            continue
        for start, end in _named(sentence):
            name = sentence.text[start:end]
            if name.lower() not in told:
                told.add(name.lower())
                yield Named(name, sentence, Mark("system", start, end, name, "system.named"))


def _named(sentence: Sentence) -> Iterator[tuple[int, int]]:
    """Names that are given ("an assistant called Ava") before things that are only described."""
    called = [match.span("name") for match in _CALLED.finditer(sentence.text, sentence.start, sentence.end)]
    yield from called
    if not called:
        for match in _systems().finditer(sentence.text, sentence.start, sentence.end):
            yield match.span()
