"""Third step: what the article says about job cuts, claim by claim, and the totals that it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scrapy.crawler import Crawler

from extract.aggregates import Aggregate, aggregates
from extract.events import claims
from extract.records import Article, Claim
from pipelines.model import use_model


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what it says."""

    article: Article
    claims: tuple[Claim, ...]
    aggregates: tuple[Aggregate, ...] = ()


class Claims:
    """Article -> Reading; an article that says nothing of job cuts has no claims and is kept all the same."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Reads as the settings say. Raises NoModel."""
        use_model(crawler.settings)
        return cls()

    def process_item(self, item: Article) -> Reading:
        """The article with its claims and totals."""
        return Reading(item, claims(item), aggregates(item))
