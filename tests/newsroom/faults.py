"""The ways in which a server can fail or harm, each at an address of its own. A fault has the connection for itself."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import brotli

from tests.newsroom.articles import page

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler

try:
    from compression import zstd  # Python 3.14
except ImportError:
    from backports import zstd

Fault = Callable[["BaseHTTPRequestHandler"], Any]

GOOD = page("Acme to lay off 90", "<p>Acme will lay off 90 employees in Ohio, the company said on Monday.</p>").encode()
#: Seconds that a slow server keeps at it; longer than any test waits.
LONG = 60
#: Unpacked size of the bombs.
BOMB = 40 * 2**20


def head(to: BaseHTTPRequestHandler, status: int = 200, kind: str = "text/html", **headers: object) -> None:
    """Send status line and headers; `_` in a name stands for a hyphen."""
    to.send_response(status)
    to.send_header("Content-Type", kind)
    for name, value in headers.items():
        to.send_header(name.replace("_", "-"), str(value))
    to.end_headers()


def whole(to: BaseHTTPRequestHandler, body: bytes = GOOD, status: int = 200, **headers: object) -> None:
    """A complete answer."""
    head(to, status, Content_Length=len(body), **headers)
    to.wfile.write(body)


def cut(to: BaseHTTPRequestHandler) -> None:
    """Half of what was promised."""
    head(to, Content_Length=2 * len(GOOD))
    to.wfile.write(GOOD)


def cut_chunk(to: BaseHTTPRequestHandler) -> None:
    """A chunk without its end."""
    to.protocol_version = "HTTP/1.1"
    head(to, Transfer_Encoding="chunked")
    to.wfile.write(b"fff\r\n" + GOOD)


def hang(to: BaseHTTPRequestHandler) -> None:
    """Headers, and then nothing."""
    head(to, Content_Length=len(GOOD))
    to.wfile.flush()
    time.sleep(LONG)


def drip(to: BaseHTTPRequestHandler) -> None:
    """A byte now and then."""
    head(to, Content_Length=len(GOOD))
    for byte in GOOD:
        to.wfile.write(bytes((byte,)))
        to.wfile.flush()
        time.sleep(0.2)


def endless(to: BaseHTTPRequestHandler) -> None:
    """A body without end or length."""
    head(to)
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        to.wfile.write(b"layoffs " * 2**13)


def crowded(attributes: int) -> bytes:
    """A page about layoffs with so many attributes on one tag; a parser's time grows with their square."""
    return GOOD + b"<p " + b"".join(b"a%d=1 " % n for n in range(attributes)) + b">"


FAULTS: dict[str, Fault] = {
    "/fault/none": whole,
    "/fault/cut": cut,
    "/fault/cut-chunk": cut_chunk,
    "/fault/hang": hang,
    "/fault/drip": drip,
    "/fault/endless": endless,
    "/fault/gzip-bomb": lambda to: whole(to, gzip.compress(bytes(BOMB)), Content_Encoding="gzip"),
    "/fault/brotli-bomb": lambda to: whole(to, brotli.compress(bytes(BOMB), quality=1), Content_Encoding="br"),
    "/fault/zstd-bomb": lambda to: whole(to, zstd.compress(bytes(BOMB)), Content_Encoding="zstd"),
    "/fault/500": lambda to: whole(to, status=500),
    **{f"/fault/500/{n}": lambda to: whole(to, status=500) for n in range(9)},
    "/fault/429": lambda to: whole(to, status=429, Retry_After=2),
    "/fault/503-long": lambda to: whole(to, status=503, Retry_After=3600),
    "/fault/cookie": lambda to: whole(to, status=302, Location="/fault/none", Set_Cookie="id=tracked; Path=/"),
    "/fault/attributes": lambda to: whole(to, crowded(40_000)),
    "/fault/many-attributes": lambda to: whole(to, crowded(200_000)),
    "/fault/xxe.xml": lambda to: whole(
        to,
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]><rss version="2.0"><channel>'
        b"<item><title>&x;</title><link>/fault/none?x=&x;</link></item></channel></rss>",
    ),
    "/fault/laughs.xml": lambda to: whole(
        to,
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
        + b']><rss version="2.0"><channel><item><title>&j;</title><link>/fault/none</link></item></channel></rss>',
    ),
    "/fault/deep.xml": lambda to: whole(to, b'<rss version="2.0"><channel>' + b"<a>" * 200_000),
    "/fault/attributes-list": lambda to: whole(to, crowded(40_000) + b"<a href=/fault/none>x</a>"),
}
