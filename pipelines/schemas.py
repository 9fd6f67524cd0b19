"""What the columns of the data package are: types, meaning, units, keys. Of events they follow from the event type."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from extract.records import Event
from pipelines.migrations import event_columns

DATE = r"^\d{4}(-(\d{2}(-\d{2})?|Q[1-4]))?$"
RELATIONS = ["exact", "about", "at_least", "at_most", "range", "vague"]
PEOPLE = {"headcount", "headcount_min", "headcount_max", "workforce_before", "ai_headcount"}
_TYPES = {int: "integer", float: "number", str: "string"}

_CONSTRAINTS: dict[str, dict[str, Any]] = {
    "date": {"pattern": DATE},
    "date_precision": {"enum": ["day", "month", "quarter", "year"]},
    "headcount_relation": {"enum": RELATIONS},
    "pct_relation": {"enum": RELATIONS},
    "ai": {"required": True, "enum": ["company", "third_party", "denied", "none"]},
    "pct_min": {"minimum": 0, "maximum": 100},
    "pct_max": {"minimum": 0, "maximum": 100},
    "confidence": {"minimum": 0, "maximum": 1},
    "company": {"required": True},
    "action": {"required": True},
    "status": {"required": True},
    **{name: {"minimum": 0} for name in sorted(PEOPLE)},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, type of Table Schema, meaning, unit, constraints."""

    name: str
    type: str
    description: str
    unit: str | None = None
    constraints: dict[str, Any] = field(default_factory=dict)

    def schema(self) -> dict[str, Any]:
        """As datapackage.json has it."""
        given = {"unit": self.unit, "constraints": self.constraints}
        words = {"name": self.name, "type": self.type, "description": self.description}
        return words | {key: value for key, value in given.items() if value}


