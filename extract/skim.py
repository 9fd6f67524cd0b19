"""Tells at a fraction of the reading's cost that a page of an archive gives no event: the back-fill's narrow gate.

The gate (extract/gate.py) is generous: two of three ordinary news pages have its words somewhere, most of them in
menus, scripts and links to other stories. Here a word counts where it stands in the page's own text, and most words
only with whoever goes in the headline, close by, or in one sentence with a number of people or a share, as the
reading rules need it too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cache
from itertools import accumulate

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree

from extract import gate, language, vocabulary
from extract.aggregates import aggregates
from extract.events import read
from extract.markup import MAX_BYTES
from extract.numbers import SMALL
from extract.reasons import NotAboutCuts, NotEnglish, Unreadable
from extract.records import Article
from extract.visible import before, behind, own, placed_high, together, visible
from extract.wording import may_state_a_cut

#: The element that declares the language, within the first bytes of a page.
LANGUAGE = re.compile(rb"<html\b[^>]{0,400}?\slang\s*=\s*[\"']?([a-zA-Z]{2,3})(?![a-zA-Z])", re.IGNORECASE)
HEAD = 4096
#: English pages say "the" and "and" this often, whatever language their publisher's template declares.
ENGLISH_WORDS = 8
#: How far (bytes) around a word its sentence is looked for, in text and in markup.
IN_TEXT, IN_MARKUP = 200, 300
#: Most words between a cutting word and whoever goes, behind and before it, where they tell without a figure; and with
#: one in the same sentence.
BEHIND, BEFORE, WITH_FIGURE = 3, 2, 15
FAR = 100
#: Most words between a number and the people or jobs that it counts.
COUNTED = 6
#: Most words between a number and a word such as "workforce", where it need not count people ("will shrink by 400").
BESIDE = 5
#: Telling paragraphs that an excerpt has at most, and how many on either side of each.
MOST, AROUND = 12, 2
#: How the rules are named that reject a cut for want of an employer, or of a figure or day. Others reject it for what
#: its own sentence says ("could", "no layoffs"), which no further sentence changes.
WANTING = ("employer.", "round.")
#: Paragraphs in which a story says what its news is; a rough reading puts menus and captions before them.
OPENING = 5
#: The day by which an excerpt's dates are read; whether there is a claim does not hang on it.
SOME_DAY = "2026-01-01"
#: Where a sentence ends.
BREAK = re.compile(r"[.!?][\"”’')\]]*\s+(?=[A-Z“\"'‘])|\n")
#: Words that count without a figure, and those that make the number before them a share.
VAGUE = ("dozens", "hundreds", "thousands", "hundred", "thousand", "several", "all", "entire")
SHARE = ("%", "percent", "per", "pc")
WORD = re.compile(r"[$€£¥₹]?\d[\d,.]*k?|%|[a-z’'&/-]+")


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
    shown = visible(body)
    hits = _scanner()(shown)
    if any(phrase == len(_cutting()) for phrase, _ in hits):
        shown = gate.INVISIBLE.sub(b"", shown)
        hits = _scanner()(shown)
    told = (end for phrase, end in hits if phrase < len(_cutting()) and _shown_tells(shown, phrase, end))
    sentences = ("".join(_parts(shown, end, markup=True)) for end in told)
    asked: set[str] = set()
    for one in sentences:
        if one not in asked and may_state_a_cut(one):
            return True
        asked.add(one)
    return False


def _shown_tells(shown: bytes, number: int, end: int) -> bool:
    return own(shown, end) and _tells(shown, number, end, markup=True)


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
    for phrase, end in _scanner()(data):
        line = bisect_left(ends, end)
        if line not in found and phrase < len(_cutting()) and _tells(data, phrase, end, high=not line):
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


def _tells(data: bytes, number: int, end: int, *, markup: bool = False, high: bool = False) -> bool:
    """Does the cutting word `number` of `_cutting`, which ends at `end`, tell of a cut where it stands?"""
    phrase, known = _cutting()[number], gate._words()
    weak = phrase in _weak()
    if phrase in known.alone and not weak:
        return True
    high = high or (markup and placed_high(data, end))
    if weak and high:
        return True
    groups = tuple(known.beside.get(phrase, ()))
    if markup and not (weak or high or _beside(data, end, groups)):
        return False
    left, right = (WORD.findall(part.lower()) for part in _parts(data, end, markup))
    if weak:
        near = left[-BESIDE - 1 :] + right[:BESIDE]
        return any(word[0].isdigit() and not _year(word) for word in near) or _figure(left + right) >= 0
    return _pair_tells(left, right, _who(groups), high)


def _beside(data: bytes, end: int, groups: tuple[str, ...]) -> bool:
    """Does whoever goes, or what numbers of people count, stand in the same paragraph as the word that ends here?

    Asked first, since most words have none, and the paragraph's words cost ten times as much.
    """
    low, (scan, wanted) = max(0, end - IN_MARKUP), _near(groups)
    places = (low + at for number, at in scan(data[low : end + IN_MARKUP]) if number in wanted)
    return any(together(data, min(at, end), max(at, end)) for at in places)


def _parts(data: bytes, end: int, markup: bool) -> tuple[str, str]:
    """The sentence up to the cutting word that ends at `end`, and behind it."""
    if markup:
        left, right = before(data, end, IN_MARKUP), behind(data, end, IN_MARKUP)
    else:
        parts = data[max(0, end - IN_TEXT) : end], data[end : end + IN_TEXT]
        left, right = (part.decode("utf-8", "ignore") for part in parts)
    return BREAK.split(left)[-1], BREAK.split(right, maxsplit=1)[0]


def _pair_tells(left: list[str], right: list[str], who: Who, high: bool) -> bool:
    """`left` ends with the cutting word, `right` begins behind it; do they tell of `who` goes?"""
    if 0 <= _figure(right[: BEHIND + COUNTED], share=high) <= BEHIND:
        return True
    if high and right and _counts(right[0]) and right[1:2] not in [[word] for word in SHARE]:
        return True  # "sheds 57"
    next_one = next((n for n, word in enumerate(right[:WITH_FIGURE]) if who(word)), FAR)
    last_one = next((n for n, word in enumerate(reversed(left[-WITH_FIGURE - 1 : -1])) if who(word)), FAR)
    if next_one == last_one == FAR:
        return False
    if high or next_one <= BEHIND or last_one < BEFORE:
        return True
    return _figure(left + right) >= 0


def _figure(found: list[str], share: bool = True) -> int:
    """Place of the first number of people or jobs (or of a share) in a row of words; -1 where there is none."""
    people, numbers, last = _people(), _numbers(), -100
    for at, word in enumerate(found):
        if (word[0].isdigit() and "." not in word.rstrip(".,")) or word in numbers:
            last = at
        elif (at - last <= COUNTED + 1 and word in people and not (at - last > 1 and _year(found[last]))) or (
            share and at - last == 1 and (word in SHARE or (word == "of" and found[last] in _fractions()))
        ):
            return last
    return -1


def _counts(word: str) -> bool:
    """Is it a whole number that is no year?"""
    return word[0].isdigit() and "." not in word and not _year(word)


def _year(word: str) -> bool:
    """
    >>> _year("2024"), _year("2,024"), _year("two")
    (True, False, False)
    """
    return len(word) == 4 and word.isdigit() and word[:2] in ("19", "20")


def strong(data: bytes) -> bool:
    """Does a word stand in it that tells of cuts wherever it stands?"""
    alone = gate._words().alone - _weak()
    return any(_cutting()[number] in alone for number, _ in _scanner()(data) if number < len(_cutting()))


@cache
def _cutting() -> tuple[int, ...]:
    """The phrases of the gate that are no mere members of a group."""
    known = gate._words()
    return tuple(number for number in range(len(known.patterns)) if number in known.alone or number in known.beside)


@cache
def _weak() -> frozenset[int]:
    """The phrases that tell alone in the gate, and here only in a headline or beside a figure."""
    known = gate._words()
    listed = {line: gate._pattern(line) for line in vocabulary.lines("gate_beside.txt")}
    for line, pattern in listed.items():
        if pattern not in known.patterns:
            raise vocabulary.VocabularyError(f"gate_beside.txt: {line!r} does not stand in gate.txt")
    return frozenset(map(known.patterns.index, listed.values()))


Who = Callable[[str], bool]


@cache
def _who(groups: tuple[str, ...]) -> Who:
    """Is a word one of the groups'?"""
    whole = frozenset(word for word in _named(groups) if not word.endswith("*"))
    opening = tuple(word.removesuffix("*") for word in _named(groups) if word.endswith("*"))
    return lambda word: word in whole or word.startswith(opening)


