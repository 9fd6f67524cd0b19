"""Decide events anew where something changed, and write what differs, with the history of the change.

What changed is in table `pending`: the companies of articles that came or were read again since the last time. Other
rules, another list of companies and other lines in data/overrides.csv are seen here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extract import RULES_VERSION
from extract.companies import company_key, family
from extract.overrides import HEADER, Override
from extract.vocabulary import DATA
from pipelines.bound import houses_of, joined, keys_of
from pipelines.causes import Causes
from pipelines.decide import Decision
from pipelines.names import Names
from pipelines.neighbours import neighbours
from pipelines.rows import Row, article_id
from pipelines.sqlite import Database, put, rows
from pipelines.units import Unit, load
from pipelines.writing import Writer

BASIS = "resolved_with"  # the row of table state that says with which rules and list of companies all was decided


@dataclass
class Rebuild:
    """One rebuilding, inside a transaction of the caller's."""

    db: Database
    lines: Mapping[Override, int]  # with their numbers in the file
    run_id: int | None
    before: str | None = field(init=False)
    after: str = field(init=False)
    pending: dict[str, dict[str, str]] = field(init=False)  # company id -> url or article id -> cause
    stored: dict[str, Row] = field(init=False)  # rows of table overrides by id

    def __post_init__(self) -> None:
        self.after = basis()
        found = rows(self.db, "select value from state where name = ?", [BASIS])
        self.before = found[0]["value"] if found else None
        self.stored = {row["override_id"]: row for row in rows(self.db, "select * from overrides")}
        self.pending = {}
        sql = "select p.*, a.url from pending p left join articles a using (article_id) order by company_id, article_id"
        for row in rows(self.db, sql):
            self.pending.setdefault(row["company_id"], {})[row["url"] or row["article_id"]] = row["cause"]

    def run(self) -> dict[str, int]:
        """Do it; how many events are new, changed, unchanged and gone."""
        everything = self.before != self.after
        if everything:
            _name_companies(self.db)
        bound = {line: houses_of(self.db, line) for line in self.lines}
        gone = {line: houses_of(self.db, line) for line in self._gone()}
        touched = self._touched(bound).union(*gone.values())
        houses = self._all() if everything else {family(key) for key in self.pending}
        writer, names = Writer(self.db, self.run_id), Names(self.db)
        states: dict[Override, str | None] = {}
        for group in joined(houses | touched, bound | gone):
            lines = [line for line in self.lines if bound[line] & set(group)]
            anew = everything or bool(lines) or bool(touched & set(group))  # a line may come to mean another event
            states |= self._decide(group, lines, anew, writer, names)
        self._finish(states)
        writer.counts["unchanged"] = rows(self.db, "select count(*) as n from events")[0]["n"] - writer.written
        return dict(writer.counts)

    def _decide(
        self, group: Iterable[str], lines: list[Override], anew: bool, writer: Writer, names: Names
    ) -> dict[Override, str | None]:
        """One group of houses; for each line what is wrong with it, None where it is obeyed."""
        keys = [key for house in group for key in keys_of(house)]
        unit = load(self.db, keys, articles=None if anew else self._near_pending(keys))
        new = {url for key in unit.keys for url in self.pending.get(key, {})}

        def changed(urls: Iterable[str]) -> bool:
            return anew or any(url in new for url in urls)

        decided = Decision(self.db, unit, names, changed).decide(lines)
        writer.write(unit, decided, self._causes(unit))
        names.forget()
        return {line: decided.corrections.unmet.get(line) for line in lines}

    def _near_pending(self, keys: Sequence[str]) -> set[str] | None:
        """The articles that what is pending of these companies bears on; None for all of theirs."""
        urls = {url for key in keys for url in self.pending.get(key, {})}
        return neighbours(self.db, keys, {article_id(url) for url in urls}, urls)

    def _causes(self, unit: Unit) -> Causes:
        pending = {url: cause for key in unit.keys for url, cause in self.pending.get(key, {}).items()}
        fresh = {line for line in self.lines if line.override_id not in self.stored}
        return Causes(pending, fresh, self._gone(), self.before, self.after)

    def _all(self) -> set[str]:
        """Every house that has claims, or events that have lost theirs."""
        sql = "select distinct company_id from claims union select company_id from companies"
        return {family(row["company_id"]) for row in rows(self.db, sql)}

    def _gone(self) -> list[Override]:
        """The lines that are in the file no more."""
        ids = {line.override_id for line in self.lines}
        return [Override(*(row[name] for name in HEADER)) for key, row in self.stored.items() if key not in ids]

    def _touched(self, bound: Mapping[Override, set[str]]) -> set[str]:
        """The houses of lines that are new, or still wait for their event."""
        applied = {key for key, row in self.stored.items() if row["state"] == "applied"}
        return {house for line, houses in bound.items() if line.override_id not in applied for house in houses}

    def _finish(self, states: Mapping[Override, str | None]) -> None:
        """Nothing is pending any more; table overrides says how each line fared."""
        self.db.execute("delete from pending")
        put(self.db, "state", ["name"], [{"name": BASIS, "value": self.after}])
        for key in self.stored.keys() - {line.override_id for line in self.lines}:
            self.db.execute("delete from overrides where override_id = ?", [key])
        wanted = [_override_row(line, n, states, self.stored.get(line.override_id)) for line, n in self.lines.items()]
        put(
            self.db, "overrides", ["override_id"], [row for row in wanted if row != self.stored.get(row["override_id"])]
        )


def _override_row(line: Override, number: int, states: Mapping[Override, str | None], stored: Row | None) -> Row:
    wrong = states[line] if line in states else stored["told"] if stored else "no such company (yet)"
    cells = {"override_id": line.override_id, "line": number, **vars(line)}
    return cells | {"state": "waiting" if wrong else "applied", "told": wrong}


def basis() -> str:
    """With what events are decided: the version of the rules and a digest of the list of companies."""
    listed = hashlib.sha256((DATA / "companies.csv").read_bytes()).hexdigest()[:16]
    return f"{RULES_VERSION} {listed}"


def _name_companies(db: Database) -> None:
    """Give every claim the key that its company has by today's list."""
    for row in rows(db, "select distinct company, company_id from claims"):
        if (key := company_key(row["company"])) != row["company_id"]:
            sql = "update claims set company_id = ? where company = ? and company_id is ?"
            db.execute(sql, [key, row["company"], row["company_id"]])
