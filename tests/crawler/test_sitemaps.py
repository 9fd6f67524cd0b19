"""Sitemaps: titles and dates of news, indexes, gzip, and what a hostile sitemap cannot do."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from crawler import sitemaps
from crawler.entries import Entry, NotRead
from crawler.sitemaps import read
from tests.newsroom import site
from tests.newsroom.articles import GLOBEX

HOME = "http://127.0.0.1:1"


def test_a_news_sitemap_gives_title_and_date_and_no_picture() -> None:
    sitemap = read(site.news_sitemap(HOME).encode(), HOME)
    assert sitemap.pages == [Entry(url=HOME + GLOBEX.path, title=GLOBEX.title, published="2026-11-03T06:30:00+00:00")]
    assert sitemap.sitemaps == []


def test_an_index_lists_sitemaps() -> None:
    sitemap = read(site.index(HOME, ("/a.xml", "2026-11-06"), ("/b.xml.gz", "")).encode(), HOME)
    assert [(entry.url, entry.modified) for entry in sitemap.sitemaps] == [
        (f"{HOME}/a.xml", "2026-11-06"), (f"{HOME}/b.xml.gz", None)]  # fmt: skip


def test_a_last_change_is_no_date_of_publication() -> None:
    changed = "2026-11-06T08:00:00+01:00"
    (entry,) = read(site.urlset(HOME, ("/a", changed)).encode(), HOME).pages
    assert (entry.published, entry.modified, entry.dated) == (None, changed, changed)


def test_gzip_and_gzip_cut_short() -> None:
    listed = "".join(f"<url><loc>{HOME}/{n}</loc></url>" for n in range(1000))
    whole = gzip.compress(f"<urlset>{listed}</urlset>".encode())
    assert len(read(whole, HOME).pages) == 1000
    assert 0 < len(read(whole[: len(whole) // 2], HOME).pages) < 1000


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    body = f"<urlset><url><loc>{HOME}/1</loc></url><url><loc>{HOME}/2?a=1&b=2</loc></url><url><loc".encode()
    assert read(body, HOME).pages[0].url == f"{HOME}/1"


@pytest.mark.parametrize("body", [
    b"", b"Not found", b"<html><body/></html>", b"<!doctype html><html></html>", b"<rss/>", b"\x1f\x8b\x08broken",
])  # fmt: skip
def test_what_is_no_sitemap_is_told(body: bytes) -> None:
    with pytest.raises(NotRead):
        read(body, HOME)


def test_links_to_files_are_left_out() -> None:
    assert read(b"<urlset><url><loc>file:///etc/passwd</loc></url><url><loc/></url></urlset>", HOME).pages == []


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("http://internal.example/")
    body = f'<!DOCTYPE urlset [<!ENTITY f SYSTEM "file://{secret}">]><urlset><url><loc>&f;</loc></url></urlset>'
    with pytest.raises(NotRead, match="document type"):
        read(body.encode(), HOME)


def test_a_gzip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_SIZE", 10_000)
    with pytest.raises(NotRead, match="larger than"):
        read(gzip.compress(b"<urlset>" + b" " * 100_000 + b"</urlset>"), HOME)
