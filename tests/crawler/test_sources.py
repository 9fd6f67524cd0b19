"""data/sources.toml, and what is said of a file that is wrong."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from crawler.sources import Source, SourceError, choose, load

ROOT = Path(__file__).resolve().parent.parent.parent
GOOD = """
[[source]]
id = "acme-feed"
name = "Acme Daily"
publisher = "Acme"
country = "US"
kind = "feed"
url = "https://acme.example/feed"
tags = ["tech", "us"]
tier = 1
evidence = "on its front page, November 2026"
"""


def loaded(tmp_path: Path, text: str) -> tuple[Source, ...]:
    path = tmp_path / "sources.toml"
    path.write_text(text, encoding="utf-8")
    return load(path)


def test_the_shipped_sources_load() -> None:
    sources = load(ROOT / "data/sources.toml")
    assert len(sources) >= 150
    assert len({source.publisher for source in sources}) >= 120
    assert {source.kind for source in sources} == {"feed", "news_sitemap", "sitemap", "index", "search_feed"}
    assert len({source.country for source in sources}) >= 8


@pytest.mark.parametrize("source", load(ROOT / "data/sources.toml"), ids=lambda source: source.id)
def test_a_shipped_source_says_where_it_is_known_from(source: Source) -> None:
    assert re.search(r"\b20\d\d\b|public list of news feeds", source.evidence), "say when, or in which list"
    assert source.checked == "never" or date.fromisoformat(source.checked) >= date(2026, 11, 1)
    assert source.expected_gap_days


def test_index_links_match_articles_only() -> None:
    links = {source.id: source for source in load(ROOT / "data/sources.toml") if source.kind == "index"}
    techcrunch, betakit = links["techcrunch-layoffs-page"], links["betakit-layoffs-page"]
    assert techcrunch.matches("https://techcrunch.com/2026/09/14/cornelis-raises-205m/")
    assert not techcrunch.matches("https://techcrunch.com/tag/layoffs/page/2/")
    assert betakit.matches("https://betakit.com/acme-lays-off-a-tenth-of-its-team/")
    assert not betakit.matches("https://betakit.com/tag/layoffs/")
    assert not betakit.matches("https://betakit.com/about/")


def test_defaults(tmp_path: Path) -> None:
    (source,) = loaded(tmp_path, GOOD)
    assert source == Source(
        id="acme-feed",
        name="Acme Daily",
        publisher="Acme",
        country="US",
        kind="feed",
        tier=1,
        tags=("tech", "us"),
        url="https://acme.example/feed",
        evidence="on its front page, November 2026",
        checked="never",
        expected_gap_days=None,
        terms=None,
        links=None,
        next=None,
        render=False,
    )


@pytest.mark.parametrize(("change", "message"), [
    (('name = "Acme Daily"', ""), r"source 1 \(acme-feed\): key 'name' is missing"),
    (('name = "Acme Daily"', 'name = " "'), r"key 'name': ' ' is no text"),
    (('tier = 1', 'teir = 1'), r"unknown key 'teir'; did you mean tier"),
    (('tier = 1', 'tier = 4'), r"key 'tier': 4 is not 1, 2 or 3"),
    (('tier = 1', 'tier = true'), r"key 'tier': True is not 1, 2 or 3"),
    (('kind = "feed"', 'kind = "rss"'), r"key 'kind': 'rss' is no kind; kinds are feed, news_sitemap, "),
    (('https://acme.example/feed', 'acme.example/feed'), r"key 'url': 'acme.example/feed' is no web address"),
    (('https://acme.example/feed', 'file:///etc/passwd'), r"key 'url': 'file:///etc/passwd' is no web address"),
    (('country = "US"', 'country = "usa"'), r"key 'country': 'usa' is no country code"),
    (('"acme-feed"', '"Acme Feed"'), r"key 'id': 'Acme Feed' is no id"),
    (('tags = ["tech", "us"]', 'tags = "tech"'), r"key 'tags': 'tech' is no list of tags"),
    (('tags = ["tech", "us"]', 'tags = []'), r"key 'tags': \[\] is no list of tags"),
    (('tier = 1', 'tier = 1\nchecked = "last week"'), r"key 'checked': 'last week' is neither a day"),
    (('tier = 1', 'tier = 1\nexpected_gap_days = -1'), r"key 'expected_gap_days': -1 is no number of days"),
    (('tier = 1', 'tier = 1\nlinks = "/a"'), r"key 'links': a source of kind index needs it, and no other"),
    (('kind = "feed"', 'kind = "index"'), r"key 'links': a source of kind index needs it"),
    (('kind = "feed"', 'kind = "index"\nlinks = "("'), r"key 'links': '\(' is no regular expression"),
    (('tier = 1', 'tier = 1\nnext = "https://a.example/2"'), r"key 'next': 'https://a.example/2' is no web address"),
    (('tier = 1', 'tier = 1\nnext = "page/{page}"'), r"key 'next': 'page/{page}' is no web address that holds {page}"),
    (('tier = 1', 'tier = 1\nrender = "yes"'), r"key 'render': 'yes' is neither true nor false"),
    (('[[source]]', '[[sources]]'), r"holds \['sources'\]; each source is a block that begins \[\[source\]\]"),
    (('tier = 1', 'tier 1'), r"not TOML: .*line 10"),
])  # fmt: skip
def test_a_wrong_entry_is_named(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        loaded(tmp_path, GOOD.replace(*change))
    assert str(caught.value).startswith(f"{tmp_path}/sources.toml: ")


@pytest.mark.parametrize(("change", "key"), [
    (("acme.example/feed", "acme.example/other"), "id"),
    (("acme-feed", "acme-other"), "url"),
])  # fmt: skip
def test_what_stands_twice_is_named(tmp_path: Path, change: tuple[str, str], key: str) -> None:
    with pytest.raises(SourceError, match=rf"source 2 .*: key '{key}': .* stands already in source 1 \(acme-feed\)"):
        loaded(tmp_path, GOOD + GOOD.replace(*change))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.toml: cannot be read: No such file"):
        load(tmp_path / "none.toml")


def test_choose_by_id_and_tag(tmp_path: Path) -> None:
    sources = loaded(tmp_path, GOOD + GOOD.replace("acme", "globex").replace('"us"', '"uk"'))
    assert [s.id for s in choose(sources)] == ["acme-feed", "globex-feed"]
    assert [s.id for s in choose(sources, tags=["uk"])] == ["globex-feed"]
    assert [s.id for s in choose(sources, ["acme-feed"], ["tech"])] == ["acme-feed"]
    with pytest.raises(LookupError, match=r"unknown source 'acme-fed'; did you mean acme-feed"):
        choose(sources, ["acme-fed"])
    with pytest.raises(LookupError, match=r"unknown tag 'zzz'; there are tech, uk, us"):
        choose(sources, tags=["zzz"])
    with pytest.raises(LookupError, match="no source is named acme-feed and has the tag uk"):
        choose(sources, ["acme-feed"], ["uk"])
