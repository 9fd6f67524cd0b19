"""The article that a page describes in JSON-LD (schema.org), as plain values; tolerant of what sites really write."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from extract import tidy

Node = dict[str, Any]

ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Report|PressRelease)$")
#: Where a page keeps its main thing; other keys lead to related articles, images, organizations.
INWARD = ("@graph", "mainEntity", "mainEntityOfPage")
TAG = re.compile(r"<[^<>]+>")


def article(scripts: Iterable[str], heading: str = "") -> Node:
    """The node of the page's own article in its JSON-LD `scripts`, {} if there is none.

    Of several, the one whose headline is `heading`, else the first with a date, else the first.
    """
    found = [node for script in scripts for node in _nodes(_load(script), depth=0) if _is_article(node)]
    wanted = tidy.key(heading)
    ranked = sorted(found, key=lambda n: (tidy.key(text(n, "headline")) != wanted, not text(n, "datePublished")))
    return ranked[0] if ranked else {}


def text(node: Node, name: str) -> str:
    """The property `name` as one line, without markup and entities; "" where it is missing or no text."""
    value = node.get(name)
    if isinstance(value, list):
        value = value[0] if value else None
    return tidy.line(plain(value)) if isinstance(value, str) else ""


def text_lines(node: Node, name: str) -> list[str]:
    """The property `name` as its lines, without markup; [] where it is missing."""
    value = node.get(name)
    return [line for raw in plain(value).splitlines() if (line := tidy.line(raw))] if isinstance(value, str) else []


def names(node: Node, name: str) -> list[str]:
    """Names of the persons or organizations under the property `name` (author, publisher)."""
    value = node.get(name)
    values = value if isinstance(value, list) else [value]
    entries = [
        text(v, "name") if isinstance(v, dict) else tidy.line(plain(v)) for v in values if isinstance(v, dict | str)
    ]
    return [entry for entry in dict.fromkeys(entries) if entry]


def plain(value: str) -> str:
    """`value` without markup; entities are resolved twice, since many sites escape what is escaped already.

    >>> plain("Acme&amp;#8217;s <b>cuts</b>")
    'Acme’s cuts'
    """
    return TAG.sub("", html.unescape(html.unescape(value)))


def _load(script: str) -> Any:
    script = script.strip().removeprefix("<!--").removesuffix("-->").strip()
    script = script.removeprefix("//<![CDATA[").removesuffix("//]]>").strip().rstrip(";")
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None  # a site's broken JSON; the page's other statements serve


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth)
    elif isinstance(value, dict) and depth < 4:
        yield value
        for name in INWARD:
            yield from _nodes(value.get(name), depth + 1)


def _is_article(node: Node) -> bool:
    kinds = node.get("@type")
    return any(isinstance(k, str) and ARTICLE.search(k) for k in (kinds if isinstance(kinds, list) else [kinds]))
