"""Which ids are free. One once given is given again only to an event that shares an article with its last one."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from extract.records import Event
from extract.resolve import free_name
from pipelines.sqlite import Database, rows

_LAST = (
    "select old from event_revisions where event_id = ? and field = 'source_urls' and new is null"
    " order by revision_id desc limit 1"
)
_LED = "select source_urls as old from event_redirects r join events e on e.event_id = r.target where r.event_id = ?"


class Names:
    """Gives ids, each once."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.now: set[str] = set()  # given since the last `forget`
        self.used = bool(rows(db, "select 1 from events limit 1") or rows(db, "select 1 from event_revisions limit 1"))

    def forget(self) -> None:
        """What was given is in the database by now."""
        if self.used:
            self.now.clear()

    def given(self, name: str) -> bool:
        """Was the id given in this very house?"""
        return name in self.now

    def keep(self, name: str) -> str:
        """Note that the id is in use."""
        self.now.add(name)
        return name

    def give(self, event: Event, urls: AbstractSet[str]) -> str:
        """A free id for the event, the first that its company and month make; `urls` are its articles."""
        return self.keep(free_name(event, lambda name: self._taken(name, urls)))

    def _taken(self, name: str, urls: AbstractSet[str]) -> bool:
        if name in self.now:
            return True
        if not self.used:
            return False
        if rows(self.db, "select 1 from events where event_id = ?", [name]):
            return True
        last = rows(self.db, _LED, [name]) or rows(self.db, _LAST, [name])
        if last:
            return not urls & set((last[0]["old"] or "").split())
        return bool(rows(self.db, "select 1 from event_revisions where event_id = ? limit 1", [name]))
