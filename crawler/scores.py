"""The figures of `scrapy evaluate` for people: a table in the terminal, a block of a Markdown page, and JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from rich.table import Table

from crawler.tables import printable
from extract import RULES_VERSION, __version__
from extract.answers import Difference
from extract.evaluate import Band, Evaluation
from extract.scoring import FIGURES, RATIOS

#: How all files together are called.
ALL = "all files"
HEADER = ("Figure", "P", "R", "F1/share", "90 %", "n")
#: What `scrapy evaluate --markdown` writes anew.
MARKS = re.compile(r"(?<=<!-- scores -->\n).*?(?=<!-- end of scores -->)", re.DOTALL)


def rows(found: Evaluation) -> Iterator[tuple[str, ...]]:
    """A row for each figure, in the order of FIGURES; a share has neither precision nor recall."""
    for name in FIGURES:
        figure, (low, high) = found.figures[name], found.intervals[name]
        sides = (_decimal(figure.precision), _decimal(figure.recall)) if name in RATIOS else ("", "")
        if figure.n:
            yield name, *sides, _decimal(figure.value), f"{_decimal(low)}-{_decimal(high)}", str(figure.n)
        else:
            yield name, "", "", "-", "", "0"


def band_rows(bands: Sequence[Band]) -> Iterator[tuple[str, ...]]:
    """A row for each band of confidence that holds an event."""
    for band in bands:
        if band.share is not None:
            name = f"{band.least:.1f} to {band.below:.1f}" if band.least else f"below {band.below:.1f}"
            yield name, str(band.n), str(band.right), _decimal(band.share)


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def table(found: Evaluation) -> Table:
    """The figures as a table of the terminal."""
    return _table(HEADER, rows(found))


def band_table(found: Evaluation) -> Table:
    """The bands of confidence as a table of the terminal."""
    return _table(("Confidence", "Events", "Right", "Share"), band_rows(found.bands))


def _table(header: Sequence[str], lines: Iterator[tuple[str, ...]]) -> Table:
    made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold", show_edge=False)
    for title in header:
        made.add_column(title, justify="left" if title == header[0] else "right", no_wrap=True)
    for line in lines:
        made.add_row(*line)
    return made


def line_of(difference: Difference) -> str:
    """A difference on one line: article, company, field, both values and the rule.

    >>> line_of(Difference("gold-001", "Acme", "date", "2026-02-09", None, "date.weekday"))
    'gold-001  Acme  date: wanted 2026-02-09, got nothing  [date.weekday]'
    """
    values = tuple("nothing" if value is None else str(value) for value in (difference.wanted, difference.got))
    told = {"missed": values[0], "invented": values[1]}.get(difference.field, "wanted {}, got {}".format(*values))
    text = f"{difference.article}  {difference.company}  {difference.field}: {told}  [{difference.rule}]"
    return printable(" ".join(text.split("\n"))).plain


def source_line(found: Evaluation) -> str:
    """What was measured, and by which version."""
    articles = f"{found.articles} article{'' if found.articles == 1 else 's'}"
    return f"{found.name} · {articles} · layoff-ledger {__version__}, rules {RULES_VERSION}"


def markdown(found: Sequence[Evaluation]) -> str:
    """The block of docs/accuracy.md: a table for each set, and confidence over the last, which is the whole."""
    lines = [f"Measured by version {__version__}, rules {RULES_VERSION}.", ""]
    for one in found:
        name = one.name if one.name == ALL else f"`{one.name}`"
        lines += [f"{name}, {one.articles} articles:", ""]
        lines += ["| Figure | Precision | Recall | F1 or share | 90 % interval | n |", "|" + " --- |" * 6]
        lines += [f"| `{figure}` | {' | '.join(cells)} |" for figure, *cells in rows(one)]
        lines.append("")
    lines += ["| Confidence | Events | Right | Share |", "|" + " --- |" * 4]
    lines += [f"| {' | '.join(cells)} |" for cells in band_rows(found[-1].bands)]
    return "\n".join(lines) + "\n"


class NoPlace(ValueError):
    """The page has no place for the scores."""


def with_scores(page: str, found: Sequence[Evaluation]) -> str:
    """The page with its block of scores written anew. Raises NoPlace."""
    if not MARKS.search(page):
        raise NoPlace("has no lines <!-- scores --> and <!-- end of scores -->, between which the scores go")
    return MARKS.sub(lambda _: markdown(found), page, count=1)


def as_json(found: Sequence[Evaluation], errors: bool, vocabulary: Mapping[str, Sequence[str]] | None) -> str:
    """Everything measured; numbers are not rounded."""
    sets = [_set(one, errors) for one in found]
    whole: dict[str, Any] = {"version": __version__, "rules_version": RULES_VERSION, "sets": sets}
    if vocabulary is not None:
        whole["unused"] = vocabulary
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _set(found: Evaluation, errors: bool) -> dict[str, Any]:
    figures = {
        name: {"value": figure.value, "P": figure.precision, "R": figure.recall, "n": figure.n}
        | dict(zip(("low", "high"), found.intervals[name], strict=True))
        for name, figure in found.figures.items()
    }
    bands = [asdict(band) for band in found.bands]
    made: dict[str, Any] = {"name": found.name, "articles": found.articles, "figures": figures, "confidence": bands}
    return made | ({"differences": [asdict(one) for one in found.differences]} if errors else {})
