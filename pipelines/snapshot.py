"""The whole ledger at one moment, as the report reads it: events as rows, what each page hangs on, and the details.

Everything is read in one transaction, so that a crawl under way cannot mix two states. Rows of events stay plain
tuples: a rebuild of the report compares fifty thousand of them and looks into a few.
"""

from __future__ import annotations

import hashlib
import marshal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from extract.attributions import Attribution, attribution
from extract.records import Article, Event
from pipelines.rows import Row, claim_of, event_of
from pipelines.sqlite import Database, explained, open_to_read, rows, some

LAST = 1000  # changes by which a ledger is known again
PART = 500  # values of a query
_COLUMNS = (*(f.name for f in fields(Event)), "company_id")
_AT = {name: place for place, name in enumerate(_COLUMNS)}
#: What the site shows of a source: columns of the sources table.
HEALTH = ("source_id", "state", "told", "warnings", "last_visit", "last_new", "usual_gap_days", "moved_to")
_LIGHT = ("event_id", "company", "company_id", "industry", "date")
_LINKS = (
    "select event_id, group_concat(said, '') from (select event_id, claim_id || role as said from event_claims {}"
    " order by event_id, claim_id) group by event_id"
)
_VOICES = """
    select l.event_id, c.*, a.url, a.published from event_claims l join claims c using (claim_id)
    join articles a using (article_id) where l.event_id in {} and +c.kind = 'attribution'
    order by l.event_id, a.published is null, a.published, a.url, c.position
"""
_FOLLOWS = "select event_id, claim_id from follow_ups order by event_id, claim_id"
_REVISED = "select event_id, max(revision_id) from event_revisions {} group by event_id"
_ARTICLES = "select url, text_sha256, text_erased, run_id from articles"
_ERASED = "select (select count(*) from articles) - (select count(*) from articles where text_erased is null)"
#: cross join: in this order, from few articles to their events.
_CHANGED = """
    select event_id from event_revisions where revision_id > ?
    union select l.event_id from articles a cross join claims c using (article_id)
    cross join event_claims l using (claim_id) where a.run_id > ?
"""


