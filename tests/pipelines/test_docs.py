"""docs/database.md tells of every table, view and column that there is, and of none that there is not."""

from __future__ import annotations

import re
from pathlib import Path

from extract.records import Event
from pipelines.database import Ledger
from pipelines.paths import ROOT

PAGE = (ROOT / "docs" / "database.md").read_text(encoding="utf-8")


def documented() -> dict[str, list[str]]:
    """Table -> its columns, as the page has them."""
    tables = {}
    for section in re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]:
        cells = re.findall(r"^\| (`[^|]+) \|", section, re.MULTILINE)
        tables[section.split("\n", 1)[0].strip()] = [name for cell in cells for name in re.findall(r"`(\w+)`", cell)]
    return tables


def test_tables_and_columns(tmp_path: Path) -> None:
    with Ledger(tmp_path / "x.db") as ledger:
        inner = re.compile(r"_sqlite_migrations|articles_fts_\w+")
        both = [*ledger.db.tables, *ledger.db.views]
        tables = {t.name: sorted(t.columns_dict) for t in both if not inner.fullmatch(t.name)}
    assert {name: sorted(columns) for name, columns in documented().items()} == tables


def test_events_are_described_in_order_and_in_the_words_of_the_type() -> None:
    described = re.findall(r"^\| `(\w+)` \| (.+) \|$", PAGE.split("## events")[1].split("\n## ")[0], re.MULTILINE)
    assert described == [*((f.name, f.metadata["doc"]) for f in Event.__dataclass_fields__.values()), described[-1]]
