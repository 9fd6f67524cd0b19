"""Which stored round a round that was resolved anew is: an id once given stays with its event. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass


@dataclass(frozen=True)
class Known:
    """By what a round is known again: its claims; within its company its articles; of equals, figures and dates."""

    company_id: str
    claims: AbstractSet[str]
    urls: AbstractSet[str]
    told: AbstractSet[tuple[object, ...]] = frozenset()


def kept_ids(new: Sequence[Known], stored: Mapping[str, Known]) -> dict[int, str]:
    """The ids of those of the new rounds that are known, by their place in `new`.

    A round gets the id of the stored one with which it shares most claims, then articles, then figures and dates.
    """
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, _, old, index in sorted(_kinships(new, stored)):
        if index not in given and old not in taken:
            given[index] = old
            taken.add(old)
    return given


def _kinships(new: Sequence[Known], stored: Mapping[str, Known]) -> list[tuple[int, int, int, str, int]]:
    """Every pair with something in common, the closest first when sorted."""
    by_claim: dict[str, list[str]] = defaultdict(list)
    by_url: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event_id, known in stored.items():
        for claim in known.claims:
            by_claim[claim].append(event_id)
        for url in known.urls:
            by_url[known.company_id, url].append(event_id)
    pairs = []
    for index, known in enumerate(new):
        claims = Counter(old for claim in known.claims for old in by_claim.get(claim, ()))
        urls = Counter(old for url in known.urls for old in by_url.get((known.company_id, url), ()))
        pairs += [
            (-claims[old], -urls[old], -len(known.told & stored[old].told), old, index)
            for old in claims.keys() | urls.keys()
        ]
    return pairs
