"""One sentence with the marks inside it: what the binding rules look at."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from spacy.tokens import Doc

from extract.expression import Expression, held, without
from extract.lookup import places
from extract.marks import Mark, marks, text_of

KINDS = ("company", "reference", "cut", "headcount", "share", "date", "attribution")

_NONE: list[Mark] = []

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


@dataclass(slots=True)
class Sentence:
    """Bounds in the document's text, the paragraph's number, whether it is the headline, and the marks by kind."""

    text: str  # of the whole document
    start: int
    end: int
    paragraph: int
    title: bool
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    # What `once` keeps; then, once asked: the bits of sets of words of which the sentence has none, where its words
    # begin, and of each the bits of the sets in which it stands.
    answers: dict[tuple[Any, ...], tuple[Any, Any]] = field(default_factory=dict, repr=False, compare=False)
    lack: int = field(default=-1, repr=False, compare=False)
    starts: list[int] = field(default_factory=list, repr=False, compare=False)
    held: list[int] = field(default_factory=list, repr=False, compare=False)

    @property
    def words(self) -> str:
        """The sentence as written."""
        return self.text[self.start : self.end]

    def lacks(self, expression: Expression) -> bool:
        """Lacks the sentence words without which the expression matches nothing in it?

        Asked before a search that looks at no more than the sentence. A word that a window cuts off counts as none.
        """
        return (self.lack if self.lack >= 0 else self._lack()) & expression.bits != 0

    def _lack(self) -> int:
        found = places(self.text)
        first, last = found.number(self.start), found.number(self.end)
        self.starts, self.held = found.starts[first:last], held(found.keys[first:last])
        self.lack = without(self.held)
        return self.lack

    def search(
        self, expression: Expression, words: str | None = None, low: int = 0, high: int | None = None
    ) -> re.Match[str] | None:
        """As `expression.search(words, low, high)`: in words of the sentence (all), or in the text, bounds in it."""
        if (self.lack if self.lack >= 0 else self._lack()) & expression.bits:
            return None
        if words is None:
            words, offset = self.text[self.start : self.end], self.start
        elif expression.begins:
            offset = 0 if words is self.text else self.text.find(words, self.start, self.end)
        high = len(words) if high is None else high
        if not expression.begins or offset < 0:
            return expression.search(words, low, high)
        return self._try(expression, words, low, high, offset)

    def _try(self, expression: Expression, words: str, low: int, high: int, offset: int) -> re.Match[str] | None:
        """The search, only where words begin with which a match begins; `words` stand at `offset` in the text."""
        starts, begins = self.starts, expression.begins
        first = bisect_left(starts, offset + low)
        last = bisect_left(starts, offset + high, first)
        cut_off = first and (first == len(starts) or starts[first] > offset + low)
        if cut_off and (match := expression.match(words, low, high)):  # with what is left of the word
            return match
        words_held = zip(starts[first:last], self.held[first:last], strict=True)
        for place in [at for at, sets in words_held if sets & begins]:
            if match := expression.match(words, place - offset, high):
                return match
        return None

    def of(self, kind: str) -> list[Mark]:
        """Marks of one kind in this sentence, in order."""
        return self.marks.get(kind, _NONE)


def once(ask: Callable[Concatenate[Sentence, Given], Answer]) -> Callable[Concatenate[Sentence, Given], Answer]:
    """Keep with the sentence what `ask` answers of the same things; the answer may rest on nothing else.

    A sentence is read twice, for the article's topic and in its light, and each name is looked at by many rules.
    """

    @wraps(ask)
    def answer(sentence: Sentence, /, *given: Given.args, **named: Given.kwargs) -> Answer:
        key = (ask, *map(id, given), *map(id, named.values())) if named else (ask, *map(id, given))
        kept = sentence.answers.get(key)
        if kept is None:  # what was given is kept too: its id is not given away
            kept = sentence.answers[key] = (ask(sentence, *given, **named), (given, named))
        found: Answer = kept[0]
        return found

    return answer


def sentences(doc: Doc, title_end: int) -> list[Sentence]:
    """All sentences of the document, each with its marks; `title_end` is the headline's length."""
    text = text_of(doc)
    bounds: list[tuple[int, int]] = doc.user_data["sentences"]
    found = [
        Sentence(text, start, end, paragraph, start < title_end)
        for (start, end), paragraph in zip(bounds, _paragraphs(text, bounds), strict=True)
    ]
    for kind in KINDS:
        _share_out(found, kind, marks(doc, kind))
    return found


def _paragraphs(text: str, bounds: list[tuple[int, int]]) -> Iterator[int]:
    number, last = 0, 0
    for start, end in bounds:
        number += "\n" in text[last:start]
        last = end
        yield number


def _share_out(found: list[Sentence], kind: str, ordered: list[Mark]) -> None:
    index = 0
    for mark in ordered:
        while index < len(found) and found[index].end <= mark.start:
            index += 1
        if index < len(found) and found[index].start <= mark.start:
            found[index].marks.setdefault(kind, []).append(mark)
