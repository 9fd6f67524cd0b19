"""When a page was published, and what says so: JSON-LD, a meta element, the address, or the visible text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime

import dateparser
import htmldate
from lxml.html import HtmlElement

from extract import jsonld, tidy
from extract.records import PublishedFrom

#: No news page on the web is older; clocks and time zones may put a publication this long after its fetch.
EARLIEST = "1995-01-01"
TOLERANCE = timedelta(hours=36)

#: Names and properties of meta elements that state first publication, most trusted first.
META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published",
    "published_time", "publication_date", "publishdate", "publish-date", "publish_date", "pubdate", "published-date",
    "article.published", "parsely-pub-date", "sailthru.date", "cxenseparse:recs:publishtime", "dc.date.issued",
    "dcterms.created", "dcterms.date", "dc.date", "dc.date.created", "date",
)  # fmt: skip
IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([/-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
#: Full written dates only, so that neither the clock nor a missing year is ever filled in.
WRITTEN = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"]}
#: A line that says when the page was published: "Posted on 3 February 2024", "Published: Feb 3, 2024 at 10:15".
STATED = re.compile(r"(?i)(?:first )?(?:published|posted|date)\b(?: on| at)?[:\s-]*(?:on )?(.*\d{4}.*)$")
#: A dateline of its own: "Hyderabad, October 27, 2026 | By P. Narayan", "3 February 2024".
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATELINE = re.compile(
    rf"(?:[A-Z][\w .'-]{{1,30}},\s+)?(\d{{1,2}} {_MONTH},? \d{{4}}|{_MONTH} \d{{1,2}},? \d{{4}})(?:\s*[|,·•—–-].*)?$"
)
NUMBERS_ONLY = re.compile(r"[\d\s/.:-]+")


def published(tree: HtmlElement, node: jsonld.Node, url: str, latest: str) -> tuple[str | None, PublishedFrom | None]:
    """Day or instant of first publication as ISO 8601, and its origin; (None, None) if nothing states a credible one.

    `node` is the page's JSON-LD article, `latest` the last credible day (see `latest_day`).
    """
    for value, origin in _statements(tree, node, url):
        stamp = iso(value)
        if stamp and EARLIEST <= stamp[:10] <= latest:
            return stamp, origin
    found = htmldate.find_date(
        tree, original_date=True, extensive_search=False, min_date=EARLIEST, max_date=latest, outputformat="%Y-%m-%d"
    )
    return (found, "text") if found else (None, None)


def latest_day(fetched_at: str | None) -> str:
    """The last day on which a page fetched then can have been published; far ahead where the time is not known."""
    stamp = iso(fetched_at or "")
    if not stamp:
        return "2100-01-01"
    return (datetime.fromisoformat(stamp) + TOLERANCE).date().isoformat()


def iso(value: str) -> str | None:
    """`value` as ISO 8601 day or instant with its own offset; None if it is no full date.

    Reads ISO 8601, RFC 822 and written dates. Relative ones and 03/04/2024, whose order is unknown, are no dates here.

    >>> iso("2026-02-09"), iso("2026-02-09T10:00Z"), iso("February 9, 2026"), iso("yesterday")
    ('2026-02-09', '2026-02-09T10:00:00+00:00', '2026-02-09', None)
    """
    value = tidy.line(value)[:100]
    return _iso8601(value) or _rfc822(value) or _written(value)


def _iso8601(value: str) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        with suppress(ValueError):  # not this form either
            return datetime.fromisoformat(value).isoformat(timespec="seconds")
        return None


def _rfc822(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).isoformat(timespec="seconds")
    except ValueError:
        return None


def _written(value: str) -> str | None:
    if not re.search(r"\d{4}", value) or NUMBERS_ONLY.fullmatch(value):
        return None
    found: datetime | None = dateparser.parse(value, languages=["en"], settings=WRITTEN)
    if found is None:
        return None
    timed = re.search(r"\d:\d\d", value)
    return found.isoformat(timespec="seconds") if timed else found.date().isoformat()


def _statements(tree: HtmlElement, node: jsonld.Node, url: str) -> Iterator[tuple[str, PublishedFrom]]:
    for name in ("datePublished", "dateCreated", "uploadDate"):
        yield jsonld.text(node, name), "json-ld"
    stated: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        stated.setdefault(name, element.get("content") or "")
    for name in META:
        yield stated.get(name, ""), "meta"
    for element in tree.xpath("//*[@itemprop='datePublished' or @pubdate][@datetime or @content]"):
        yield element.get("datetime") or element.get("content"), "meta"
    match = IN_ADDRESS.search(url)
    if match:
        yield f"{match[1]}-{int(match[3]):02}-{int(match[4]):02}", "url"
    for text in _short_texts(tree):
        match = STATED.match(text)
        if match:
            yield match[1], "text"
    for element in tree.xpath("//article//time[@datetime] | //main//time[@datetime] | //header//time[@datetime]"):
        yield element.get("datetime"), "text"
    datelines = {match[1] for text in _short_texts(tree) if (match := DATELINE.match(text))}
    if len(datelines) == 1:  # several are a list of stories, of which none need be this one
        yield datelines.pop(), "text"


def _short_texts(tree: HtmlElement) -> Iterator[str]:
    """Lines too short to be prose, as bylines and datelines are."""
    for element in tree.iter("p", "span", "div", "small", "li", "time", "dd", "td", "font", "address"):
        if len(element) <= 2:
            text = tidy.line(element.text_content()[:200])
            if len(text) <= 80:
                yield text
