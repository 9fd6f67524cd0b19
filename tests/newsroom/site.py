"""What the newsroom answers at each address: pages, feeds, sitemaps, robots.txt, and the ways in which sites fail."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

from tests.newsroom import articles
from tests.newsroom.articles import ACME, DRAFT, GERMAN, GLOBEX, HOOLI, INITECH, OLD, SOUP

HTML, XML, PLAIN = "text/html; charset=utf-8", "application/xml", "text/plain"


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP response."""

    body: bytes = b""
    content_type: str = HTML
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = None  # whoever sends it back is told that nothing has changed


def to(location: str, status: int = 302) -> Answer:
    """A redirect."""
    return Answer(status=status, headers={"Location": location})


def rss(home: str, other: str) -> str:
    """A feed with an entry for everything that can be behind a link."""
    mapped = home.replace("127.0.0.1", "[::ffff:127.0.0.1]")
    items = [
        (ACME.path, ACME.title, "Mon, 02 Nov 2026 14:00:00 EST", "Acme cuts <b>1,200</b> jobs."),
        (SOUP.path, SOUP.title, "Thu, 05 Nov 2026 08:00:00 GMT", ""),
        (HOOLI.path, HOOLI.title, "", ""),
        (GERMAN.path, GERMAN.title, "Thu, 05 Nov 2026 10:00:00 GMT", ""),
        (OLD.path, OLD.title, "Tue, 07 Apr 2020 10:00:00 GMT", ""),
        (DRAFT.path, DRAFT.title, "", ""),
        (articles.PAYWALLED, articles.PAYWALLED_TITLE, "Fri, 06 Nov 2026 10:00:00 GMT", articles.PAYWALLED_SUMMARY),
        ("/2026/11/empty.html", "Layoffs, in pictures", "", ""),
        ("/moved", "Moved", "", ""),
        ("/loop/a", "A loop", "", ""),
        ("/chain/9", "A long chain", "", ""),
        ("/out", "Out by redirect", "", ""),
        ("/refresh", "Out by meta refresh", "", ""),
        (f"{other}/inside/by-link", "Out by link", "", ""),
        (f"{mapped}/inside/mapped", "Out by link, IPv4 in IPv6", "", ""),
        ("/missing", "Gone", "", ""),
        ("/report.pdf", "A report", "", ""),
        ("/huge", "A page without end", "", ""),
        ("/bomb", "A page that unpacks without end", "", ""),
        ("file:///etc/hostname", "A file", "", ""),
        ("javascript:alert(1)", "A script", "", ""),
    ]
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>The Loopback Times</title>'
        + "".join(
            f"<item><title>{escape(title)}</title><link>{link if ':' in link else home + link}</link>"
            f"<pubDate>{day}</pubDate><description>{escape(summary)}</description></item>"
            for link, title, day, summary in items
        )
        + "</channel></rss>"
    )


def atom(home: str) -> str:
    """A second feed, with relative links; one of its articles is in the first too."""
    return (
        f'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{home}/"><title>Again</title>'
        f'<entry><title>{INITECH.title}</title><link href="{INITECH.path}"/><published>2026-11-04T07:00:00+01:00'
        f"</published><updated>2026-11-09T00:00:00Z</updated></entry>"
        f'<entry><title>{ACME.title}</title><link href="{ACME.path}"/><updated>2026-11-03T00:00:00Z</updated></entry>'
        "</feed>"
    )


