"""Reads pages: headline, body, author, date, site, address and language. The only file that knows trafilatura."""

from __future__ import annotations

import logging
from dataclasses import replace

import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from extract import address, body, boilerplate, jsonld, language, markup, metadata, published, tidy
from extract.reasons import NoBody
from extract.records import Article, Page, PublishedFrom, text_sha256

#: Longest body kept, in characters: a book's worth; the readers behind refuse a million.
MAX_TEXT = 100_000
#: A body shorter than this share of another reading of the same page has lost most of the story.
LOST_SHARE = 0.5

Dated = tuple[str | None, PublishedFrom | None]
UNDATED: Dated = (None, None)

# Its warnings ("discarding data") are told by our own exceptions, with the page's name.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def read(page: Page) -> Article:
    """The article on `page`. What the page object states of itself (title, published, …) wins over the page's bytes.

    An article without a date is read, with `published` None. Raises NoBody, NotEnglish, Unreadable.
    """
    return _given(page) if page.text is not None else _from_html(page)


def _given(page: Page) -> Article:
    """An article that was handed in as text: untouched but for its length and for halves of characters."""
    title, text = tidy.whole(page.title or ""), tidy.shortened(tidy.whole(page.text or ""), MAX_TEXT)
    if not title.strip() and not text.strip():
        raise NoBody("body.empty", "neither title nor text is given")
    code = language.check(title, text, page.language or "")
    return _assembled(page, title, text, code, "", _given_date(page))


def _from_html(page: Page) -> Article:
    tree = markup.parse(page.body, page.content_type)
    facts = metadata.read(tree, page.url)
    dated = _given_date(page)
    if dated == UNDATED:
        latest = published.latest_day(page.fetched_at)
        dated = published.published(tree, facts.node, page.url or facts.canonical, latest)
    title = tidy.line(page.title or "") or facts.title
    text = _body(tree, facts, title)
    if not text:
        raise NoBody("body.empty", f"no text found in a page of {len(page.body):,} bytes")
    code = language.check(title, text, page.language or facts.language)
    stated = replace(page, author=page.author or facts.author or None, site=page.site or facts.site or None)
    return _assembled(stated, title, text, code, facts.canonical, dated)


def _assembled(page: Page, title: str, text: str, code: str, canonical: str, dated: Dated) -> Article:
    url = canonical or address.clean(page.url or "") or f"urn:sha256:{text_sha256(title, text)}"
    return Article(
        article_id=page.page_id or url,
        url=url,
        title=title,
        text=text,
        canonical_url=canonical or None,
        author=page.author,
        site=page.site or address.host(url) or None,
        language=code,
        published=dated[0],
        published_from=dated[1],
        fetched_at=page.fetched_at,
        source=page.source,
        grade=page.grade,
        request=page.request,
    )


def _given_date(page: Page) -> Dated:
    """The date that came with the page, where it is credible: not before the web, not after the fetch."""
    stamp = published.iso(page.published or "")
    if stamp is None or not published.EARLIEST <= stamp[:10] <= published.latest_day(page.fetched_at):
        return UNDATED
    return stamp, page.published_from or "given"


def _body(tree: HtmlElement, facts: metadata.Metadata, title: str) -> str:
    body.lighten(tree)
    lead = body.standfirst(tree, facts.description, facts.title)
    body.prune(tree)
    lines = [lead, *_lines(tree, jsonld.text_lines(facts.node, "articleBody"))]
    return tidy.shortened("\n\n".join(boilerplate.paragraphs(lines, {title, *facts.titles}, facts.author)), MAX_TEXT)


def _lines(tree: HtmlElement, stated: list[str]) -> list[str]:
    """Lines of the main text: the quick reading, unless another or the body `stated` in JSON-LD shows it wanting."""
    lines = body.restored(_main_text(tree, fast=True), tree)
    rough = _plain(tree)
    if _length(lines) < LOST_SHARE * len(rough):
        lines = max(lines, _main_text(tree, fast=False), key=_length)
    if _length(lines) < LOST_SHARE * _length(stated) or tidy.key(" ".join(lines)) == tidy.key(" ".join(stated)):
        lines = stated  # the same words, or more of them, in their paragraphs
    return lines or rough.splitlines()


def _length(lines: list[str]) -> int:
    return sum(map(len, lines))


def _main_text(tree: HtmlElement, fast: bool) -> list[str]:
    """The lines of the main text that trafilatura finds; with `fast` False it also asks its fallbacks."""
    found = trafilatura.bare_extraction(tree, fast=fast, include_comments=False, with_metadata=False)
    return (getattr(found, "text", None) or "").splitlines()


def _plain(tree: HtmlElement) -> str:
    """A rougher reading of the main text, which misses little and keeps some furniture."""
    page = HTMLTree.parse_from_bytes(etree.tostring(tree, encoding="utf-8", method="html"), "utf-8")
    return extract_plain_text(page, main_content=True, alt_texts=False, list_bullets=False)
