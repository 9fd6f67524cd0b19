"""The events as an Atom feed (RFC 4287): an entry an event, the latest told first; new articles renew its day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

from extract import RULES_VERSION, __version__
from extract.records import Event

NAMESPACE = "http://www.w3.org/2005/Atom"
HOME = "https://github.com/layoff-ledger/layoff-ledger"
TAG = "tag:github.com,2026:layoff-ledger/layoff-ledger"  # RFC 4151: ids that need no server
#: Entries where no day is asked for: a reader polls the feed, nobody pages through it.
LATEST = 100
NEVER = "1970-01-01T00:00:00Z"  # of a feed without dated events: the standard wants a time, the data has none

_IRI = "%/:=&?~#+!$,;'@()*[]"  # what may stand in an address as it is
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_atom(
    events: Sequence[Event], since: str | None = None, page: Callable[[Event], str] | None = None, own: str = ""
) -> bytes:
    """The feed, UTF-8. With `since`, an ISO day, all events updated on it or later; else the latest hundred.

    `page` gives the address of an event's own page, where it has one; `own` is the feed's.
    """
    told = sorted(events, key=lambda event: event.event_id or "")
    told = sorted(told, key=updated, reverse=True)
    told = [event for event in told if updated(event) >= since] if since else told[:LATEST]
    feed = ET.Element("feed", {"xmlns": NAMESPACE, "xml:lang": "en"})
    _add(feed, "id", f"{TAG}:events")
    _add(feed, "title", "Job cuts")
    _add(feed, "subtitle", "Rounds of job cuts as news tells them, each with the sentence that says so")
    _add(feed, "updated", max(map(updated, told), default=NEVER))
    _add(_add(feed, "author"), "name", "layoff-ledger")
    _add(feed, "generator", f"layoff-ledger, rules {RULES_VERSION}", uri=HOME, version=__version__)
    _add(feed, "rights", "CC BY 4.0; sentences quoted from articles remain their publishers' own")
    if own:
        _add(feed, "link", rel="self", type="application/atom+xml", href=own)
    for event in told:
        _entry(feed, event, page(event) if page else None)
    ET.indent(feed)
    text: bytes = ET.tostring(feed, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + text + b"\n"


def _entry(feed: ET.Element, event: Event, page: str | None) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"{TAG}:event:{event.event_id}")
    _add(entry, "title", title(event))
    _add(entry, "updated", updated(event))
    if event.first_reported:
        _add(entry, "published", instant(event.first_reported))
    for place, url in enumerate(dict.fromkeys((*([page] if page else []), event.evidence_url, *event.source_urls))):
        if url and urlsplit(url).scheme in ("http", "https"):
            _add(entry, "link", rel="related" if place else "alternate", href=quote(url, safe=_IRI))
    for term in (event.action, event.status, *([f"ai:{event.ai}"] if event.ai != "none" else [])):
        _add(entry, "category", term=term)
    said = (event.evidence, event.ai_evidence if event.ai_evidence != event.evidence else None)
    _add(entry, "content", "\n\n".join(text for text in said if text) or title(event), type="text")


def title(event: Event) -> str:
    """Company, figure, action and status on one line.

    >>> title(Event(company="Acme", headcount=1200, headcount_relation="at_least", status="reported"))
    'Acme: at least 1,200 jobs (layoff, reported)'
    >>> title(Event(company="Acme", pct_max=12.5, pct_relation="at_most", action="hiring_freeze"))
    'Acme: up to 12.5 % of staff (hiring freeze, announced)'
    """
    people = _figure(event.headcount_min, event.headcount_max, event.headcount, event.headcount_relation)
    share = _figure(event.pct_min, event.pct_max, None, event.pct_relation)
    figure = f"{people} jobs" if people else f"{share} % of staff" if share else "number not told"
    return f"{event.company}: {figure} ({event.action.replace('_', ' ')}, {event.status})"


def _figure(low: float | None, high: float | None, point: float | None, relation: str | None) -> str:
    if low is not None and high is not None and low != high:
        return f"{low:,.10g} to {high:,.10g}"
    stated = next((number for number in (point, low, high) if number is not None), None)
    words = {"about": "about ", "at_least": "at least ", "vague": "at least ", "at_most": "up to "}
    return "" if stated is None else f"{words.get(relation or '', '')}{stated:,.10g}"


def updated(event: Event) -> str:
    """When the event was last told of, as an instant in UTC."""
    return instant(event.updated_at or event.last_reported)


def instant(text: str | None) -> str:
    """An ISO day or instant as RFC 3339 has it, in UTC; a day is its beginning, what has no zone is UTC.

    >>> instant("2026-03-02"), instant("2026-03-02T23:30:00-07:00"), instant(None)
    ('2026-03-02T00:00:00Z', '2026-03-03T06:30:00Z', '1970-01-01T00:00:00Z')
    """
    try:
        when = dt.datetime.fromisoformat(text or NEVER)
    except ValueError:
        return NEVER
    when = when if when.tzinfo else when.replace(tzinfo=dt.UTC)
    return f"{when.astimezone(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"


def _add(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    element = ET.SubElement(parent, name, clean)
    element.text = None if text is None else _NOT_XML.sub("", text)
    return element
