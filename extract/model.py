"""The statistical model, if any, whose organisations are further candidates for employers (the setting NER_MODEL)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

#: Label of organisations in OntoNotes, on which spaCy's English models are trained.
ORGANISATION = "ORG"


class NoModel(Exception):
    """The model that was named cannot be used; the message says why and what to do."""


@cache
def load(name: str) -> Language:
    """The installed spaCy pipeline of this name, or that of a folder. Raises NoModel."""
    import spacy  # not before somebody asks: commands that read nothing start without it

    try:
        model = spacy.load(name)
    except (OSError, ValueError, ImportError) as error:
        reason = str(error).partition("\n")[0]
        raise NoModel(f"NER_MODEL: {name!r} cannot be loaded; install it with pip, or name none ({reason})") from None
    if ORGANISATION not in {label for labels in model.pipe_labels.values() for label in labels}:
        raise NoModel(f"NER_MODEL: {name!r} marks no organisations ({ORGANISATION}); name a pipeline that does")
    return model
