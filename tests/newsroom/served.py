"""A site of one function, served from a thread of the test: for tests whose crawl is a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom.site import Answer

#: What answers: given the site's own address and the path with its query.
Answering = Callable[[str, str], Answer]


class Served(ThreadingHTTPServer):
    """The site on a free loopback port, and a record of the paths asked for."""

    daemon_threads = True

    def __init__(self, answering: Answering) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answering = answering
        self.asked: list[str] = []
        self.home = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """Answers."""

    server: Served

    def do_GET(self) -> None:
        """By the function."""
        self.server.asked.append(self.path)
        robots = Answer(b"User-agent: *\nAllow: /\n", "text/plain")
        found = robots if self.path == "/robots.txt" else self.server.answering(self.server.home, self.path)
        self.send_response(found.status)
        for name, value in {"Content-Type": found.content_type, **found.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing: the record is the log."""


@contextmanager
def served(answering: Answering) -> Iterator[Served]:
    """The site while the block lasts."""
    server = Served(answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
