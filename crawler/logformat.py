"""Log lines that name a page by its address and leave its body out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy import logformatter

if TYPE_CHECKING:
    from scrapy import Spider
    from scrapy.http import Response
    from scrapy.logformatter import LogFormatterResult


def name(item: Any) -> str:
    """What a person calls `item` (a Page, an Article, a Reading): its address, else its id, else its type.

    >>> from extract.records import Page
    >>> name(Page(url="https://example.com/a")), name(Page(url=None, page_id="7")), name({})
    ('https://example.com/a', '7', 'dict')
    """
    known = getattr(item, "article", item)
    return getattr(known, "url", None) or getattr(known, "page_id", None) or type(item).__name__


class LogFormatter(logformatter.LogFormatter):
    """Scrapy's, with the item's name in place of the item. The levels stay: DEBUG, the drop's own, ERROR."""

    def scraped(self, item: Any, response: Any, spider: Spider) -> LogFormatterResult:
        """One line for an item that came through."""
        line = super().scraped(item, response, spider)
        return {"level": line["level"], "msg": "Stored: %(item)s", "args": {"item": name(item)}}

    def dropped(
        self, item: Any, exception: BaseException, response: Response | Any | None, spider: Spider
    ) -> LogFormatterResult:
        """One line for an item that was let go, with the rule and the words."""
        line = super().dropped(item, exception, response, spider)
        args = {"kind": type(exception).__name__, "exception": exception, "item": name(item)}
        return {"level": line["level"], "msg": "%(kind)s: %(item)s: %(exception)s", "args": args}

    def item_error(
        self, item: Any, exception: BaseException, response: Response | Any | None, spider: Spider
    ) -> LogFormatterResult:
        """One line for an item on which a step failed; Scrapy adds the traceback."""
        line = super().item_error(item, exception, response, spider)
        args = {"item": name(item), "exception": exception}
        return {"level": line["level"], "msg": "Failed on %(item)s: %(exception)s", "args": args}
