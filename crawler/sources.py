"""The sources of news: one block each in data/sources.toml, checked whole when it is loaded."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from crawler.addresses import web_address

Kind = Literal["feed", "news_sitemap", "sitemap", "index", "search_feed"]
KINDS: tuple[str, ...] = get_args(Kind)


class SourceError(ValueError):
    """The file of sources cannot be used; the message names file, entry, key and what is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One place where news is listed."""

    id: str  # short name, unique: small letters, digits, hyphens
    name: str  # what a person calls it
    publisher: str
    country: str  # of the publisher, ISO 3166 alpha-2
    kind: Kind
    url: str
    tags: tuple[str, ...]  # for `-a tag=`: what it writes about
    tier: int  # 1 news is first told here … 3 it is mostly told again
    evidence: str  # where the address is known from, and when
    checked: str = "never"  # day of the last visit that worked
    expected_gap_days: float | None = None  # days without a new article that are still usual
    terms: str | None = None  # what the publisher says about reading by machines, where known
    links: str | None = None  # of an index page: regular expression that addresses of articles match
    next: str | None = None  # address of further pages, with {page} for their number, where none is linked
    render: bool = False  # pages hold nothing until a browser has run their scripts

    def matches(self, address: str) -> bool:
        """Whether an index page's link leads to an article."""
        return re.search(self.links or "", address) is not None

    def page(self, number: int) -> str | None:
        """The address of a further page of the list, where the file says how they are numbered."""
        return self.next.replace("{page}", str(number)) if self.next else None


def load(path: Path) -> tuple[Source, ...]:
    """All sources of the file, in its order. Raises SourceError."""
    try:
        return parsed(path.read_text(encoding="utf-8"), path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        raise SourceError(f"{path}: not TOML: {error}") from None


def parsed(text: str, path: Path) -> tuple[Source, ...]:
    """All sources of the text of a file, in its order; `path` is for messages. Raises SourceError."""
    try:
        blocks = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourceError(f"{path}: not TOML: {error}") from None
    entries = blocks.pop("source", None)
    if blocks or not isinstance(entries, list):
        raise SourceError(f"{path}: holds {sorted(blocks) or 'nothing'}; each source is a block that begins [[source]]")
    sources = tuple(source(entry, f"{path}: source {number}") for number, entry in enumerate(entries, 1))
    _check_unique(sources, path)
    return sources


def choose(sources: Iterable[Source], names: Collection[str] = (), tags: Collection[str] = ()) -> tuple[Source, ...]:
    """The sources that `names` (ids) and `tags` ask for; all without either; both together narrow.

    Raises LookupError, with near matches, for a name or tag that no source has.
    """
    sources = tuple(sources)
    _check_known("source", names, {source.id for source in sources})
    _check_known("tag", tags, {tag for source in sources for tag in source.tags})
    chosen = tuple(s for s in sources if (not names or s.id in names) and (not tags or set(tags) & set(s.tags)))
    if not chosen:
        raise LookupError(f"no source is named {' or '.join(names)} and has the tag {' or '.join(tags)}")
    return chosen


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint at the end of a message: the known words that `word` may have meant, else all of them."""
    ordered = sorted(known)
    near = difflib.get_close_matches(word, ordered, n=5, cutoff=0.5) or [k for k in ordered if word and word in k]
    return f"did you mean {', '.join(near[:5])}?" if near else f"there are {', '.join(ordered)}"


def _check_known(what: str, asked: Collection[str], known: Collection[str]) -> None:
    for word in asked:
        if word not in known:
            raise LookupError(f"unknown {what} {word!r}; {nearest(word, known)}")


def source(entry: Any, where: str) -> Source:
    """The source that a block of keys describes; raises SourceError, which begins with `where`."""
    if not isinstance(entry, dict):
        raise SourceError(f"{where}: not a block of keys")
    where += f" ({entry['id']})" if isinstance(entry.get("id"), str) else ""
    for key in entry:
        if key not in _CHECKS:
            raise SourceError(f"{where}: unknown key {key!r}; {nearest(key, _CHECKS)}")
    for key in _REQUIRED:
        if key not in entry:
            raise SourceError(f"{where}: key {key!r} is missing")
    for key, value in entry.items():
        wrong = _CHECKS[key](value)
        if wrong:
            raise SourceError(f"{where}: key {key!r}: {value!r} {wrong}")
    if (entry["kind"] == "index") != ("links" in entry):
        raise SourceError(f"{where}: key 'links': a source of kind index needs it, and no other may have it")
    return Source(**{**entry, "tags": tuple(entry["tags"])})


def _check_unique(sources: Iterable[Source], path: Path) -> None:
    seen: dict[str, str] = {}
    for number, source in enumerate(sources, 1):
        for key, value in (("id", source.id), ("url", source.url)):
            if value in seen:
                raise SourceError(
                    f"{path}: source {number} ({source.id}): key {key!r}: {value!r} stands already in {seen[value]}"
                )
            seen[value] = f"source {number} ({source.id})"


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "is no text"


def _like(pattern: str, words: str) -> Any:
    return lambda value: None if isinstance(value, str) and re.fullmatch(pattern, value) else words


def _address(value: Any) -> str | None:
    return None if isinstance(value, str) and web_address(value) == value else "is no web address (http or https)"


def _tags(value: Any) -> str | None:
    tags = value if isinstance(value, list) else []
    good = tags and all(isinstance(tag, str) and re.fullmatch(r"[a-z0-9-]+", tag) for tag in tags)
    return None if good else 'is no list of tags in small letters, such as ["tech", "us"]'


def _checked(value: Any) -> str | None:
    try:
        return None if value == "never" or date.fromisoformat(value) else "is no day"
    except (TypeError, ValueError):
        return 'is neither a day, such as "2026-11-24", nor "never"'


def _next(value: Any) -> str | None:
    numbered = isinstance(value, str) and "{page}" in value and web_address(value.replace("{page}", "2"))
    return None if numbered else "is no web address that holds {page} for the number"


def _pattern(value: Any) -> str | None:
    try:
        re.compile(value)
    except (TypeError, re.error) as error:
        return f"is no regular expression: {error}"
    return None


#: Key -> what is wrong with a value of it, None for nothing.
_CHECKS: Mapping[str, Any] = {
    "id": _like(r"[a-z0-9]+(-[a-z0-9]+)*", "is no id: small letters and digits, with hyphens between"),
    "name": _text,
    "publisher": _text,
    "country": _like(r"[A-Z]{2}", "is no country code of two capital letters"),
    "kind": lambda value: None if value in KINDS else f"is no kind; kinds are {', '.join(KINDS)}",
    "url": _address,
    "tags": _tags,
    "tier": lambda value: None if type(value) is int and 1 <= value <= 3 else "is not 1, 2 or 3",
    "evidence": _text,
    "checked": _checked,
    "expected_gap_days": lambda v: None if type(v) in {int, float} and v > 0 else "is no number of days",
    "terms": _text,
    "links": _pattern,
    "next": _next,
    "render": lambda value: None if isinstance(value, bool) else "is neither true nor false",
}
_REQUIRED = tuple(f.name for f in fields(Source) if f.default is MISSING)
