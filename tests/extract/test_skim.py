"""The back-fill's narrow gate: what passes, what does not, and the same with and without Hyperscan."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import cutting_words, gate, skim, visible
from extract.reasons import NotEnglish

PASS = (
    b"<title>Acme sheds 57 after licence loss</title>",
    b"<p>Acme is cutting jobs in Leeds.</p>",
    b"<p>Its workforce will be reduced by 400 jobs in a year.</p>",
    b"<p>They let 1,400 people go in the second quarter.</p>",
    b"<p>Acme <a href='/x'>laid off</a> hundreds.</p>",
    b"<p>The sale puts 400 jobs at&nbsp;<b>risk</b>.</p>",
    b'<script type="application/ld+json">{"articleBody": "Acme announced layoffs."}</script>',
)
STOP = (
    b'<a href="/acme-layoffs">Read on</a>',
    b'<li><a href="/x">Acme layoffs hit Leeds</a></li>',
    b"<script>var topics = ['layoffs'];</script>",
    b"<style>.layoff{color:red}</style>",
    b"<p>The bank will cut rates. The staff sang.</p>",
    b"<p>The 400 jobs: what an asterisk hides. Staff take no risk.</p>",
    b"<p>A restructuring of the debt is planned.</p>",
)


CACHES = (
    *(gate._scanner, visible._scanner, cutting_words.cutting, cutting_words.scanner),
    *(cutting_words._near, cutting_words._names_near),
)


@contextmanager
def scanning(engine: str) -> Iterator[None]:
    """Scan with Hyperscan or, as where it has no wheel, in pure Python."""
    with pytest.MonkeyPatch.context() as patch:
        if engine == "pure":
            patch.setitem(sys.modules, "hyperscan", None)
        for one in CACHES:
            one.cache_clear()
        yield
    for one in CACHES:
        one.cache_clear()


needs_hyperscan = pytest.mark.skipif(
    importlib.util.find_spec("hyperscan") is None, reason="hyperscan has no wheel here"
)


@pytest.fixture(params=[pytest.param("hyperscan", marks=needs_hyperscan), "pure"])
def scanner(request: pytest.FixtureRequest) -> Iterator[None]:
    with scanning(request.param):
        yield


#: What pages are made of here: words that tell, near or far from whoever goes, and all kinds of markup around them.
PIECES = st.sampled_from(
    [
        *("Acme", "will", "cut", "cuts", "lay off", "laid&nbsp;off", "lay<b>offs</b>", "LAYOFFS", "red&shy;undancies"),
        *("300", "2,400", "2024", "5%", "hundreds", "one in five", "jobs", "job", "staff", "workers", "people", "its"),
        *(
            "shut",
            "at",
            "at<i>risk</i>",
            "plants",
            "hiring",
            "freeze",
            "let",
            "go",
            "losses",
            "job\u00a0cuts",
            "work\u200bforce",
            "fire",
        ),
        *(". The", ", and", "\n", "<p>", "</p>", "<br>", "<b>", "</b>", "<li>", "<h1>", "</h1>", "<div class='cuts'>"),
        *("<a href='/layoffs'>", "</a>", "<script>", "</script>", "<script type='application/ld+json'>", "<style>"),
        *("</style>", "<title>", "</title>", "<svg>", "</svg>", '<meta name="description" content="', '">', "<!--"),
        *("&rsquo;", "\u2019s", "-", "\u2014", '"', "\\n", "<SCRIPT>", "é", "<"),
    ]
)


def verdicts(pages: list[str]) -> list[tuple[bool, list[int]]]:
    return [(skim.page_tells(page.encode()), skim.telling(page[:60], page)) for page in pages]


@needs_hyperscan
@settings(max_examples=6, deadline=None, derandomize=True)
@given(st.lists(st.lists(PIECES, max_size=60).map(" ".join), min_size=60, max_size=60))
def test_pages_of_all_kinds_get_the_same_verdict_with_and_without_hyperscan(pages: list[str]) -> None:
    with scanning("hyperscan"):
        quick = verdicts(pages)
    with scanning("pure"):
        assert verdicts(pages) == quick


@pytest.mark.parametrize("body", PASS, ids=repr)
def test_what_may_tell_of_a_cut_passes(scanner: None, body: bytes) -> None:
    assert skim.page_tells(b"<html><body>" + body + b"</body></html>")


@pytest.mark.parametrize("body", STOP, ids=repr)
def test_words_in_scripts_links_and_attributes_tell_nothing(scanner: None, body: bytes) -> None:
    assert not skim.page_tells(b"<html><body>" + body + b"</body></html>")


def test_another_language_is_told_before_anything_else() -> None:
    with pytest.raises(NotEnglish, match=r"language\.declared"):
        skim.skim(b'<!doctype html><html class="x" lang="de-DE"><p>Acme streicht 200 Stellen, layoffs</p>')
    assert skim.LANGUAGE.search(b"<html lang='en'>")
