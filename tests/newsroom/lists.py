"""A site whose lists go on over many pages, in every form; and pages that give nothing themselves."""

from __future__ import annotations

import base64
import json
import re
from urllib.parse import quote

from tests.newsroom import articles
from tests.newsroom.site import HTML, XML, Answer, to

#: Days of November 2026 that the lists go back through, two entries a page, two entries a day: 20 pages.
DAYS = range(20, 0, -1)
PAGES = len(DAYS)
CUT = "Acme Robotics will lay off {n} workers at its plant in Toledo"
SUMMARY = "Acme Robotics will lay off {n} workers at its plant in Toledo, Ohio, the company said on Friday."
SHELL = "<html><head><title>Loading</title>{head}</head><body><div id='app'></div></body></html>"


def story(day: int, n: int) -> str:
    """An article about nothing in particular."""
    text = f"The harbour of Port {day} was busy on that day, and the {n}th ship brought timber and coffee. "
    return articles.page(f"Ship {n} of day {day}", f"<p>{text * 5}</p><p>{text * 3}</p>", f"2026-11-{day:02}")


def entries(page: int) -> list[tuple[str, int]]:
    """Path and day of what a page of a list lists."""
    day = DAYS[page - 1]
    return [(f"/2026/11/{day:02}/ship-{n}", day) for n in (1, 2)]


def rss(home: str, page: int, name: str) -> str:
    """A page of a feed that links its next page (RFC 5005), where there is one."""
    after = f'<atom:link rel="next" href="{home}/{name}?paged={page + 1}"/>' if name == "linked.xml" else ""
    items = "".join(
        f"<item><title>Ship</title><link>{home}{path}</link><pubDate>{day:02} Nov 2026 08:00:00 GMT</pubDate></item>"
        for path, day in entries(page)
    )
    channel = f"<channel>{after if page < PAGES else ''}{items}</channel>"
    return f'<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom">{channel}</rss>'


def json_feed(home: str, page: int) -> str:
    """A page of a JSON Feed."""
    items = [
        {"id": path, "url": home + path, "title": "Ship", "date_published": f"2026-11-{day:02}T08:00:00Z"}
        for path, day in entries(page)
    ]
    more = {"next_url": f"{home}/feed.json?paged={page + 1}"} if page < PAGES else {}
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Ships", "items": items, **more})


def index(page: int, linked: bool) -> str:
    """A page of headlines; the days stand in the addresses."""
    links = "".join(f'<p><a href="{path}">A ship came in</a></p>' for path, _ in entries(page))
    more = f'<a rel="nofollow next" href="/topic?page={page + 1}">Older</a>' if linked and page < PAGES else ""
    return articles.page("Ships", links + more)


def undated(page: int) -> str:
    """A page of headlines without any day, without end."""
    links = "".join(f'<a href="/plain/ship-{page}-{n}">A ship</a>' for n in (1, 2))
    return articles.page("Ships", links + f'<a rel="next" href="/undated?page={page + 1}">Older</a>')


def hidden(home: str) -> str:
    """A feed with four stories that only their entries tell, and one that nobody tells."""
    items = "".join(
        f"<item><title>{CUT.format(n=n)}</title><link>{home}/{kind}</link><description>{SUMMARY.format(n=n)}"
        f"</description><pubDate>06 Nov 2026 08:00:00 GMT</pubDate></item>"
        for n, kind in ((11, "stub"), (12, "script"), (13, "amped"), (14, "wall"), (15, "dead-amp"))
    )
    quiet = f"<item><title>Talks go on at Acme Robotics</title><link>{home}/quiet</link></item>"
    return f'<rss version="2.0"><channel>{items}{quiet}</channel></rss>'


def search(home: str) -> str:
    """A search engine's feed: an address of old inside the identifier, one in a parameter, one that is hidden."""
    place = f"{home}/2026/11/20/ship-1".encode()
    old = base64.urlsafe_b64encode(b"\x08\x13\x22" + bytes([len(place)]) + place + b"\xd2\x01\x00").decode().rstrip("=")
    links = (
        f"https://news.google.com/rss/articles/{old}?oc=5",
        f"http://www.bing.com/news/apiclick.aspx?ref=rss&amp;url={quote(home + '/2026/11/20/ship-2', safe='')}",
        "https://news.google.com/rss/articles/CBMiAU_yqLPopaque",
    )
    items = "".join(
        f'<item><title>Story {n}</title><link>{link}</link><source url="https://a.example">A Paper</source></item>'
        for n, link in enumerate(links, 1)
    )
    return f'<rss version="2.0"><channel><title>Search</title>{items}</channel></rss>'


def answer(home: str, path: str) -> Answer:
    """What the site says."""
    page = int(match[1]) if (match := re.search(r"[?&](?:paged|page)=(\d+)", path)) else 1
    place = path.partition("?")[0]
    if match := re.fullmatch(r"/2026/11/(\d\d)/ship-(\d)", place):
        return Answer(story(int(match[1]), int(match[2])).encode())
    if place.startswith("/plain/"):
        return Answer(story(20, 1).encode())
    if page > PAGES and place != "/undated":
        return Answer(status=404)
    made = {
        "/linked.xml": lambda: (rss(home, page, "linked.xml"), XML),
        "/numbered.xml": lambda: (rss(home, page, "numbered.xml"), XML),
        "/feed.json": lambda: (json_feed(home, page), "application/feed+json"),
        "/topic": lambda: (index(page, linked=True), HTML),
        "/undated": lambda: (undated(page), HTML),
        "/hidden.xml": lambda: (hidden(home), XML),
        "/search.xml": lambda: (search(home), XML),
        "/stub": lambda: (articles.page("Subscribe", "<p>This story is for subscribers. Log in to read on.</p>"), HTML),
        "/script": lambda: (SHELL.format(head=""), HTML),
        "/amped": lambda: (SHELL.format(head='<link rel="amphtml" href="/amp/amped">'), HTML),
        "/dead-amp": lambda: (SHELL.format(head='<link rel="amphtml" href="/amp/nowhere">'), HTML),
        "/amp/amped": lambda: (amp(home), HTML),
        "/quiet": lambda: (articles.page("Talks", f"<p>{SUMMARY.format(n=99)}</p><p>{SUMMARY.format(n=99)}</p>"), HTML),
    }
    if place == "/wall":
        return Answer(b"<html>Subscribe</html>", status=402)
    if place == "/old-feed.xml":
        return to("/linked.xml", 308)
    if place not in made:
        return Answer(b"<html>Not here</html>", status=404)
    body, kind = made[place]()
    return Answer(body.encode(), kind)


def amp(home: str) -> str:
    """The AMP copy of a page that is a shell itself."""
    body = f"<p>{SUMMARY.format(n=1300)}</p><p>The company employs 9,000 people in the state and in Canada.</p>" * 2
    return articles.page(CUT.format(n=1300), body).replace(
        "<head>", f'<head><link rel="canonical" href="{home}/amped">'
    )
