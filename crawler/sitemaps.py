"""Reads sitemaps, sitemap indexes and news sitemaps, also gzipped. Scrapy's reader loses the news titles and dates."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from lxml import etree

from crawler.addresses import web_address
from crawler.dates import w3c
from crawler.entries import Entry, NotRead

#: Bytes of a sitemap after unzipping: the protocol's own limit.
MAX_SIZE = 50 * 2**20


@dataclass(slots=True)
class Sitemap:
    """The pages that a sitemap lists, and the sitemaps that a sitemap index lists, in their order."""

    pages: list[Entry] = field(default_factory=list)
    sitemaps: list[Entry] = field(default_factory=list)


def read(body: bytes, base: str) -> Sitemap:
    """The sitemap `body`, fetched from `base`. Broken XML is read as far as it goes.

    Raises NotRead for what is no sitemap, for a document type (entity bombs, HTML error pages) and for a gzip bomb.
    """
    xml = unzipped(body)
    if b"<!DOCTYPE" in xml[:2048].upper():
        raise NotRead("no sitemap: it has a document type, as web pages and entity bombs do")
    sitemap = Sitemap()
    events = etree.iterparse(
        BytesIO(xml), events=("end",), recover=True, resolve_entities=False, no_network=True, load_dtd=False
    )
    try:
        for _, element in events:
            _keep(element, base, sitemap)
    except etree.XMLSyntaxError as error:
        raise NotRead(f"no sitemap: {error}") from None
    if events.root is None or _name(events.root) not in {"urlset", "sitemapindex"}:
        raise NotRead(f"no sitemap: it begins with {xml[:40]!r}")
    return sitemap


def unzipped(body: bytes) -> bytes:
    """`body`, unzipped where it is gzip (as .xml.gz are); cut short where its end is missing. Raises NotRead."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    unzip = zlib.decompressobj(wbits=31)
    try:
        text = unzip.decompress(body, MAX_SIZE)
    except zlib.error as error:
        raise NotRead(f"broken gzip: {error}") from None
    if unzip.unconsumed_tail:
        raise NotRead(f"larger than {MAX_SIZE >> 20} MB when unzipped")
    return text


def _keep(element: Any, base: str, sitemap: Sitemap) -> None:
    kind = _name(element)
    if kind not in {"url", "sitemap"} or element.getparent() is None:
        return
    own, news = _texts(element), _texts(*(child for child in element if _name(child) == "news"))
    location = web_address(own.get("loc", ""), base)
    if location is not None:
        entry = Entry(
            url=location,
            title=news.get("title"),
            published=w3c(news.get("publication_date")),
            modified=w3c(own.get("lastmod")),
        )
        (sitemap.pages if kind == "url" else sitemap.sitemaps).append(entry)
    element.clear()
    while element.getprevious() is not None:  # what is read must not pile up: sitemaps hold 50,000 addresses
        del element.getparent()[0]


def _texts(*parents: Any) -> dict[str, str]:
    """Texts of the children by name; of each parent its own only, for images and videos have a loc and a title too."""
    return {_name(child): child.text.strip() for parent in parents for child in parent if child.text}


def _name(element: Any) -> str:
    """The tag without its namespace; sites write the namespaces in many ways."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
