"""The employers that the project knows by name: data/companies.csv, and how names are folded and tidied."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from extract import vocabulary
from extract.words import context


@dataclass(frozen=True, slots=True)
class Company:
    """One employer: canonical short name, other names, and what is known of it (None where it is not)."""

    name: str
    aliases: tuple[str, ...] = ()
    ticker: str | None = None
    country: str | None = None
    industry: str | None = None
    context: bool = False  # the name is an ordinary word too and needs capital letter and context
    parent: str | None = None


@cache
def companies() -> dict[str, Company]:
    """All known companies by canonical name, in file order. Errors name file and line."""
    found: dict[str, Company] = {}
    for row in vocabulary.rows(vocabulary.DATA / "companies.csv", may_be_empty=True):
        aliases = tuple(a.strip() for a in row["aliases"].split("|") if a.strip())
        found[row["name"]] = Company(
            row["name"], aliases, row["ticker"] or None, row["country"] or None, row["industry"] or None,
            row["context"] == "yes", row["parent"] or None,
        )  # fmt: skip
    return found


@cache
def by_fold() -> dict[str, Company]:
    """Every name and alias, folded, to its company; a canonical name wins over another's alias."""
    table: dict[str, Company] = {}
    for company in companies().values():
        for alias in company.aliases:
            table.setdefault(fold(alias), company)
    for company in companies().values():
        table[fold(company.name)] = company
    return table


@lru_cache(maxsize=50_000)
def company(name: str) -> Company | None:
    """The known company of this name or alias, however its case, accents and legal form are written."""
    return by_fold().get(fold(name))


@lru_cache(maxsize=50_000)
def company_key(name: str) -> str:
    """What all names of one employer share: its canonical name, folded.

    >>> company_key("Zyxwv Systems, Inc.") == company_key("zyxwv systems"), company_key("JLR")
    (True, 'jaguarlandrover')
    """
    known = company(name)
    canonical = known.name if known else name
    return fold(canonical) or canonical.casefold()


@cache
def owners(key: str) -> tuple[str, ...]:
    """The keys of the companies that own this one, the nearest first.

    >>> owners("youtube"), owners("zyxwv")
    (('google', 'alphabet'), ())
    """
    found: list[str] = []
    known = by_fold().get(key)
    while known and known.parent and (key := company_key(known.parent)) not in found:
        found.append(key)
        known = companies().get(known.parent)
    return tuple(found)


@cache
def families() -> dict[str, tuple[str, ...]]:
    """Key of a company that owns others and is owned by none -> all keys of its house, itself first."""
    houses: dict[str, list[str]] = {}
    for key in map(company_key, companies()):
        if above := owners(key):
            houses.setdefault(above[-1], [above[-1]]).append(key)
    return {key: tuple(members) for key, members in houses.items()}


def family(key: str) -> str:
    """The key of the house that a company belongs to: its last owner, or itself."""
    return owners(key)[-1] if owners(key) else key


@lru_cache(maxsize=50_000)
def fold(name: str) -> str:
    """What two spellings of one name share.

    >>> fold("The Walt Disney Company") == fold("Walt Disney"), fold("Meta Platforms, Inc."), fold("Moët & Co.")
    (True, 'metaplatforms', 'moet')
    """
    text = unicodedata.normalize("NFKD", tidy(name)).encode("ascii", "ignore").decode().lower().replace("&", " and ")
    text = re.sub(r"^the\s+", "", re.sub(r"[^a-z0-9 ]+", "", text).strip())
    return re.sub(r"\s+(?:company|group|and)$", "", text).replace(" ", "")


@lru_cache(maxsize=50_000)
def tidy(name: str) -> str:
    """The name as printed: without legal form, possessive, quotes or odd space.

    >>> tidy("Intel Corp."), tidy("Samsung Electronics Co., Ltd."), tidy("Acme’s"), tidy("Ericsson (publ)")
    ('Intel', 'Samsung Electronics', 'Acme', 'Ericsson')
    """
    text = re.sub(r"\s+", " ", name).strip(" \t\"'“”‘’,;:.-–—*_#()")
    text = re.sub(r"\s*\((?:publ|[A-Z]{2,5}:\s?[A-Z.]+)\)?$", "", text)
    text = text if company_keeps_s(text) else re.sub(r"['’]s?$", "", text)
    return _legal().sub("", text).strip(" ,")


@cache
def _legal() -> re.Pattern[str]:
    """Legal forms at the end of a name, left out when names are compared and when a name is printed."""
    return re.compile(rf"(?:,?\s+{context('companies.legal')}\b\.?)+$")


def company_keeps_s(name: str) -> bool:
    """Does the possessive belong to the name itself ("Macy's", "Kohl’s", "Byju's")?"""
    return _plain(name) in _possessives()


@cache
def _possessives() -> frozenset[str]:
    names = (_plain(name) for entry in companies().values() for name in (entry.name, *entry.aliases))
    return frozenset(name for name in names if name.endswith(("'s", "s'")))


def _plain(name: str) -> str:
    return name.replace("’", "'").casefold()
