"""Reads RSS, Atom and JSON Feed. The only file that knows feedparser, which must be given bytes: a string it opens."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import feedparser

from crawler import jsonfeeds
from crawler.addresses import web_address
from crawler.dates import instant
from crawler.entries import Entry, Listing, NotRead
from crawler.markup import fuller, plain


def read(body: bytes, base: str, content_type: str | None = None) -> Listing:
    """The feed `body`, fetched from `base`: entries in its order; those without a web address are left out.

    `content_type` is the HTTP header, which may name the character set. Raises NotRead where no feed is seen.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return jsonfeeds.read(body, base)
    headers = {"content-location": base, "content-type": content_type or "application/xml"}
    feed = feedparser.parse(BytesIO(body), response_headers=headers)
    if not feed.get("version"):
        raise NotRead(f"no feed: it begins with {body[:40]!r}")
    found = (_entry(entry, base) for entry in feed.entries)
    return Listing(tuple(entry for entry in found if entry is not None), _next(feed.feed, base))


def _next(feed: Any, base: str) -> str | None:
    """The address of the feed's next page (RFC 5005)."""
    links = [link.get("href", "") for link in feed.get("links", ()) if link.get("rel") == "next"]
    return web_address(links[0], base) if links else None


def _entry(entry: Any, base: str) -> Entry | None:
    link = web_address(entry.get("link") or "", base)
    if link is None:
        return None
    contents = [plain(part.get("value")) for part in entry.get("content", ())]
    return Entry(
        url=link,
        title=plain(entry.get("title")),
        summary=fuller(plain(entry.get("summary")), *contents),
        # dict.get: feedparser's own would give the one date for the other
        published=instant(dict.get(entry, "published_parsed")),
        modified=instant(dict.get(entry, "updated_parsed")),
        publisher=plain((entry.get("source") or {}).get("title")),
    )
