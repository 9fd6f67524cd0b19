"""Marks what a statistical model takes for an organisation, in sentences that speak of a cut, as further candidates.

Only where somebody names such a model (the setting NER_MODEL): names that the lists and capitals did not offer, "eToro"
or "adidas". Like every candidate, one becomes an employer by its place in the sentence alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.candidate import candidate
from extract.marks import Mark, leave, marks, text_of
from extract.model import ORGANISATION, load
from extract.persons import surnames
from extract.things import things

_ARTICLE = re.compile(r"[Tt]he\s+")
_POSSESSIVE = re.compile(r"[’']s?$")


class EntityFinder:
    """The component. Reads each sentence with words of a cut, and no other: the model costs more than all the rest."""

    def __init__(self, name: str) -> None:
        self.model = load(name)

    def __call__(self, doc: Doc) -> Doc:
        """The document with what the model adds to its marks of kind "company"."""
        known = marks(doc, "company")
        return leave(doc, "company", [*known, *self._new(doc, known)])

    def _new(self, doc: Doc, known: list[Mark]) -> Iterator[Mark]:
        text = text_of(doc)
        people, other = surnames(text), things(text)
        for start, end in self._organisations(text, list(_speaking(doc))):
            if any(mark.start < end and start < mark.end for mark in known):
                continue
            if found := candidate(text, start, end, people, other):
                yield Mark("company", found.start, found.end, found.value, "company.model")

    def _organisations(self, text: str, bounds: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Bounds of the organisations, without article and possessive."""
        with self.model.memory_zone():
            for (offset, _), read in zip(bounds, self.model.pipe(text[a:b] for a, b in bounds), strict=True):
                for entity in read.ents:
                    if entity.label_ == ORGANISATION:
                        article = _ARTICLE.match(entity.text)
                        ends = _POSSESSIVE.search(entity.text)
                        start = entity.start_char + (article.end() if article else 0)
                        yield offset + start, offset + entity.end_char - (len(ends[0]) if ends else 0)


def _speaking(doc: Doc) -> Iterator[tuple[int, int]]:
    """Bounds of the sentences with words of a cut."""
    cuts = iter(marks(doc, "cut"))
    cut = next(cuts, None)
    for start, end in doc.user_data["sentences"]:
        while cut is not None and cut.start < start:
            cut = next(cuts, None)
        if cut is not None and cut.start < end:
            yield start, end


@Language.factory("entities", default_config={"model": ""})
def make(nlp: Language, name: str, model: str) -> EntityFinder:
    """The factory that `nlp.add_pipe("entities", config={"model": NAME})` calls."""
    return EntityFinder(model)
