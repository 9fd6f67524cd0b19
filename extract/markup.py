"""From the bytes of a page to its tree: guards against hostile pages, the character set, the parser."""

from __future__ import annotations

import re

import charset_normalizer
from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from extract.reasons import NoBody, Unreadable

#: Limits of a page. Of forty recorded news pages the largest had 1.7 MB, 6,000 tags and 20 attributes on one tag. The
#: parser's time grows with the square of a tag's attributes (40,000 take 10 s), the extractor's with the tags.
MAX_BYTES = 10 * 2**20
MAX_TAGS = 60_000
MAX_ATTRIBUTES = 500
#: A tag with this many is crowded. Scripts can look so (`i<n` and a hundred words), therefore a few are let pass.
CROWDED = 100
MAX_CROWDED = 50

ATTRIBUTE = rb"[\s/]++[^\s/>][^\s=/>]*+(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s>]++))?+"
CROWDED_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+(?:%b){%d}((?:%b){%d})?+" % (ATTRIBUTE, CROWDED, ATTRIBUTE, MAX_ATTRIBUTES - CROWDED)
)
#: Share of undecodable characters above which the declared character set is not believed.
BAD_SHARE = 0.001
#: Every element is of one class. The parser's own choice by name is made in Python, once for each look at an element.
ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)


def parse(body: bytes, content_type: str | None) -> HtmlElement:
    """The tree of an HTML page; `content_type` is the HTTP header, if there was one.

    Raises NoBody for an empty page; Unreadable for one that is too large, too costly to parse, or no HTML.
    """
    if not body.strip():
        raise NoBody("body.empty", "the page is empty")
    guard(body)
    text = decode(body, content_type).replace("\x00", "")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
    parser.set_element_class_lookup(ELEMENTS)
    try:
        return document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise Unreadable("parse", f"the parser found no HTML document: {error}") from None


def guard(body: bytes) -> None:
    """Raise Unreadable for HTML that is too large, or would keep a parser busy for seconds."""
    if len(body) > MAX_BYTES:
        raise Unreadable("too.large", f"the page has {len(body):,} bytes; the limit is {MAX_BYTES:,}")
    tags = body.count(b"<")
    if tags > MAX_TAGS:
        raise Unreadable("too.large", f"the page has {tags:,} tags; the limit is {MAX_TAGS:,}")
    for count, match in enumerate(CROWDED_TAG.finditer(body), 1):
        if match[1] or count > MAX_CROWDED:
            seen = f"{MAX_ATTRIBUTES} attributes on a tag" if match[1] else f"{CROWDED} attributes on many tags"
            raise Unreadable("too.many.attributes", f"the page has {seen}, or more")


def decode(body: bytes, content_type: str | None) -> str:
    """The page as text, by byte order mark, HTTP header, meta element; by its bytes where these are silent or wrong."""
    marked, mark = read_bom(body)
    if marked:
        return body[len(mark or b"") :].decode(marked, "replace")
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:4096])
    text = body.decode(resolve_encoding(declared or "utf-8") or "utf-8", "replace")
    bad = text.count("\ufffd")
    if bad <= BAD_SHARE * len(text) and (declared or not bad):
        return text
    return min((_as_utf8(body), _guessed(body), text), key=lambda t: t.count("\ufffd") if t else len(body)) or text


def _as_utf8(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _guessed(body: bytes) -> str | None:
    best = charset_normalizer.from_bytes(body).best()
    return str(best) if best else None
