"""Small archives of invented news pages, for tests of the back-fill."""

from __future__ import annotations

import base64
import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

PADDING = " ".join(["The council met on a mild evening and spoke of roads, schools and the harbour."] * 3)


def cut(number: int) -> tuple[str, str]:
    """Address and HTML of a page that tells of one cut by one company."""
    name, jobs = f"Quorvex{number:03} Corp", 100 + number
    head = f"{name} to cut {jobs} jobs"
    text = f"{name} said on Monday it will cut {jobs} jobs at its plants. The company makes valves."
    return f"https://n.example/cut/{number}", page(head, text)


def other(number: int) -> tuple[str, str]:
    """A page about something else."""
    return f"https://n.example/fair/{number}", page(f"Fair opens for the {number}th time", PADDING)


def page(head: str, text: str) -> str:
    date = '<meta property="article:published_time" content="2026-02-09T10:00:00Z">'
    body = f"<article><h1>{head}</h1><p>{text}</p><p>{PADDING}</p></article>"
    return f'<html lang="en"><head><title>{head}</title>{date}</head><body>{body}</body></html>'


def record(url: str, html: str, kind: str = "text/html; charset=utf-8") -> bytes:
    """The packed response."""
    block = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\n\r\n{html}".encode()
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    fields = (
        "WARC/1.0", "WARC-Type: response", f"WARC-Record-ID: <urn:sha1:{digest}>", f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-02-10T03:04:05Z", "Content-Type: application/http; msgtype=response",
        f"WARC-Block-Digest: sha1:{digest}", f"Content-Length: {len(block)}",
    )  # fmt: skip
    return gzip.compress("\r\n".join(fields).encode() + b"\r\n\r\n" + block + b"\r\n\r\n", mtime=0)


def archive(path: Path, pages: Iterable[tuple[str, str]]) -> Path:
    path.write_bytes(b"".join(record(url, html) for url, html in pages))
    return path


def several(folder: Path, archives: int, pages: int) -> list[Path]:
    """So many archives in `folder`, each with as many cuts and as many other pages; no company in two of them."""
    return [
        archive(folder / f"{n:02}.warc.gz", [make(n * pages + k) for k in range(pages) for make in (cut, other)])
        for n in range(archives)
    ]
