"""Reads RSS and Atom. The only file that knows feedparser, which must be given bytes: a string it would open."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import feedparser
from lxml import etree, html

from crawler.addresses import web_address
from crawler.dates import instant
from crawler.entries import Entry, NotRead


def entries(body: bytes, base: str, content_type: str | None = None) -> list[Entry]:
    """The entries of the feed `body`, fetched from `base`, in its order; those without a web address are left out.

    `content_type` is the HTTP header, which may name the character set. Raises NotRead where no feed is seen.
    """
    headers = {"content-location": base, "content-type": content_type or "application/xml"}
    feed = feedparser.parse(BytesIO(body), response_headers=headers)
    if not feed.get("version"):
        raise NotRead(f"no feed: it begins with {body[:40]!r}")
    found = (_entry(entry, base) for entry in feed.entries)
    return [entry for entry in found if entry is not None]


def _entry(entry: Any, base: str) -> Entry | None:
    link = web_address(entry.get("link") or "", base)
    if link is None:
        return None
    return Entry(
        url=link,
        title=plain(entry.get("title")),
        summary=plain(entry.get("summary")),
        # dict.get: feedparser's own would give the one date for the other
        published=instant(dict.get(entry, "published_parsed")),
        modified=instant(dict.get(entry, "updated_parsed")),
    )


def plain(markup: str | None) -> str | None:
    """The text of a piece of HTML, with single spaces; None where there is none.

    >>> plain("Acme cuts <b>1,200</b> jobs &amp; closes<br/>a plant"), plain(" "), plain(None)
    ('Acme cuts 1,200 jobs & closes a plant', None, None)
    """
    if not markup or not markup.strip():
        return None
    try:
        root = html.fragment_fromstring(markup, create_parent="div")
    except (etree.ParserError, ValueError):
        return None
    return " ".join(" ".join(root.xpath(".//text()[not(ancestor::script or ancestor::style)]")).split()) or None
