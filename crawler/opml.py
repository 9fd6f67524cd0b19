"""Lists of feeds as OPML, which feed readers exchange. Our own keys travel along as attributes of a namespace."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from crawler.addresses import web_address
from crawler.sources import Source

#: The namespace of the attributes that OPML does not have.
OURS = "https://github.com/layoff-ledger/layoff-ledger"
ATTRIBUTES = ("id", "publisher", "country", "kind", "tier", "evidence", "expected_gap_days", "terms", "links", "next")
FEEDS = {"feed", "search_feed"}
#: Countries by the ends of host names; other ends tell nothing. ZZ is the code for a country that is not known.
ENDS = {
    end: end.upper() for end in ("au", "at", "be", "ca", "ch", "de", "fr", "hk", "ie", "il", "in", "jp", "ng", "nl",
    "nz", "ph", "sg", "us", "za")
} | {"uk": "GB"}  # fmt: skip
UNKNOWN = "ZZ"


class NotOpml(ValueError):
    """The file is no OPML; the message says what is wrong."""


def written(sources: Iterable[Source], title: str = "layoff-ledger") -> bytes:
    """The sources as an OPML 2.0 document."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"ledger": OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = title
    body = etree.SubElement(root, "body")
    for source in sources:
        place = {"type": "rss", "xmlUrl": source.url} if source.kind in FEEDS else {"type": "link", "url": source.url}
        names = {"text": source.name, "title": source.name, "category": ",".join(source.tags)}
        own = {f"{{{OURS}}}{name}": str(value) for name in ATTRIBUTES if (value := getattr(source, name)) is not None}
        etree.SubElement(body, "outline", names | place | own)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def entries(data: bytes, name: str, known: Collection[Source], day: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """Line and keys of each source that an OPML file, called `name`, lists and that is not `known` by its address.

    `day` says when it was imported. Raises NotOpml.
    """
    if b"<!DOCTYPE" in data[:4096].upper():
        raise NotOpml(f"{name}: has a document type; no list of feeds needs one")
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as error:
        raise NotOpml(f"{name}: no XML: {error}") from None
    if root.tag != "opml":
        raise NotOpml(f"{name}: no OPML: it is <{root.tag}>")
    seen, ids = {_plain(source.url) for source in known}, {source.id for source in known}
    for outline in root.iter("outline"):
        address = outline.get("xmlUrl") or (outline.get("url") if outline.get(f"{{{OURS}}}kind") else None)
        if address is None or _plain(address) in seen:
            continue
        seen.add(_plain(address))
        yield outline.sourceline, _entry(outline, address, ids, f"in {name}, imported on {day}")


def _entry(outline: Any, address: str, ids: set[str], evidence: str) -> dict[str, Any]:
    own = {name: outline.get(f"{{{OURS}}}{name}") for name in ATTRIBUTES}
    title = outline.get("title") or outline.get("text") or urlsplit(address).hostname or address
    key = _free(own["id"] or slug(title), ids)
    ids.add(key)
    numbers = {"tier": int(own["tier"]) if (own["tier"] or "").isdigit() else 3}
    if own["expected_gap_days"] and re.fullmatch(r"\d+(\.\d+)?", own["expected_gap_days"]):
        numbers["expected_gap_days"] = float(own["expected_gap_days"])  # type: ignore[assignment]
    given = {k: v for k, v in own.items() if v and k not in {"tier", "expected_gap_days"}}
    return {
        "name": title, "publisher": title, "country": country(address), "kind": "feed", "evidence": evidence,
        **given, **numbers, "id": key, "url": web_address(address) or address, "tags": tags(outline),
        "checked": "never",
    }  # fmt: skip


def tags(outline: Any) -> list[str]:
    """The categories of an outline, else the titles of the folders that it lies in, as tags."""
    words = (outline.get("category") or "").split(",")
    folders = [a.get("title") or a.get("text") or "" for a in outline.iterancestors("outline")]
    found = [slug(word) for word in words if word.strip()] or [slug(folder) for folder in folders if folder.strip()]
    return list(dict.fromkeys(found)) or ["imported"]


def slug(text: str) -> str:
    """Small letters, digits and single hyphens.

    >>> slug("The Acme Times & Co."), slug("日本")
    ('the-acme-times-co', 'source')
    """
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-") or "source"


def country(address: str) -> str:
    """The country that the end of a host name stands for.

    >>> country("https://a.example.co.uk/feed"), country("https://a.example.com/feed")
    ('GB', 'ZZ')
    """
    return ENDS.get((urlsplit(address).hostname or "").rpartition(".")[2], UNKNOWN)


def _free(key: str, taken: set[str]) -> str:
    return next(name for n in range(1, len(taken) + 2) if (name := key if n == 1 else f"{key}-{n}") not in taken)


def _plain(address: str) -> str:
    """An address without what differs between people who write down the same one."""
    return re.sub(r"^https?://(www\.)?", "", address.strip().lower()).rstrip("/")
