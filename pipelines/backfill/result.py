"""What came of one archive: its row in the manifest, and what its pages say. Travels between processes as JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self

from extract.records import Aggregate, Article, Claim
from pipelines.claims import Reading

State = Literal["read", "truncated", "damaged", "failed"]


@dataclass(frozen=True, slots=True)
class Rejection:
    """A page that was worth reading and could not be read: a row of table rejections."""

    url: str | None
    reason: str
    rule: str
    words: str


@dataclass(slots=True, kw_only=True)
class Result:
    """One archive as one process has read it. `failed` means that nothing of it counts; it will be read again."""

    archive: str  # path or address
    state: State = "read"
    error: str | None = None  # the first damage, or why it failed
    size: int = 0  # bytes of the file
    consumed: int = 0  # bytes of it that were read and make sense
    records: int = 0
    pages: int = 0
    digests: int = 0  # checksums compared
    damaged: int = 0  # places that cannot be read
    skipped: Counter[str] = field(default_factory=Counter)  # records that are no pages, by reason
    rejected: Counter[str] = field(default_factory=Counter)  # pages, by rule
    passed: int = 0  # pages with claims or totals
    events: int = 0  # rounds of cuts that they tell of
    seconds: float = 0.0
    rules_version: str = ""
    readings: list[Reading] = field(default_factory=list)
    rejections: list[Rejection] = field(default_factory=list)

    def packed(self) -> bytes:
        """As JSON, in one line."""
        readings = [
            [asdict(r.article), [asdict(c) for c in r.claims], [asdict(a) for a in r.aggregates]] for r in self.readings
        ]
        told = {name: getattr(self, name) for name in self.__dataclass_fields__}
        rejections = [asdict(one) for one in self.rejections]
        return json.dumps(told | {"readings": readings, "rejections": rejections}).encode()

    @classmethod
    def unpacked(cls, line: bytes) -> Self:
        """The result of such a line; raises ValueError or TypeError for one of another version of the project."""
        told: dict[str, Any] = json.loads(line)
        readings = [
            Reading(Article(**article), tuple(Claim(**c) for c in claims), tuple(Aggregate(**a) for a in sums))
            for article, claims, sums in told.pop("readings")
        ]
        rejections = [Rejection(**one) for one in told.pop("rejections")]
        told |= {name: Counter(told[name]) for name in ("skipped", "rejected")}
        return cls(**told, readings=readings, rejections=rejections)
