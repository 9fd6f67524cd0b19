"""Why an event changed: a new article, other rules, or a line of data/overrides.csv. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from extract.corrections import columns_of
from extract.overrides import Override
from pipelines.history import Why
from pipelines.rows import Row

SHOWN = 3  # addresses that a reason names


@dataclass(frozen=True)
class Causes:
    """What happened to one house since the last time."""

    pending: Mapping[str, str]  # url -> new_article or rule_change
    fresh: AbstractSet[Override]  # lines that were not there
    gone: Sequence[Override]  # lines that are there no more
    before: str | None  # rules and list of companies then
    after: str  # and now

    def why(self, old: Row | None, new: Row | None, lines: Iterable[Override]) -> dict[str, Why]:
        """The reason by field, "" for the rest. Dated by the newest article of the event, a correction by its line."""
        row = new or old or {}
        known = [*lines]
        urls = {url for one in (old, new) if one for url in (one["source_urls"] or "").split()}
        reasons = {"": self._rest(urls, row["updated_at"], [line for line in known if line in self.fresh], row)}
        for line in known:
            said = Why("override", line.date, line.reason)
            reasons |= dict.fromkeys(columns_of(line), said)
        return reasons

    def _rest(self, urls: AbstractSet[str], at: str | None, lines: Sequence[Override], row: Row) -> Why:
        own = {url: cause for url, cause in self.pending.items() if url in urls}
        withdrawn = [line.reason or line.action for line in self.gone if row["event_id"] in line.events]
        if lines:
            return Why("override", lines[-1].date, lines[-1].reason)
        if arrived := [url for url, cause in own.items() if cause == "new_article"]:
            return Why("new_article", at, _shown(arrived))
        if withdrawn:
            return Why("override", at, f"withdrawn: {'; '.join(withdrawn)}")
        if own or self.before != self.after:
            return Why("rule_change", at, self._rules())
        if arrived := [url for url, cause in self.pending.items() if cause == "new_article"]:
            return Why("new_article", at, _shown(arrived))
        if self.fresh or self.gone:
            return Why("override", at, "a line about another event of the company")
        return Why("rule_change", at, self._rules())

    def _rules(self) -> str:
        then, now = (self.before or "none").split()[0], self.after.split()[0]
        return (
            f"rules {then} -> {now}"
            if then != now
            else "list of companies"
            if self.before != self.after
            else f"rules {now}"
        )


def _shown(urls: Sequence[str]) -> str:
    ordered = sorted(urls)
    more = len(ordered) - SHOWN
    return " ".join(ordered[:SHOWN]) + (f" and {more} more" if more > 0 else "")
