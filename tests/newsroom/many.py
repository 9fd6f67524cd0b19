"""A site of any size: `/many/COUNT/SHARE/feed.xml` lists COUNT pages, of which one in SHARE is about job cuts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from tests.newsroom.articles import page
from tests.newsroom.site import Answer

PATH = re.compile(r"/many/(?P<count>\d+)/(?P<share>\d+)/(?:(?P<feed>feed\.xml)|(?P<number>\d+)\.html)(?:\?.*)?")


def answer(path: str, host: str) -> Callable[[], Answer] | None:
    """What makes the answer for `path`; None for paths of another site."""
    match = PATH.fullmatch(path)
    if match is None:
        return None
    count, share = int(match["count"]), int(match["share"])
    if match["feed"]:
        return lambda: feed(count, share, host)
    number = int(match["number"])
    return (lambda: Answer(body(number, number % share == 0), etag=f'"{number}"')) if number < count else None


def feed(count: int, share: int, host: str) -> Answer:
    """The list of all pages."""
    links = "".join(
        f"<item><title>Page {n}</title><link>http://{host}/many/{count}/{share}/{n}.html</link></item>"
        for n in range(count)
    )
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Many</title>{links}</channel></rss>'
    return Answer(text.encode(), "application/rss+xml", etag=f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"')


def body(number: int, relevant: bool) -> bytes:
    """One page, as large as the navigation of a news page makes it; the same at every call."""
    menu = "".join(f'<li><a href="/section/{n}">Section {n} of the paper</a></li>' for n in range(200))
    if relevant:
        title = f"Quillon {number} to lay off {100 + number} employees"
        told = (
            f"Quillon {number} said on Monday that it will lay off {100 + number} employees in Ohio, after "
            "orders fell for the third year in a row.",
            "The company said that those affected will get three months of pay, and that the layoffs take effect at "
            "the end of January.",
        )
    else:
        title = f"Harbour fair number {number} opens"
        told = (f"The harbour fair number {number} opens on Saturday with boats, music and fish.",) * 2
    story = "".join(f"<p>{text}</p>" for text in told) + f"<ul>{menu}</ul>"
    return page(title, story, "2026-11-02").encode()
