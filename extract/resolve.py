"""Claims of all articles -> events: each round of job cuts once, whoever told it and however often.

Pure, and blind to order: any permutation of the same readings gives the same events, ids included. Companies are
resolved house by house (an owner with its subsidiaries), so that new articles cost work for their houses only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from extract.choose import Choice, choose
from extract.clusters import clusters
from extract.companies import company, company_key, family
from extract.decide import decide
from extract.records import Article, Claim, Event
from extract.roles import Role, roles
from extract.tellings import Telling, tellings
from extract.values import values

__all__ = ["Round", "company_key", "free_name", "gathered", "houses", "letter", "resolve", "round_of", "rounds", "stem"]

Readings = Iterable[tuple[Article, Sequence[Claim]]]


@dataclass(frozen=True)
class Round:
    """An event with the claims behind it: (article's url, claim, role), every claim of every telling."""

    event: Event
    company_id: str
    claims: tuple[tuple[str, Claim, Role], ...]


def resolve(readings: Readings) -> list[Event]:
    """The events that the articles tell, ordered by event_id. Each article must come once."""
    return [found.event for found in rounds(readings)]


def rounds(readings: Readings) -> list[Round]:
    """The same with the claims behind each event."""
    return gathered(one for article, said in readings for one in tellings(article, said, decide(article, said)))


def gathered(told: Iterable[Telling]) -> list[Round]:
    """The rounds that the tellings tell, ordered by event_id."""
    taken: set[str] = set()
    found: list[Round] = []
    for house in houses(told).values():
        for one in sorted((round_of(members) for members in clusters(house)), key=seniority):
            name = free_name(one.event, taken.__contains__)
            taken.add(name)
            found.append(replace(one, event=replace(one.event, event_id=name)))
    return sorted(found, key=lambda one: one.event.event_id or "")


def houses(told: Iterable[Telling]) -> dict[str, list[Telling]]:
    """The tellings by house of companies, owner and subsidiaries together; ordered by the house's key."""
    found: dict[str, list[Telling]] = {}
    for telling in told:
        found.setdefault(family(telling.employer), []).append(telling)
    return {key: found[key] for key in sorted(found)}


def round_of(told: Sequence[Telling]) -> Round:
    """What the tellings of one round make together; `event_id` stays None."""
    choice: Choice = choose(told)
    name, unit = _name(told)
    event = Event(company=name, **known_of(name), **values(told, choice))
    if unit and event.unit is None:
        event = replace(event, unit=unit)
    return Round(event, company_key(name), roles(told, choice))


def _name(told: Sequence[Telling]) -> tuple[str, str | None]:
    """The employer's name, and the subsidiary where all name it as a unit of its owner only.

    The name of most counts; a known one stands as the list of companies has it.
    """
    if owner := min((t.owner for t in told if t.owner), default=None):
        named = {t.event.company for t in told}
        if len(named) == 1 and all(t.owner for t in told):
            return owner, named.pop()
    spellings = Counter(t.event.company for t in told)
    name = min(spellings, key=lambda s: (-spellings[s], s))
    known = company(name)
    return known.name if known else name, None


def known_of(name: str) -> dict[str, Any]:
    """What the list of companies knows of an employer: columns of Event."""
    known = company(name)
    return {column: getattr(known, column, None) for column in ("ticker", "industry", "country")}


def seniority(one: Round) -> tuple[str, ...]:
    """Sort key of rounds that ask for the same name: date, first report, place of the evidence."""
    event = one.event
    place = f"{event.evidence_start or 0:09}"
    return (event.date or "", event.first_reported or "", event.evidence_url or "", place, repr(event))


def free_name(event: Event, taken: Callable[[str], bool]) -> str:
    """The first readable id for the event that is not taken: its stem, then with -b, -c …"""
    name = stem(event)
    return next(full for full in (name + letter(number) for number in count()) if not taken(full))


def stem(event: Event) -> str:
    """Company and month (or year, or "undated"), as an address would write them.

    >>> stem(Event(company="Moët & Cie", date="2026-04-09")), stem(Event(company="Meta", date="2026-Q2"))
    ('moet-and-cie-2026-04', 'meta-2026')
    """
    date = event.date or "undated"
    return f"{slug(event.company)}-{date[:4] if 'Q' in date else date[:7]}"


def slug(name: str) -> str:
    """Lower case, ASCII, words tied by hyphens; a digest for a name without Latin letters.

    >>> slug("AT&T"), slug("Macy's")
    ('at-and-t', 'macys')
    """
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"[^a-z0-9]+", "-", text.replace("'", "").replace("&", " and ")).strip("-")
    return text or "company-" + hashlib.sha256(name.encode()).hexdigest()[:8]


def letter(number: int) -> str:
    """What tells the rounds of one month apart: nothing for the first, then -b, -c … -z, -aa.

    >>> [letter(n) for n in (0, 1, 25, 26, 27)]
    ['', '-b', '-z', '-aa', '-ab']
    """
    if number == 0:
        return ""
    text, number = "", number + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return "-" + text
