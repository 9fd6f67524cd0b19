"""How far back lists are followed: to the day that the user asks for, within limits. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from crawler import dates
from crawler.entries import Entry, Listing
from crawler.sources import Source

#: Pages of one list that are followed back; fewer where nothing on them is dated.
MAX_LISTS, MAX_UNDATED = 30, 5


def recent(entries: Sequence[Entry], limit: int, since: date | None) -> list[Entry]:
    """The entries since that day, the newest first; without a day, or without dates, the newest `limit`."""
    ordered = sorted(entries, key=lambda entry: entry.dated or "", reverse=True)
    kept = [entry for n, entry in enumerate(ordered) if n < limit or (since and entry.dated)]
    return [entry for entry in kept if not dates.older(entry.dated, since)]


def further(listing: Listing, source: Source, number: int, since: date | None, seen: Collection[str]) -> str | None:
    """The address of the page after the `number`th of a list; None where it can hold nothing since that day.

    `seen` are the addresses that earlier pages listed. Without a day the first page is enough.
    """
    if since is None or number >= MAX_LISTS:
        return None
    fresh = [e for e in listing.entries if e.url not in seen and not dates.older(e.dated, since)]
    undated = not any(e.dated for e in listing.entries)
    if not fresh or (undated and number >= MAX_UNDATED):
        return None
    return listing.next or source.page(number + 1)
