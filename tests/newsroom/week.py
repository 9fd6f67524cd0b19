"""`python -m tests.newsroom.week`: a site of eleven sources that change from day to day, each in a way of its own.

The first line of output is the port; `/_day/N` sets the day. Every source lists the entries of its last three days.
"""

from __future__ import annotations

import re
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom import articles
from tests.newsroom.site import Answer, to

FIRST = date(2026, 11, 2)
#: Entries a day, and days on which a source has none.
ENTRIES = 4
SHELL = "<html><head><title>Loading</title></head><body><div id='app'></div><script>load()</script></body></html>"
SORRY = "<html><head><title>Oops</title></head><body><p>Something went wrong. We are working on it.</p></body></html>"

#: Source -> the day from which (or range of days in which) it misbehaves as its name says.
TROUBLE: dict[str, range] = {
    "steady": range(0),
    "weekly": range(0),
    "dies": range(4, 99),
    "moves": range(3, 99),
    "template": range(4, 99),
    "throttles": range(3, 4),
    "freezes": range(3, 99),
    "empties": range(5, 6),
    "apology": range(4, 5),
    "errors": range(6, 7),
    "undated": range(5, 99),
}


def days(source: str, today: int) -> list[int]:
    """The days of which a source lists entries today, the newest first."""
    if source == "weekly":
        return [day for day in (7, 0) if day <= today][:1]
    last = min(today, TROUBLE[source].start - 1) if source == "freezes" else today
    return list(range(last, max(-1, last - 3), -1))


def feed(home: str, source: str, today: int) -> str:
    """Its feed."""
    dated = not (source == "undated" and today in TROUBLE[source])
    items = []
    for day in days(source, today):
        moment = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC)
        when = f"<pubDate>{format_datetime(moment)}</pubDate>" if dated else ""
        items += [
            f"<item><title>News {day}.{n} of {source}</title><link>{home}/{source}/{day}/{n}</link>{when}</item>"
            for n in range(ENTRIES)
        ]
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{source}</title>{"".join(items)}</channel></rss>'


def page(source: str, day: int, number: int) -> str:
    """One article; none is about job cuts."""
    text = f"The council of {source} met for the {number}th time on day {day} and spoke about the town's roads. "
    body = "".join(f"<p>{text * 3}This is paragraph {n}.</p>" for n in range(4))
    return articles.page(f"News {day}.{number} of {source}", body, (FIRST + timedelta(days=day)).isoformat())


def answer(home: str, path: str, today: int) -> Answer:
    """What the site says today."""
    if path == "/robots.txt":
        return Answer(b"User-agent: *\nAllow: /\n", "text/plain")
    if path == "/new-place.xml":
        return Answer(feed(home, "moves", today).encode(), "application/rss+xml")
    if match := re.fullmatch(r"/(\w+)\.xml", path):
        return listed(home, match[1], today)
    if match := re.fullmatch(r"/(\w+)/(\d+)/(\d+)", path):
        return told(match[1], int(match[2]), int(match[3]), today)
    return Answer(b"<html>Not here</html>", status=404)


def listed(home: str, source: str, today: int) -> Answer:
    """The feed of a source, or what comes in its place."""
    if today in TROUBLE[source]:
        if source == "dies":
            return Answer(b"<html>Gone</html>", status=404)
        if source == "moves":
            return to("/new-place.xml", 301)
        if source == "throttles":
            return Answer(b"Slow down", "text/plain", 429, {"Retry-After": "7200"})
        if source == "empties":
            return Answer(b'<rss version="2.0"><channel><title>empties</title></channel></rss>', "application/rss+xml")
        if source == "apology":
            return Answer(SORRY.encode())
    return Answer(feed(home, source, today).encode(), "application/rss+xml")


def told(source: str, day: int, number: int, today: int) -> Answer:
    """A page of a source."""
    if today in TROUBLE[source] and source == "template":
        return Answer(SHELL.encode())
    if today in TROUBLE[source] and source == "errors":
        return Answer(SORRY.encode())
    return Answer(page(source, day, number).encode())


class Week(ThreadingHTTPServer):
    """The site, on the day that it is told."""

    daemon_threads = True
    today = 0


class Handler(BaseHTTPRequestHandler):
    """Answers by the day."""

    server: Week

    def do_GET(self) -> None:
        """Set the day, or answer."""
        if match := re.fullmatch(r"/_day/(\d+)", self.path):
            self.server.today = int(match[1])
        home = f"http://{self.headers.get('Host')}"
        found = Answer(b"ok") if match else answer(home, self.path, self.server.today)
        self.send_response(found.status)
        for name, value in {"Content-Type": found.content_type, **found.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing."""


def main() -> None:
    """Serve until standard input closes."""
    server = Week(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_port, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
