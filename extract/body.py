"""What the extractor does not do with a page's tree: cut away links to other stories, put back lost paragraphs.

Every rule is a fact about news pages in general, never about one site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from lxml import etree
from lxml.html import HtmlElement

from extract import tidy
from extract.boilerplate import TEASER_WORDS, matches

#: Classes that the widgets of social networks give to their quotations, the same on every site.
EMBEDS = frozenset(
    [
        "twitter-tweet",
        "twitter-video",
        "instagram-media",
        "tiktok-embed",
        "fb-post",
        "reddit-embed-bq",
        "bluesky-embed",
    ]
)
#: Elements that hold no text that is shown. Half of a page is of them, and the extractor copies the tree many times.
UNSEEN = ("style", "svg", "link", "meta", "noscript", "iframe")
#: Parts of a page that are never its story; one that holds a headline or an article was not closed, or wrongly named.
FURNITURE = etree.XPath(
    " | ".join(f"//{part}[not(.//h1 or .//article or .//main)]" for part in ("aside", "footer", "nav"))
)
SCRIPTS = etree.XPath("//script[not(starts-with(@type, 'application/ld+json'))]")
#: Elements with a link that can be nothing but that, divs where they hold nothing else; and those that can head a box
#: of links.
POINTERS = etree.XPath("(//tr | //p | //h2 | //h3 | //h4 | //li)[descendant::a] | //div[a][not(*[not(self::a)])]")
HEADINGS = etree.XPath("//h2 | //h3 | //h4 | //h5 | //strong | //*[@role='heading']")
#: Most characters outside the link of a paragraph that only leads to another story.
POINTER_REST = 24
#: Fewest words of a paragraph that is put back.
PROSE_WORDS = 8
#: A box of links holds some links, not hundreds.
MIN_BOX_LINKS = 3
MAX_BOX_LINKS = 200
#: Most boxes of links looked at, and paragraphs put back, on one page: hostile pages have thousands.
MAX_BOXES = 50
MAX_RESTORED = 200


def lighten(tree: HtmlElement) -> None:
    """Remove what nobody sees, menus and what stands aside; JSON-LD stays, of which the extractor makes use."""
    etree.strip_elements(tree, *UNSEEN, with_tail=False)
    for element in (*SCRIPTS(tree), *FURNITURE(tree)):
        _drop(element)


def prune(tree: HtmlElement) -> None:
    """Remove from `tree` what is not the article's own: embedded posts, links to other stories and boxes of them."""
    for element in list(tree.iter()):
        named = element.get("class")
        if named and not EMBEDS.isdisjoint(named.split()):
            _drop(element)
    for element in POINTERS(tree):
        if _is_pointer(element):
            _drop(element)
    headings = [h for h in HEADINGS(tree) if matches("section", tidy.line(h.text_content()))]
    for heading in headings[:MAX_BOXES]:
        block = _link_box(heading)
        if block is not None:
            _drop(block)


def _link_box(heading: HtmlElement) -> HtmlElement | None:
    """The widest block close around `heading` that is links to stories with their teasers; None if there is none."""
    widest = None
    for block in list(heading.iterancestors())[:4]:
        links = len(block.findall(".//a"))
        if links > MAX_BOX_LINKS or block.tag in ("article", "main", "body") or block.find(".//h1") is not None:
            break
        if _holds_story(block):
            break
        if links >= MIN_BOX_LINKS:
            widest = block
    return widest


def _holds_story(block: HtmlElement) -> bool:
    """Does the block hold prose beside its links: a full paragraph, or more words than teasers would have?"""
    plain = [len(p.text_content().split()) - _linked_words(p) for p in block.iter("p")]
    links = sum(len(a.text_content().split()) >= 4 for a in block.iter("a"))
    words = len(block.text_content().split()) - _linked_words(block)
    return any(count > TEASER_WORDS for count in plain) or words > TEASER_WORDS * links


def _linked_words(element: HtmlElement) -> int:
    return sum(len(a.text_content().split()) for a in element.iter("a"))


def _drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_pointer(element: HtmlElement) -> bool:
    """Is it nothing but a way to another page ("READ MORE: …", a headline in capitals, a table row of a menu)?"""
    text = tidy.line(element.text_content())
    words = len(text.split())
    if words < 3 and element.tag != "tr":
        return False
    linked = tidy.line(" ".join(a.text_content() for a in element.iter("a")))
    if element.tag == "tr":
        return bool(text) and text.replace(" ", "") == linked.replace(" ", "")
    if len(text) - len(linked) > POINTER_REST:
        return False
    if matches("start", text) or (text.upper() == text and words >= 4):
        return True
    return element.tag == "p" and text == linked and words > 5 and text[-1] not in '.!?”"'


def restored(lines: Sequence[str], tree: HtmlElement) -> list[str]:
    """`lines` with the paragraphs put back that the extractor lost: marked up like those it kept, and among them."""
    result = list(lines)
    keys = [tidy.key(line) for line in lines]
    places = {key: place for place, key in enumerate(keys)}
    paragraphs = [(p, key) for p in tree.iter("p") if (key := tidy.key(p.text_content()))]
    kept = [p for p, key in paragraphs if key in places]
    looks = Counter(map(_look, kept))
    common = {look for look, count in looks.items() if count >= 2 and 4 * count >= len(kept)}
    at, shift, whole = -1, 0, " ".join(keys)
    for p, key in paragraphs:
        if key in places:
            at = places[key]
        elif shift < MAX_RESTORED and _look(p) in common and key not in whole and _is_prose(p, key, keys):
            shift += 1
            result.insert(at + shift, tidy.line(p.text_content()))
            whole += " " + key
    return result


def _is_prose(p: HtmlElement, key: str, known: Sequence[str]) -> bool:
    """Is it a sentence or more of the story's own, and no wrapper (an unclosed tag) around known paragraphs?"""
    if len(key.split()) < PROSE_WORDS or _apart(p, "header", "li"):
        return False
    return not any(line in key for line in known if len(line.split()) >= PROSE_WORDS)


def _look(p: HtmlElement) -> tuple[str | None, ...]:
    parent = p.getparent()
    return (p.get("class"), None if parent is None else parent.tag, None if parent is None else parent.get("class"))


def _apart(element: HtmlElement, *more: str) -> bool:
    """Does it stand in a part of the page that is set apart from the story?"""
    return next(element.iterancestors("aside", "footer", "nav", "form", "figure", *more), None) is not None


def standfirst(tree: HtmlElement, description: str, title: str) -> str:
    """The summary between headline and body: the page's stated description, where it is also shown; else ""."""
    wanted = tidy.key(description)
    if len(wanted.split()) < 5 or wanted == tidy.key(title):
        return ""
    for element in tree.xpath("//h2 | //h3 | //p | //div[not(*)] | //span[not(*)]"):
        text = element.text_content()
        if len(text) < 2 * len(description) + 100 and tidy.key(text) == wanted and not _apart(element, "li", "a"):
            return tidy.line(text)
    return ""
