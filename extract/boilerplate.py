"""Which lines of an extracted text are the story, and which are what pages print around it.

The phrases are in data/vocabulary/boilerplate.csv; the rules hold for news pages in general, never for one site.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from extract import tidy, vocabulary

#: Longest line (words) that can be boilerplate; longer ones are prose that happens to begin so.
BOILERPLATE_WORDS = 70
#: Most words of a byline.
BYLINE_WORDS = 15
#: Fewest words of a line that can be said twice by mistake.
PROSE_WORDS = 8
#: Lines that a story has at least before its end may be looked for.
OPENING_LINES = 3
#: Longest teaser (words) of another story, in boxes of links and behind the end; a longer line is the story's own.
TEASER_WORDS = 25
#: Most lines about the author at the end.
AUTHOR_LINES = 3
#: Words of which one stands in a line about the author, beside the author's name.
TRADE = frozenset(
    {"journalist", "reporter", "editor", "correspondent", "writer", "author", "columnist", "contributor", "freelance"}
    | {"covers", "covered", "covering", "writes", "reports", "reporting", "follow", "reached"}
)
QUOTED = re.compile(r"[“”\"]")
#: Marks of list items and table cells at a line's ends.
MARKS = re.compile(r"^(?:[-•*] |\| )|(?: \|)+$")
#: How an entry of boilerplate.csv is looked for, by its place.
FORMS = {
    "start": r"^\W*(?:%s)(?!\w)",
    "within": r"\b(?:%s)(?!\w)",
    "whole": r"^\W*(?:%s)\W*$",
    "section": r"^(?:%s)\W*$",
    "end": r"^(?:%s)\W*$",
}


def paragraphs(lines: Iterable[str], titles: Iterable[str], author: str) -> list[str]:
    """The lines that are the story: no headline again, no boilerplate, nothing twice, nothing behind its end."""
    plain = [MARKS.sub("", tidy.line(line)) for line in lines]
    kept: list[str] = []
    seen = {tidy.key(title) for title in titles} | {""}
    for number, line in enumerate(plain):
        key = tidy.key(line)
        if matches("end", line):
            if len(kept) >= OPENING_LINES and all(len(rest.split()) <= TEASER_WORDS for rest in plain[number:]):
                break
            continue  # a box in the midst of the story
        if key in seen or _is_boilerplate(line) or _is_byline(key, author):
            continue
        if len(key.split()) >= PROSE_WORDS:
            seen.add(key)
        kept.append(line)
    return kept[: len(kept) - _about_author(kept, author)]


def _about_author(kept: Sequence[str], author: str) -> int:
    """How many lines at the end tell who the author is."""
    names = [tidy.key(name) for name in author.split(", ") if name]
    parts = {part for name in names for part in name.split() if len(part) > 2}
    count = 0
    for line in reversed(kept[OPENING_LINES:]):
        key = tidy.key(line)
        telling = bool(parts & set(key.split()) and TRADE & set(key.split())) or key.startswith(tuple(names))
        if count == AUTHOR_LINES or not names or not telling or QUOTED.search(line):
            break
        count += 1
    return count


def _is_byline(key: str, author: str) -> bool:
    """Is it "By" and the author, with a few words at most?"""
    first = tidy.key(author.split(", ")[0])
    return bool(first) and key.startswith(f"by {first}") and len(key.split()) <= BYLINE_WORDS


def _is_boilerplate(line: str) -> bool:
    if matches("whole", line):
        return True
    return len(line.split()) <= BOILERPLATE_WORDS and (matches("start", line) or matches("within", line))


def matches(place: str, line: str) -> bool:
    """Does `line` match an entry of boilerplate.csv for `place` (start, within, whole, section, end)?

    >>> matches("start", "READ MORE : Acme cuts 200 jobs"), matches("start", "Acme cuts 200 jobs")
    (True, False)
    """
    plain = re.sub(r"\s*:\s*", ": ", line.lower().replace("’", "'")).strip()
    return _patterns()[place].search(plain) is not None


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    entries: dict[str, list[str]] = {place: [] for place in FORMS}
    for row in vocabulary.table("boilerplate.csv"):
        if row["place"] not in FORMS:
            raise vocabulary.VocabularyError(f"boilerplate.csv: {row['phrase']!r}: no place is named {row['place']!r}")
        entries[row["place"]].append(re.escape(row["phrase"]).replace(r"\ \*", r"(?: \S+){1,6}?"))
    return {place: re.compile(FORMS[place] % "|".join(found)) for place, found in entries.items()}
