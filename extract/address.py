"""Addresses of articles: cleaned, so that one article has one address, and chosen among those that a page states."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from w3lib.url import canonicalize_url

#: Hosts that serve copies of other sites' pages, whose canonical link therefore leads to another site.
AMP_CACHES = ("cdn.ampproject.org", "amp.cloudflare.com", "google.com", "bing-amp.com")


def clean(url: str) -> str:
    """`url` without credentials, fragment and tracking parameters, spelled the canonical way; "" if not http(s).

    >>> clean("HTTPS://me:pw@News.example.com/a/../b?utm_source=rss&id=7#top")
    'https://news.example.com/b?id=7'
    """
    try:
        parts = urlsplit(url.strip())
        if parts.scheme.lower() not in ("http", "https") or not parts.hostname:
            return ""
        bare = urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))
        import courlan  # not before an address is to be cleaned: it loads an HTTP client

        return str(canonicalize_url(courlan.normalize_url(bare)))
    except ValueError:
        return ""  # an address that cannot be parsed names nothing


def host(url: str) -> str:
    """The host of `url` without "www.", "" if it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def canonical(stated: Iterable[str], fetched: str | None) -> str:
    """The first credible of the absolute addresses that a page states for itself, cleaned; "" if there is none.

    Not credible: the front page, unless that was fetched; a page of another site, unless a cache of copies served it.
    """
    for url in map(clean, stated):
        if url and _credible(url, fetched):
            return url
    return ""


def _credible(url: str, fetched: str | None) -> bool:
    if is_root(url):
        return fetched is not None and is_root(fetched)
    return not fetched or site(url) == site(fetched) or is_cache(fetched)


def is_cache(url: str) -> bool:
    """Does a cache of copies serve it?"""
    here = host(url)
    return any(here == cache or here.endswith(f".{cache}") for cache in AMP_CACHES)


def is_root(url: str) -> bool:
    """Is it the address of a site's front page?"""
    parts = urlsplit(url)
    return parts.path.strip("/") in ("", "index.html", "amp") and not parts.query


def site(url: str) -> str:
    """The registered domain of an address: "bbc.co.uk" for one of "www.bbc.co.uk", else the host's last two labels.

    >>> site("https://www.bbc.co.uk/news"), site("https://paper.example/a")
    ('bbc.co.uk', 'paper.example')
    """
    import courlan

    name = host(url)
    return courlan.extract_domain(f"http://{name}", fast=True) or ".".join(name.split(".")[-2:])
