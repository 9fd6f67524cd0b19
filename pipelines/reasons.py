"""Why a page went no further: the reasons of extract.reasons as Scrapy's DropItem, under the same names."""

from __future__ import annotations

from scrapy.exceptions import DropItem

from extract import reasons
from extract.reasons import Rejected


class Dropped(DropItem):
    """A page that was let go, with the rule that did it and what was seen. Scrapy counts each class by name."""

    def __init__(self, rule: str, words: str) -> None:
        super().__init__(f"{rule}: {words}", log_level="INFO")
        self.rule = rule
        self.words = words


class NotAboutCuts(Dropped):
    """The page cannot be about job cuts."""


class NoBody(Dropped):
    """The page holds no article."""


class NotEnglish(Dropped):
    """The article is in another language."""


class Unreadable(Dropped):
    """The parser failed on the page, or took too long, or the page is too large."""


_CLASSES: dict[type[Rejected], type[Dropped]] = {
    reasons.NotAboutCuts: NotAboutCuts,
    reasons.NoBody: NoBody,
    reasons.NotEnglish: NotEnglish,
    reasons.Unreadable: Unreadable,
}


def dropped(rejected: Rejected) -> Dropped:
    """The DropItem of the same name as `rejected`, with its rule and words."""
    return _CLASSES.get(type(rejected), Dropped)(rejected.rule, rejected.words)
