"""Readers of lists by themselves: JSON Feed, pages of headlines, search engines' links; how much a page holds."""

from __future__ import annotations

import json
import time
from datetime import date
from typing import Any

import pytest
from scrapy.http import HtmlResponse, Response

from crawler import feeds, indexes
from crawler.entries import Entry, Listing, NotRead
from crawler.hints import publisher_address
from crawler.prose import prose
from crawler.reach import further, recent
from crawler.sources import Source
from crawler.visits import MOST, Visits

HOME = "https://a.example/"
VERSION = "https://jsonfeed.org/version/1.1"


def source(**known: Any) -> Source:
    given = {
        "id": "a", "name": "A", "publisher": "A", "country": "US", "kind": "index", "url": HOME, "tags": ("a",),
        "tier": 1, "evidence": "x", "links": r"/news/\d+",
    }  # fmt: skip
    return Source(**given | known)


def json_feed(*items: dict[str, Any], **more: Any) -> bytes:
    return json.dumps({"version": VERSION, "title": "A", "items": list(items), **more}).encode()


def test_of_a_long_list_the_newest_entries_are_remembered() -> None:
    old = [Entry(url=f"{HOME}{n}", published="2020-01-01") for n in range(MOST)]
    visits = Visits([source()])
    visits.read(source(), [*old, Entry(url=f"{HOME}new", published="2026-11-02T08:00:00Z")])
    (row,) = visits.rows()
    assert (row["listed"], len(row["entries"]), f"{HOME}new" in row["entries"]) == (MOST + 1, MOST, True)


def test_a_json_feed() -> None:
    item = {
        "id": "1", "url": "/news/1", "title": "Acme &amp; Co", "summary": "Short", "content_html": "<p>The whole</p>",
        "date_published": "2026-11-02T08:00:00Z", "date_modified": "2026-11-03",
    }  # fmt: skip
    found = feeds.read(json_feed(item, next_url="/feed.json?page=2"), HOME)
    (entry,) = found.entries
    assert entry == Entry(
        url="https://a.example/news/1", title="Acme & Co", summary="The whole",
        published="2026-11-02T08:00:00+00:00", modified="2026-11-03",
    )  # fmt: skip
    assert found.next == "https://a.example/feed.json?page=2"


def test_items_of_a_json_feed_that_cannot_be_used_are_left_out() -> None:
    odd: list[Any] = [{"id": "only-an-id"}, {"url": "javascript:alert(1)"}, {"url": 7}, "text", None, {"url": "/ok"}]
    assert [e.url for e in feeds.read(json_feed(*odd), HOME).entries] == [
        "https://a.example/only-an-id", "https://a.example/ok"
    ]  # fmt: skip


@pytest.mark.parametrize("body", [
    b"{", b'{"items": []}', b'{"version": "https://jsonfeed.org/version/1", "items": {}}', b'{"a":' * 50_000,
])  # fmt: skip
def test_other_json_is_no_feed(body: bytes) -> None:
    with pytest.raises(NotRead):
        feeds.read(body, HOME)


def test_a_feed_that_carries_whole_articles() -> None:
    body = (
        b'<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item>'
        b"<link>https://a.example/1</link><description>Short</description>"
        b"<content:encoded><![CDATA[<p>The whole of the article</p>]]></content:encoded></item></channel></rss>"
    )
    assert feeds.read(body, HOME).entries[0].summary == "The whole of the article"


def page(body: str) -> Response:
    return HtmlResponse(HOME, body=body.encode(), encoding="utf-8")


