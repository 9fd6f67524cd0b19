"""From the claims of one house of companies to its events: rules first, then known ids, then corrections by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.clusters import clusters
from extract.corrections import Corrected, Corrections, corrected, with_columns
from extract.overrides import Override
from extract.resolve import Round, houses, round_of, seniority
from extract.tellings import Telling
from pipelines.identity import kept_ids
from pipelines.names import Names
from pipelines.rows import Row, event_row
from pipelines.sqlite import Database
from pipelines.units import Unit, filled


@dataclass
class Decided:
    """The events of a house; those whose claims and corrections are as stored are in `same`, and not worked out."""

    rounds: dict[str, Round] = field(default_factory=dict)  # by event id
    by_hand: dict[str, Row] = field(default_factory=dict)  # event id -> its row without what is set by hand, if any is
    same: set[str] = field(default_factory=set)
    by_rule: dict[str, str] = field(default_factory=dict)  # claim id -> id of the round that the rules put it in
    corrections: Corrections = field(default_factory=lambda: Corrections({}))

    def row(self, event_id: str) -> Row:
        """The row of table events."""
        one = self.rounds[event_id]
        return event_row(one.event, one.company_id) | {"event_id": event_id}

    def lines(self, event_id: str) -> list[Override]:
        """The lines that had a part in the event."""
        return self.corrections.events[event_id].lines


class Decision:
    """One house, decided."""

    def __init__(self, db: Database, unit: Unit, names: Names, changed: Callable[[Iterable[str]], bool]) -> None:
        self.db, self.unit, self.names, self.changed = db, unit, names, changed
        self.known = unit.stored()

    def decide(self, lines: Sequence[Override]) -> Decided:
        """The events of the unit; `changed` says whether what is told of articles may differ from what is stored."""
        rounds, fresh = self._rounds()
        found = Decided()
        for key, told in rounds.items():
            found.by_rule |= dict.fromkeys(self.unit.claims_of(told), key)
        found.corrections = corrected(rounds, lines, lambda part: self._part_name(part, rounds))
        for key, event in found.corrections.events.items():
            if event.lines or key in fresh or self.changed(event.urls | self._stored_urls(key)):
                one = round_of(filled(self.db, event.told))
                found.rounds[key] = _named(key, with_columns(one, event.columns))
                if event.columns:
                    found.by_hand[key] = event_row(one.event, one.company_id) | {"event_id": key}
            else:
                found.same.add(key)
        return found

    def _stored_urls(self, key: str) -> set[str]:
        row = self.unit.events.get(key)
        return set((row["source_urls"] or "").split()) if row else set()

    def _rounds(self) -> tuple[dict[str, list[Telling]], set[str]]:
        """The rounds by the rules alone, by id, and which of them hold other claims than are stored."""
        groups = [members for told in houses(self.unit.told).values() for members in clusters(told)]
        marks = [self.unit.mark(group) for group in groups]
        given = kept_ids(marks, self.known)
        fresh = {key for index, key in given.items() if marks[index].claims != self.known[key].claims}
        new = {i: round_of(filled(self.db, groups[i])) for i in range(len(groups)) if i not in given}
        for index in sorted(new, key=lambda i: seniority(new[i])):
            given[index] = self.names.give(new[index].event, marks[index].urls)
            fresh.add(given[index])
        return {given[index]: group for index, group in enumerate(groups)}, fresh

    def _part_name(self, part: Corrected, rounds: dict[str, list[Telling]]) -> str:
        """The id of what a split made: that which most of its claims had when it was made before, else a free one."""
        claims = self.unit.claims_of(part.told)
        ids = Counter(link["event_id"] for link in self.unit.links if link["claim_id"] in claims)
        before = [key for key in ids if key not in rounds and not self.names.given(key)]
        if before:
            return self.names.keep(min(before, key=lambda key: (-ids[key], key)))
        return self.names.give(round_of(filled(self.db, part.told)).event, part.urls)


def _named(key: str, one: Round) -> Round:
    return replace(one, event=replace(one.event, event_id=key))
