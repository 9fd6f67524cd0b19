"""The formats of the export by the ending of their files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from extract.records import Event
from pipelines.atom import to_atom
from pipelines.export import FORMATS, encoded
from pipelines.parquet import MissingExtra, to_parquet

__all__ = ["ENDINGS", "MissingExtra", "bytes_of"]

ENDINGS = (*FORMATS, "parquet", "atom")


def bytes_of(
    events: Sequence[Event], form: str, *, bom: bool = False, raw: bool = False, since: str | None = None
) -> bytes:
    """The file's bytes; `since`, an ISO day, is for the feed: events updated on it or later. Raises MissingExtra."""
    writers: dict[str, Callable[[Sequence[Event]], bytes]] = {
        "parquet": to_parquet,
        "atom": partial(to_atom, since=since),
    }
    return writers[form](events) if form in writers else encoded(events, form, bom=bom, raw=raw)
