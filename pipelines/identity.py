"""Which stored event a round that was resolved anew is: an id once given stays with its event. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from extract.records import Event
from extract.resolve import letter, stem


@dataclass(frozen=True)
class Known:
    """By what an event is known again: its claims and, within its company, its articles."""

    company_id: str
    claims: AbstractSet[str]
    urls: AbstractSet[str]


def keep_ids(new: Sequence[tuple[Event, Known]], stored: Mapping[str, Known]) -> list[str]:
    """The ids of the new events, in their order: that of the stored event which shares most claims (then articles)
    with it, else the one that it brings, with another letter where that is taken."""
    given: dict[int, str] = {}
    taken: set[str] = set()
    for _, _, _, old, index in sorted(_kinships(new, stored)):
        if index not in given and old not in taken:
            given[index] = old
            taken.add(old)
    taken |= stored.keys()
    for index, (event, _) in enumerate(new):
        if index not in given:
            given[index] = _free(event, taken)
            taken.add(given[index])
    return [given[index] for index in range(len(new))]


def _kinships(new: Sequence[tuple[Event, Known]], stored: Mapping[str, Known]) -> list[tuple[int, int, bool, str, int]]:
    """Every pair with something in common, the closest first when sorted."""
    by_claim: dict[str, list[str]] = defaultdict(list)
    by_url: dict[tuple[str, str], list[str]] = defaultdict(list)
    for event_id, known in stored.items():
        for claim in known.claims:
            by_claim[claim].append(event_id)
        for url in known.urls:
            by_url[known.company_id, url].append(event_id)
    pairs = []
    for index, (event, known) in enumerate(new):
        claims = Counter(old for claim in known.claims for old in by_claim.get(claim, ()))
        urls = Counter(old for url in known.urls for old in by_url.get((known.company_id, url), ()))
        pairs += [(-claims[old], -urls[old], old != event.event_id, old, index) for old in claims.keys() | urls.keys()]
    return pairs


def _free(event: Event, taken: AbstractSet[str]) -> str:
    if event.event_id and event.event_id not in taken:
        return event.event_id
    number = 0
    while (name := stem(event) + letter(number)) in taken:
        number += 1
    return name
