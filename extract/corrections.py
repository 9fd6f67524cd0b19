"""What the lines of data/overrides.csv make of the rounds that the rules found. Pure.

The rules cluster first; then the lines are obeyed in the order of the file, so that a later line wins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extract.companies import company_key
from extract.days import precision
from extract.overrides import Override, parsed
from extract.resolve import Round, known_of
from extract.roles import under
from extract.tellings import Telling

_FORM = re.compile(r"(?P<stem>(?P<slug>.+)-(?:\d{4}(?:-\d\d)?|undated))(?:-[a-z]{1,2})?")
STATUS = {"reject": "rejected", "accept": "accepted"}


@dataclass
class Corrected:
    """One event after the lines: its tellings, the rounds that they come from, and what is set by hand."""

    event_id: str
    told: list[Telling]
    lines: list[Override] = field(default_factory=list)
    columns: dict[str, Any] = field(default_factory=dict)
    split_from: str | None = None

    @property
    def urls(self) -> set[str]:
        """Addresses of the articles."""
        return {telling.article.url for telling in self.told}


@dataclass
class Corrections:
    """The events, the ids that lead to others, and the lines whose event is not there, each with the reason."""

    events: dict[str, Corrected]
    redirects: dict[str, str] = field(default_factory=dict)
    unmet: dict[Override, str] = field(default_factory=dict)


Namer = Callable[[Corrected], str]


def corrected(rounds: Mapping[str, Sequence[Telling]], lines: Sequence[Override], name: Namer) -> Corrections:
    """Obey the lines; `rounds` come by the ids that they have by the rules, `name` gives that of what a split makes."""
    found = Corrections({key: Corrected(key, list(told)) for key, told in rounds.items()})
    for line in lines:
        sides = [_meant(found, key, url) for key, url in zip(line.events, line.articles, strict=True)]
        if missing := [key for key, side in zip(line.events, sides, strict=True) if side is None]:
            found.unmet[line] = f"no event {missing[0]} (yet)"
            continue
        _obey(found, line, [side for side in sides if side is not None], name)
    return found


def _meant(found: Corrections, key: str, url: str) -> Corrected | None:
    """The event of this id, also where the id leads to another; if the article is none of its, the one that has it.

    Of several events that the article tells, that of the id's month, then of its company; else the id alone counts.
    """
    seen = {key}
    while key not in found.events and (target := found.redirects.get(key)) and target not in seen:
        key = target
        seen.add(key)
    event = found.events.get(key)
    if not url or (event and url in event.urls):
        return event
    tells = [one for one in found.events.values() if url in one.urls]
    own = [one for one in tells if slug_of(one.event_id) == slug_of(key)]
    near = [one for one in own if _base(one.event_id) == _base(key)] or own or ([] if event else tells)
    return near[0] if len(near) == 1 else event


def _base(key: str) -> str:
    """An id without its letter: acme-2026-03-b -> acme-2026-03."""
    parts = _FORM.fullmatch(key)
    return parts["stem"] if parts else key


def _obey(found: Corrections, line: Override, sides: list[Corrected], name: Namer) -> None:
    event = sides[0]
    if line.action == "merge":
        _merge(found, line, event, sides[1])
    elif line.action == "split":
        _split(found, line, event, name)
    else:
        event.lines.append(line)
        event.columns |= columns_of(line)


def _merge(found: Corrections, line: Override, event: Corrected, into: Corrected) -> None:
    into.lines.append(line)
    if event is into:
        return
    into.told += event.told
    into.lines += [old for old in event.lines if old.action in ("merge", "split")]
    del found.events[event.event_id]
    found.redirects[event.event_id] = into.event_id


def _split(found: Corrections, line: Override, event: Corrected, name: Namer) -> None:
    wanted = set(line.value.split())
    part = [t for t in event.told if t.article.url in wanted]
    rest = [t for t in event.told if t.article.url not in wanted]
    if not part or not rest:
        found.unmet[line] = f"{event.event_id} has none of these articles" if rest else "no article would be left"
        return
    new = Corrected("", part, [line], split_from=event.event_id)
    new.event_id = name(new)
    event.told = rest
    event.lines.append(line)
    found.events[new.event_id] = new


def columns_of(line: Override) -> dict[str, Any]:
    """The columns of the event that the line sets, with their values."""
    if line.action in STATUS:
        return {"review_status": STATUS[line.action]}
    if line.action != "set":
        return {}
    value = parsed(line.field, line.value)
    if line.field == "headcount":
        relation = None if value is None else "exact"
        return {"headcount": value, "headcount_min": value, "headcount_max": value, "headcount_relation": relation}
    if line.field == "date":
        return {"date": value, "date_precision": precision(line.value or None)}
    if line.field == "company":
        return {"company": value, **known_of(line.value)}
    return {line.field: value}


def with_columns(one: Round, columns: Mapping[str, Any]) -> Round:
    """The round with what is set by hand, which no claim gave."""
    event = replace(one.event, **columns)
    return replace(one, event=event, company_id=company_key(event.company), claims=under(one.claims, event, columns))


def slug_of(key: str) -> str:
    """The company part of an event's id.

    >>> slug_of("at-and-t-2026-03-b"), slug_of("acme-undated"), slug_of("acme-2026")
    ('at-and-t', 'acme', 'acme')
    """
    parts = _FORM.fullmatch(key)
    return parts["slug"] if parts else key