@dataclass(frozen=True, slots=True)
class Resource:
    """One table: its columns in order, its key, and column -> (table, column) for foreign keys."""

    name: str
    title: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    foreign: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Name of the file."""
        return f"{self.name}.csv"

    def schema(self) -> dict[str, Any]:
        """Its Table Schema."""
        keys = [
            {"fields": [here], "reference": {"resource": table, "fields": [there]}}
            for here, (table, there) in self.foreign.items()
        ]
        return {
            "fields": [column.schema() for column in self.columns],
            "primaryKey": list(self.key),
            **({"foreignKeys": keys} if keys else {}),
            "missingValues": [""],
        }


def _text(name: str, description: str, **constraints: Any) -> Column:
    return Column(name, "string", description, constraints=constraints)


def _event_columns() -> tuple[Column, ...]:
    docs = {f.name: f.metadata["doc"] for f in fields(Event)}
    found = []
    for name, kind in event_columns().items():
        of = "boolean" if name == "contested" else _TYPES[kind]
        constraints = {"required": True, "unique": True} if name == "event_id" else _CONSTRAINTS.get(name, {})
        found.append(Column(name, of, docs[name], _unit(name), constraints))
    return (*found, _text("company_id", "The employer's row in companies", required=True))


def _unit(name: str) -> str | None:
    if name in PEOPLE:
        return "people"
    return "per cent" if name.startswith("pct_m") else "code points" if name.endswith(("_start", "_end")) else None


_OFFSETS = tuple(
    Column(name, "integer", description, "code points", {"required": True, "minimum": 0})
    for name, description in (
        ("start", "Offset of the quote's first character in that field"),
        ("end", "Offset behind its last character"),
        ("sentence_start", "Offset of the sentence around"),
        ("sentence_end", "Offset behind it"),
    )
)
_CLAIMS = (
    _text("claim_id", "Digest of the article's address and of what the claim says", required=True, unique=True),
    _text("article_id", "The article that says it", required=True),
    Column("position", "integer", "Place among the article's claims, from 0", None, {"required": True, "minimum": 0}),
    Column("round", "integer", "Claims of one article with the same number speak of the same round"),
    _text("kind", "company, cut, headcount, share, date, attribution, work, system or aftermath", required=True),
    _text("company", "The employer, by its name in use", required=True),
    _text("value", "By kind: name; action; ISO date; mechanism; kind of work; AI system; what became of the cut"),
    Column("low", "number", "headcount, attribution: people; share: per cent of the workforce"),
    Column("high", "number", "headcount, attribution: people; share: per cent of the workforce"),
    _text("relation", ", ".join(RELATIONS), enum=RELATIONS),
    _text("unit", "Division, team or site"),
    _text("polarity", "attribution: asserts, doubts or denies"),
    _text("modality", "cut: the status, such as announced or reported; attribution: the strength"),
    _text("speaker", "attribution: employer, executive, filing, press, analyst, union, employee or anonymous"),
    _text("speaker_role", "attribution: office as written"),
    _text("speaker_name", "attribution: name as written"),
    Column("current", "boolean", "cut: true where it is the article's own news"),
    Column("confidence", "number", "cut: how sure the reading of the round is", None, {"minimum": 0, "maximum": 1}),
    _text("rule", "The rule that made the claim", required=True),
    _text("field", "Where in the article the quote stands", required=True, enum=["title", "text"]),
    *_OFFSETS,
    _text("quote", "The words"),
)

RESOURCES = (
    Resource(
        "events", "Rounds of job cuts", _event_columns(), ("event_id",), {"company_id": ("companies", "company_id")}
    ),
    Resource("claims", "What articles say", _CLAIMS, ("claim_id",), {"article_id": ("articles", "article_id")}),
    Resource(
        "event_claims",
        "Which claims stand behind an event",
        (
            _text("event_id", "The event", required=True),
            _text("claim_id", "The claim", required=True),
            _text("role", "chosen, agrees, conflicts or superseded", required=True),
        ),
        ("event_id", "claim_id"),
        {"event_id": ("events", "event_id"), "claim_id": ("claims", "claim_id")},
    ),
    Resource(
        "attributions",
        "Voices on AI as the reason",
        (
            _text("event_id", "The event", required=True),
            _text("claim_id", "The claim in which the voice speaks", required=True),
            _text("article_id", "The article that says it", required=True),
            _text("stance", "asserts, doubts or denies"),
            _text("speaker", "employer, executive, filing, press, analyst, union, employee or anonymous"),
            _text("speaker_role", "Office of the speaker as written, where it speaks for employer or institution"),
            _text("speaker_name", "Name of the speaker as written, where it speaks for employer or institution"),
            _text("mechanism", "replacement, reallocation, anticipated, demand_loss, selection_tool or unspecified"),
            _text("strength", "explicit, contributing or context"),
            _text("quote", "The words"),
        ),
        ("event_id", "claim_id"),
        {"event_id": ("events", "event_id"), "claim_id": ("claims", "claim_id")},
    ),
    Resource(
        "articles",
        "Where it was read; without the texts",
        (
            _text("article_id", "Digest of url", required=True, unique=True),
            _text("url", "What identifies the article", required=True, unique=True),
            _text("canonical_url", "The address that the page itself names"),
            _text("publisher", "Host of the address, else the site's name"),
            _text("title", "Headline"),
            _text("published", "Day or instant of publication, ISO 8601"),
            _text("published_from", "feed, json-ld, meta, url, text or given"),
            _text("fetched_at", "When the page was fetched"),
            _text("language", "ISO 639-1"),
            _text("text_sha256", "SHA-256 of title, a blank line and text", required=True, pattern="^[0-9a-f]{64}$"),
            _text("grade", "full, or entry where only its source's title and summary were to be had", required=True),
            _text("text_erased", "request, age or copy where the text was erased from the database"),
            _text("rules_version", "Version of the rules by which it was read"),
        ),
        ("article_id",),
    ),
    Resource(
        "companies",
        "The employers of the events",
        (
            _text("company_id", "The name, folded: no case, accents, punctuation or legal form", required=True),
            _text("name", "Usual short name", required=True),
            _text("ticker", "Stock symbol, where known"),
            _text("industry", "Industry, where known"),
            _text("country", "Country (ISO 3166-1 alpha-2), where known"),
        ),
        ("company_id",),
    ),
)
