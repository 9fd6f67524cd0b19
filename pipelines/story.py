"""An event in order of time: how it was told, who spoke of AI, what became of it. Pure, over rows of claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipelines.rows import Row

#: What became of a cut, in words.
AFTERMATH = {
    "reversal": "taken back",
    "rehiring": "people hired again",
    "offshoring": "work sent abroad",
    "withdrawn": "AI withdrawn",
    "regret": "said to have gone wrong",
    "denial": "AI denied as the reason",
}


def story(claims: Iterable[Row]) -> list[dict[str, Any]]:
    """What was new in each article, by publication; `claims` in that order. A later repetition is left out.

    Keys: published, publisher, url, kind (cut, attribution or aftermath), told (a few words), quote.
    """
    known: set[tuple[Any, ...]] = set()
    found = []
    for claim in claims:
        key = _key(claim)
        if key is None or key in known:
            continue
        known.add(key)
        place = {name: claim[name] for name in ("published", "publisher", "url", "kind")}
        found.append(place | {"told": _told(claim), "quote": claim["quote"]})
    return found


def _key(claim: Row) -> tuple[Any, ...] | None:
    """What makes the claim news: another status, another voice on AI, another turn."""
    if claim["kind"] == "cut":
        return "cut", claim["modality"]
    if claim["kind"] == "attribution":
        return "attribution", claim["speaker"], claim["polarity"], claim["value"]
    return ("aftermath", claim["value"]) if claim["kind"] == "aftermath" else None


def _told(claim: Row) -> str:
    if claim["kind"] == "cut":
        return f"{claim['value'].replace('_', ' ')} {claim['modality']}"
    if claim["kind"] == "aftermath":
        return AFTERMATH[claim["value"]]
    return " ".join(_voice(claim))


def _voice(claim: Row) -> Iterator[str]:
    """Who says what of AI: "executive (chief executive Jo March): AI is the reason, replacement"."""
    named = " ".join(filter(None, (claim["speaker_role"], claim["speaker_name"])))
    yield f"{claim['speaker']}{f' ({named})' if named else ''}:"
    if claim["polarity"] != "asserts":
        yield f"{claim['polarity']} that AI is the reason"
        return
    if claim["value"] == "selection_tool":
        yield "AI chose who goes"
        return
    strength = {"contributing": "AI is one of the reasons", "context": "AI stands beside it"}
    yield strength.get(claim["modality"], "AI is the reason")
    if claim["value"] != "unspecified":
        yield f"({claim['value'].replace('_', ' ')})"


def named(claims: Sequence[Row], kind: str) -> list[str]:
    """The different values of the claims of kind work or system, in their order."""
    return list(dict.fromkeys(claim["value"] for claim in claims if claim["kind"] == kind))
