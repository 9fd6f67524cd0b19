"""Reads JSON Feed (jsonfeed.org, versions 1 and 1.1), which feedparser does not."""

from __future__ import annotations

import json
from typing import Any

from crawler.addresses import web_address
from crawler.dates import w3c
from crawler.entries import Entry, Listing, NotRead
from crawler.markup import fuller, plain


def read(body: bytes, base: str) -> Listing:
    """The JSON Feed `body`, fetched from `base`; items without a web address are left out. Raises NotRead."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise NotRead(f"no JSON: {error}") from None
    items = feed.get("items") if isinstance(feed, dict) and "jsonfeed.org" in str(feed.get("version")) else None
    if not isinstance(items, list):
        raise NotRead("no JSON Feed: it has no version of jsonfeed.org with a list of items")
    found = (_entry(item, base) for item in items if isinstance(item, dict))
    return Listing(tuple(e for e in found if e is not None), web_address(_text(feed, "next_url") or "", base))


def _entry(item: dict[str, Any], base: str) -> Entry | None:
    link = web_address(_text(item, "url") or _text(item, "external_url") or _text(item, "id") or "", base)
    if link is None:
        return None

    content = _text(item, "content_text") or plain(_text(item, "content_html"))
    return Entry(
        url=link,
        title=plain(_text(item, "title")),
        summary=fuller(plain(_text(item, "summary")), content),
        published=w3c(_text(item, "date_published")),
        modified=w3c(_text(item, "date_modified")),
    )


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) else None
