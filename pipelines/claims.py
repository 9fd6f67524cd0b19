"""Third step: what the article says about job cuts, claim by claim, and the totals that it quotes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from scrapy.crawler import Crawler

from extract.reasons import Rejected
from extract.records import Aggregate, Article, Claim
from pipelines.read import Read
from pipelines.readers import Readers
from pipelines.reasons import dropped


@dataclass(frozen=True, slots=True)
class Reading:
    """An article with what it says."""

    article: Article
    claims: tuple[Claim, ...]
    aggregates: tuple[Aggregate, ...] = ()


class Claims:
    """Article -> Reading; an article that says nothing of job cuts has no claims and is kept all the same."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """The step before has the processes that read, and as the settings say. Raises NoModel."""
        if crawler.settings["NER_MODEL"]:
            from pipelines.model import use_model  # loads what reads text: here only to see that it can be

            use_model(crawler.settings)
        return cls(crawler)

    def open_spider(self) -> None:
        """Find them."""
        read = self.crawler.get_item_pipeline(Read)  # or a kind of it
        assert read is not None
        self.readers: Readers = read.readers

    async def process_item(self, item: Article) -> Reading:
        """The article with its claims and totals; raises Unreadable where that takes too long."""
        try:
            return await self.readers.read(reading_of, item)
        except Rejected as rejected:
            raise dropped(rejected) from rejected


def reading_of(article: Article) -> Reading:
    """The article with its claims and totals."""
    from extract.aggregates import aggregates  # loaded in the readers alone, as in the step before
    from extract.events import claims

    return Reading(article, claims(article), aggregates(article))
