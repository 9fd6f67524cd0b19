"""Where a page gives nothing (a paywall, a script, an error page), what its source's list said of it is an article."""

from __future__ import annotations

from dataclasses import replace

from extract.gate import gate_text
from extract.reasons import NotAboutCuts
from extract.records import Page


def entry_of(page: Page) -> Page | None:
    """The page as its source's headline and summary tell it, of grade "entry"; None where they speak of no job cuts."""
    if page.grade != "full" or not page.headline or not page.summary:
        return None
    try:
        gate_text(page.headline, page.summary)
    except NotAboutCuts:
        return None
    return replace(
        page, body=b"", content_type=None, title=page.headline, text=page.summary, headline=None, summary=None,
        grade="entry",
    )  # fmt: skip
