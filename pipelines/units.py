"""What belongs together when events are decided: one house of companies, with all its claims and stored events.

Bodies are left in the database; only the articles of rounds that changed are read whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from extract.copies import sketch, unpacked
from extract.decide import decide
from extract.records import Claim
from extract.tellings import Telling, tellings
from pipelines.identity import Known
from pipelines.rows import Row, article_of, claim_of
from pipelines.sqlite import Database, rows, some

_BARE = "and not exists (select 1 from event_claims l where l.event_id = e.event_id)"
_LIGHT = "article_id, url, canonical_url, input_id, site, published, published_from, fetched_at, found_by"


@dataclass
class Unit:
    """One house: what its articles tell, and how that is stored now."""

    keys: tuple[str, ...]  # company ids
    told: list[Telling] = field(default_factory=list)
    claim_ids: dict[int, str] = field(default_factory=dict)  # id() of a claim of `told` -> claim_id
    links: list[Row] = field(default_factory=list)  # rows of event_claims
    events: dict[str, Row] = field(default_factory=dict)  # rows of events, by id

    def claims_of(self, told: Iterable[Telling]) -> set[str]:
        """The claim ids of some tellings."""
        return {self.claim_ids[id(claim)] for telling in told for claim in telling.claims}

    def mark(self, told: Sequence[Telling]) -> Known:
        """By what a round of these tellings is known again."""
        faces = {face for telling in told for face in _faces(partial(getattr, telling.event))}
        return Known(told[0].employer, self.claims_of(told), {t.article.url for t in told}, faces)

    def stored(self) -> dict[str, Known]:
        """The same for every stored round, by its id."""
        claims: dict[str, set[str]] = defaultdict(set)
        for link in self.links:
            claims[link["round_id"] or link["event_id"]].add(link["claim_id"])
        for event_id in self.events.keys() - {link["event_id"] for link in self.links}:
            claims[event_id] = set()  # an event that has lost all its claims
        homes = {self.claim_ids[id(claim)]: telling for telling in self.told for claim in telling.claims}
        found = {}
        for key, said in claims.items():
            row = self.events.get(key)
            told = [homes[claim] for claim in sorted(said) if claim in homes]
            urls = {telling.article.url for telling in told} | set((row["source_urls"] or "").split() if row else ())
            company_id = row["company_id"] if row else told[0].employer if told else ""
            found[key] = Known(company_id, said, urls, _faces(row.get) if row else set())
        return found


def _faces(value: Callable[[str], object]) -> set[tuple[object, ...]]:
    """Figures and date of an event, whose columns `value` gives."""
    names = (("headcount_min", "headcount_max"), ("pct_min", "pct_max"), ("date",))
    return {(part, *map(value, part)) for part in names}


def load(
    db: Database, keys: Sequence[str], *, through: str | None = None, articles: Collection[str] | None = None
) -> Unit:
    """The house of these company ids.

    With `through` only what was published, or else fetched, by that ISO day; with `articles` only what these tell, and
    the events that rest on it.
    """
    unit = Unit(tuple(keys))
    said: dict[str, list[Row]] = defaultdict(list)
    for row in _claims(db, keys, articles):
        said[row["article_id"]].append(row)
    for row in _articles(db, sorted(said), _LIGHT):
        day = (row["published"] or row["fetched_at"] or "9999")[:10]
        if through is not None and day > through:
            continue
        claims = [claim_of(claim) for claim in said[row["article_id"]]]
        unit.claim_ids.update(zip(map(id, claims), (c["claim_id"] for c in said[row["article_id"]]), strict=True))
        article = article_of(row | {"title": "", "text": ""})
        unit.told += tellings(article, claims, decide(article, claims))
    _load_stored(db, unit, articles)
    return unit


def _claims(db: Database, keys: Sequence[str], articles: Collection[str] | None, columns: str = "c.*") -> Iterator[Row]:
    """Of the claims on these companies, of these articles or of all, ordered: the columns, also of their links `l`."""
    links = "left join event_claims l using (claim_id)" if "l." in columns else ""
    sql = f"select {columns} from claims c {links} where company_id in {some(keys)}"
    if articles is None:
        yield from rows(db, f"{sql} order by article_id, position", keys)
        return
    for part in _parts(sorted(articles)):
        yield from rows(db, f"{sql} and article_id in {some(part)} order by article_id, position", [*keys, *part])


def _load_stored(db: Database, unit: Unit, articles: Collection[str] | None) -> None:
    marks = some(unit.keys)
    unit.links = [row for row in _claims(db, unit.keys, articles, "l.*") if row["event_id"] is not None]
    ids = sorted({link["event_id"] for link in unit.links})
    for part in _parts(ids):
        unit.events |= {
            r["event_id"]: r for r in rows(db, f"select * from events where event_id in {some(part)}", part)
        }
    bare = f"select * from events e where company_id in {marks} {_BARE}"
    unit.events |= {row["event_id"]: row for row in rows(db, bare, unit.keys)}


def _parts(names: Sequence[str], size: int = 500) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), size):
        yield names[start : start + size]


def _articles(db: Database, ids: Sequence[str], columns: str) -> Iterator[Row]:
    for part in _parts(ids):
        sql = f"select {columns} from articles where article_id in {some(part)} order by article_id"
        yield from rows(db, sql, part)


def filled(db: Database, told: Sequence[Telling]) -> list[Telling]:
    """The tellings with the words that stand behind them: the evidence and the sketch of the text."""
    from_url = {telling.article.url for telling in told}
    found = {}
    for part in _parts(sorted(from_url)):
        sql = f"select url, title, text, sketch from articles where url in {some(part)}"
        found.update({row["url"]: row for row in rows(db, sql, part)})
    return [_filled(telling, found[telling.article.url]) for telling in told]


def _filled(telling: Telling, row: Row) -> Telling:
    article = replace(telling.article, title=row["title"], text=row["text"])
    event = telling.event
    changes: dict[str, Any] = {}
    for name in ("evidence", "ai_evidence"):
        where, start, end = (getattr(event, f"{name}_{part}") for part in ("field", "start", "end"))
        if where is not None:
            changes[name] = article[where][start:end] or _quoted(telling.claims, where, start, end)
    hashes = sketch(row["title"], row["text"]) if row["sketch"] is None else unpacked(row["sketch"])
    return replace(telling, article=article, event=replace(event, **changes), stored_sketch=hashes)


def _quoted(claims: Iterable[Claim], where: str, start: int, end: int) -> str:
    """The sentence as a claim quotes it, where the article's text has been erased."""
    return next((c.quote for c in claims if (c.field, c.start, c.end) == (where, start, end)), "")
