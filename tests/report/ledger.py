"""A small ledger for the site: rounds of several employers, rivals, voices on AI, a quoted total, and hostile text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from extract.records import Aggregate, Article, Claim
from pipelines.database import Ledger
from tests.pipelines.told import reading

Reading = tuple[Article, tuple[Claim, ...]]

#: Texts that would do something if a page let them.
SCRIPT = '<script>window.pwned = 1</script><img src=x onerror="window.pwned = 1">'
TURNED = "Evil\u202egro.live\u202c Corp"
LONG = "Long " + "x" * 10_000


def voice(one: Reading, **columns: Any) -> Reading:
    """The reading with a voice on AI, that of its first sentence."""
    article, claims = one
    end = article.text.index("\n\n")
    said = {"value": "replacement", "polarity": "asserts", "speaker": "employer"} | columns
    spoken = replace(
        claims[1], kind="attribution", start=0, end=end, quote=article.text[:end], modality="explicit", current=None,
        confidence=None, rule="attribution.test", **said,
    )  # fmt: skip
    return article, (*claims, spoken)


def rewritten(one: Reading, cut: dict[str, Any] | None = None, **columns: Any) -> Reading:
    """The reading with other columns of its article, and of its claim of the cut."""
    article, claims = one
    changed = tuple(replace(c, **(cut or {})) if c.kind == "cut" else c for c in claims)
    return replace(article, **columns), changed


def readings() -> list[Reading]:
    """The articles of the ledger, hostile ones among them."""
    plain = [
        reading("https://a.example/acme", "Acme", 900, "2026-03-02"),
        reading("https://b.example/acme", "Acme", 900, "2026-03-03"),
        reading("https://c.example/acme", "Acme", 950, "2026-03-04"),
        reading("https://a.example/acme-again", "Acme", 120, "2025-11-10"),
        voice(reading("https://a.example/apex", "Apex", 40, "2026-02-10")),
        voice(reading("https://b.example/zenith", "Zenith", 70, "2026-02-12"), polarity="denies"),
        rewritten(reading("https://a.example/beta", "Betacorp", 5000, "2026-01-20"), {"modality": "denied"}),
        rewritten(reading("https://a.example/gamma", "Gamma Mills", 1200, "2026-03-20"), {"value": "closure"}),
    ]
    return plain + hostile()


def hostile() -> list[Reading]:
    """Articles whose names, titles and addresses try to do something."""
    return [
        reading("https://a.example/1", SCRIPT, 31, "2026-03-05", title=SCRIPT),
        reading("javascript:window.pwned=1", "Jsurl", 32, "2026-03-06", title="javascript:window.pwned=1"),
        reading("https://a.example/3", TURNED, 33, "2026-03-07", title=TURNED),
        reading("https://a.example/4", LONG, 34, "2026-03-08", title=LONG),
        reading("https://a.example/5", '"><svg onload=window.pwned=1>', 35, "2026-03-09"),
        reading("https://a.example/6", "=HYPERLINK(1)", 36, "2026-03-10"),
    ]  # fmt: skip


def quoted() -> Aggregate:
    """A total that the first article quotes."""
    words = "Shares rose."
    start = len("Acme will cut 900 jobs, the company said.\n\n")
    return Aggregate(
        publisher="Challenger, Gray & Christmas", period="2026-03", to_date=False, measure="job cuts", sector=None,
        value=60_000, ai_value=15_000, relation="exact", field="text", start=start, end=start + len(words), quote=words,
    )  # fmt: skip


def source(name: str, **columns: Any) -> dict[str, Any]:
    """A source as data/sources.toml describes it."""
    row = {"source_id": name, "name": f"The {name.title()}", "publisher": name, "country": "US", "kind": "feed"}
    others = {"url": f"https://{name}.example/feed", "tags": "x", "tier": 1, "evidence": "x", "checked": "never"}
    return row | others | {"terms": None, "expected_gap_days": 3.0} | columns


def visit(name: str, newest: str, **columns: Any) -> dict[str, Any]:
    """A visit to a source that lists one entry, of the day `newest`."""
    counts = dict.fromkeys(("listed", "dated", "promising", "pages", "alike", "prose", "articles", "undated"), 1)
    entries = {f"https://{name}.example/{newest}": newest}
    row = {"source_id": name, "outcome": "read", "reason": None, "moved_to": None, "entries": entries}
    return row | counts | columns


#: The listed sources, by how they are. The last is never visited.
SOURCES = tuple(source(name) for name in ("fine", "silent", "doubtful", "failing", "unseen"))
VISITS = (
    visit("fine", "2026-03-20"), visit("silent", "2026-02-27"),
    visit("doubtful", "2026-03-20", pages=4, alike=4), visit("failing", "2026-03-20", outcome="failed", reason=SCRIPT),
)  # fmt: skip


def listed() -> list[dict[str, Any]]:
    """The sources as the site is told of them."""
    return [{"id": row["source_id"]} | {k: v for k, v in row.items() if k != "source_id"} for row in SOURCES]


def fill(path: Path, told: list[Reading] | None = None, started: str = "2026-03-21T00:00:00+00:00") -> None:
    """Save the articles in the database, as one run."""
    with Ledger(path) as ledger:
        run = ledger.start_run(spider="test", started_at=started)
        for article, claims in readings() if told is None else told:
            totals = [quoted()] if article.url == "https://a.example/acme" else []
            ledger.save(article, claims, run, totals)
        if told is None:
            ledger.visited(run, SOURCES, VISITS)
        ledger.rebuild(run)
        ledger.finish_run(run, finish_reason="finished", finished_at=started)
