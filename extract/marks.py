"""What a component leaves on a Doc: marks with exact character offsets, mirrored as span groups for display."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Mark:
    """One find of one kind in the document's text: `text[start:end]`, its parsed value, the rule that found it."""

    kind: str
    start: int
    end: int
    value: Any
    rule: str


#: Where components leave their marks: `doc.user_data["marks"][kind]`, in text order.
def marks(doc: Doc, kind: str) -> list[Mark]:
    """The marks of one kind, in text order; empty when the component found nothing or has not run."""
    found: list[Mark] = doc.user_data.get("marks", {}).get(kind, [])
    return found


def leave(doc: Doc, kind: str, found: Iterable[Mark]) -> Doc:
    """Keep `found` on the document and mirror it as the span group `kind`, each span labelled by its rule."""
    ordered = sorted(found, key=lambda m: (m.start, -m.end))
    doc.user_data.setdefault("marks", {})[kind] = ordered
    spans = (doc.char_span(m.start, m.end, label=m.rule, alignment_mode="expand") for m in ordered)
    doc.spans[kind] = [span for span in spans if span is not None]
    return doc


def coat(kind: str, find: Callable[[Doc], Iterable[Mark]]) -> None:
    """Register `find` as the spaCy component `kind`: the thin coat around a pure parser."""

    def run(doc: Doc) -> Doc:
        return leave(doc, kind, find(doc))

    Language.component(kind, func=run)
