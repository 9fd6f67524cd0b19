"""The one clock: what is only ever noted (when a page was fetched, when a run began), never what is derived."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> datetime:
    """The instant, in UTC."""
    return datetime.now(UTC)


def stamp() -> str:
    """The instant as ISO 8601, to the second."""
    return now().isoformat(timespec="seconds")
