"""The project's settings with a reader that parses pages without looking at them first, as a new kind of hostile page
would be: 40,000 attributes on one tag keep the parser busy for ten seconds, 200,000 for minutes."""

from __future__ import annotations

from lxml.html import document_fromstring

from crawler.settings import *  # noqa: F403
from crawler.settings import ITEM_PIPELINES as JOURNEY
from extract.reasons import Rejected
from extract.records import Article, Page
from pipelines.read import Read, article_of
from pipelines.reasons import dropped


class Unguarded(Read):
    """Reads as its parent does, after a parse without guards."""

    async def process_item(self, item: Page) -> Article:
        try:
            return await self.readers.read(unguarded, item)
        except Rejected as rejected:
            raise dropped(rejected) from rejected


def unguarded(page: Page) -> Article:
    """The article of a page, parsed once for nothing."""
    document_fromstring(page.body)
    return article_of(page)


ITEM_PIPELINES = {
    "tests.newsroom.unguarded.Unguarded" if name == "pipelines.read.Read" else name: place
    for name, place in JOURNEY.items()
}
