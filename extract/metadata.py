"""What a page states of itself besides text and date: headline, author, site, address, language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from lxml.html import HtmlElement

from extract import address, jsonld, tidy

#: What stands between a headline and the site's name in a title element.
SEPARATOR = re.compile(r"\s+[|\-–—·•»:]{1,2}\s+|\s*\|\s*")
#: The visible heading weighs more than one other statement and less than two that agree.
HEADING_WEIGHT = 1.5
OTHER_WEIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Metadata:
    """The page's statements; "" where it makes none. `node` is its JSON-LD article, `description` its summary."""

    node: jsonld.Node
    title: str
    titles: tuple[str, ...]  # all spellings of the headline that the page gives
    author: str
    site: str
    canonical: str
    language: str
    description: str


def read(tree: HtmlElement, url: str | None) -> Metadata:
    """Metadata of the page `tree`, which was fetched from `url` (None if unknown)."""
    meta = _meta(tree)
    headings = [heading for h1 in tree.iter("h1") if (heading := tidy.line(h1.text_content()))]
    scripts = [script.text or "" for script in tree.xpath("//script[starts-with(@type, 'application/ld+json')]")]
    node = jsonld.article(scripts, headings[0] if headings else "")
    canonical = address.canonical(_addresses(tree, meta, node, url), url)
    site = meta.get("og:site_name") or " ".join(jsonld.names(node, "publisher")[:1]) or address.host(url or canonical)
    titles = [meta.get("og:title") or meta.get("twitter:title", ""), tidy.line(tree.findtext(".//title") or "")]
    headline = jsonld.text(node, "headline")
    return Metadata(
        node=node,
        title=_title(headings, headline, titles, {site, address.host(url or canonical)}),
        titles=(*headings, headline, *titles),
        author=_author(tree, meta, node),
        site=site,
        canonical=canonical,
        language=_language(tree, meta, node),
        description=meta.get("og:description") or meta.get("description") or jsonld.text(node, "description"),
    )


def _meta(tree: HtmlElement) -> dict[str, str]:
    """First non-empty content of each meta element, by its lower-case property, name or itemprop."""
    stated: dict[str, str] = {}
    for element in tree.iterfind(".//meta[@content]"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = tidy.line(jsonld.plain(element.get("content") or ""))
        if name and content:
            stated.setdefault(name.lower(), content)
    return stated


def _addresses(tree: HtmlElement, meta: dict[str, str], node: jsonld.Node, url: str | None) -> list[str]:
    base = urljoin(url or "", tree.xpath("string(//base/@href)"))
    links = tree.xpath("//link[contains(concat(' ', translate(@rel, 'CANOIL', 'canoil'), ' '), ' canonical ')]/@href")
    main = node.get("mainEntityOfPage")
    stated = [*links, meta.get("og:url", ""), jsonld.text(node, "url")]
    stated += [main if isinstance(main, str) else str(main.get("@id", "")) if isinstance(main, dict) else ""]
    return [urljoin(base, link.strip()) for link in stated if link.strip()]


def _title(headings: list[str], headline: str, titles: list[str], sites: set[str]) -> str:
    """The headline on which most statements agree; the visible heading decides where all differ."""
    known = {tidy.key(text) for text in [*headings, headline]} - {""}
    others = [headline, *(_without_site(text, known, sites) for text in titles)]
    names = {tidy.key(site) for site in sites} | {tidy.key(site.split(".")[0]) for site in sites} | {""}
    others = [text for text in others if tidy.key(text) not in names]
    headings = [text for text in headings if tidy.key(text) not in names]
    visible = [text for text in headings if not others or any(_alike(text, other) for other in others)]
    votes: dict[str, float] = {}
    shown: dict[str, str] = {}
    for text, weight in [(text, HEADING_WEIGHT) for text in visible[:1]] + [(text, OTHER_WEIGHT) for text in others]:
        votes[tidy.key(text)] = votes.get(tidy.key(text), 0) + weight
        shown.setdefault(tidy.key(text), text)
    return shown[max(votes, key=lambda k: votes[k])] if votes else ""


def _without_site(text: str, known: set[str], sites: set[str]) -> str:
    """`text` without the site's name or section: where it then is a known headline, or where an end is the site's name.

    >>> _without_site("Acme cuts 200 jobs | Business | The Daily Post", set(), {"Daily Post"})
    'Acme cuts 200 jobs | Business'
    >>> _without_site("Daily Post :: Acme cuts 200 jobs", set(), {"dailypost.example"})
    'Acme cuts 200 jobs'
    """
    cuts = [match.span() for match in SEPARATOR.finditer(text)]
    for start, _end in cuts:
        if tidy.key(text[:start]) in known:
            return text[:start]
    for start, end in cuts[-1:]:
        if _is_site(text[end:], sites):
            return text[:start]
    for start, end in cuts[:1]:
        if _is_site(text[:start], sites):
            return text[end:]
    return text


def _is_site(text: str, sites: set[str]) -> bool:
    """Is the text the site's name, or its address's first label written as words ("Daily Post", dailypost.example)?"""
    names = {
        tidy.key(name).removeprefix("the ").replace(" ", "") for site in sites for name in (site, site.split(".")[0])
    }
    return tidy.key(text).removeprefix("the ").replace(" ", "") in names - {""}


def _alike(one: str, other: str) -> bool:
    """Do the texts share a third of the words of the shorter one?"""
    a, b = set(tidy.key(one).split()), set(tidy.key(other).split())
    return 3 * len(a & b) >= min(len(a), len(b)) > 0


def _author(tree: HtmlElement, meta: dict[str, str], node: jsonld.Node) -> str:
    named = jsonld.names(node, "author")
    named = (
        named or [meta[n] for n in ("author", "article:author", "parsely-author", "sailthru.author") if n in meta][:1]
    )
    if not named:
        found = tree.xpath("//*[@rel='author' or @itemprop='author']")
        named = [tidy.line(element.text_content()) for element in found[:1]]
    names = [re.sub(r"(?i)^by:?\s+", "", name) for name in named if "://" not in name and len(name) < 100]
    return ", ".join(dict.fromkeys(name for name in names if name))


def _language(tree: HtmlElement, meta: dict[str, str], node: jsonld.Node) -> str:
    """The declared language as its primary code in lower case, e.g. "en"."""
    declared = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or meta.get("og:locale")
    declared = declared or meta.get("content-language") or jsonld.text(node, "inLanguage")
    match = re.match(r"[a-zA-Z]{2,3}(?![a-zA-Z])", declared.strip())
    return match[0].lower() if match else ""
