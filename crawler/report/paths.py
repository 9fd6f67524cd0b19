"""Where pages lie in the site, from the names of what they are about."""

from __future__ import annotations

from functools import cache

from crawler.report.words import slug


@cache
def event_path(event_id: str) -> str:
    """The page of an event."""
    return f"event/{slug(event_id)}.html"


@cache
def company_path(company_id: str) -> str:
    """The page of a company."""
    return f"company/{slug(company_id)}.html"


def industry_path(name: str) -> str:
    """The page of an industry."""
    return f"industry/{slug(name)}.html"


def month_path(date: str | None) -> str:
    """The page of the month (quarter, year) of a date; empty for undated."""
    return f"month/{slug(date[:7])}.html" if date else ""
