"""What a page about one event tells: each claim with its words in context, rival figures, history, voices, articles."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from extract.attributions import Attribution, attribution
from extract.choose import Measure, Rival
from extract.context import Context, context
from extract.records import Claim
from pipelines.figures import corrections, figures
from pipelines.history import QUIET
from pipelines.houses import Houses
from pipelines.rows import Row, article_of, claim_of
from pipelines.snapshot import Snapshot
from pipelines.sqlite import rows, some

_CLAIMS = """
    select l.role, c.* from event_claims l join claims c using (claim_id) join articles a using (article_id)
    where l.event_id = ? order by a.published is null, a.published, a.url, c.position
"""
_FOLLOWS = """
    select 'follows' as role, c.* from follow_ups f join claims c using (claim_id) join articles a using (article_id)
    where f.event_id = ? order by a.published, a.url, c.position
"""
_ARTICLES = "article_id, url, canonical_url, input_id, found_by, publisher, site, title, text, published, text_erased"


@dataclass(frozen=True, slots=True)
class Source:
    """An article behind an event, with its number on the page."""

    number: int
    url: str
    publisher: str
    title: str
    published: str | None
    erased: str | None  # why only parts of its text are kept


@dataclass(frozen=True, slots=True)
class Quote:
    """A claim with its words in the article."""

    claim: Claim
    role: str
    context: Context
    source: Source


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice on AI with its words in the article; `mechanisms` are all that it tells in them."""

    said: Attribution
    mechanisms: tuple[str, ...]
    context: Context
    source: Source


@dataclass(frozen=True, slots=True)
class Account:
    """All of it."""

    quotes: list[Quote]
    voices: list[Voice]
    rivals: dict[Measure, list[Rival]]
    sources: list[Source]
    history: list[Row]
    redirects: list[Row]
    corrections: list[Row]


def account(ledger: Snapshot, houses: Houses, event_id: str) -> Account:
    """What is known of one event of the ledger."""
    db = ledger.db
    claims = rows(db, _CLAIMS, [event_id])
    told = houses.told(claims)
    claims += rows(db, _FOLLOWS, [event_id])
    articles = _articles(ledger, claims)
    sources = {key: _source(number, row) for number, (key, row) in enumerate(articles.items(), 1)}
    quotes, said = [], []
    for row in claims:
        article, source, claim = articles[row["article_id"]], sources[row["article_id"]], claim_of(row)
        words = context(article[row["field"]], row["start"], row["end"])
        quotes.append(Quote(claim, row["role"], words, source))
        if claim.kind == "attribution":
            said.append((attribution(claim, article_of(article), row["claim_id"]), words, source))
    redirects = rows(db, "select * from event_redirects where target = ? order by event_id", [event_id])
    lines = corrections(db, [event_id, *(row["event_id"] for row in redirects)])
    return Account(
        quotes,
        _voices(said),
        figures(ledger.event(event_id), told, lines),
        list(sources.values()),
        _history(ledger, event_id),
        redirects,
        lines,
    )


def _voices(said: Iterable[tuple[Attribution, Context, Source]]) -> list[Voice]:
    """Each voice once, however many mechanisms it tells in the same words; an unspecified one adds nothing."""
    groups: dict[tuple[object, ...], list[tuple[Attribution, Context, Source]]] = {}
    for one, words, source in said:
        key = (source.number, one.speaker, one.speaker_name, one.stance, one.strength, one.low, one.high, words)
        groups.setdefault(key, []).append((one, words, source))
    found = []
    for members in groups.values():
        told = tuple(dict.fromkeys(one.mechanism for one, _, _ in members))
        known = tuple(name for name in told if name != "unspecified")
        found.append(Voice(members[0][0], known or told, members[0][1], members[0][2]))
    return found


def _articles(ledger: Snapshot, claims: Iterable[Row]) -> dict[str, Row]:
    """The articles of the claims by id, in the order in which the claims come."""
    wanted = list(dict.fromkeys(claim["article_id"] for claim in claims))
    found: dict[str, Row] = {}
    for first in range(0, len(wanted), 500):
        part = wanted[first : first + 500]
        sql = f"select {_ARTICLES} from articles where article_id in {some(part)}"
        found |= {row["article_id"]: row for row in rows(ledger.db, sql, part)}
    return {key: found[key] for key in wanted}


def _source(number: int, row: Row) -> Source:
    named = row["publisher"] or row["site"] or "urn:"  # an article without an address is of a site of its own
    publisher = "publisher unknown" if named.startswith("urn:") else named
    return Source(number, row["url"], publisher, row["title"], row["published"], row["text_erased"])


def _history(ledger: Snapshot, event_id: str) -> list[Row]:
    """The changes that are news of their own, the first first."""
    sql = "select * from event_revisions where event_id = ? order by revision_id"
    return [row for row in rows(ledger.db, sql, [event_id]) if row["field"] not in QUIET]