def fingerprint(*parts: Any) -> str:
    """A short name for what `parts`, plain values, say: the same on every machine."""
    return hashlib.blake2b(repr(parts).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def joined(marks: Iterable[str]) -> str:
    """As `fingerprint`, of many marks together."""
    return hashlib.blake2b(" ".join(marks).encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


def mark_of(*parts: Any) -> str:
    """As `fingerprint`, of rows as the database gives them; marshalled, which takes a third of the time."""
    return hashlib.blake2b(marshal.dumps(parts, 2), digest_size=8).hexdigest()


class Line(NamedTuple):
    """An event as far as lists need it. `mark` differs whenever anything that its page shows does.

    There is one for each event of the ledger in every build: tuples are made in a quarter of the time.
    """

    event_id: str
    company: str
    company_id: str
    industry: str | None
    date: str | None
    mark: str


@dataclass(frozen=True, slots=True)
class Moment:
    """How far the ledger's history had come. `token` tells whether another ledger shares it up to there."""

    run: int  # the last run that came to its end
    revision: int  # the last change of the events table
    token: str


class Snapshot:
    """The ledger at one moment; `path` is the database's file. Use `snapshot` to open one."""

    def __init__(self, db: Database, path: Path) -> None:
        self.db = db
        self.path = path
        self._rows: dict[str, tuple[Any, ...]] = {}
        self._events: dict[str, Event] = {}

    def moment(self, run: int | None = None, revision: int | None = None) -> Moment:
        """The moment now, or that of an earlier run and revision as this ledger knows it."""
        if run is None:
            run = self._number("select max(run_id) from runs where finished_at is not null")
        if revision is None:
            revision = self._number("select max(revision_id) from event_revisions")
        parts: list[Any] = [self._number(_ERASED)]
        for sql, values in (
            ("select * from runs where run_id <= ? order by run_id", [run]),
            ("select * from event_revisions where revision_id between ? and ?", [revision - LAST, revision]),
            ("select * from state order by name", []),
            ("select * from overrides order by line", []),
            ("select * from event_redirects where coalesce(run_id, 0) <= ? order by event_id", [run]),
            (_FOLLOWS, []),  # a new event may take what followed another
        ):
            parts.append([tuple(row) for row in self.db.execute(sql, values)])
        return Moment(run, revision, fingerprint(*parts))

    def _number(self, sql: str, *values: Any) -> int:
        return self.db.execute(sql, values).fetchone()[0] or 0

    def lines(self, since: Moment | None = None, marks: Callable[[str], str | None] = lambda key: None) -> list[Line]:
        """All events but those rejected by hand, by id.

        `marks` gives the mark of an event at the moment `since`. It serves again where nothing has touched the event
        since then, if this is the same ledger with the same corrections and texts: every change of an event leaves a
        revision, and every article that was written has the number of its run.
        """
        sql = f"select {', '.join(_LIGHT)} from events where review_status <> 'rejected'"
        found = sorted(self.db.execute(sql))
        known: dict[str, str] = {}
        if since is not None and self.moment(since.run, since.revision) == since:
            touched = self._touched(since)
            known = {row[0]: mark for row in found if row[0] not in touched and (mark := marks(row[0]))}
        fresh = self._marks([row[0] for row in found if row[0] not in known])
        marked = fresh | known
        return [Line._make((*row, marked[row[0]])) for row in found]

    def _touched(self, since: Moment) -> set[str]:
        """The events that have changed, or of which an article has been written, since then."""
        return {row[0] for row in self.db.execute(_CHANGED, [since.revision, since.run])}

    def _marks(self, keys: Sequence[str]) -> dict[str, str]:
        if not keys:
            return {}
        few = keys if len(keys) <= PART else None  # of many, all are looked up at once
        where = f"where event_id in {some(few)}" if few else ""
        self._load(keys)
        links, revised = (dict(self.db.execute(sql.format(where), few or [])) for sql in (_LINKS, _REVISED))
        notes, follows, urls = self._notes(), self._follows(), _AT["source_urls"]
        articles = self._articles({url for key in keys for url in self._rows[key][urls].split()} if few else None)
        return {
            key: mark_of(
                self._rows[key], links.get(key), revised.get(key), notes.get(key), follows.get(key),
                [articles.get(url) for url in self._rows[key][urls].split()],
            )
            for key in keys
        }  # fmt: skip

    def _articles(self, urls: Iterable[str] | None) -> dict[str, tuple[Any, ...]]:
        """Address -> what tells one version of an article from another; of these addresses, or of all."""
        if urls is None:
            return {row[0]: row[1:] for row in self.db.execute(_ARTICLES)}
        found: dict[str, tuple[Any, ...]] = {}
        for part in _parts(sorted(urls)):
            found |= {row[0]: row[1:] for row in self.db.execute(f"{_ARTICLES} where url in {some(part)}", part)}
        return found

    def _notes(self) -> dict[str, list[Any]]:
        """What redirects and corrections by hand say of an event."""
        found: dict[str, list[Any]] = defaultdict(list)
        for row in rows(self.db, "select * from event_redirects order by event_id"):
            found[row["target"]].append(list(row.values()))
        for row in rows(self.db, "select * from overrides order by line"):
            for key in {row["event"], row["value"]}:
                found[key].append(list(row.values()))
        return found

    def _follows(self) -> dict[str, list[str]]:
        """The claims of what became of an event in articles that do not tell of it."""
        found: dict[str, list[str]] = defaultdict(list)
        for event_id, claim_id in self.db.execute(_FOLLOWS):
            found[event_id].append(claim_id)
        return found

    def _load(self, keys: Sequence[str]) -> None:
        """Have the rows of these events at hand."""
        wanted = [key for key in keys if key not in self._rows]
        names = ", ".join(f"[{name}]" for name in _COLUMNS)
        if len(wanted) > 20 * PART:
            self._rows = {row[0]: row for row in self.db.execute(f"select {names} from events")}
            return
        for part in _parts(wanted):
            sql = f"select {names} from events where event_id in {some(part)}"
            self._rows |= {row[0]: row for row in self.db.execute(sql, part)}

    def event(self, event_id: str) -> Event:
        """One event."""
        if event_id not in self._events:
            self._load([event_id])
            self._events[event_id] = event_of(dict(zip(_COLUMNS, self._rows[event_id], strict=True)))
        return self._events[event_id]

    def values(self, lines: Sequence[Line], column: str) -> list[Any]:
        """A column of these events' rows."""
        self._load([line.event_id for line in lines])
        return [self._rows[line.event_id][_AT[column]] for line in lines]

    def events(self, lines: Sequence[Line]) -> list[Event]:
        """The events of these lines, in their order."""
        self._load([line.event_id for line in lines])
        return [self.event(line.event_id) for line in lines]

    def renewed(self, most: int) -> list[str]:
        """The ids of the events that were told of last, the newest first."""
        sql = "select event_id from events where review_status <> 'rejected' order by updated_at desc, event_id limit ?"
        return [row[0] for row in self.db.execute(sql, [most])]

    def voices(self, event_ids: Sequence[str]) -> dict[str, list[Attribution]]:
        """Event -> its voices on AI, in order of time, of those of these events that have any."""
        found: dict[str, list[Attribution]] = defaultdict(list)
        for part in _parts(event_ids):
            for row in rows(self.db, _VOICES.format(some(part)), part):
                article = Article(article_id=row["url"], url=row["url"], title="", text="", published=row["published"])
                found[row["event_id"]].append(attribution(claim_of(row), article, row["claim_id"]))
        return found

    @cached_property
    def companies(self) -> Mapping[str, tuple[Any, ...]]:
        """Company -> all that is known of the employer, as a row."""
        return {row[0]: row for row in self.db.execute("select company_id, * from companies")}

    def company(self, company_id: str) -> Row:
        """What is known of an employer."""
        return rows(self.db, "select * from companies where company_id = ?", [company_id])[0]

    def quoted(self) -> list[Row]:
        """The totals that articles quote, each with its article, the latest period first."""
        sql = (
            "select g.publisher, g.period, g.to_date, g.measure, g.sector, g.value, g.ai_value, g.relation, g.quote,"
            " a.url, a.published, a.publisher as paper from aggregates g join articles a using (article_id)"
            " order by g.period desc, g.publisher, g.value desc, a.published is null, a.published, a.url"
        )
        return rows(self.db, sql)

    def runs(self, most: int) -> list[Row]:
        """The latest runs, the last first."""
        return rows(self.db, "select * from runs order by run_id desc limit ?", [most])

    def let_go(self) -> list[Row]:
        """How many pages each rule let go, the busiest rule first."""
        sql = "select reason, rule, count(*) as pages from rejections group by reason, rule order by pages desc, rule"
        return rows(self.db, sql)

    @cached_property
    def found_by(self) -> Mapping[str, Row]:
        """Source -> how many articles with claims it led to, how many articles, and the day of the newest."""
        sql = (
            "select found_by, count(*) as articles, max(published) as newest from articles"
            " where found_by is not null group by found_by"
        )
        return {row["found_by"]: row for row in rows(self.db, sql)}

    def sources(self) -> Mapping[str, Row]:
        """Source -> its health, as the last crawl that visited it judged it; docs/database.md tells the columns."""
        sql = f"select {', '.join(HEALTH)} from sources order by source_id"
        return {row["source_id"]: row for row in rows(self.db, sql)}

    @cached_property
    def size(self) -> Row:
        """Numbers of articles and publishers, and the days of the first and the last article."""
        sql = (
            "select (select count(*) from articles) as articles,"
            " (select count(distinct publisher) from articles) as publishers,"
            " (select min(published) from articles) as first, (select max(published) from articles) as last"
        )
        return rows(self.db, sql)[0]


def _parts(names: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(names), PART):
        yield names[first : first + PART]


@contextmanager
def snapshot(path: Path) -> Iterator[Snapshot]:
    """The ledger of this file, held still while it is read. Raises StoreError where it cannot be read."""
    db = open_to_read(path)
    with explained(path):
        try:
            db.execute("begin")
            yield Snapshot(db, path)
        finally:
            db.close()
