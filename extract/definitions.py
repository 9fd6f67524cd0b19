"""Definitions of an AI-attributed cut: which voices make an event count, as data/definitions.toml writes them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from extract.attributions import MECHANISMS, SPEAKERS, STANCES, STRENGTHS
from extract.choose import ACTIONS
from extract.totals import NOT_COUNTED_ACTION
from extract.vocabulary import DATA

PATH = DATA / "definitions.toml"
DENIED = ("out", "disputed", "in")
JOBS = ("stated", "whole")


class DefinitionError(ValueError):
    """A file of definitions that cannot be used; the message names file and entry and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """Which voices make an event count as AI-attributed, and which events are counted at all."""

    name: str
    title: str
    about: str
    speakers: frozenset[str]
    stances: frozenset[str] = frozenset({"asserts"})
    mechanisms: frozenset[str] = frozenset(MECHANISMS) - {"selection_tool"}
    strengths: frozenset[str] = frozenset({"explicit", "contributing"})
    denied: str = "out"
    jobs: str = "stated"
    actions: frozenset[str] = frozenset(ACTIONS) - frozenset(NOT_COUNTED_ACTION)
    countries: frozenset[str] = frozenset()


#: Key -> what its list may hold; None: country codes.
_SETS: dict[str, tuple[str, ...] | None] = {
    "speakers": SPEAKERS, "stances": STANCES, "mechanisms": MECHANISMS, "strengths": STRENGTHS, "actions": ACTIONS,
    "countries": None,
}  # fmt: skip
_CHOICES = {"denied": DENIED, "jobs": JOBS}
_NEEDED = ("title", "about", "speakers")


def load_definitions(path: Path = PATH) -> dict[str, Definition]:
    """The definitions of the file by name, in its order. Raises DefinitionError with file, entry and what to do."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DefinitionError(f"{path}: {error.strerror or error}; name a file of definitions") from None
    except ValueError as error:  # not TOML, or not UTF-8
        raise DefinitionError(f"{path}: not TOML: {error}") from None
    if not tables:
        raise DefinitionError(f"{path}: holds no definition; write a table such as [employer]")
    return {name: _definition(f"{path}: [{name}]", name, table) for name, table in tables.items()}


def _definition(where: str, name: str, table: Any) -> Definition:
    if not isinstance(table, dict):
        raise DefinitionError(f"{where}: not a table; a key before the first [name] belongs to no definition")
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name):
        raise DefinitionError(f"{where}: a name is a small letter, then small letters, digits, - or _")
    known = {f.name for f in fields(Definition)} - {"name"}
    if unknown := sorted(table.keys() - known):
        raise DefinitionError(f"{where}: unknown key {unknown[0]!r}; the keys are {', '.join(sorted(known))}")
    if missing := [key for key in _NEEDED if key not in table]:
        raise DefinitionError(f"{where}: {missing[0]} is missing")
    return Definition(name=name, **{key: _value(where, key, value) for key, value in table.items()})


def _value(where: str, key: str, value: Any) -> Any:
    """The value of a key, checked."""
    if key in _SETS:
        return _set(where, key, value, _SETS[key])
    if not isinstance(value, str) or not value.strip():
        raise DefinitionError(f"{where}: {key} = {value!r}: must be words in quotation marks")
    if key in _CHOICES and value not in _CHOICES[key]:
        raise DefinitionError(f"{where}: {key} = {value!r}: not one of {', '.join(_CHOICES[key])}")
    return value


def _set(where: str, key: str, value: Any, allowed: tuple[str, ...] | None) -> frozenset[str]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise DefinitionError(f"{where}: {key} = {value!r}: must be a list of words in quotation marks")
    if allowed is not None and not value:
        raise DefinitionError(f"{where}: {key} is empty; nothing could ever count")
    for word in value:
        if (word not in allowed) if allowed else not re.fullmatch(r"[A-Z]{2}", word):
            hint = f"not one of {', '.join(allowed)}" if allowed else "not a code of two capital letters such as US"
            raise DefinitionError(f"{where}: {key}: {word!r}: {hint}")
    if len(set(value)) < len(value):
        raise DefinitionError(f"{where}: {key}: {next(w for w in value if value.count(w) > 1)!r} stands twice")
    return frozenset(value)
