"""All that the database knows of one event or of one page, for people and as JSON; and which events are doubtful."""

from __future__ import annotations

from contextlib import closing
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from extract.choose import Rival
from pipelines.export import record
from pipelines.figures import corrections, figures
from pipelines.history import check_run
from pipelines.houses import Houses
from pipelines.rows import Row, event_of
from pipelines.sqlite import Database, explained, open_to_read, rows
from pipelines.story import named, story

#: Of a claim `c` with its article `a`: all that the claim says, and where the article is.
_SAID = """
    c.kind, c.round, c.company, c.value, c.low, c.high, c.relation, c.unit, c.modality, c.polarity, c.speaker,
    c.speaker_role, c.speaker_name, c.current, c.confidence, c.rule, c.field, c.start, c."end", c.quote,
    c.sentence_start, c.sentence_end, a.url, a.publisher, a.published
"""
_CLAIMS = f"""
    select l.role, l.round_id, {_SAID}
    from event_claims l join claims c using (claim_id) join articles a using (article_id)
    where l.event_id = ? order by a.published is null, a.published, a.url, c.position
"""
_FOLLOW_UPS = f"""
    select 'follows' as role, null as round_id, {_SAID}
    from claims c join articles a using (article_id)
    where c.company_id = ?2 and c.kind = 'aftermath' and c.claim_id in (
        select claim_id from follow_ups where event_id = ?1
    ) order by a.published, a.url, c.position
"""
_TOLD = "select distinct c.claim_id, c.company_id from event_claims join claims c using (claim_id) where event_id = ?"
_CHANGES = "select * from event_revisions where event_id = ? order by revision_id"
_LEADING = "select event_id, changed_at, cause from event_redirects where target = ? order by event_id"
_DOUBTFUL = """
    select e.*, (
        select count(*) from event_claims l join claims c using (claim_id)
        where l.event_id = e.event_id and l.role = 'conflicts' and c.kind in ('headcount', 'share')
    ) as conflicts
    from events e where review_status in ('auto', 'disputed')
"""
UNSURE = 0.7  # a row that is less sure is doubtful


def event(path: Path, event_id: str) -> dict[str, Any] | None:
    """One event, by its id or one that leads to it: values, story, claims with their roles, rival figures, history.

    None where there is none and was none. Of an event that is no more, the history alone. All functions here raise
    StoreError where the database cannot be read.
    """
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        key = _followed(db, event_id)
        found = rows(db, "select * from events where event_id = ?", [key])
        history = rows(db, _CHANGES, [key])
        if not found and not history:
            return None
        claims = rows(db, _CLAIMS, [key])
        later = rows(db, _FOLLOW_UPS, [key, found[0]["company_id"]]) if found else []
        told = Houses(db).told(rows(db, _TOLD, [key])) if found else []
        shown = event_of(found[0]) if found else None
        redirects = rows(db, _LEADING, [key])
        lines = corrections(db, [key, *(row["event_id"] for row in redirects)])
        return {
            "asked": event_id,
            "event_id": key,
            "event": record(shown) if shown else None,
            "figures": {name: list(map(_rival, found)) for name, found in figures(shown, told, lines).items()},
            "claims": claims + later,
            "story": story(sorted(claims + later, key=_when)),
            "work": named(claims, "work"),
            "systems": named(claims, "system"),
            "history": history,
            "redirects": redirects,
            "overrides": lines,
        }


def _when(claim: Row) -> tuple[bool, str]:
    """By publication, what has no day at the end; of one day what rests on the event's articles first."""
    return claim["published"] is None, (claim["published"] or "")[:10]


def _followed(db: Database, event_id: str) -> str:
    led = rows(db, "select target from event_redirects where event_id = ?", [event_id])
    return led[0]["target"] if led else event_id


def _rival(one: Rival) -> dict[str, Any]:
    articles = [{"url": t.article.url, "published": t.article.published, "status": t.event.status} for t in one.told]
    return {"low": one.low, "high": one.high, "chosen": not one.why, "why": one.why or None, "articles": articles}


def near_ids(path: Path, event_id: str) -> list[str]:
    """Ids that look like one that is not there."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        start, between = event_id[:3], "event_id >= ? and event_id < ?"
        sql = f"select event_id from events where {between} union select event_id from event_redirects where {between}"
        known = [row["event_id"] for row in rows(db, sql, [start, start + "\x7f"] * 2)]
    return get_close_matches(event_id, known, 3, 0.6)


def page(path: Path, url: str) -> dict[str, Any]:
    """What became of a page, by its address, the one it names itself, or its id in the input.

    `articles`: those stored, each with its claims and events; `rejections`: by which rules it was let go.
    """
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        sql = (
            "select article_id, url, canonical_url, input_id, publisher, title, published, published_from, fetched_at,"
            " found_by, rules_version, run_id from articles where url = ?1 or canonical_url = ?1 or input_id = ?1"
            " order by url"
        )
        articles = rows(db, sql, [url])
        for article in articles:
            sql = "select * from claims where article_id = ? order by position"
            article["claims"] = rows(db, sql, [article["article_id"]])
            sql = (
                "select distinct e.event_id, e.company, e.date, e.headcount, e.review_status from events e"
                " join event_claims l using (event_id) join claims c using (claim_id)"
                " where c.article_id = ? order by e.event_id"
            )
            article["events"] = rows(db, sql, [article["article_id"]])
        rejections = rows(db, "select * from rejections where url = ? order by run_id, rejection_id", [url])
    return {"url": url, "articles": articles, "rejections": rejections}


def doubtful(path: Path) -> list[tuple[Row, list[str]]]:
    """The rows of events that a person should look at, each with what is doubtful in it, the largest figures first."""
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        found = [(row, _doubts(row)) for row in rows(db, _DOUBTFUL)]
    return sorted(
        (one for one in found if one[1]), key=lambda one: (-_people(one[0]), -len(one[1]), one[0]["event_id"])
    )


def _doubts(row: Row) -> list[str]:
    sure = row["confidence"]
    told = {
        "disputed": row["review_status"] == "disputed",
        f"confidence {sure}": sure is not None and sure < UNSURE,
        f"{row['conflicts']} rival figure{'s' if row['conflicts'] > 1 else ''}": row["conflicts"] > 0,
        "AI contested": bool(row["contested"]),
    }
    return [word for word, holds in told.items() if holds]


def _people(row: Row) -> int:
    return max(row[name] or 0 for name in ("headcount", "headcount_min", "headcount_max"))


def changes(path: Path, *, since: str | None = None, run: int | None = None) -> list[Row]:
    """The rows of event_revisions dated on this ISO day or later, or of this run, in their order, with the company.

    Raises StoreError, also for a run that was not.
    """
    wanted, values = ("r.run_id = ?", [run]) if run is not None else ("r.changed_at >= ?", [since])
    sql = (
        "select r.*, coalesce(e.company, (select o.old from event_revisions o where o.event_id = r.event_id"
        " and o.field = 'company' and o.new is null order by o.revision_id desc limit 1)) as company"
        f" from event_revisions r left join events e using (event_id) where {wanted} order by r.revision_id"
    )
    db = open_to_read(path)
    with explained(path), closing(db.conn):
        if run is not None:
            check_run(db, path, run)
        return rows(db, sql, values)
