"""The four records that travel: Page (fetched) -> Article (read) -> Claims (what it says) -> Events (decided).

Beside them an Aggregate, a total that the article quotes. All are frozen. Bytes and bodies stay out of `repr`, since
Scrapy logs dropped items whole.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any, Literal

Field = Literal["title", "text"]
PublishedFrom = Literal["feed", "json-ld", "meta", "url", "text", "given"]
#: How much of an article is known: its page, or only what its source's list says of it.
Grade = Literal["full", "entry"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page as it was fetched, or one article as it was handed in.

    Either `body` holds the bytes of an HTML page, or `text` (with `title`) holds an article already read.
    What a feed or an input line states (`title`, `published`, …) is kept here and wins over the page's own.
    """

    url: str | None
    body: bytes = field(default=b"", repr=False)
    content_type: str | None = None  # the HTTP header as sent, charset included
    fetched_at: str | None = None  # ISO 8601, UTC
    source: str | None = None  # id of the source that led here, e.g. "techcrunch-feed", "archive"
    page_id: str | None = None  # the input's own id: a JSON line's id, a file's name
    title: str | None = None
    text: str | None = field(default=None, repr=False)
    author: str | None = None
    site: str | None = None
    language: str | None = None
    published: str | None = None  # ISO 8601 day or instant
    published_from: PublishedFrom | None = None
    grade: Grade = "full"
    headline: str | None = None  # as the source's list has it, like the summary: read where the page gives nothing
    summary: str | None = field(default=None, repr=False)
    request: str | None = None  # in a crawl: the address under which the ledger of requests knows it


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a reader sees: headline and body, with who published it and when.

    `text` has its paragraphs separated by one blank line. `published` is an ISO 8601 day or instant, None where
    nothing states it. `url` identifies the article: `canonical_url` of the page, else the address fetched, else
    `urn:sha256:` of its text.
    """

    article_id: str  # the input's id where it has one, else the url
    url: str
    title: str
    text: str = field(repr=False)
    canonical_url: str | None = None
    author: str | None = None
    site: str | None = None
    language: str | None = None
    published: str | None = None
    published_from: PublishedFrom | None = None
    fetched_at: str | None = None
    source: str | None = None
    grade: Grade = "full"  # "entry" where only the source's title and summary were to be had
    request: str | None = field(default=None, compare=False)  # as of the Page; no part of what the article says

    def __getitem__(self, name: Field) -> str:
        """Title or text by its name, so that `article[claim.field][claim.start:claim.end]` is the quote."""
        return self.title if name == "title" else self.text

    @property
    def text_sha256(self) -> str:
        """Hex digest of title, blank line and text: what offsets can be checked against."""
        return text_sha256(self.title, self.text)


def text_sha256(title: str, text: str) -> str:
    """Hex SHA-256 over `title + "\\n\\n" + text` in UTF-8."""
    return hashlib.sha256(f"{title}\n\n{text}".encode()).hexdigest()


ClaimKind = Literal["company", "cut", "headcount", "share", "date", "attribution", "work", "system", "aftermath"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One thing that an article says about one round of cuts, with the very words that say it.

    `article[field][start:end] == quote` holds always; `sentence_start` and `sentence_end` bound the sentence around.
    Meaning of the values by kind:

    - company: `value` the employer's name in use, `quote` as written here
    - cut: `value` the action (layoff, buyout, …), `modality` the status, `unit` division or site, `current` whether
      it is told as this article's own news
    - headcount, share: `low`, `high` (people, or per cent of the workforce), `relation`
    - date: `value` an ISO day, month, quarter or year
    - attribution: `value` the mechanism (replacement, reallocation, …), `polarity` the stance, `modality` the strength,
      `speaker` with `speaker_role` and `speaker_name` who says it, `low` and `high` the people whose jobs it ties to
      AI where it gives a number for them alone (see extract/attributions.py)
    - work: `value` the kind of work that was cut (support, engineering, …), `quote` as written
    - system: `value` the AI named as doing the work, as written
    - aftermath: `value` what became of the cut (reversal, rehiring, offshoring, withdrawn, regret); also of one that
      the article does not tell: then its round has no cut, `value` may be denial (that AI was the reason), and
      `modality` is "ai" where it speaks of AI
    """

    kind: ClaimKind
    round: int  # claims of one article with the same number speak of the same round of cuts
    company: str
    field: Field
    start: int
    end: int
    quote: str
    sentence_start: int
    sentence_end: int
    rule: str  # the rule that made it, e.g. "cut.verb", "headcount.object"
    value: str | None = None
    low: float | None = None
    high: float | None = None
    relation: str | None = None
    unit: str | None = None
    polarity: str | None = None
    modality: str | None = None
    speaker: str | None = None
    speaker_role: str | None = None
    speaker_name: str | None = None
    current: bool | None = None
    confidence: float | None = None  # of the round, on its cut claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Aggregate:
    """One total as an article quotes it. `article[field][start:end] == quote` holds; the quote is the sentence.

    `period` is an ISO month, quarter (2026-Q1) or year, or an interval (2026-01/2026-06; 2023/.. has no end); `to_date`
    says that it had not ended when the article appeared. `value` and `ai_value` count people: all of them, and those
    whose cut is put down to AI. None is unknown, never zero. `relation` is that of `value`, else of `ai_value`.
    """

    publisher: str
    period: str
    to_date: bool
    measure: str  # job cuts, layoffs, layoffs and discharges, job losses
    sector: str | None
    value: int | None
    ai_value: int | None
    relation: str  # exact, about, at_least, at_most, range or vague
    field: Field
    start: int
    end: int
    quote: str


