"""Which houses of companies the lines of data/overrides.csv concern, so that only those are decided anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from extract.companies import company_key, families, family
from extract.corrections import slug_of
from extract.overrides import Override
from pipelines.rows import article_id
from pipelines.sqlite import Database, rows

_OF_ROUND = (
    "select distinct c.company_id from event_claims l join claims c using (claim_id)"
    " where l.round_id = ? or l.event_id = ?"
)
_OF_REDIRECT = (
    "select distinct c.company_id from event_redirects r join event_claims l on l.event_id = r.target"
    " join claims c using (claim_id) where r.event_id = ?"
)
_OF_ARTICLE = "select distinct company_id from claims where article_id = ?"


def houses_of(db: Database, line: Override) -> set[str]:
    """The keys of the houses that the ids of a line may belong to: by the stored claims, its article, its name."""
    found: set[str] = set()
    for key, url in zip(line.events, line.articles, strict=True):
        stored = rows(db, _OF_ROUND, [key, key]) or rows(db, _OF_REDIRECT, [key])
        named = company_key(slug_of(key).replace("-", " "))
        told = rows(db, _OF_ARTICLE, [article_id(url)]) if url else []
        keys = {row["company_id"] for row in (*stored, *told)} | {named}
        found |= {family(company_id) for company_id in keys}
    return found


def keys_of(house: str) -> tuple[str, ...]:
    """The company ids of a house."""
    return families().get(house, (house,))


def joined(houses: Iterable[str], lines: Mapping[Override, set[str]]) -> list[tuple[str, ...]]:
    """The houses in groups that have to be decided together, since a line ties an event of one to one of another.

    >>> from extract.overrides import Override
    >>> joined(["b", "c"], {Override(*"abcdefgh"): {"a", "b"}})
    [('a', 'b'), ('c',)]
    """
    groups: dict[str, set[str]] = {house: {house} for house in houses}
    ties = [tied for tied in lines.values() if len(tied) > 1]
    for tied in ties * len(ties):  # a tie may lead to a house that another line ties on
        if tied & groups.keys():
            whole = set(tied).union(*(groups.get(house, ()) for house in tied))
            groups |= dict.fromkeys(whole, whole)
    return sorted({tuple(sorted(group)) for group in groups.values()})