def news_sitemap(home: str) -> str:
    """A news sitemap; pictures have addresses and titles too."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
        'xmlns:n="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/'
        f'sitemap-image/1.1"><url><loc> {home}{GLOBEX.path} </loc><n:news><n:publication><n:name>The Loopback Times'
        f"</n:name></n:publication><n:publication_date>2026-11-03T06:30:00Z</n:publication_date><n:title>{GLOBEX.title}"
        f"</n:title></n:news><image:image><image:loc>{home}/a.jpg</image:loc><image:title>A picture</image:title>"
        "</image:image></url></urlset>"
    )


def urlset(home: str, *pages: tuple[str, str]) -> str:
    """A plain sitemap of paths with their last change."""
    listed = "".join(f"<url><loc>{home}{path}</loc><lastmod>{day}</lastmod></url>" for path, day in pages)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</urlset>'


def index(home: str, *maps: tuple[str, str]) -> str:
    """A sitemap index of paths with their last change."""
    listed = "".join(f"<sitemap><loc>{home}{path}</loc><lastmod>{day}</lastmod></sitemap>" for path, day in maps)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{listed}</sitemapindex>'


def topic() -> str:
    """An index page: two articles among other links."""
    links = (INITECH.path, ACME.path + "#comments", "/about", "mailto:desk@example.com", "/topics/layoffs?page=2")
    return articles.page("Layoffs", "".join(f'<p><a href="{link}">A link</a></p>' for link in links))


def answers(home: str, other: str) -> dict[str, Callable[[], Answer]]:
    """Path -> what makes the answer. `home` is the site's own address, `other` that of the second host."""
    texts: dict[str, tuple[str, str]] = {
        "/robots.txt": ("User-agent: *\nDisallow: /private/\n", PLAIN),
        "/feeds/rss.xml": (rss(home, other), "application/rss+xml"),
        "/feeds/atom.xml": (atom(home), "application/atom+xml"),
        "/feeds/page.xml": (articles.page("Not a feed", "<p>We have moved.</p>"), HTML),
        "/sitemaps/news.xml": (news_sitemap(home), XML),
        "/sitemaps/index.xml": (
            index(home, ("/sitemaps/2020.xml", "2020-04-30"), ("/sitemaps/2026-11.xml.gz", "2026-11-06")),
            XML,
        ),
        "/sitemaps/2020.xml": (urlset(home, (OLD.path, "2020-04-07")), XML),
        "/sitemaps/endless.xml": (index(home, ("/sitemaps/endless.xml?1", "2026-11-06")), XML),
        **{
            f"/sitemaps/endless.xml?{n}": (index(home, (f"/sitemaps/endless.xml?{n + 1}", "2026-11-06")), XML)
            for n in range(1, 9)
        },
        "/topics/layoffs": (topic(), HTML),
        "/2026/11/empty.html": ("<html><title>Layoffs, in pictures</title><body><img src='1.jpg'></body></html>", HTML),
        "/refresh": (f'<html><meta http-equiv="refresh" content="0; url={other}/inside/by-refresh"></html>', HTML),
        **{
            f"/inside/{way}": (articles.page("Inside", "<p>Behind the firewall, 900 layoffs are planned.</p>"), HTML)
            for way in ("by-link", "mapped", "by-redirect", "by-refresh")
        },
        **{story.path: (story.page, HTML) for story in articles.STORIES},
    }
    made: dict[str, Callable[[], Answer]] = {
        "/sitemaps/2026-11.xml.gz": lambda: Answer(
            gzip.compress(urlset(home, (SOUP.path, "2026-11-05"), (INITECH.path, "2026-11-04")).encode()),
            "application/x-gzip",
        ),
        articles.PAYWALLED: lambda: Answer(b"<html><body>Subscribe</body></html>", status=403),
        "/moved": lambda: to(GLOBEX.path, 301),
        "/loop/a": lambda: to("/loop/b"),
        "/loop/b": lambda: to("/loop/a"),
        **{f"/chain/{n}": lambda n=n: to(f"/chain/{n - 1}") for n in range(1, 10)},  # type: ignore[misc]
        "/chain/0": lambda: to(ACME.path),
        "/out": lambda: to(f"{other}/inside/by-redirect"),
        "/report.pdf": lambda: Answer(b"%PDF-1.7", "application/pdf"),
        "/huge": lambda: Answer(b"<html>" + b"layoffs " * (3 * 2**19)),
        "/bomb": lambda: Answer(gzip.compress(bytes(40 * 2**20)), headers={"Content-Encoding": "gzip"}),
        "/broken": lambda: Answer(b"<html>Sorry</html>", status=500),
    }
    return {path: (lambda t=text, c=kind: Answer(t.encode(), c)) for path, (text, kind) in texts.items()} | made
