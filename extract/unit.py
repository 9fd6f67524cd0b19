"""The division, team, site or country to which a cut is limited, as its sentence names it."""

from __future__ import annotations

import re

from extract.figures import Bound
from extract.sentences import Sentence
from extract.windows import behind
from extract.words import context

_UNIT = re.compile(
    r"(?i)\b(?:in|at|from|across|within|of|on)\s+(?:its|the|their|his|our|a)?\s*"
    rf"(?P<unit>(?:[\w’'&./-]+\s+){{0,5}}?{context('unit.kind')}\b(?:\s+in\s+[A-Z]\w+)?)"
    rf"|\b(?:in|across)\s+(?:the\s+)?(?P<place>{context('unit.place')}\b)"
    rf"|\b(?P<team>(?:[A-Z][\w&-]+\s+|{context('unit.field')}\s+(?:and\s+)?){{1,5}}{context('unit.staff')}\b)"
)
_GROUP = re.compile(rf"(?i)\s+(?:its\s+|the\s+|all\s+)?((?:[\w-]+\s+){{0,2}}?{context('unit.trade')}\b)")


def unit(sentence: Sentence, bound: Bound) -> str | None:
    """The unit named among the statement's words or right behind them, as written; None where none is."""
    match = _UNIT.search(behind(sentence, bound.start, bound.end - bound.start + 80))
    if not match:
        return _group(sentence, bound)
    return next(g for g in match.group("unit", "place", "team") if g).strip()


def _group(sentence: Sentence, bound: Bound) -> str | None:
    """A named group of staff as the verb's object ("axed paralegals") is a unit as well."""
    match = _GROUP.match(sentence.text, bound.cut.end)
    return match[1] if match and bound.cut.value.kind in ("object", "people") else None
