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
    **{name: {"hidden": True} for name in ("archive_rejections", "requests", "run_requests", "source_runs")},
    "_sqlite_migrations": {"hidden": True},
    "pending": {"hidden": True},
    "state": {"hidden": True},
    "unindexed": {"hidden": True},
}
QUERIES = {
    "tied_to_ai": {
        "title": "Job cuts tied to AI, the largest first",
        "sql": "select date, company, headcount, ai, ai_link, ai_evidence, ai_evidence_url from events"
        " where ai in ('company', 'third_party') order by headcount desc",
    },
    "ai_by_month": {
        "title": "Jobs by month, and those of rounds to which the employer or others tie AI",
        "sql": "select month, count(*) as events, coalesce(sum(point), 0) as jobs,"
        " coalesce(sum(case when ai = 'company' then point end), 0) as ai_by_employer,"
        " coalesce(sum(case when ai = 'third_party' then point end), 0) as ai_by_others"
        " from events_with_totals where counted group by month order by month desc",
    },
    "history_of_a_company": {
        "title": "All rounds of an employer, by a part of its name",
        "sql": "select event_id, company, date, action, status, headcount, headcount_relation, pct_min, pct_max, unit,"
        " ai, n_independent, evidence, evidence_url from events"
        " where company like '%' || :company || '%' order by date desc",
        "params": ["company"],
    },
    "search_articles": {
        "title": "Articles that hold some words, with the events that they tell of",
        "sql": "select a.published, a.publisher, a.title, a.url, group_concat(distinct ea.event_id) as events"
        " from articles_fts f join articles a on a.rowid = f.rowid left join event_articles ea using (article_id)"
        " where articles_fts match :words group by a.article_id order by a.published desc limit 100",
        "params": ["words"],
    },
    "changes_since": {
        "title": "What changed in the events since a day, and why",
        "sql": "select changed_at, event_id, field, old, new, cause, reason from event_revisions"
        " where changed_at >= :day and field not in ('updated_at', 'source_urls', 'last_reported')"
        " order by revision_id desc",
        "params": ["day"],
    },
    "doubtful": {
        "title": "Events to look at: unsure, contested or disputed, the largest first",
        "sql": "select event_id, company, date, headcount, confidence, contested, review_status, evidence, evidence_url"
        " from events where review_status <> 'rejected'"
        " and (confidence < 0.7 or contested or review_status = 'disputed')"
        " order by coalesce(headcount, headcount_min, headcount_max) desc",
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
    tables |= {name: words for name, words in TABLES.items() if name not in tables}
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
