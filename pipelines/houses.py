"""Which tellings stand behind an event; the last house is kept, since events come company by company."""

from __future__ import annotations

from collections.abc import Iterable

from extract.companies import family
from extract.tellings import Telling
from pipelines.bound import keys_of
from pipelines.rows import Row
from pipelines.sqlite import Database
from pipelines.units import load


class Houses:
    """Finds the tellings of claims."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self._keys: tuple[str, ...] = ()
        self._telling: dict[str, Telling] = {}  # claim_id -> the telling it belongs to

    def told(self, claims: Iterable[Row]) -> list[Telling]:
        """The tellings to which the claims (rows with claim_id and company_id) belong, each once."""
        found = list(claims)
        houses = {family(claim["company_id"]) for claim in found}
        self._enter(tuple(sorted({name for house in houses for name in keys_of(house)})))
        return list({id(t): t for claim in found if (t := self._telling.get(claim["claim_id"]))}.values())

    def _enter(self, keys: tuple[str, ...]) -> None:
        if keys == self._keys:
            return
        unit = load(self.db, keys)
        self._keys = keys
        self._telling = {unit.claim_ids[id(claim)]: telling for telling in unit.told for claim in telling.claims}
