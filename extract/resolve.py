"""Claims of all articles -> events: each round of job cuts once, whoever told it and however often.

Pure, and blind to order: any permutation of the same readings gives the same events, ids included. Companies are
resolved one by one, so that new articles cost work for their companies only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from extract.choose import Choice, choose
from extract.clusters import clusters
from extract.companies import company, fold
from extract.events import decide
from extract.records import Article, Claim, Event
from extract.roles import Role, roles
from extract.tellings import Telling, tellings
from extract.values import values

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
    companies: dict[str, list[Telling]] = {}
    for telling in told:
        companies.setdefault(company_key(telling.event.company), []).append(telling)
    found = [_round(key, members) for key in sorted(companies) for members in clusters(companies[key])]
    return sorted(_named(found), key=lambda one: one.event.event_id or "")


def company_key(name: str) -> str:
    """What all names of one employer share: its canonical name, folded.

    >>> company_key("Zyxwv Systems, Inc.") == company_key("zyxwv systems")
    True
    """
    known = company(name)
    canonical = known.name if known else name
    return fold(canonical) or canonical.casefold()


def _round(key: str, told: list[Telling]) -> Round:
    choice: Choice = choose(told)
    known = company(told[0].event.company)
    spellings = Counter(t.event.company for t in told)
    name = known.name if known else min(spellings, key=lambda s: (-spellings[s], s))
    event = Event(
        company=name,
        ticker=known.ticker if known else None,
        industry=known.industry if known else None,
        country=known.country if known else None,
        **values(told, choice),
    )
    return Round(event, key, roles(told, choice))


def _named(found: Iterable[Round]) -> Iterable[Round]:
    """The rounds with their ids: those of one company and month get letters in the order of date, report and figure."""
    groups: dict[str, list[Round]] = {}
    for one in found:
        groups.setdefault(stem(one.event), []).append(one)
    for name, group in groups.items():
        for number, one in enumerate(sorted(group, key=_seniority)):
            yield replace(one, event=replace(one.event, event_id=name + letter(number)))


def _seniority(one: Round) -> tuple[str, ...]:
    event = one.event
    place = f"{event.evidence_start or 0:09}"
    return (event.date or "", event.first_reported or "", event.evidence_url or "", place, repr(event))


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
