"""The back-fill's narrow gate: what passes, what does not, and the same with and without Hyperscan."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator

import pytest

from extract import gate, skim, visible
from extract.reasons import NotEnglish

PASS = (
    b"<title>Acme sheds 57 after licence loss</title>",
    b"<p>Acme is cutting jobs in Leeds.</p>",
    b"<p>Its workforce will be reduced by 400 jobs in a year.</p>",
    b"<p>They let 1,400 people go in the second quarter.</p>",
    b"<p>Acme <a href='/x'>laid off</a> hundreds.</p>",
    b'<script type="application/ld+json">{"articleBody": "Acme announced layoffs."}</script>',
)
STOP = (
    b'<a href="/acme-layoffs">Read on</a>',
    b'<li><a href="/x">Acme layoffs hit Leeds</a></li>',
    b"<script>var topics = ['layoffs'];</script>",
    b"<style>.layoff{color:red}</style>",
    b"<p>The bank will cut rates. The staff sang.</p>",
    b"<p>A restructuring of the debt is planned.</p>",
)


@pytest.fixture(params=["hyperscan", "pure"])
def scanner(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if request.param == "pure":
        monkeypatch.setitem(sys.modules, "hyperscan", None)
    elif importlib.util.find_spec("hyperscan") is None:
        pytest.skip("hyperscan has no wheel here")
    caches = gate._scanner, skim._scanner, visible._scanner
    for one in caches:
        one.cache_clear()
    yield
    for one in caches:
        one.cache_clear()


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
