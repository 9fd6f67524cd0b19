"""Tells at a fraction of the reading's cost that a page of an archive gives no event: the back-fill's narrow gate.

The gate (extract/gate.py) is generous: two of three ordinary news pages have its words somewhere, most of them in
menus, scripts and links to other stories. Here a word counts where it stands in the page's own text, and most words
only with whoever goes in the headline, close by, or in one sentence with a number of people or a share, as the
reading rules need it too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from extract import gate, language
from extract.aggregates import aggregates
from extract.cutting_place import telling_sentence, tells
from extract.cutting_words import cutting, scanner
from extract.events import read
from extract.markup import MAX_BYTES
from extract.reasons import NotAboutCuts, NotEnglish, Unreadable
from extract.records import Article
from extract.visible import own, visible
from extract.wording import may_state_a_cut

#: The element that declares the language, within the first bytes of a page.
LANGUAGE = re.compile(rb"<html\b[^>]{0,400}?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})(?![a-zA-Z])", re.IGNORECASE)
HEAD = 4096
#: English pages say "the" and "and" this often, whatever language their publisher's template declares.
ENGLISH_WORDS = 8
#: Telling paragraphs that an excerpt has at most, and how many on either side of each.
MOST, AROUND = 12, 2
#: How the rules are named that reject a cut for want of an employer, or of a figure or day. Others reject it for what
#: its own sentence says ("could", "no layoffs"), which no further sentence changes.
WANTING = ("employer.", "round.")
#: Paragraphs in which a story says what its news is; a rough reading puts menus and captions before them.
OPENING = 5
#: The day by which an excerpt's dates are read; whether there is a claim does not hang on it.
SOME_DAY = "2026-01-01"


def skim(body: bytes) -> None:
    """Raise NotEnglish, NotAboutCuts or Unreadable for an HTML page that need not be read; the cheapest test first."""
    if len(body) > MAX_BYTES:
        raise Unreadable("too.large", f"the page has more than {MAX_BYTES:,} bytes")
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        body = body.decode("utf-16", "replace").encode()
    _check_declared_language(body)
    if not page_tells(body):
        raise NotAboutCuts("skim.bytes", f"no words that tell of job cuts in a page of {len(body):,} bytes")
    title, text = rough_text(body)
    lines = telling(title, text)
    if not lines:
        raise NotAboutCuts("skim.text", f"nothing that tells of job cuts in headline and {len(text):,} characters")
    language.check(title, text, "")
    if not excerpt_tells(title, text, lines):
        raise NotAboutCuts("skim.claims", "the reading rules find no cut in the paragraphs that may tell of one")


def _check_declared_language(body: bytes) -> None:
    declared = LANGUAGE.search(body, 0, HEAD)
    if not declared or declared[1].lower() in (b"en", b"eng"):
        return
    if body.count(b" the ") + body.count(b" and ") < ENGLISH_WORDS:
        code = declared[1].decode().lower()
        raise NotEnglish("language.declared", f"the page declares {code!r} and has no English words")


def page_tells(body: bytes) -> bool:
    """May the HTML page give an event, as far as its bytes show?"""
    shown, hidden = visible(body), len(cutting())
    hits = scanner()(shown)
    if any(number == hidden for number, _ in hits):
        shown = gate.INVISIBLE.sub(b"", shown)
        hits = scanner()(shown)
    asked: set[str] = set()
    for number, end in hits:
        if number == hidden or not own(shown, end):
            continue
        sentence = telling_sentence(shown, number, end)
        if sentence and sentence not in asked and may_state_a_cut(sentence):
            return True
        asked.add(sentence)
    return False


def rough_text(body: bytes) -> tuple[str, str]:
    """Headline and main text of an HTML page as resiliparse reads them: quick, and nothing that counts is missing."""
    tree = HTMLTree.parse_from_bytes(body, "utf-8")
    return tree.title or "", extract_plain_text(tree, main_content=True, alt_texts=False, list_bullets=False)


def telling(title: str, text: str) -> list[int]:
    """The lines that may tell of a cut: 0 for the headline, n for the n-th line of the text."""
    head = " ".join(title.split())
    lines = [gate.INVISIBLE.sub(b"", line.encode("utf-8", "replace")) for line in (head, *text.split("\n"))]
    ends = list(accumulate(len(line) + 1 for line in lines))
    data, found = b"\n".join(lines), dict[int, None]()
    for number, end in scanner()(data):
        line = bisect_left(ends, end)
        if line not in found and number < len(cutting()) and tells(data, number, end, high=not line):
            found[line] = None
    return [line for line in found if may_state_a_cut(lines[line].decode("utf-8", "ignore"))]


def excerpt_tells(title: str, text: str, lines: Sequence[int]) -> bool:
    """Do the reading rules find a cut, or a total, in the headline and in the paragraphs around the telling `lines`?

    A fraction of the cost of reading the page as it should be read; the first paragraph is there for who it is about.
    News is told first: where the headline tells, the story's beginning is read. There, and in the opening of any
    story, a cut that is rejected since something is wanting is reason enough as well: that may stand in what is left
    out here.
    """
    high = 0 in lines
    paragraphs = [(n, part) for n, part in enumerate(text.split("\n"), 1) if part.strip()]
    places = [at for at, (n, _) in enumerate(paragraphs) if n in lines][:MOST]
    wanted = {near for at in places for near in range(at - AROUND, at + AROUND + 1)} | set(
        range(OPENING if high else 1)
    )
    chosen = {at: part for at, (_, part) in enumerate(paragraphs) if at in wanted}
    story = Article(article_id="", url="", title=title, text="\n\n".join(chosen.values()), published=SOME_DAY)
    found = read(story)
    opening = len(title) + sum(len(part) + 2 for at, part in chosen.items() if at < OPENING)
    wanting = [one for one in found.rejected if one.rule.startswith(WANTING)]
    return bool(found.claims or any(high or one.start < opening for one in wanting) or aggregates(story))