@cache
def _near(groups: tuple[str, ...]) -> tuple[gate.Scanner, frozenset[int]]:
    """What finds all words that `_who` of any group and `_people` know, and which of them are those of `groups`."""
    words = sorted({word for group in gate._words().members for word in _named((group,))} | _people())
    wanted = {*_named(groups), *_people()}
    return _names_near(tuple(words)), frozenset(number for number, word in enumerate(words) if word in wanted)


@cache
def _names_near(words: tuple[str, ...]) -> gate.Scanner:
    ends = {word: b"" if word.endswith("*") else rb"\b" for word in words}
    return gate.scanner([rb"\b" + re.escape(word.rstrip("*").encode()) + end for word, end in ends.items()])


def _named(groups: tuple[str, ...]) -> list[str]:
    """Who, or what, goes: of a row of words the last, which stands for all."""
    return [member.split()[-1] for group in groups for member in gate._words().members[group]]


@cache
def _people() -> frozenset[str]:
    """What numbers of people or jobs count: the last words of people.txt."""
    return frozenset(line.lower().split()[-1] for line in vocabulary.lines("people.txt"))


@cache
def _fractions() -> frozenset[str]:
    """Words such as "fifth", of which one and "of" make a share."""
    return frozenset(row["fraction"].split()[-1] for row in vocabulary.table("fractions.csv"))


@cache
def _numbers() -> frozenset[str]:
    """Words that count, beside digits."""
    return _fractions() | {*SMALL, *VAGUE}


@cache
def _scanner() -> gate.Scanner:
    """The function that finds the cutting words, numbered as in `_cutting`, and behind them what hides in words."""
    known = gate._words()
    return gate.scanner([known.whole(phrase) for phrase in _cutting()] + [HIDDEN])


#: A letter, what cannot be seen, a letter.
HIDDEN = rb"[a-z](?:%b)[a-z]" % gate.INVISIBLE.pattern
