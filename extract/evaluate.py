"""Measures the reading rules on labelled articles: figures with intervals, calibration, every difference."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extract.answers import Difference, Result, answer, compare
from extract.labels import Labelled
from extract.scoring import FIGURES, Figure, Tally, figures

#: Intervals: from the 5th to the 95th of 100 parts of so many resamples of the articles, always the same ones.
RESAMPLES = 1000
SEED = 20260101
LEVEL = 0.9
#: Least confidence of each band, from the top.
BANDS = (0.9, 0.8, 0.7, 0.6, 0.0)

Interval = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Band:
    """Events found with a confidence of at least `least` and below `below`: how many, and how many right."""

    least: float
    below: float
    n: int
    right: int

    @property
    def share(self) -> float | None:
        """Share of them that have company, headcount and share of the workforce right; None of no events."""
        return self.right / self.n if self.n else None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that is measured on one set of articles."""

    name: str
    articles: int
    figures: dict[str, Figure]
    intervals: dict[str, Interval]
    bands: tuple[Band, ...]
    differences: tuple[Difference, ...]


def evaluate(name: str, articles: Iterable[Labelled]) -> tuple[Evaluation, list[Result]]:
    """Read every article and compare; the results can be put together with others by `summary`."""
    results = [compare(one, answer(one)) for one in articles]
    return summary(name, results), results


def summary(name: str, results: Sequence[Result]) -> Evaluation:
    """The evaluation of articles that are compared already."""
    total: Tally = Counter()
    for result in results:
        total.update(result.tally)
    return Evaluation(
        name=name,
        articles=len(results),
        figures=figures(total),
        intervals=intervals([result.tally for result in results]),
        bands=bands([grade for result in results for grade in result.graded]),
        differences=tuple(difference for result in results for difference in result.differences),
    )


def intervals(tallies: Sequence[Tally]) -> dict[str, Interval]:
    """90 % bootstrap intervals of all figures: articles are drawn with replacement, as many as there are."""
    alike = Counter(tuple(sorted((key, n) for key, n in tally.items() if n)) for tally in tallies)
    kinds, weights = list(alike), list(alike.values())
    drawn: dict[str, list[float]] = {name: [] for name in FIGURES}
    dice = random.Random(SEED)
    for _ in range(RESAMPLES if kinds else 0):
        total: Tally = Counter()
        for kind, times in Counter(dice.choices(range(len(kinds)), weights, k=len(tallies))).items():
            for key, n in kinds[kind]:
                total[key] += n * times
        for name, figure in figures(total).items():
            drawn[name].append(figure.value)
    return {name: _middle(sorted(values)) for name, values in drawn.items()}


def _middle(values: Sequence[float]) -> Interval:
    """The bounds that leave (1 - LEVEL) / 2 of the sorted values out on either side."""
    if not values:
        return (0.0, 1.0)
    out = int(len(values) * (1 - LEVEL) / 2)
    return values[out], values[-1 - out]


def bands(graded: Sequence[tuple[float, bool]]) -> tuple[Band, ...]:
    """How often events of each band of confidence are right.

    >>> [(band.least, band.n, band.right) for band in bands([(0.95, True), (0.9, False), (0.3, True)]) if band.n]
    [(0.9, 2, 1), (0.0, 1, 1)]
    """
    found = []
    for least, below in zip(BANDS, (1.01, *BANDS), strict=False):
        inside = [right for sure, right in graded if least <= sure < below]
        found.append(Band(least, min(below, 1.0), len(inside), sum(inside)))
    return tuple(found)
