"""A page of our own in Datasette, at /-/dashboard: what the ledger holds at one glance. A plugin of `scrapy serve`."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette import hookimpl

from extract import RULES_VERSION, __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from datasette.app import Datasette

TEMPLATES = Path(__file__).resolve().parent / "templates" / "datasette"
ADDRESS = "/-/dashboard"
MONTHS, COMPANIES, LATEST = 24, 10, 12  # rows of the three tables

_OVERALL = """
    select count(*) as events, coalesce(sum(low), 0) as low, coalesce(sum(point), 0) as point,
      coalesce(sum(high), 0) as high, sum(point is null) as without_figure,
      coalesce(sum(case when ai in ('company', 'third_party') then point end), 0) as ai,
      count(distinct company) as companies
    from events_with_totals where counted
"""
#: A quarter lies where its first month does; a year, which is known no better, before its months.
_IN_TIME = "iif(month like '%-Q%', substr(month, 1, 5) || substr('01040710', 2 * substr(month, 7) - 1, 2), month)"
_MONTHS = f"""
    select month, count(*) as events, coalesce(sum(point), 0) as point, sum(point is null) as without_figure,
      coalesce(sum(case when ai in ('company', 'third_party') then point end), 0) as ai
    from events_with_totals where counted and month is not null group by month order by {_IN_TIME} desc limit {MONTHS}
"""
_COMPANIES = f"""
    select company, count(*) as events, coalesce(sum(point), 0) as point from events_with_totals where counted
    group by company order by point desc, company limit {COMPANIES}
"""
_LATEST = f"""
    select event_id, company, date, point, ai, evidence from events_with_totals where counted and date is not null
    order by date desc, event_id limit {LATEST}
"""
QUERIES = {"overall": _OVERALL, "months": _MONTHS, "companies": _COMPANIES, "latest": _LATEST}


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Where the page is."""
    return [(f"^{ADDRESS}$", page)]


@hookimpl  # type: ignore[untyped-decorator]
def menu_links(datasette: Datasette) -> list[dict[str, str]]:
    """A way to it from every page."""
    return [{"href": datasette.urls.path(ADDRESS), "label": "Dashboard"}]


async def page(datasette: Datasette, request: Any) -> Any:
    """The page of the first database."""
    from datasette.utils.asgi import Forbidden, Response

    database = next(db for db in datasette.databases.values() if db.name != "_internal")
    if not await datasette.permission_allowed(request.actor, "view-database", database.name, default=True):
        raise Forbidden("view-database")
    found = await asyncio.gather(*(database.execute(sql) for sql in QUERIES.values()))
    tables = {name: [dict(row) for row in result.rows] for name, result in zip(QUERIES, found, strict=True)}
    (overall,) = tables.pop("overall")
    values = {"database": database.name, "overall": overall, "versions": f"{__version__}, rules {RULES_VERSION}"}
    shown = {name: with_shares(rows) for name, rows in tables.items()}
    return Response.html(await datasette.render_template("dashboard.html", values | shown, request=request))


def with_shares(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, each with `share`: its number of people in per cent of the greatest.

    >>> [row["share"] for row in with_shares([{"point": 50}, {"point": 200}, {"point": None}])]
    [25.0, 100.0, 0.0]
    """
    greatest = max((row["point"] or 0 for row in rows), default=0) or 1
    return [row | {"share": 100 * (row["point"] or 0) / greatest} for row in rows]
