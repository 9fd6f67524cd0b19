"""One sentence with the marks inside it: what the binding rules look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from spacy.tokens import Doc

from extract.expression import Expression, lacking
from extract.lookup import places
from extract.marks import Mark, marks, text_of

KINDS = ("company", "reference", "cut", "headcount", "share", "date", "attribution")

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
    answers: dict[tuple[Any, ...], tuple[Any, Any]] = field(default_factory=dict, repr=False)  # what `once` keeps
    lack: int | None = field(default=None, repr=False)  # what `lacks` keeps

    @property
    def words(self) -> str:
        """The sentence as written."""
        return self.text[self.start : self.end]

    def lacks(self, expression: Expression) -> bool:
        """Lacks the sentence words without which the expression matches nothing in it?

        Asked before a search that looks at no more than the sentence. A word that a window cuts off counts as none.
        """
        if self.lack is None:
            self.lack = lacking(places(self.text).between(self.start, self.end))
        return self.lack & expression.bits != 0

    def search(self, expression: Expression, words: str | None = None, *bounds: int) -> re.Match[str] | None:
        """As `expression.search(words, *bounds)`: in words of this sentence (all), or in the text, bounds inside it."""
        if self.lacks(expression):
            return None
        return expression.search(self.words if words is None else words, *bounds)

    def of(self, kind: str) -> list[Mark]:
        """Marks of one kind in this sentence, in order."""
        return self.marks.get(kind, [])


def once(ask: Callable[Concatenate[Sentence, Given], Answer]) -> Callable[Concatenate[Sentence, Given], Answer]:
    """Keep with the sentence what `ask` answers of the same things; the answer may rest on nothing else.

    A sentence is read twice, for the article's topic and in its light, and each name is looked at by many rules.
    """

    @wraps(ask)
    def answer(sentence: Sentence, /, *given: Given.args, **named: Given.kwargs) -> Answer:
        key = (ask, *map(id, given), *map(id, named.values()))
        known = sentence.answers.get(key)
        if known is None:  # what was given is kept too, so that its id is not given away
            known = sentence.answers[key] = (ask(sentence, *given, **named), (given, named))
        found: Answer = known[0]
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
