"""Reads pages of headlines: topic pages, tag pages, archives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.http import TextResponse
from scrapy.utils.response import get_base_url

from crawler.addresses import web_address
from crawler.dates import w3c
from crawler.entries import Entry, Listing, NotRead
from crawler.markup import fuller
from extract.published import IN_ADDRESS

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.sources import Source

#: How many elements around a link may hold the time that belongs to it.
NEAR = 5
NEXT = (
    "//link[contains(concat(' ', @rel, ' '), ' next ')]/@href | //a[contains(concat(' ', @rel, ' '), ' next ')]/@href"
)


def read(response: Response, source: Source) -> Listing:
    """The links of the page that lead to articles, as the source's `links` knows them. Raises NotRead where none does.

    A date is that of the address, else of the one time near the link; it counts as the last change, since pages of
    headlines show either.
    """
    if not isinstance(response, TextResponse):
        raise NotRead("no web page")
    base = get_base_url(response)
    found: dict[str, Entry] = {}
    for anchor in response.xpath("//a[@href]"):
        address = (web_address(anchor.attrib["href"], base) or "").partition("#")[0]
        if address and source.matches(address):
            before = found.get(address)
            words = " ".join(anchor.xpath("string()").get("").split()) or None
            title = fuller(words, before.title if before else None)
            dated = (before.modified if before else None) or day_in(address) or near(anchor, source)
            found[address] = Entry(url=address, title=title, modified=dated)
    if not found:
        raise NotRead(f"no link that matches {source.links}")
    return Listing(tuple(found.values()), web_address(response.xpath(NEXT).get("") or "", base))


def day_in(address: str) -> str | None:
    """The day that an address names, as ISO 8601.

    >>> day_in("https://a.example/2026/11/3/acme/"), day_in("https://a.example/acme-2026/")
    ('2026-11-03', None)
    """
    match = IN_ADDRESS.search(address)
    return f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}" if match else None


def near(anchor: Any, source: Source) -> str | None:
    """The time that stands by a link (a selector) and by no other article's: in the smallest element that has one."""
    for distance in range(1, NEAR + 1):
        around = anchor.xpath(f"ancestor::*[{distance}]")
        times = set(around.xpath(".//time/@datetime").getall())
        if times:
            others = {a for a in around.xpath(".//a/@href").getall() if a != anchor.attrib["href"]}
            mixed = any(source.matches(web_address(other, source.url) or "") for other in others)
            return w3c(times.pop()) if len(times) == 1 and not mixed else None
    return None
