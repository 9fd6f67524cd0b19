"""Lists of pages that are built to keep a parser busy. Articles are read in processes that can be killed; lists not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.http import HtmlResponse

from crawler.middlewares.refusals import Hostile
from extract.markup import guard
from extract.reasons import Unreadable

if TYPE_CHECKING:
    from scrapy.http import Response

#: Depth of nested elements in a feed or sitemap; honest ones have six.
MAX_DEPTH = 200
#: Bytes of a list looked at for entity declarations: a document type stands at its head.
HEAD = 4096


class HostileLists:
    """Spider middleware that raises Hostile for an index page, feed or sitemap that a parser should not see."""

    def process_spider_input(self, response: Response) -> None:
        """Let the response pass or raise Hostile. Articles pass: their readers have limits of their own."""
        if response.meta.get("kind") != "source" or response.body.startswith(b"\x1f\x8b"):
            return  # an article, or a sitemap in gzip, whose reader refuses document types and reads without recursion
        if b"<!ENTITY" in response.body[:HEAD].upper():
            raise Hostile(f"{response.url}: declares entities")
        if isinstance(response, HtmlResponse):
            try:
                guard(response.body)
            except Unreadable as error:
                raise Hostile(f"{response.url}: {error.words}") from None
        elif too_deep(response.body):
            raise Hostile(f"{response.url}: elements nested deeper than {MAX_DEPTH}")


def too_deep(xml: bytes) -> bool:
    """Whether more than MAX_DEPTH elements are open at once, by a count of tags that may err on broken XML.

    >>> too_deep(b"<a>" * 201), too_deep(b"<a><b/></a>" * 500)
    (True, False)
    """
    depth = 0
    for part in xml.split(b"<")[1:]:
        if part[:1] in b"!?":
            continue
        if part[:1] == b"/":
            depth -= 1
        elif not part.partition(b">")[0].endswith(b"/"):
            depth += 1
            if depth > MAX_DEPTH:
                return True
    return False
