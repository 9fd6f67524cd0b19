"""What a source lists: addresses, with what it says about the pages behind them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a feed, sitemap or index page. All but the address is None where the source is silent."""

    url: str
    title: str | None = None
    summary: str | None = None  # plain text; the whole article where the source gives it
    published: str | None = None  # ISO 8601 day or instant: when the page says it was published
    modified: str | None = None  # likewise: when it was last changed; never a date of publication
    publisher: str | None = None  # who published it, as a search feed names them

    @property
    def dated(self) -> str | None:
        """The best date for leaving old pages out: a page changed before a day was published before it too."""
        return self.published or self.modified


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a feed or of headlines: its entries in their order, and the address of the next page, if any."""

    entries: tuple[Entry, ...] = ()
    next: str | None = None


class NotRead(ValueError):
    """A source's answer is not what its kind promises; the message says what came instead."""
