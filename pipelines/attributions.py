"""The events of the database with the voices on AI about each, and the shares of AI that others have counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from extract.attributions import Attribution, attribution
from extract.days import day
from extract.overrides import Override
from extract.records import Article
from extract.resolve import Round
from extract.shares import Told
from pipelines.asof import rounds_as_of_day
from pipelines.rows import Row, claim_of, event_of
from pipelines.sqlite import explained, open_to_read, rows

_VOICES = """
    select l.event_id, c.*, a.url, a.published from event_claims l join claims c using (claim_id)
    join articles a using (article_id) where c.kind = 'attribution'
    order by l.event_id, a.published is null, a.published, a.url, c.position
"""
_AGGREGATES = """
    select g.publisher, g.period, g.to_date, g.measure, g.sector, g.value, g.ai_value, g.relation, g.quote,
        a.url, a.published
    from aggregates g join articles a using (article_id)
    order by g.publisher, g.period, g.measure, g.sector, a.published is null, a.published desc, a.url
"""


def told(path: Path) -> list[Told]:
    """Every event with its voices on AI, in order of time; events unordered. Raises StoreError."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        voices: dict[str, list[Attribution]] = {}
        for row in rows(db, _VOICES):
            voices.setdefault(row["event_id"], []).append(_attribution(row))
        return [(event_of(row), voices.get(row["event_id"], [])) for row in rows(db, "select * from events")]


def told_as_of(path: Path, through: str, lines: Mapping[Override, int]) -> list[Told]:
    """The same as the articles published by this ISO day tell it; `lines` are the corrections. Raises StoreError."""
    found = rounds_as_of_day(path, through, lines)
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        published = {row["url"]: row["published"] for row in rows(db, "select url, published from articles")}
    return [(one.event, _voices(one, published)) for one in found]


def _voices(one: Round, published: Mapping[str, str | None]) -> list[Attribution]:
    spoken = [
        attribution(claim, _article(url, published.get(url)))
        for url, claim, _ in one.claims
        if claim.kind == "attribution"
    ]
    return sorted(spoken, key=lambda voice: (voice.published is None, voice.published or ""))


def _attribution(row: Row) -> Attribution:
    return attribution(claim_of(row), _article(row["url"], row["published"]), row["claim_id"])


def _article(url: str, published: str | None) -> Article:
    return Article(article_id=url, url=url, title="", text="", published=published)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What one who counts job cuts gave for a period, as articles quote it; never mixed with our events."""

    publisher: str
    period: str
    to_date: bool
    measure: str
    sector: str | None
    value: int | None
    ai_value: int | None
    url: str
    published: str | None
    quote: str

    @property
    def share(self) -> float | None:
        """Its own share of AI, 0 to 1; None where the articles give only one of the two numbers."""
        return self.ai_value / self.value if self.ai_value is not None and self.value else None


def counted_by_others(path: Path, through: str | None = None) -> list[Counted]:
    """The totals with a number for AI that the articles (published by `through`) quote, by publisher and period.

    Of several quotations of one period the latest counts; a total that only another one gives is added from it.
    """
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        quoted = [row for row in rows(db, _AGGREGATES) if through is None or (day(row["published"]) or "") <= through]
    return list(_latest(quoted))


def _latest(quoted: Iterable[Row]) -> Iterable[Counted]:
    found: dict[tuple[str, ...], Counted] = {}
    values: dict[tuple[str, ...], int] = {}
    for row in quoted:
        key = (row["publisher"], row["period"], row["measure"], row["sector"] or "")
        one = Counted(**{name: row[name] for name in Counted.__slots__} | {"to_date": bool(row["to_date"])})
        if one.ai_value is not None:
            known = found.get(key)
            if known is None or (known.value is None and one.value is not None):
                found[key] = one
        if one.value is not None and not one.to_date:  # of a period that goes on, two articles give two totals
            values.setdefault(key, one.value)
    return (one if one.value is not None else replace(one, value=values.get(key)) for key, one in found.items())
