"""A quotation with the words around it, for people: short enough to quote, long enough to judge. Pure."""

from __future__ import annotations

from dataclasses import dataclass

#: Characters of a quotation, and of the words on either side of it, that are shown.
LONGEST = 420
AROUND = 160


@dataclass(frozen=True, slots=True)
class Context:
    """The words quoted, and what stands before and behind them in the same paragraph."""

    before: str
    words: str
    after: str


def context(text: str, start: int, end: int) -> Context:
    """The quotation text[start:end] in its paragraph, cut at words; "…" stands for what is left out.

    >>> context("Costs rose. Acme will cut 90 jobs, it said.\\n\\nShares fell.", 26, 33)
    Context(before='Costs rose. Acme will cut ', words='90 jobs', after=', it said.')
    """
    first = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    last = text.find("\n\n", end)
    before, words, after = text[first:start], text[start:end], text[end : last if last >= 0 else None]
    return Context(_tail(before), _head(words, LONGEST), _head(after, AROUND))


def _plain(text: str) -> str:
    """One blank for any run of white space, also at the ends."""
    inner = " ".join(text.split())
    if not inner:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + inner + (" " if text[-1].isspace() else "")


def _head(text: str, most: int) -> str:
    plain = _plain(text[: most * 4])
    if len(plain) <= most and len(text) <= most * 4:
        return plain
    cut = plain[:most]
    return (cut[: cut.rfind(" ")] if " " in cut[most // 2 :] else cut).rstrip() + " …"


def _tail(text: str) -> str:
    plain = _plain(text[-AROUND * 4 :])
    if len(plain) <= AROUND and len(text) <= AROUND * 4:
        return plain
    cut = plain[-AROUND:]
    return "… " + (cut[cut.find(" ") + 1 :] if " " in cut[: AROUND // 2] else cut).lstrip()