def column(doc: str, default: Any = None) -> Any:
    """A field of Event; `doc` is the description that README, Datasette and the data package show."""
    return field(default=default, metadata={"doc": doc})


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One round of job cuts by one employer: the row of the events table and of the CSV, in this order.

    None is unknown, never zero. Of one article (`extract.decide.decide`) or of many (`extract.resolve.resolve`).
    """

    event_id: str | None = column("Readable id, stable in a database: company, month, a letter when needed")
    company: str = column("Employer that cuts, by its usual short name", "")
    ticker: str | None = column("Stock symbol of the employer, where known")
    industry: str | None = column("Industry of the employer, where known")
    country: str | None = column("Country of the employer (ISO 3166 alpha-2), where known")
    action: str = column("layoff, buyout, closure, hiring_freeze, attrition, contract_end, furlough or other", "layoff")
    status: str = column("announced, reported, planned, considered, completed, denied or cancelled", "announced")
    date: str | None = column("When the cut was announced or first reported: ISO day, month, quarter or year as known")
    date_precision: str | None = column("day, month, quarter or year")
    effective_from: str | None = column("When the jobs end, where told")
    headcount: int | None = column(
        "People or roles cut: the stated number, the middle of a range, empty for 'hundreds'"
    )
    headcount_min: int | None = column("Least number of people that the words allow")
    headcount_max: int | None = column("Greatest number of people that the words allow")
    headcount_relation: str | None = column("exact, about, at_least, at_most, range or vague")
    pct_min: float | None = column("Least share of the workforce, per cent")
    pct_max: float | None = column("Greatest share of the workforce, per cent")
    pct_relation: str | None = column("exact, about, at_least, at_most, range or vague")
    workforce_before: int | None = column("Size of the workforce before the cut, where stated")
    unit: str | None = column("Division, team or site, if the cut is limited to one")
    job_country: str | None = column("Country of the jobs (ISO 3166 alpha-2), where the text limits the cut to one")
    ai: str = column("Is AI tied to this cut: company (by the employer), third_party, denied or none", "none")
    ai_link: str | None = column("replacement, reallocation, anticipated, demand_loss or unspecified")
    ai_speaker: str | None = column(
        "Who ties or denies it: employer, executive, filing, press, analyst, union, employee, anonymous"
    )
    ai_strength: str | None = column("explicit (AI is the reason) or contributing (one of several)")
    ai_headcount: int | None = column("People whose jobs the text ties to AI, where it gives a number for them alone")
    contested: bool = column("Voices differ on whether AI is the reason", False)
    evidence: str | None = column("Sentence that states the cut")
    evidence_url: str | None = column("Article in which it stands")
    evidence_field: str | None = column("title or text: where in the article it stands")
    evidence_start: int | None = column("Offset of its first character in that field (code points)")
    evidence_end: int | None = column("Offset behind its last character")
    ai_evidence: str | None = column("Sentence that ties AI to the cut, or denies it")
    ai_evidence_url: str | None = column("Article in which it stands")
    ai_evidence_field: str | None = column("title or text")
    ai_evidence_start: int | None = column("Offset of its first character")
    ai_evidence_end: int | None = column("Offset behind its last character")
    n_articles: int = column("Articles that tell of this round", 1)
    n_publishers: int = column("Different publishers among them", 1)
    n_independent: int = column("Reports among them after copies of one text are counted once", 1)
    first_reported: str | None = column("Earliest publication day among the articles")
    last_reported: str | None = column("Latest publication day among the articles")
    source_urls: tuple[str, ...] = column("Addresses of the articles, separated by spaces", ())
    confidence: float | None = column("How sure the reading is, 0 to 1")
    review_status: str = column("auto, accepted, rejected or disputed", "auto")
    rules: tuple[str, ...] = column("Rules that made the row, separated by spaces", ())
    rules_version: str | None = column("Version of the reading rules")
    updated_at: str | None = column("Newest publication (or fetch) time among the articles")
