"""Unicode made plain: one kind of space, no invisible characters, and a key under which spellings of one text agree."""

from __future__ import annotations

import re
import unicodedata

SPACES = re.compile(r"[\s\u0000-\u001f\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
#: Soft hyphen, zero-width space and non-joiner, direction marks, word joiner, byte order mark.
INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
SURROGATES = re.compile("[\ud800-\udfff]")


def line(text: str) -> str:
    """`text` as one line in composed form: odd and repeated white space becomes one space, invisible characters go.

    >>> line(" 1\\u00a0200 jo\\u00adbs\\n go ")
    '1 200 jobs go'
    """
    plain = " ".join(text.split())
    if plain.isascii() and plain.isprintable():
        return plain  # most lines are, and come at a fraction of the cost
    return SPACES.sub(" ", INVISIBLE.sub("", unicodedata.normalize("NFC", whole(text)))).strip()


def whole(text: str) -> str:
    """`text` with each lone surrogate (half a character, as broken JSON escapes give) replaced; offsets stay."""
    return SURROGATES.sub("\ufffd", text)


def key(text: str) -> str:
    """Letters and digits of `text` in one case: equal for texts that differ in quotes, dashes and spaces only.

    >>> key("Acme\\u2019s \\u201cbig\\u201d cut") == key("Acme's 'big' cut")
    True
    """
    return NOT_ALPHANUMERIC.sub(" ", unicodedata.normalize("NFKC", text).casefold()).strip()


def shortened(text: str, limit: int) -> str:
    """`text` cut to `limit` characters, at the end of a paragraph or else of a word, if one is near.

    >>> shortened("one two three", 9)
    'one two'
    """
    if len(text) <= limit:
        return text
    cut = text.rfind("\n\n", limit // 2, limit + 1)
    if cut < 0:
        cut = text.rfind(" ", limit // 2, limit + 1)
    return text[: cut if cut > 0 else limit]
