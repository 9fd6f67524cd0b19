"""Tellings written by hand: what one article says of one round, in a line."""

from __future__ import annotations

from typing import Any

from extract.days import precision
from extract.records import Article, Event
from extract.tellings import Telling


def telling(
    who: str = "Acme",
    figure: str | int | None = None,
    date: str | None = None,
    *,
    at: str | None = None,
    url: str | None = None,
    title: str = "",
    text: str = "",
    **columns: Any,
) -> Telling:
    """A telling of `who` cutting `figure` people ("900", "100-200", "300+", "<300", "10%", "hundreds") on `date`.

    `at` is the publication day (default: the date, where that is a day).
    """
    published = at or (date if precision(date) == "day" else None)
    event = Event(company=who, date=date, date_precision=precision(date), **_figure(figure) | columns)
    name = url or f"https://{abs(hash_of(repr(event) + str(published)))}.example/a"
    article = Article(article_id=name, url=name, title=title or repr(event), text=text, published=published)
    return Telling(article, event, ())


def acme(figure: str | int | None, date: str | None, **columns: Any) -> Telling:
    """The same of Acme, shorter to write."""
    return telling("Acme", figure, date, **columns)


def hash_of(text: str) -> int:
    """A small number that depends on the text alone."""
    return sum((i + 1) * ord(c) for i, c in enumerate(text)) % 1_000_003


def _figure(figure: str | int | None) -> dict[str, Any]:
    if figure is None:
        return {}
    text = str(figure)
    if text == "hundreds":
        return {"headcount_min": 200, "headcount_relation": "vague"}
    kind, number = ("pct", float) if text.endswith("%") else ("headcount", int)
    text = text.removesuffix("%")
    if text.endswith("+"):
        return {f"{kind}_min": number(text[:-1]), f"{kind}_relation": "at_least"}
    if text.startswith("<"):
        return {f"{kind}_max": number(text[1:]), f"{kind}_relation": "at_most"}
    low, dash, high = text.partition("-")
    relation = "range" if dash else "exact"
    return {f"{kind}_min": number(low), f"{kind}_max": number(high or low), f"{kind}_relation": relation}
