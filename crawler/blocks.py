"""Blocks of data/sources.toml as text: written for new sources, mended in place, everything else left as it stands."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from crawler.sources import Source

#: The keys of a block in the order in which the file has them.
KEYS = (
    "id", "name", "publisher", "country", "kind", "url", "links", "next", "tags", "tier", "evidence", "checked",
    "expected_gap_days", "terms", "render",
)  # fmt: skip
assert set(KEYS) == {f.name for f in fields(Source)}


def block(entry: Mapping[str, Any]) -> str:
    """One source as TOML.

    >>> print(block({"id": "acme", "tags": ["us"], "tier": 1, "links": None}), end="")
    [[source]]
    id = "acme"
    tags = ["us"]
    tier = 1
    """
    known = [(key, entry[key]) for key in KEYS if entry.get(key) is not None]
    return "[[source]]\n" + "".join(f"{key} = {_value(value)}\n" for key, value in known)


def _value(value: Any) -> str:
    """JSON's texts, numbers, truths and lists of them are TOML's."""
    return json.dumps(value, ensure_ascii=False)


def checked(text: str, days: Mapping[str, str]) -> str:
    """The text of a file of sources with another `checked` for those in `days`: id -> ISO day.

    >>> checked('[[source]]\\nid = "a"\\nchecked = "never"\\n', {"a": "2026-11-24"})
    '[[source]]\\nid = "a"\\nchecked = "2026-11-24"\\n'
    """
    parts = re.split(r"(?m)^(?=\[\[source\]\])", text)
    return "".join(_checked(part, days) for part in parts)


def _checked(part: str, days: Mapping[str, str]) -> str:
    named = re.search(r'(?m)^id\s*=\s*["\'](.*?)["\']', part)
    day = days.get(named[1]) if named and part.startswith("[[source]]") else None
    if named is None or day is None:
        return part
    line = f'checked = "{day}"'
    mended, count = re.subn(r"(?m)^checked\s*=.*$", line, part, count=1)
    return mended if count else part[: named.end()] + "\n" + line + part[named.end() :]
