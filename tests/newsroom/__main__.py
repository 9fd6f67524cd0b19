"""`python -m tests.newsroom [ROBOTS]`: serve until stdin closes; the first line of output is the addresses, as JSON.

ROBOTS is the status of robots.txt (default 200), or "crawl-delay" for one that asks for a second and a half.
 `/_requests` answers with the paths asked for, in their order.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom import faults, many
from tests.newsroom.site import Answer, answers


class Newsroom(ThreadingHTTPServer):
    """One host of the newsroom: its answers, and a record of what it was asked."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, robots: str) -> None:
        """Listen on a free port of the loopback address."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.robots = robots
        self.asked: list[dict[str, object]] = []
        self.site: dict[str, object] = {}


class Handler(BaseHTTPRequestHandler):
    """Looks the path up and answers."""

    server: Newsroom

    def do_GET(self) -> None:
        """Answer from the site, or from the record of requests."""
        if self.path == "/_requests":
            self.reply(Answer(json.dumps(self.server.asked).encode(), "application/json"))
            return
        self.seen = {
            "path": self.path, "host": self.headers.get("Host", ""), "agent": self.headers.get("User-Agent", ""),
            "time": f"{time.monotonic():.3f}", "end": "", "sent": 0,
            "headers": {n: v for n in ("Cookie", "Authorization", "If-None-Match") if (v := self.headers.get(n))},
        }  # fmt: skip
        self.server.asked.append(self.seen)
        make = self.server.site.get(self.path) or many.answer(self.path, self.headers.get("Host", ""))
        fault = faults.FAULTS.get(self.path)
        if fault is not None:
            with suppress(BrokenPipeError, ConnectionResetError):
                fault(self)
            self.close_connection = True
            return
        answer = make() if callable(make) else Answer(b"<html>Not here</html>", status=404)
        if answer.etag and self.headers.get("If-None-Match") == answer.etag:
            answer = Answer(status=304, etag=answer.etag)
        if self.path == "/robots.txt" and self.server.robots == "crawl-delay":
            answer = Answer(b"User-agent: *\nCrawl-delay: 1.5\n", "text/plain")
        elif self.path == "/robots.txt" and self.server.robots != "200":
            answer = Answer(b"User-agent: *\nAllow: /\n", "text/plain", int(self.server.robots))
        self.reply(answer)

    def reply(self, answer: Answer) -> None:
        """Send it; a reader that hangs up in the middle is none of our business."""
        self.send_response(answer.status)
        etag = {"ETag": answer.etag} if answer.etag else {}
        for name, value in {"Content-Type": answer.content_type, **etag, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        try:
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        self.note_end(len(answer.body))

    def note_end(self, sent: int) -> None:
        """Write down when the answer had been sent, and how long its body was."""
        if hasattr(self, "seen"):
            self.seen |= {"end": f"{time.monotonic():.3f}", "sent": sent}

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing: the record of requests is the log."""


def main() -> None:
    """Serve the site on one port and its neighbour, under another name, on a second."""
    robots = sys.argv[1] if len(sys.argv) > 1 else "200"
    site, neighbour = Newsroom(robots), Newsroom("200")
    home, other = f"http://127.0.0.1:{site.server_port}", f"http://localhost:{neighbour.server_port}"
    for server in (site, neighbour):
        server.site = dict(answers(home, other))
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"home": home, "other": other}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
