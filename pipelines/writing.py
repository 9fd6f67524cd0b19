"""Write the decided events of one house where they differ from what is stored: rows, links, redirects, revisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from extract.overrides import Override
from extract.resolve import known_of
from pipelines.causes import Causes
from pipelines.decide import Decided
from pipelines.history import Why, revisions
from pipelines.rows import Row
from pipelines.sqlite import Database, put, rows
from pipelines.units import Unit


@dataclass
class Writer:
    """Writes house by house, and counts."""

    db: Database
    run_id: int | None
    counts: Counter[str] = field(default_factory=lambda: Counter(new=0, changed=0, gone=0))

    @property
    def written(self) -> int:
        """Events that are new or changed."""
        return self.counts["new"] + self.counts["changed"]

    def write(self, unit: Unit, decided: Decided, causes: Causes) -> None:
        """Bring the house up to date."""
        wanted = {key: decided.row(key) for key in decided.rounds}
        changed = {key: row for key, row in wanted.items() if unit.events.get(key) != row}
        gone = sorted(unit.events.keys() - wanted.keys() - decided.same)
        heirs = {key: _heir(unit, decided, key) for key in gone}
        self._companies(changed.values())
        put(self.db, "events", ["event_id"], [changed[key] for key in sorted(changed)])
        self._links(unit, decided)
        for key in sorted(changed):
            old = unit.events.get(key)
            self.counts["changed" if old else "new"] += 1
            why = causes.why(old, changed[key], decided.lines(key))
            if old is None and key in decided.by_hand:  # so that history tells what the rules alone had made of it
                self._note(key, None, changed[key], why)
                old = decided.by_hand[key]
            self._note(key, old, changed[key], why)
        self._redirects(unit, decided, heirs, causes)
        for key in gone:
            self._end(unit, decided, key, heirs[key], causes)
        kept = {row["company_id"] for row in (*wanted.values(), *unit.events.values())} | set(unit.keys)
        self._drop_companies(sorted(kept))
        self._name_companies(sorted({row["company_id"] for row in (*changed.values(), *unit.events.values())}))

    def _note(self, key: str, old: Row | None, new: Row | None, why: dict[str, Why], heir: str | None = None) -> None:
        found = revisions(key, old, new, why, heir)
        last = rows(self.db, "select coalesce(max(revision_id), 0) as n from event_revisions")[0]["n"]
        numbered = [{"revision_id": last + n} | row | {"run_id": self.run_id} for n, row in enumerate(found, 1)]
        put(self.db, "event_revisions", ["revision_id"], numbered)

    def _end(self, unit: Unit, decided: Decided, key: str, heir: str | None, causes: Causes) -> None:
        lines: list[Override] = decided.lines(heir) if heir in decided.corrections.events else []
        self._note(key, unit.events[key], None, causes.why(unit.events[key], None, _ending(lines, key)), heir)
        self.db.execute("delete from event_redirects where target = ?", [key])
        self.db.execute("delete from events where event_id = ?", [key])
        self.counts["gone"] += 1

    def _links(self, unit: Unit, decided: Decided) -> None:
        """The rows of event_claims of all events that were worked out."""
        wanted = {}
        for key, one in decided.rounds.items():
            for _, claim, role in one.claims:
                claim_id = unit.claim_ids[id(claim)]
                link = {"event_id": key, "claim_id": claim_id, "role": role, "round_id": decided.by_rule[claim_id]}
                wanted[key, claim_id] = link
        stored = {(link["event_id"], link["claim_id"]): link for link in unit.links}
        for at in sorted(stored.keys() - wanted.keys()):
            if at[0] not in decided.same:
                self.db.execute("delete from event_claims where event_id = ? and claim_id = ?", at)
        put(
            self.db,
            "event_claims",
            ["event_id", "claim_id"],
            [wanted[at] for at in sorted(wanted) if wanted[at] != stored.get(at)],
        )

    def _redirects(self, unit: Unit, decided: Decided, heirs: dict[str, str | None], causes: Causes) -> None:
        """Ids that led to a gone event lead to its heir; ids in use lead nowhere; the gone and the merged lead on."""
        for key, heir in heirs.items():
            if heir:
                self.db.execute("update event_redirects set target = ? where target = ?", [heir, key])
        for key in decided.corrections.events:
            self.db.execute("delete from event_redirects where event_id = ?", [key])
        made = decided.corrections.redirects
        targets = {key: heir for key, heir in heirs.items() if heir} | {key: _final(made, key) for key in made}
        known = {
            r["event_id"]: r
            for key in targets
            for r in rows(self.db, "select * from event_redirects where event_id = ?", [key])
        }
        for key, target in sorted(targets.items()):
            if key in known and known[key]["target"] == target:
                continue
            lines = _ending(decided.lines(target), key)
            why = causes.why(unit.events.get(key) or decided.row(target), None, lines)[""]
            at = lines[-1].date if lines else why.changed_at
            row = {"event_id": key, "target": target, "changed_at": at, "cause": "override" if lines else why.cause}
            put(self.db, "event_redirects", ["event_id"], [row | {"run_id": self.run_id}])

    def _companies(self, changed: Iterable[Row]) -> None:
        """The employers of these events, each with what the list of companies knows of it."""
        found = {}
        for event in changed:
            known = known_of(event["company"])
            found[event["company_id"]] = {"company_id": event["company_id"], "name": event["company"]} | known
        put(self.db, "companies", ["company_id"], [found[key] for key in sorted(found)])

    def _name_companies(self, keys: list[str]) -> None:
        """Each by the name that most of its events have, where its name is written in more than one way."""
        most = (
            "select company from events where company_id = ? group by company order by count(*) desc, company limit 1"
        )
        for key in keys:
            for row in rows(self.db, most, [key]):
                self.db.execute("update companies set name = ? where company_id = ?", [row["company"], key])

    def _drop_companies(self, keys: list[str]) -> None:
        used = "select 1 from events e where e.company_id = companies.company_id"
        sql = f"delete from companies where company_id = ? and not exists ({used})"
        for key in keys:
            self.db.execute(sql, [key])


def _ending(lines: list[Override], key: str) -> list[Override]:
    """The lines by which the event `key` was merged into the one that the lines are about."""
    return [line for line in lines if line.action == "merge" and line.event == key]


def _final(made: dict[str, str], key: str) -> str:
    seen = {key}
    while key in made and made[key] not in seen:
        key = made[key]
        seen.add(key)
    return key


def _heir(unit: Unit, decided: Decided, key: str) -> str | None:
    """The event that has most of the claims which a gone event had."""
    made = decided.corrections.redirects
    if key in made:
        return _final(made, key)
    homes = {
        unit.claim_ids[id(c)]: i for i, one in decided.corrections.events.items() for t in one.told for c in t.claims
    }
    claims = Counter(
        homes[link["claim_id"]] for link in unit.links if link["event_id"] == key and link["claim_id"] in homes
    )
    return min(claims, key=lambda i: (-claims[i], i), default=None)
