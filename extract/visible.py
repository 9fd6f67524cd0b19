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
#: How far (bytes) around a word its sentence is looked for.
REACH = 300
#: How the tags begin that end a sentence, as paragraphs and headlines do; in JSON, the line breaks.
BLOCK = re.compile(rb"</?(?:p|li|div|h|t)|<br|\\n")
LINE_BREAK = b"\\n"
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
        elif mark == STYLE or (mark == SCRIPT and not _json_ld(body, end)):
            parts.append(view[start:end])
            closing = mark + 1
    if closing < 0:
        parts.append(view[start:])
    return b">".join(parts)


def _json_ld(body: bytes, end: int) -> bool:
    """Does the script's tag, whose name ends here, say that it states the story for machines?"""
    named = body.find(JSON_LD, end, end + 300)
    return named >= 0 and body.find(b">", end, named) < 0


@cache
def _scanner() -> gate.Scanner:
    return gate.scanner(MARKS)


def own(data: bytes, end: int) -> bool:
    """Does the word that ends here belong to the page's own text, not to an attribute or a link that stands alone?"""
    low = max(0, end - LONGEST)
    tag = data.rfind(b"<", low, end)
    if tag < 0:
        return True
    if data.find(b">", tag, end) < 0:
        return _states(data[tag:end])
    opened = data.rfind(b"<a ", low, end)
    if opened < 0 or data.find(b"</a", opened, end) >= 0:
        return True
    before = data[max(0, opened - 80) : opened].rstrip()
    if not before.endswith(b">"):
        return True
    behind = data.find(b"</a>", end, end + LONGEST)
    after = data[behind + 4 : behind + 84].lstrip() if behind >= 0 else b""
    return bool(after) and not after.startswith(b"<")


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


def paragraph(data: bytes, end: int) -> tuple[int, int]:
    """Where the paragraph begins and ends in which the word stands that ends here; no farther off than REACH."""
    low, high = max(0, end - REACH), end + REACH
    low = max(low, data.rfind(LINE_BREAK, low, end))
    tag = data.rfind(b"<", low, end)
    while tag >= 0 and not BLOCK.match(data, tag, end):
        tag = data.rfind(b"<", low, tag)
    block = BLOCK.search(data, end, high)
    return max(low, tag), block.start() if block else high


def around(data: bytes, end: int, bounds: tuple[int, int]) -> tuple[str, str]:
    """The words up to `end` and behind it, without tags, within a paragraph's bounds, or in an attribute within it."""
    low, high = bounds
    if (tag := _tag(data, end)) >= 0:
        quote = max(data.rfind(b'="', tag, end), data.rfind(b"='", tag, end)) + 1
        low = max(0, end - REACH, quote) + 1
        closing = data.find(data[quote : quote + 1], end, high) if quote else -1
        high = closing if closing >= 0 else high
    return _plain(data[low:end]), _plain(data[end:high])


def _plain(data: bytes) -> str:
    text = (TAG.sub(b"", data) if b"<" in data else data).decode("utf-8", "ignore")
    return ENTITY.sub(lambda match: " " if match[1] else "’", text) if "&" in text else text
