"""The archive that the benchmarks read: pages of a folder, and pages made of articles in the shells of these."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import cycle, islice
from pathlib import Path

from lxml.html import HtmlElement, document_fromstring, fromstring, tostring

from extract.cutting_words import strong
from extract.events import read
from extract.records import Article

#: Pages of a packed archive in the order of their writing; a seed makes every run the same.
SEED = 7


#: What a page's head says of the story that stood in it.
STATED = (
    "//script[contains(@type, 'ld+json')] | //link[@rel='canonical']"
    " | //meta[contains(@name, 'description') or contains(@property, 'description')]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """An article to be made into a page."""

    title: str
    text: str
    published: str | None


def folder_pages(folder: Path) -> list[bytes]:
    """The HTML files of a folder, unpacked, in the order of their names."""
    found = sorted(p for p in folder.rglob("*") if p.name.lower().endswith((".html", ".htm", ".html.gz", ".htm.gz")))
    return [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in found]


def texts(paths: list[Path]) -> list[Text]:
    """The articles of JSON lines files with title, text and published."""
    found: list[Text] = []
    for path in paths:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        rows = [row for row in map(json.loads, data.splitlines()) if row.get("title") or row.get("text")]
        found += [Text(row.get("title") or "", row.get("text") or "", row.get("published")) for row in rows]
    return found


def kind(text: Text) -> str:
    """Of which kind the article is: "relevant" where today's rules find a cut in it, "about" where it speaks of cuts
    without telling of one (a word that the gate takes for telling alone, or a cut that a rule rejects), else "other".
    """
    story = Article(
        article_id="x", url="https://b.example/", title=text.title, text=text.text, published=text.published
    )
    found = read(story)
    if found.claims:
        return "relevant"
    return "about" if found.rejected or strong(f"{text.title}\n{text.text}".encode("utf-8", "replace")) else "other"


class Shell:
    """A page whose headline and story can be exchanged for another; menus, scripts, links and all else stay."""

    def __init__(self, body: bytes) -> None:
        """Raises ValueError for a page without a story of at least three paragraphs."""
        tree = document_fromstring(body)
        self.story = max(tree.iter("div", "article", "section", "main", "td"), key=_own_text, default=tree)
        if len(self.story.findall("p")) < 3:
            raise ValueError("no story")
        self.tree = tree

    def filled(self, text: Text) -> bytes:
        """The page with this story."""
        head, body = (
            escape(text.title),
            "".join(f"<p>{escape(part)}</p>" for part in text.text.split("\n") if part.strip()),
        )
        for old in [*self.story]:
            self.story.remove(old)
        self.story.text = None
        self.story.append(fromstring(f"<div><h1>{head}</h1>{body}</div>"))
        for heading in self.tree.xpath("//h1"):
            if self.story not in heading.iterancestors():
                heading.getparent().remove(heading)
        for title in self.tree.xpath("//head/title"):
            title.text = text.title
        for meta in self.tree.xpath("//meta[contains(@property, 'title') or contains(@name, 'title')]"):
            meta.set("content", text.title)
        for gone in self.tree.xpath(STATED):
            gone.getparent().remove(gone)
        return tostring(self.tree, encoding="utf-8", doctype="<!DOCTYPE html>")


def _own_text(element: HtmlElement) -> int:
    return sum(len(p.text_content()) for p in element.findall("p"))


def shells(pages: list[bytes]) -> list[Shell]:
    """Those of the pages that have a story."""
    found = []
    for body in pages:
        try:
            found.append(Shell(body))
        except ValueError:
            continue
    return found


def mixed(pages: list[bytes], told: list[Text], number: int, share: float | None) -> Iterator[tuple[str, bytes, str]]:
    """Address, page and kind (page, relevant, about, other) of `number` pages, in an order left to chance, always the
    same.

    Each page of the folder once, as it is. The rest are articles in the shells of these pages, in turns: `share` of
    all pages relevant, none that is about cuts without telling of one, the others such as do not speak of them; with
    `share` None as they come.
    """
    chance = random.Random(SEED)
    chance.shuffle(told := list(told))
    whole = pages[:number]
    plan: list[tuple[str, Text | bytes]] = [("page", body) for body in whole]
    if share is None:
        plan += [(kind(text), text) for text in _turns(told, number - len(whole))]
    else:
        kinds = [(kind(text), text) for text in told]
        wanted = min(round(number * share), number - len(whole))
        for name, count in (("relevant", wanted), ("other", number - len(whole) - wanted)):
            plan += [(name, text) for text in _turns([text for one, text in kinds if one == name], count)]
    chance.shuffle(plan)
    frames = shells(pages)
    for n, (name, what) in enumerate(plan):
        body = what if isinstance(what, bytes) else frames[n % len(frames)].filled(what)
        yield f"https://b{n % 97}.example/{n}", body, name


def _turns(found: list[Text], count: int) -> Iterator[Text]:
    """So many of them, from the start again where they are fewer; none where there are none."""
    return islice(cycle(found), count)


def packed(url: str, body: bytes) -> bytes:
    """The page as a response record, packed alone and with its checksum, as public archives hold them."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    digest = base64.b32encode(hashlib.sha1(block, usedforsecurity=False).digest()).decode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:sha1:{digest}>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2026-02-10T03:04:05Z\r\nWARC-Block-Digest: sha1:{digest}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + block + b"\r\n\r\n", 6, mtime=0)


def write(path: Path, found: Iterator[tuple[str, bytes, str]]) -> dict[str, int]:
    """Writes the archive; how many pages of each kind are in it."""
    kinds: dict[str, int] = {}
    with path.open("wb") as stream:
        for url, body, kind in found:
            stream.write(packed(url, body))
            kinds[kind] = kinds.get(kind, 0) + 1
    return kinds
