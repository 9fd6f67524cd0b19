"""Known names in a text, where their edges are those of spaCy's tokens ("Meta" in "Meta’s", not in "Metaverse").

A name is looked for where its longest word stands, and only the text between the blanks around a find goes to the
tokenizer, which would cost more on the whole text than all else that finds names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from spacy.tokens import Doc

from extract.lookup import places

Bounds = tuple[int, int]

_BLANK = re.compile(r"\s")
#: What the tokenizer parts from any word before it.
_APART = frozenset({",", "'s", "’s"})
#: Of so many pieces of text the tokens are kept.
KEPT = 50_000


class KnownNames:
    """The names as written, each with its canonical form."""

    def __init__(self, tokenizer: Callable[[str], Doc], names: Mapping[str, str]) -> None:
        """`names` maps each form to the name that it stands for."""
        self._tokens = lru_cache(maxsize=KEPT)(lambda piece: [(t.idx, t.idx + len(t)) for t in tokenizer(piece)])
        self._names = names
        self._by_word: dict[str, list[tuple[str, int]]] = {}  # the longest word -> forms, and where it stands in them
        for form in sorted(names, key=lambda form: (-len(form), form)):
            where = places(form).where
            word = max(where, key=len)
            self._by_word.setdefault(word, []).append((form, where[word][0]))
        self._words = frozenset(self._by_word)

    def find(self, text: str) -> list[tuple[int, int, str]]:
        """Start, end and canonical name of each, in order; the longest of those that overlap."""
        where = places(text).where
        found = [
            (start, start + len(form), form)
            for word in self._words.intersection(where)
            for place in where[word]
            for form, offset in self._by_word[word]
            if text.startswith(form, start := place - offset) and start >= 0 and self._whole(text, start, form)
        ]
        return [(start, end, self._names[form]) for start, end, form in _longest(found)]

    def _whole(self, text: str, start: int, form: str) -> bool:
        """Do tokens begin and end where the form does, the same as when it stands alone?"""
        end = start + len(form)
        left, right = start, _BLANK.search(text, end)
        while left and not text[left - 1].isspace():
            left -= 1
        piece = text[left : right.start() if right else len(text)]
        if len(piece) == len(form) or (left == start and form.isalpha() and text[end : left + len(piece)] in _APART):
            return True
        low, high = start - left, end - left
        own = [(first - low, last - low) for first, last in self._tokens(piece) if first < high and last > low]
        return own == self._tokens(form)


def _longest(found: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    kept: list[tuple[int, int, str]] = []
    for start, end, form in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, form))
    return kept
