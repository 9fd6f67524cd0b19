"""Makes data/datasette/metadata.json, what Datasette shows beside the tables, from docs/database.md.

Run `python -m tests.build_metadata` after a change of that page, and read what changed.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pipelines.paths import ROOT

TARGET = ROOT / "data" / "datasette" / "metadata.json"
PAGE = ROOT / "docs" / "database.md"
#: Names that the database files of the docs have: the default, and that of README's first command.
DATABASES = ("layoffs", "sample")
#: What Datasette is told beyond meanings.
TABLES: dict[str, dict[str, Any]] = {
    "events": {"facets": ["company", "action", "ai"], "sort_desc": "date", "label_column": "event_id", "size": 50},
    "events_with_totals": {"facets": ["month", "action", "ai"], "sort_desc": "date"},
    "articles": {
        "facets": ["publisher"],
        "sort_desc": "published",
        "label_column": "title",
        "fts_table": "articles_fts",
    },
    "companies": {"label_column": "name", "facets": ["industry", "country"]},
    "claims": {"facets": ["kind", "rule"]},
    "aggregates": {"facets": ["publisher", "measure"], "sort_desc": "period"},
    "attributions": {"facets": ["stance", "speaker", "mechanism"]},
    "aftermath": {"facets": ["kind"]},
    "work": {"facets": ["kind", "value"]},
    "rejections": {"facets": ["reason", "rule"]},
    "runs": {"sort_desc": "run_id"},
    "pending": {"hidden": True},
    "state": {"hidden": True},
}
QUERIES = {
    "tied_to_ai": {
        "title": "Job cuts tied to AI, the largest first",
        "sql": "select date, company, headcount, ai, ai_link, ai_evidence, ai_evidence_url from events"
        " where ai in ('company', 'third_party') order by headcount desc",
    },
    "rival_figures": {
        "title": "Events whose articles give another figure",
        "sql": "select distinct event_id, e.company, e.headcount, c.low, c.high, c.quote from events e"
        " join event_claims using (event_id) join claims c using (claim_id)"
        " where role = 'conflicts' and kind = 'headcount' order by event_id",
    },
}  # fmt: skip


def sections() -> dict[str, tuple[str, dict[str, str]]]:
    """Table or view -> what it is, and the meaning of each column, as docs/database.md has them."""
    found = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, text = section.split("\n", 1)
        columns = {
            column: plain(meaning)
            for cell, meaning in re.findall(r"^\| (`[^|]+) \| (.+) \|$", text, re.MULTILINE)
            for column in re.findall(r"`(\w+)`", cell)
        }
        if not columns:  # prose about several tables
            continue
        before = text.split("\n|", 1)[0].strip().split("\n\n")[0]
        found[name.strip()] = (plain(before) if not before.startswith("|") else "", columns)
    return found


def plain(text: str) -> str:
    """The text on one line, without marks of code."""
    return " ".join(text.replace("`", "").split())


def metadata() -> dict[str, Any]:
    """What the file says."""
    tables = {}
    for name, (description, columns) in sections().items():
        words = {"description": description} if description else {}
        tables[name] = words | TABLES.get(name, {}) | {"columns": columns}
    one = {"tables": tables, "queries": QUERIES}
    return {
        "title": "layoff-ledger",
        "description": "Job cuts as news tells them, each with the sentence that says so",
        "license": "CC BY 4.0; sentences quoted from articles remain their publishers' own",
        "license_url": "https://creativecommons.org/licenses/by/4.0/",
        "source": "layoff-ledger",
        "source_url": "https://github.com/layoff-ledger/layoff-ledger",
        "databases": dict.fromkeys(DATABASES, one),
    }


def built() -> str:
    """The file's text."""
    return json.dumps(metadata(), ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    TARGET.write_text(built(), encoding="utf-8")
