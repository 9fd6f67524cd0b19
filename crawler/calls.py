"""Requests as text and back, so that the ledger can keep those that wait: which callback, with which arguments."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from crawler.entries import Entry
from crawler.sources import Source

if TYPE_CHECKING:
    from scrapy.http import Request

    from crawler.spiders.base import PageSpider


def frozen(request: Request) -> str | None:
    """The call that a response to `request` would make, as JSON; None where it has no name or holds more than data."""
    name = getattr(request.callback, "__name__", None)
    try:
        return json.dumps({"callback": name, **{k: _frozen(v) for k, v in request.cb_kwargs.items()}}) if name else None
    except TypeError:
        return None


def _frozen(value: Any) -> Any:
    if isinstance(value, Source):
        return {"source": value.id}
    if isinstance(value, Entry):
        return {"entry": {name: said for name, said in asdict(value).items() if said is not None}}
    return value


def thawed(spider: PageSpider, url: str, call: str) -> Request | None:
    """The request again; None where its source is not among those that the spider reads now."""
    given: dict[str, Any] = json.loads(call)
    callback = getattr(spider, given.pop("callback"))
    try:
        return spider.request(url, callback, **{name: _thawed(spider, value) for name, value in given.items()})
    except LookupError:
        return None


def _thawed(spider: PageSpider, value: Any) -> Any:
    if isinstance(value, dict) and "source" in value:
        return {source.id: source for source in getattr(spider, "sources", ())}[value["source"]]
    return Entry(**value["entry"]) if isinstance(value, dict) and "entry" in value else value
