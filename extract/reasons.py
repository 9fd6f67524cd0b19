"""Why a page gave no article, or an article no events: each reason is a class, counted by its name."""

from __future__ import annotations


class Rejected(Exception):
    """A page that is left out on purpose; not an error of the program.

    `rule` names what dropped it ("gate.bytes", "body.empty", "language", …); `words` tells in a sentence what was seen.
    """

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(rule, words)
        self.rule = rule
        self.words = words

    def __str__(self) -> str:
        return f"{self.rule}: {self.words}"


class NotAboutCuts(Rejected):
    """Nothing in it can speak of job cuts."""


class NoBody(Rejected):
    """It holds no text to read."""


class NotEnglish(Rejected):
    """Its text is in another language."""


class Unreadable(Rejected):
    """It cannot be parsed, or parsing it would cost too much."""
