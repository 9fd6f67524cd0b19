"""Which stored articles have to be decided together with new ones of their house; the rest stays as it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import groupby

from extract.decide import Said, outline
from extract.reach import Outline, reached
from pipelines.sqlite import Database, rows, some

_KINDS = ("cut", "date", "headcount", "share")
_TOLD = """
    select article_id, round, kind, value, low, high, relation, current, substr(coalesce(published, ''), 1, 10)
    from claims join articles using (article_id) where company_id in {} and kind in {}
    order by article_id, round, position
"""
_SOURCES = "select event_id, source_urls from events where company_id in {}"
_BEHIND = (
    "select distinct c.article_id from event_claims l join claims c using (claim_id) where l.event_id in {} or"
    " l.round_id in {}"
)


def neighbours(db: Database, keys: Sequence[str], new: Collection[str], urls: Collection[str]) -> set[str] | None:
    """Ids of the articles to decide where `new` (with these addresses) came or changed; None for the whole house.

    `keys` are the ids of the house's companies. Of an article that changed, what its events rested on before counts
    too: they may fall apart.
    """
    before = _telling_of(db, keys, urls)
    marks = some(before)
    behind = rows(db, _BEHIND.format(marks, marks), [*before, *before]) if before else []
    return reached(_outlines(db, keys), {*new, *(row["article_id"] for row in behind)})


def _telling_of(db: Database, keys: Sequence[str], urls: Collection[str]) -> list[str]:
    """The events that name one of the addresses; all are looked through once, however many addresses there are."""
    wanted = frozenset(urls)
    found = rows(db, _SOURCES.format(some(keys)), keys)
    return [row["event_id"] for row in found if not wanted.isdisjoint((row["source_urls"] or "").split())]


def _outlines(db: Database, keys: Sequence[str]) -> list[Outline]:
    found = db.execute(_TOLD.format(some(keys), some(_KINDS)), [*keys, *_KINDS])
    return [
        Outline(article, published, outline(published or None, [Said(*row[2:8]) for row in said]))
        for (article, _, published), said in groupby(found, key=lambda row: (row[0], row[1], row[8]))
    ]
