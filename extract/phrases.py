"""The phrases of a table and what each means, found in a text in one pass; "..." in a phrase stands for a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

from extract import words
from extract.expression import Expression
from extract.lookup import firsts, mentions, starting
from extract.sentences import Sentence

Meaning = TypeVar("Meaning")


class Phrases(Generic[Meaning]):
    """Phrases with their meanings. One phrase may have several meanings; the longest phrase at a place wins.

    >>> table = Phrases([("let go", 1), ("let ... go", 2)], edges=(r"\\b", r"\\b"), gap=r"\\s(?:\\w+\\s){1,8}?")
    >>> list(table.find("They let go. They let 40 people go."))
    [(5, 11, 1), (18, 34, 2)]
    """

    def __init__(
        self,
        rows: Iterable[tuple[str, Meaning]],
        *,
        edges: tuple[str, str],
        gap: str,
        gap_edges: tuple[str, str] = (r"\b", r"\b"),
    ) -> None:
        """`edges` and `gap_edges` are what must hold before and behind a plain phrase and one with a gap."""
        self.plain: dict[str, list[Meaning]] = {}
        plain = set()
        self.gapped: dict[str, list[tuple[re.Pattern[str], Meaning]]] = {}
        for phrase, meaning in rows:
            head, dots, tail = (part.strip() for part in phrase.partition("..."))
            if dots:
                written = gap_edges[0] + words.alternation([head]) + gap + words.alternation([tail]) + gap_edges[1]
                self.gapped.setdefault(words.fold(head), []).append((re.compile(rf"(?i){written}"), meaning))
            else:
                plain.add(head.lower())
                self.plain.setdefault(words.fold(head), []).append(meaning)
        self._plain = Expression(rf"(?i){edges[0]}{words.alternation(plain)}{edges[1]}")
        self._heads = Expression(rf"(?i)\b{words.alternation(self.gapped)}\s")
        self._plain_openings, self._gapped_openings = firsts(self.plain), firsts(self.gapped)

    def lacks(self, sentence: Sentence) -> bool:
        """Lacks the sentence words without which no phrase stands in it?"""
        return sentence.lacks(self._plain) and sentence.lacks(self._heads)

    def find(self, text: str) -> Iterator[tuple[int, int, Meaning]]:
        """Start, end and meaning of each phrase in the text: the plain ones in text order, then those with a gap."""
        if mentions(text, self._plain_openings):
            for match in starting(self._plain, self._plain_openings, text):
                for meaning in self.plain[words.fold(match[0])]:
                    yield match.start(), match.end(), meaning
        if mentions(text, self._gapped_openings):
            for head in starting(self._heads, self._gapped_openings, text):
                for pattern, meaning in self.gapped[words.fold(head[0])]:
                    if whole := pattern.match(text, head.start()):
                        yield whole.start(), whole.end(), meaning
