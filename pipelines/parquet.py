"""The events as Parquet: typed columns with their descriptions. The only file that knows pyarrow."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import fields
from typing import Any

from extract import RULES_VERSION, __version__
from extract.records import Event
from pipelines.export import record
from pipelines.migrations import event_columns

LISTS = frozenset({"source_urls", "rules"})
TRUTHS = frozenset({"contested"})


class MissingExtra(Exception):
    """A library that an extra of the project brings is not installed; the message says how to have it."""


def to_parquet(events: Sequence[Event]) -> bytes:
    """One row group, compressed with Zstandard; null is unknown. Raises MissingExtra."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow, of an extra: .venv/bin/pip install -e '.[parquet]'") from None
    schema = _schema(pyarrow)
    table = pyarrow.Table.from_pylist([record(event) for event in events], schema=schema)
    out = io.BytesIO()
    parquet.write_table(table, out, compression="zstd")
    return out.getvalue()


def _schema(pyarrow: Any) -> Any:
    kinds = {int: pyarrow.int64(), float: pyarrow.float64(), str: pyarrow.string()}
    docs = {field.name: field.metadata["doc"] for field in fields(Event)}
    columns = []
    for name, kind in event_columns().items():
        of = pyarrow.list_(pyarrow.string()) if name in LISTS else pyarrow.bool_() if name in TRUTHS else kinds[kind]
        columns.append(pyarrow.field(name, of, metadata={"description": docs[name]}))
    return pyarrow.schema(columns, metadata={"version": __version__, "rules_version": RULES_VERSION})
