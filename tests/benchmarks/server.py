"""A fast server of large pages for the benchmarks: `python -m tests.benchmarks.server SIZE`; its port is printed.

`/feed/COUNT.xml` lists COUNT pages, every hundredth of them about job cuts; `/N.html` is one of SIZE bytes.
`/index.html` lists three pages that keep a parser busy for minutes. `/_span` answers with the seconds from the first
page to the last, and how many there were, and forgets both.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import sys
import time

from tests.newsroom.faults import crowded

RELEVANT = 100


class Press:
    """Serves pages that are made once."""

    def __init__(self, size: int) -> None:
        """Make a page about nothing, as large as asked."""
        word = b"<li><a href='/section/harbour'>The harbour, the fair and the music of the town</a></li>"
        self.filler = word * (size // len(word))
        self.hostile = crowded(200_000)
        self.times: list[float] = []

    def page(self, number: int) -> bytes:
        """Page `number`."""
        told = b"Fair %d opens" % number
        if number % RELEVANT == 0:
            told = b"Quillon %d said on Monday that it will lay off %d employees in Ohio" % (number, number + 90)
        story = b"<p>" + told + b", as the paper reported, and nothing more is known of it so far.</p>"
        return b"<html lang=en><title>%s</title><article>%s</article>%s</html>" % (told, 3 * story, self.filler)

    def answer(self, path: str) -> tuple[bytes, str]:
        """Body and type of the answer."""
        if match := re.fullmatch(r"/(\d+)\.html", path):
            self.times.append(time.monotonic())
            return self.page(int(match[1])), "text/html"
        if match := re.fullmatch(r"/feed/(\d+)\.xml", path):
            links = "".join(f"<item><title>{n}</title><link>/{n}.html</link></item>" for n in range(int(match[1])))
            return f'<rss version="2.0"><channel>{links}</channel></rss>'.encode(), "application/rss+xml"
        if path == "/index.html":
            return b"".join(b"<a href=/hostile-%d.html>x</a>" % n for n in range(3)), "text/html"
        if path.startswith("/hostile"):
            return self.hostile, "text/html"
        if path == "/_span":
            times, self.times = self.times, []
            return json.dumps([times[-1] - times[0] if times else 0, len(times)]).encode(), "application/json"
        return b"User-agent: *\nAllow: /\n", "text/plain"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer all requests of one connection."""
        with contextlib.suppress(ConnectionError, asyncio.IncompleteReadError):
            while line := await reader.readline():
                while (await reader.readline()).strip():
                    pass
                body, kind = self.answer(line.split()[1].decode("latin-1"))
                head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
                writer.write(head.encode() + body)
                await writer.drain()
        writer.close()


async def main() -> None:
    """Serve until stdin closes."""
    server = await asyncio.start_server(Press(int(sys.argv[1])).serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
