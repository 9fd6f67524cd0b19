"""Feeds: what is carried on, what is left out, and what a hostile feed cannot do."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from crawler.entries import Entry, NotRead
from crawler.feeds import read
from tests.newsroom import site
from tests.newsroom.articles import ACME, INITECH, SOUP

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = "http://127.0.0.1:1"


def item(inside: str) -> bytes:
    """An RSS feed with one entry."""
    return f'<rss version="2.0"><channel><title>T</title><item>{inside}</item></channel></rss>'.encode()


def entries_of(body: bytes, base: str, content_type: str | None = None) -> list[Entry]:
    """The entries of a feed."""
    return list(read(body, base, content_type).entries)


def test_rss() -> None:
    found = entries_of(site.rss(HOME, "http://localhost:2").encode(), f"{HOME}/feeds/rss.xml", "application/rss+xml")
    assert found[0] == Entry(
        url=HOME + ACME.path, title=ACME.title, summary="Acme cuts 1,200 jobs.", published="2026-11-02T19:00:00+00:00"
    )
    assert found[1].url == HOME + SOUP.path
    assert (found[1].summary, found[2].published) == (None, None)


def test_links_to_files_and_scripts_are_left_out() -> None:
    found = entries_of(site.rss(HOME, "http://localhost:2").encode(), HOME)
    assert {entry.url.partition(":")[0] for entry in found} == {"http"}


def test_atom_with_relative_links_keeps_updated_apart_from_published() -> None:
    initech, acme = entries_of(site.atom(HOME).encode(), f"{HOME}/feeds/atom.xml", "application/atom+xml")
    assert (initech.url, initech.published) == (HOME + INITECH.path, "2026-11-04T06:00:00+00:00")
    assert (acme.published, acme.modified) == (None, "2026-11-03T00:00:00+00:00")


def test_the_header_names_the_character_set() -> None:
    feed = item("<title>Nestl\u00e9 cuts jobs</title><link>http://a.example/1</link>").decode().encode("latin-1")
    assert entries_of(feed, HOME, "text/xml; charset=iso-8859-1")[0].title == "Nestl\u00e9 cuts jobs"


@pytest.mark.parametrize("body", [b"", b"<html><body>We have moved</body></html>", b"Not found", b"\x00\x01"])
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(NotRead, match="no feed: it begins with"):
        entries_of(body, HOME, "text/html")


def test_an_empty_feed_is_a_feed() -> None:
    assert entries_of(b'<rss version="2.0"><channel><title>T</title></channel></rss>', HOME) == []


def test_a_path_is_never_opened(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(item("<link>http://a.example/1</link>"))
    for body in (str(secret).encode(), f"file://{secret}".encode()):
        with pytest.raises(NotRead):
            entries_of(body, HOME)


def test_entities_read_no_file_and_do_not_multiply(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("INTERNAL-SECRET")
    entities = f'<!ENTITY f SYSTEM "file://{secret}"><!ENTITY a "{"A" * 1000}"><!ENTITY b "{"&a;" * 1000}">'
    feed = f"<!DOCTYPE rss [{entities}]>".encode() + item("<title>&f;&b;</title><link>http://a.example/1</link>")
    try:
        found = entries_of(feed, HOME)
    except NotRead:
        return
    assert all("INTERNAL-SECRET" not in str(entry) and len(str(entry)) < 10_000 for entry in found)


def test_only_one_file_knows_feedparser() -> None:
    for path in (ROOT / "crawler").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        assert "feedparser" not in names or path.name == "feeds.py"
