"""Which bytes of an HTML page a reader would see as its own text: no scripts, no attributes, no links to other pages.

Works on the bytes, without a parser: a rough answer at a hundredth of the cost.
"""

from __future__ import annotations

import re
from functools import cache

from extract import gate

#: What opens and closes the parts that nobody sees. JSON-LD, which states the story for machines, is read all the same.
MARKS = (rb"<script\b", rb"</script", rb"<style\b", rb"</style")
SCRIPT, STYLE = 0, 2
JSON_LD = b"ld+json"
#: A link or tag longer than this (bytes) is none.
LONGEST = 2000
#: How the tags begin that end a sentence, as paragraphs and headlines do; in JSON, the line breaks.
BLOCKS = (
    b"<p",
    b"</p",
    b"<li",
    b"</li",
    b"<div",
    b"</div",
    b"<h",
    b"</h",
    b"<br",
    b"<td",
    b"</td",
    b"<t",
    b"</t",
    b"\\n",
)
TAG = re.compile(rb"<[^>]*>?")
ENTITY = re.compile(r"&(?:(nbsp|#160|#xa0)|[lr]squo|apos|#39|#x27|#821[67]);")


def visible(body: bytes) -> bytes:
    """The page without scripts, JSON-LD excepted, and style sheets; their tags stay."""
    parts: list[memoryview] = []
    view, start, closing = memoryview(body), 0, -1
    for mark, end in _scanner()(body):
        if closing >= 0:
            if mark == closing:
                start, closing = end, -1
        elif mark in (SCRIPT, STYLE):
            if mark == SCRIPT and JSON_LD in body[end : end + 300].partition(b">")[0]:
                continue
            parts.append(view[start:end])
            closing = mark + 1
    if closing < 0:
        parts.append(view[start:])
    return b">".join(parts)


@cache
def _scanner() -> gate.Scanner:
    return gate.scanner(MARKS)


def own(data: bytes, end: int) -> bool:
    """Does the word that ends here belong to the page's own text, not to an attribute or a link that stands alone?"""
    low = max(0, end - LONGEST)
    if (tag := _tag(data, end)) >= 0:
        return _states(data[tag:end])
    opened, closed = data.rfind(b"<a ", low, end), data.rfind(b"</a", low, end)
    if opened <= closed:
        return True
    before = data[max(0, opened - 80) : opened].rstrip()
    behind = data.find(b"</a>", end, end + LONGEST)
    after = data[behind + 4 : behind + 84].lstrip() if behind >= 0 else b""
    return not before.endswith(b">") or bool(after and not after.startswith(b"<"))


def _tag(data: bytes, end: int) -> int:
    """Where the tag begins within which the word stands that ends here; -1 if it stands in none."""
    tag = data.rfind(b"<", max(0, end - LONGEST), end)
    return tag if tag >= 0 and data.find(b">", tag, end) < 0 else -1


def placed_high(data: bytes, end: int) -> bool:
    """Does the word that ends here stand in a headline, or in what the page's head says of the story?"""
    tag = data.rfind(b"<", max(0, end - LONGEST), end)
    if tag < 0:
        return False
    name = data[tag : tag + 6].lower()
    if name == b"<title":
        return data.rfind(b"<svg", max(0, tag - LONGEST), tag) < 0  # those of drawings tell nothing
    return name.startswith(b"<h1") or _states(data[tag:end])


def _states(tag: bytes) -> bool:
    """Is it a meta element that states headline or summary?"""
    return tag[:5].lower() == b"<meta" and (b"description" in tag or b"title" in tag)


def together(data: bytes, start: int, end: int) -> bool:
    """Are both places in one paragraph?"""
    between = data[start:end]
    return not any(block in between for block in BLOCKS)


def before(data: bytes, end: int, reach: int) -> str:
    """The words before `end`, at most `reach` bytes of them, without tags, from the start of the paragraph on."""
    low = max(0, end - reach)
    if (tag := _tag(data, end)) >= 0:  # within an attribute
        return _plain(data[max(low, 1 + max(data.rfind(quote, tag, end) for quote in (b'="', b"='"))) + 1 : end])
    start = max(data.rfind(block, low, end) for block in BLOCKS)
    return _plain(data[max(low, start) : end])


def behind(data: bytes, end: int, reach: int) -> str:
    """The words from `end` on, at most `reach` bytes of them, without tags, up to the end of the paragraph."""
    high = end + reach
    for block in BLOCKS:
        if (at := data.find(block, end, high)) >= 0:
            high = at
    return _plain(data[end:high])


def _plain(data: bytes) -> str:
    text = TAG.sub(b"", data).decode("utf-8", "ignore")
    return ENTITY.sub(lambda match: " " if match[1] else "’", text) if "&" in text else text
