"""Views, and the triggers that keep the search index true: made anew whenever the database is opened for writing.

They hold nothing, so they have no history: a step of the schema finds none of them, and today's are made after it.
"""

from __future__ import annotations

from sqlite_utils import Database

#: Name -> query. docs/database.md describes them. What the first leaves uncounted is that of extract/totals.py.
VIEWS = {
    "events_with_totals": """
        select event_id, company, date,
          case when date glob '????-??*' and date not glob '*Q*' then substr(date, 1, 7) else date end as month,
          action, status, industry, country, ai,
          min(coalesce(headcount_min, point), point) as low, point, max(coalesce(headcount_max, point), point) as high,
          status not in ('denied', 'cancelled', 'considered') and action not in ('hiring_freeze', 'attrition')
            and review_status <> 'rejected' as counted,
          evidence, evidence_url, n_articles, confidence
        from (select *, coalesce(headcount, headcount_min, headcount_max) as point from events)
    """,
    "totals_by_month": """
        select month, count(*) as events, coalesce(sum(low), 0) as low, coalesce(sum(point), 0) as point,
          coalesce(sum(high), 0) as high, sum(point is null) as without_figure
        from events_with_totals where counted group by month order by month desc
    """,
    "event_articles": """
        select distinct ec.event_id, e.company, e.date, a.article_id, a.publisher, a.published, a.title, a.url
        from event_claims ec join events e using (event_id)
          join claims c using (claim_id) join articles a using (article_id)
        order by ec.event_id, a.published, a.url
    """,
    "attributions": """
        select ec.event_id, c.claim_id, c.company, c.polarity as stance, c.speaker, c.speaker_role, c.speaker_name,
          c.value as mechanism, c.modality as strength, c.low, c.high, c.field, c.start, c."end", c.quote,
          a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join event_claims ec using (claim_id)
        where c.kind = 'attribution'
    """,
    "aftermath": """
        select ec.event_id, c.claim_id, c.company, c.value as kind, c.field, c.start, c."end", c.quote,
          a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join event_claims ec using (claim_id)
        where c.kind = 'aftermath' order by ec.event_id, a.published, a.url
    """,
    "work": """
        select distinct ec.event_id, c.company, c.kind, c.value, c.quote, a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join event_claims ec using (claim_id)
        where c.kind in ('work', 'system') order by ec.event_id, a.published, a.url
    """,
}

#: Words of a row leave the search index with the row; new ones enter with the next batch (pipelines/search.py).
TRIGGERS = {
    f"articles_fts_{name}": f"""
        before {event} on articles
        when exists (select 1 from articles_fts_docsize where id = old.rowid) {condition} begin
          insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text);
        end
    """
    for name, event, condition in (
        ("deleted", "delete", ""),
        ("changed", "update of title, text", "and (old.title <> new.title or old.text <> new.text)"),
    )
}


def _wanted() -> dict[str, str]:
    views = {name: f"CREATE VIEW {name} as {' '.join(sql.split())}" for name, sql in VIEWS.items()}
    return views | {name: f"CREATE TRIGGER {name} {' '.join(sql.split())}" for name, sql in TRIGGERS.items()}


def current(db: Database) -> bool:
    """Are all of them there, as they should be?"""
    return _stored(db) == _wanted()


def drop(db: Database) -> None:
    """Take them away, for a step that changes tables: SQLite renames no table that a view is in the way of."""
    for name in _stored(db):
        db.execute(f"drop {'view' if name in VIEWS else 'trigger'} {name}")


def create(db: Database) -> None:
    """Make them."""
    for sql in _wanted().values():
        db.execute(sql)


def _stored(db: Database) -> dict[str, str]:
    ours = VIEWS.keys() | TRIGGERS.keys()
    found = db.query("select name, sql from sqlite_master where type in ('view', 'trigger')")
    return {row["name"]: row["sql"] for row in found if row["name"] in ours}
