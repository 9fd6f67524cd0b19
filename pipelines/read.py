"""Second step: the page becomes an article, headline and body, and is looked at once more as text."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from extract.article import read
from extract.gate import gate_text
from extract.reasons import Rejected
from extract.records import Article, Page
from pipelines.reasons import dropped


class Read:
    """Page -> Article, or DropItem."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Nothing of the crawler is needed."""
        return cls()

    def process_item(self, item: Page) -> Article:
        """The article of the page; raises NoBody, NotEnglish, Unreadable or NotAboutCuts."""
        try:
            article = read(item)
            gate_text(article.title, article.text)
        except Rejected as rejected:
            raise dropped(rejected) from rejected
        return article
