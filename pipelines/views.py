"""Views, and the triggers that keep the search index true: made anew whenever the database is opened for writing.

They hold nothing, so they have no history: a step of the schema finds none of them, and today's are made after it.
"""

from __future__ import annotations

from sqlite_utils import Database

#: Years after a cut within which news without the cut itself may be of it.
FOLLOWED_YEARS = 3
#: A claim that no event rests on: what became of a cut that its article does not tell.
_LONE = "not exists (select 1 from event_claims l where l.claim_id = c.claim_id)"
#: An event that such a claim may speak of: earlier, not too long ago, and tied to AI where the claim speaks of AI.
_FOLLOWED = (
    "({0}.begins < substr(a.published, 1, 10)"
    f" and {{0}}.begins >= date(substr(a.published, 1, 10), '-{FOLLOWED_YEARS} years')"
    " and {0}.status <> 'denied' and (c.modality is not 'ai' or {0}.ai in ('company', 'third_party', 'denied')))"
)
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
    "event_parts": """
        select distinct l.event_id, e.company, e.date, cut.unit, c.low, c.high, c.relation,
          case when c.low is e.headcount_min and c.high is e.headcount_max then 'national' else 'part' end as scope,
          c.quote, a.publisher, a.published, a.url
        from events e join event_claims l using (event_id) join claims c using (claim_id)
          join claims cut on cut.article_id = c.article_id and cut.round = c.round and cut.kind = 'cut'
          join articles a on a.article_id = c.article_id
        where c.kind = 'headcount' and e.unit is null and cut.unit is not null
        order by l.event_id, a.published, a.url
    """,
    "attributions": """
        select ec.event_id, c.claim_id, c.company, c.polarity as stance, c.speaker, c.speaker_role, c.speaker_name,
          c.value as mechanism, c.modality as strength, c.low, c.high, c.field, c.start, c."end", c.quote,
          a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join event_claims ec using (claim_id)
        where c.kind = 'attribution'
    """,
    "event_spans": """
        select event_id, company_id, ai, status, begins, date(begins, case length(date)
          when 4 then '+1 year' when 7 then case when date glob '*Q*' then '+3 months' else '+1 month' end
          else '+1 day' end, '-1 day') as ends
        from (select *, case when date glob '*Q*' then substr(date, 1, 5)
            || substr('01040710', 2 * cast(substr(date, 7) as integer) - 1, 2) || '-01'
          else substr(date || '-01-01', 1, 10) end as begins from events where date is not null)
    """,
    "follow_ups": f"""
        select e.event_id, c.claim_id from claims c join articles a using (article_id)
          join event_spans e on e.company_id = c.company_id
        where c.kind = 'aftermath' and {_LONE} and {_FOLLOWED.format("e")} and not exists (
          select 1 from event_spans o where o.company_id = c.company_id and o.event_id <> e.event_id
            and o.ends >= e.begins and {_FOLLOWED.format("o")})
    """,
    "aftermath": """
        select ec.event_id, c.claim_id, c.company, c.value as kind, c.field, c.start, c."end", c.quote,
          a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join (
          select event_id, claim_id from event_claims union all select event_id, claim_id from follow_ups
        ) ec using (claim_id)
        where c.kind = 'aftermath' order by ec.event_id, a.published, a.url, c.position
    """,
    "work": """
        select distinct ec.event_id, c.company, c.kind, c.value, c.quote, a.publisher, a.published, a.url
        from claims c join articles a using (article_id) join event_claims ec using (claim_id)
        where c.kind in ('work', 'system') order by ec.event_id, a.published, a.url
    """,
}

_LACKS = "insert into unindexed select new.rowid where new.rowid not in (select rowid_of_article from unindexed);"
_LEAVES = (
    "insert into articles_fts (articles_fts, rowid, title, text) values ('delete', old.rowid, old.title, old.text);"
)
_INDEXED = "exists (select 1 from articles_fts_docsize where id = old.rowid)"
_DIFFERS = "(old.title <> new.title or old.text <> new.text)"

#: Words of a row leave the search index with the row; new ones enter with the next batch (pipelines/search.py).
TRIGGERS = {
    "articles_fts_new": f"after insert on articles begin {_LACKS} end",
    "articles_fts_changed": f"""
        before update of title, text on articles when {_INDEXED} and {_DIFFERS} begin {_LEAVES} {_LACKS} end
    """,
    "articles_fts_deleted": f"before delete on articles when {_INDEXED} begin {_LEAVES} end",
    "articles_fts_forgotten": """
        after delete on articles begin delete from unindexed where rowid_of_article = old.rowid; end
    """,
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
