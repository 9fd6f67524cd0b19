"""Floors under the figures of labelled files (tests/scores.json): a change of the rules may not fall through them.

They rise by `raised`; to lower one, a person edits the file and says in the commit why.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from pathlib import Path

from extract.scoring import FIGURES, Figure

#: A floor lies so far below what is measured, or one event where that is more: mending one sentence may cost another.
MARGIN = 0.02

#: Labelled file -> figure -> least value, 0..1.
Floors = dict[str, dict[str, float]]


class FloorError(ValueError):
    """A file of floors that cannot be used; the message names file and key."""


def read(path: Path) -> Floors:
    """The floors in a file. Raises FloorError, and OSError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise FloorError(f"{path}: not JSON: {error}") from None
    if not isinstance(found, dict) or not all(isinstance(floors, dict) for floors in found.values()):
        raise FloorError(f"{path}: not an object of labelled files, each an object of floors")
    for name, floors in found.items():
        for figure, value in floors.items():
            if figure not in FIGURES:
                raise FloorError(f"{path}: {name}: {figure!r} is no figure; there are {', '.join(FIGURES)}")
            if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
                raise FloorError(f"{path}: {name}: {figure}: {value!r} is not a number from 0 to 1")
    return found


def below(floors: Mapping[str, float], figures: Mapping[str, Figure]) -> Iterator[str]:
    """A line for each figure that is below its floor."""
    for name, floor in floors.items():
        if figures[name].value < floor:
            yield f"{name} is {figures[name].value:.3f}, below its floor {floor:.3f}"


def raised(floors: Mapping[str, float], figures: Mapping[str, Figure]) -> dict[str, float]:
    """The floors of one file, each a margin below what is measured now, and none lower than it was.

    >>> raised({"event": 0.9, "row": 0.5}, {"event": Figure(0.91, 90), "row": Figure(0.7, 90), "clean": Figure(1.0, 0)})
    {'event': 0.9, 'row': 0.68}
    """
    measured = {
        name: math.floor(round((figure.value - max(MARGIN, 1 / figure.n)) * 1000, 6)) / 1000
        for name, figure in figures.items()
        if figure.n
    }
    return {
        name: max(floors.get(name, 0.0), measured.get(name, 0.0)) for name in FIGURES if name in {*floors, *measured}
    }


def written(floors: Floors) -> str:
    """The floors as the text of their file."""
    return json.dumps(floors, indent=2, ensure_ascii=False) + "\n"
