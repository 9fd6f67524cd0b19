"""Search feeds lead to a page of the search engine's: the publisher's address inside such a link, where it is there."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import parse_qs, unquote, urlsplit

from crawler.addresses import web_address

#: Hosts whose pages are never an article themselves.
ENGINES = re.compile(r"(?:^|\.)(?:news\.google\.com|consent\.google\.com|google\.com|bing\.com|search\.yahoo\.com)$")
#: A cache of AMP copies keeps the address in its path: /c/s/HOST/PATH, /amp/s/HOST/PATH.
AMP = re.compile(r"^/(?:[cvi]|amp)/(s/)?([^/]+\.[^/]+/.*)$")
WRAPPED = ("url", "q", "u")


def is_engine(address: str) -> bool:
    """Whether an address lies with a search engine, which publishes nothing itself.

    >>> is_engine("https://news.google.com/rss/articles/abc"), is_engine("https://blog.google/x")
    (True, False)
    """
    return ENGINES.search((urlsplit(address).hostname or "").lower()) is not None


def publisher_address(link: str) -> str | None:
    """The publisher's address behind `link`: the link itself where it is no engine's; None where it is hidden.

    >>> publisher_address("http://www.bing.com/news/apiclick.aspx?ref=x&url=https%3a%2f%2fa.example%2f1&c=2")
    'https://a.example/1'
    >>> publisher_address("https://www.google.com/amp/s/a.example/amp/1"), publisher_address("https://a.example/1")
    ('https://a.example/amp/1', 'https://a.example/1')
    >>> publisher_address("https://news.google.com/rss/articles/AU_yqLNhidden")
    """
    parts = urlsplit(link)
    if (match := AMP.match(parts.path)) and (is_engine(link) or (parts.hostname or "").endswith(".cdn.ampproject.org")):
        return web_address(f"http{'s' if match[1] else ''}://{match[2]}{'?' + parts.query if parts.query else ''}")
    if not is_engine(link):
        return link
    candidates = [value for name in WRAPPED for value in parse_qs(parts.query).get(name, ())]
    candidates += [unquote(part[3:]) for part in parts.path.split("/") if part.startswith("RU=")]
    candidates += _packed(parts.path.rsplit("/", 1)[-1])
    return next((a for c in candidates if (a := web_address(c)) and not is_engine(a)), None)


def _packed(identifier: str) -> list[str]:
    """The addresses inside an identifier of Google News: until 2024 it held them, as bytes in base64.

    >>> _packed("CBMiE2h0dHBzOi8vYS5leGFtcGxlLzHSAQA")
    ['https://a.example/1']
    """
    try:
        data = base64.urlsafe_b64decode(identifier + "=" * (-len(identifier) % 4))
    except (binascii.Error, ValueError):
        return []
    return [found.decode("ascii") for found in re.findall(rb"https?://[\x21-\x7e]+", data)]
