"""`python -m tests.newsroom [ROBOTS]`: serve until stdin closes; the first line of output is the addresses, as JSON.

ROBOTS is the status of robots.txt (default 200). `/_requests` answers with the paths asked for, in their order.
"""

from __future__ import annotations

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.newsroom.site import Answer, answers


class Newsroom(ThreadingHTTPServer):
    """One host of the newsroom: its answers, and a record of what it was asked."""

    daemon_threads = True

    def __init__(self, robots: int) -> None:
        """Listen on a free port of the loopback address."""
        super().__init__(("127.0.0.1", 0), Handler)
        self.robots = robots
        self.asked: list[dict[str, str]] = []
        self.site: dict[str, object] = {}


class Handler(BaseHTTPRequestHandler):
    """Looks the path up and answers."""

    server: Newsroom

    def do_GET(self) -> None:
        """Answer from the site, or from the record of requests."""
        if self.path == "/_requests":
            self.reply(Answer(json.dumps(self.server.asked).encode(), "application/json"))
            return
        self.server.asked.append(
            {"path": self.path, "agent": self.headers.get("User-Agent", ""), "time": f"{time.monotonic():.3f}"}
        )
        make = self.server.site.get(self.path)
        answer = make() if callable(make) else Answer(b"<html>Not here</html>", status=404)
        if self.path == "/robots.txt" and self.server.robots != 200:
            answer = Answer(b"User-agent: *\nAllow: /\n", "text/plain", self.server.robots)
        self.reply(answer)

    def reply(self, answer: Answer) -> None:
        """Send it; a reader that hangs up in the middle is none of our business."""
        self.send_response(answer.status)
        for name, value in {"Content-Type": answer.content_type, **answer.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        try:
            self.wfile.write(answer.body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Say nothing: the record of requests is the log."""


def main() -> None:
    """Serve the site on one port and its neighbour, under another name, on a second."""
    robots = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    site, neighbour = Newsroom(robots), Newsroom(200)
    home, other = f"http://127.0.0.1:{site.server_port}", f"http://localhost:{neighbour.server_port}"
    for server in (site, neighbour):
        server.site = dict(answers(home, other))
        threading.Thread(target=server.serve_forever, daemon=True).start()
    print(json.dumps({"home": home, "other": other}), flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