def test_a_time_by_a_link_is_its_date_and_a_time_of_the_page_is_not() -> None:
    listing = indexes.read(
        page(
            "<header><time datetime='2026-11-20'>today</time></header><ul>"
            "<li><a href='/news/1'>One</a> <time datetime='2026-11-02T08:00:00Z'>2 Nov</time></li>"
            "<li><a href='/news/2'><img></a><div><a href='/news/2#top'>Two, in words</a></div></li>"
            "<li><a href='/news/3'>Three</a><time datetime='2026-11-03'></time><time datetime='2026-11-04'></time></li>"
            "</ul><a href='/about'>About</a>"
        ),
        source(),
    )
    assert [(e.url[-1], e.title, e.dated) for e in listing.entries] == [
        ("1", "One", "2026-11-02T08:00:00+00:00"), ("2", "Two, in words", None), ("3", "Three", None)
    ]  # fmt: skip


def test_links_begin_where_the_page_says() -> None:
    found = indexes.read(page("<base href='https://b.example/x/'><a href='news/1'>One</a>"), source())
    assert [e.url for e in found.entries] == ["https://b.example/x/news/1"]


def test_what_is_no_page_is_told() -> None:
    with pytest.raises(NotRead, match="no web page"):
        indexes.read(Response(HOME, body=b"%PDF"), source())
    with pytest.raises(NotRead, match=r"no link that matches /news/"):
        indexes.read(page("<a href='/about'>About</a>"), source())


@pytest.mark.parametrize(("link", "address"), [
    ("https://a.example/x?url=https://b.example/", "https://a.example/x?url=https://b.example/"),
    ("https://www.google.com/url?q=https://b.example/y&sa=U", "https://b.example/y"),
    ("https://www.google.com/url?q=/search", None),
    ("https://www.google.com/url?q=javascript:alert(1)", None),
    ("https://www.google.com/url?url=https://news.google.com/x", None),
    ("https://r.search.yahoo.com/_ylt=A/RV=2/RU=https%3a%2f%2fb.example%2fy/RK=2", "https://b.example/y"),
    ("https://b-example.cdn.ampproject.org/c/s/b.example/amp/y?z=1", "https://b.example/amp/y?z=1"),
    ("https://a.example/c/s/b.example/y", "https://a.example/c/s/b.example/y"),
    ("https://news.google.com/rss/articles/CBMi%%%", None),
])  # fmt: skip
def test_the_publisher_behind_a_link(link: str, address: str | None) -> None:
    assert publisher_address(link) == address


def entries(*days: str | None) -> tuple[Entry, ...]:
    return tuple(Entry(url=f"{HOME}{n}", published=day) for n, day in enumerate(days))


def test_how_far_back_a_list_is_followed() -> None:
    listing, since = Listing(entries("2026-11-05", "2026-11-01"), "https://a.example/2"), date(2026, 11, 4)
    assert further(listing, source(), 1, since, ()) == "https://a.example/2"
    assert further(listing, source(), 1, None, ()) is None, "nobody asked for more"
    assert further(listing, source(), 30, since, ()) is None, "far enough"
    assert further(listing, source(), 1, since, {f"{HOME}0"}) is None, "only what an earlier page had"
    assert further(listing, source(), 1, date(2026, 11, 6), ()) is None, "all older"
    assert further(Listing(entries("2026-11-05")), source(next=HOME + "p/{page}"), 3, since, ()) == HOME + "p/4"


def test_the_newest_of_a_sitemap() -> None:
    found = entries("2026-11-01", None, "2026-11-05", "2026-11-03")
    assert [e.dated for e in recent(found, 2, None)] == ["2026-11-05", "2026-11-03"]
    assert [e.dated for e in recent(found, 1, date(2026, 11, 2))] == ["2026-11-05", "2026-11-03"]


@pytest.mark.parametrize("unit", [b"<p>", b"<p ", b"</p", b"<p class='", b"<p><b>", b"<p>x</p>", b"<"])
def test_measuring_a_page_costs_no_more_than_reading_it(unit: bytes) -> None:
    """Ten megabytes of anything within seconds; what grows with the square of the size takes hours."""
    body = unit * (10 * 2**20 // len(unit))
    start = time.process_time()
    prose(body)
    assert time.process_time() - start < 60
