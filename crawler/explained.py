"""The page of `scrapy explain`: how one or more articles were read, as one HTML file."""

from __future__ import annotations

from collections.abc import Sequence

from crawler.html import page
from crawler.said import people, share, value_of
from extract import RULES_VERSION, __version__
from extract.explain import REJECTED, Explanation

#: Kind of mark -> how the legend calls it, in its order.
LEGEND = {
    "company": "company",
    "reference": "stands for a company",
    "cut": "cut",
    "headcount": "people or jobs",
    "share": "share of staff",
    "date": "date",
    "attribution": "AI as the reason",
    REJECTED: "rejected sentence",
}
HEADING = 120  # characters of an untitled page's name


def html(readings: Sequence[Explanation]) -> str:
    """The whole page; safe whatever the articles hold."""
    pages = [{"reading": one, "heading": heading(one)} for one in readings]
    what = "a page" if len(pages) == 1 else f"{len(pages)} pages"
    return page(
        "explain.html.j2", "explain.css", pages=pages, what=what, legend=LEGEND, people=people, share=share,
        value_of=value_of, version=__version__, rules_version=RULES_VERSION,
    )  # fmt: skip


def heading(one: Explanation) -> str:
    """The article's title, else what the page is called."""
    title = one.article.title.strip() if one.article else ""
    text = title or one.name
    return text if len(text) <= HEADING else text[: HEADING - 1] + "…"
