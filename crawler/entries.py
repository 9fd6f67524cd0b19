"""What a source lists: an address with what it says about the page behind it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of a feed, sitemap or index page. All but the address is None where the source is silent."""

    url: str
    title: str | None = None
    summary: str | None = None  # plain text
    published: str | None = None  # ISO 8601 day or instant: when the page says it was published
    modified: str | None = None  # likewise: when it was last changed; never a date of publication

    @property
    def dated(self) -> str | None:
        """The best date for leaving old pages out: a page changed before a day was published before it too."""
        return self.published or self.modified


class NotRead(ValueError):
    """A source's answer is not what its kind promises; the message says what came instead."""
