"""Stored articles read again with today's rules, and what that changed, by the rules that read them before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from extract import RULES_VERSION
from extract.aggregates import aggregates
from extract.companies import company
from extract.events import claims
from extract.records import Claim
from extract.resolve import company_key
from pipelines.database import Ledger
from pipelines.rows import Row, article_of, claim_of, claim_rows
from pipelines.sqlite import explained, rows, writing


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """Which articles to read again; None asks for nothing."""

    company: str | None = None  # claims speak of this employer, or the text has its name
    since: str | None = None  # ISO day: published (undated: fetched) on it or later
    url: str | None = None  # known by this address


@dataclass(frozen=True, slots=True)
class Difference:
    """One article whose claims or totals are not what they were."""

    url: str
    rules_version: str  # that read it before
    gone: tuple[Claim, ...]
    new: tuple[Claim, ...]


@dataclass
class Reread:
    """What came of it. `read` and `changed` count articles by the version of the rules that read them before."""

    read: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    erased: int = 0  # passed over, since their text is gone
    events: dict[str, int] = field(default_factory=dict)  # new, changed, unchanged, gone


def reread(
    ledger: Ledger, chosen: Chosen, run_id: int, tracked: Callable[[Sequence[str]], Iterable[str]] = iter
) -> Reread:
    """Read the chosen articles again, keep what they say now, and decide the events. Raises StoreError.

    `tracked` is handed the ids of the articles, and hands them on one by one.
    """
    done = Reread()
    for key in tracked(_keys(ledger, chosen)):
        with explained(ledger.path):
            row = rows(ledger.db, "select * from articles where article_id = ?", [key])[0]
        if row["text_erased"]:
            done.erased += 1
        else:
            _read(ledger, row, run_id, done)
    done.events = ledger.rebuild(run_id)
    return done


def _read(ledger: Ledger, row: Row, run_id: int, done: Reread) -> None:
    article, before = article_of(row), row["rules_version"] or "unknown"
    with explained(ledger.path):
        stored = rows(ledger.db, "select * from claims where article_id = ? order by position", [row["article_id"]])
    said = claims(article)
    outcome = ledger.save(article, said, run_id, aggregates(article))
    done.read[before] += 1
    if outcome == "unchanged":
        with writing(ledger.db, ledger.path):
            ledger.db.table("articles").update(row["article_id"], {"rules_version": RULES_VERSION})
        return
    done.changed[before] += 1
    now = {one["claim_id"]: claim_of(one) for one in claim_rows(article, said)}
    old = {one["claim_id"]: claim_of(one) for one in stored}
    gone = tuple(claim for key, claim in old.items() if key not in now)
    new = tuple(claim for key, claim in now.items() if key not in old)
    done.differences.append(Difference(row["url"], before, gone, new))


def _keys(ledger: Ledger, chosen: Chosen) -> list[str]:
    """Ids of the chosen articles, in the order of their addresses."""
    conditions, values = ["1"], []
    if chosen.url is not None:
        conditions.append("(url = ? or canonical_url = ? or input_id = ?)")
        values += [chosen.url] * 3
    if chosen.since is not None:
        conditions.append("substr(coalesce(published, fetched_at), 1, 10) >= ?")
        values.append(chosen.since)
    if chosen.company is not None:
        conditions.append(
            "(article_id in (select article_id from claims where company_id = ?)"
            " or rowid in (select rowid from articles_fts where articles_fts match ?))"
        )
        values += [company_key(chosen.company), _phrases(chosen.company)]
    sql = f"select article_id from articles where {' and '.join(conditions)} order by url"
    with explained(ledger.path):
        return [row["article_id"] for row in rows(ledger.db, sql, values)]


def _phrases(name: str) -> str:
    """The employer's names as a query of FTS5: any of them, word for word.

    >>> _phrases("Zyxwv Labs")
    '"Zyxwv Labs"'
    """
    known = company(name)
    names = dict.fromkeys((name, *((known.name, *known.aliases) if known else ())))
    return " OR ".join('"' + one.replace('"', '""') + '"' for one in names)
