"""The bounds of the sentences (`extract/bounds.py`), left on the Doc for the components behind."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from extract.bounds import sentences
from extract.marks import text_of


def _mark(doc: Doc) -> Doc:
    doc.user_data["sentences"] = sentences(text_of(doc))
    return doc


Language.component("sentence", func=_mark)
