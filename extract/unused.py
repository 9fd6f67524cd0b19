"""Phrases of the word lists that no text of a set uses: what is untested, or never said."""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract import vocabulary, words

#: List -> column that holds its phrases (several forms of one are separated by |).
LISTS = {"cuts.csv": "forms", "ai_links.csv": "phrase"}
#: Up to so many words may stand where a phrase has "...": as many as any component allows.
GAP = r"\s+(?:\S+\s+){0,9}?"


def unused(texts: Iterable[str]) -> dict[str, list[str]]:
    """List -> its phrases of which no form stands in any of the texts, in the order of the list."""
    text = "\n\n".join(texts)
    return {
        name: [row[column] for row in vocabulary.table(name) if not _stands(row[column].split("|"), text)]
        for name, column in LISTS.items()
    }


def _stands(forms: Iterable[str], text: str) -> bool:
    return any(_pattern(form).search(text) for form in forms)


def _pattern(form: str) -> re.Pattern[str]:
    """The form as it may be written; a form is found by its words, whatever else would be read there.

    >>> bool(_pattern("let ... go").search("They LET 40 people go.")), bool(_pattern("axe").search("taxes"))
    (True, False)
    """
    parts = (words.alternation([part.strip()]) for part in form.split("..."))
    return re.compile(rf"(?i)(?<![\w-]){GAP.join(parts)}(?!\w)")
