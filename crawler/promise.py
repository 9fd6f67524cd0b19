"""Does what a list says of a page speak of job cuts? Such pages are fetched first; none is left out for its title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extract.gate import gate_text
from extract.reasons import Rejected

if TYPE_CHECKING:
    from crawler.entries import Entry


def promising(entry: Entry) -> bool:
    """Whether title and summary pass the gate that the text of an article has to pass.

    >>> from crawler.entries import Entry
    >>> promising(Entry(url="https://a.example/1", title="Acme lays off 90")), promising(Entry(url="https://a.example/2"))
    (True, False)
    """
    if not entry.title and not entry.summary:
        return False
    try:
        gate_text(entry.title or "", entry.summary or "")
    except Rejected:
        return False
    return True
