"""What a component leaves on a Doc: marks with exact character offsets (`doc.user_data["marks"][kind]`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc


class Mark(NamedTuple):
    """One find of one kind in the document's text: `text[start:end]`, its parsed value, the rule that found it."""

    kind: str
    start: int
    end: int
    value: Any
    rule: str


def marks(doc: Doc, kind: str) -> list[Mark]:
    """The marks of one kind, in text order; empty when the component found nothing or has not run."""
    found: list[Mark] = doc.user_data.get("marks", {}).get(kind, [])
    return found


def text_of(doc: Doc) -> str:
    """The document's text. Kept beside the Doc, since `Doc.text` joins all tokens anew at every call."""
    text: str = doc.user_data.get("text") or doc.user_data.setdefault("text", doc.text)
    return text


def leave(doc: Doc, kind: str, found: Iterable[Mark]) -> Doc:
    """Keep `found` on the document in text order, the longer first where two start together.

    Marks are kept by character, not as spaCy spans: making spans costs more than finding them, and rules need the
    exact offsets, which token bounds would widen.
    """
    doc.user_data.setdefault("marks", {})[kind] = sorted(found, key=lambda m: (m.start, -m.end))
    return doc


def coat(kind: str, find: Callable[[Doc], Iterable[Mark]]) -> None:
    """Register `find` as the spaCy component `kind`: the thin coat around a pure parser."""

    def run(doc: Doc) -> Doc:
        return leave(doc, kind, find(doc))

    Language.component(kind, func=run)
