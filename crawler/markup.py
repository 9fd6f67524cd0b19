"""Pieces of HTML that lists hold, as plain text."""

from __future__ import annotations

from lxml import etree, html

#: Characters of an entry that are read: more than any article has.
LONGEST = 50_000


def plain(markup: str | None) -> str | None:
    """The text of a piece of HTML, with single spaces; None where there is none.

    >>> plain("Acme cuts <b>1,200</b> jobs &amp; closes<br/>a plant"), plain(" "), plain(None)
    ('Acme cuts 1,200 jobs & closes a plant', None, None)
    """
    if not markup or not markup.strip():
        return None
    try:
        root = html.fragment_fromstring(markup[:LONGEST], create_parent="div")
    except (etree.ParserError, ValueError):
        return None
    return " ".join(" ".join(root.xpath(".//text()[not(ancestor::script or ancestor::style)]")).split()) or None


def fuller(*texts: str | None) -> str | None:
    """The longest of the texts: some feeds carry the whole article beside the summary.

    >>> fuller("short", None, "the whole of it"), fuller(None)
    ('the whole of it', None)
    """
    return max(filter(None, texts), key=len, default=None)
