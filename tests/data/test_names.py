"""The lists of names in data/: companies.csv and the places, publishers, observers, investors and given names."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "data"
VOCABULARY = DATA / "vocabulary"
COLUMNS = ["name", "aliases", "ticker", "country", "industry", "context", "parent"]
INDUSTRIES = frozenset(
    re.findall(
        r"\S+",
        """advertising aerospace airlines automotive banking biotech consulting consumer-goods crypto delivery
        e-commerce education energy entertainment fintech food games government hardware health insurance internet
        it-services logistics manufacturing media nonprofit real-estate retail security semiconductors software
        telecom transport travel""",
    )
)
KINDS = frozenset({"country", "demonym", "state", "region", "continent", "city"})


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file by column; lines that start with `#` are comments."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, strict=True))


def entries(name: str) -> list[str]:
    """The entries of a plain list in data/vocabulary/, comments left out."""
    lines = (VOCABULARY / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]


COMPANIES = table(DATA / "companies.csv")
PLACES = table(VOCABULARY / "places.csv")


def names_of(row: dict[str, str]) -> list[str]:
    """The name and the aliases of a company row."""
    return [row["name"], *(row["aliases"].split("|") if row["aliases"] else [])]


BY_NAME = {name: row for row in COMPANIES for name in names_of(row)}


def repeated(words: list[str]) -> list[str]:
    """The words that stand more than once, letter case aside."""
    return [word for word, count in Counter(word.casefold() for word in words).items() if count > 1]


def test_there_are_at_least_1500_companies_with_the_columns_documented() -> None:
    assert len(COMPANIES) >= 1500
    assert all(list(row) == COLUMNS for row in COMPANIES)
    assert all(None not in row.values() for row in COMPANIES)


def test_companies_are_sorted_by_name() -> None:
    names = [row["name"] for row in COMPANIES]
    assert names == sorted(names, key=str.casefold)


def test_no_name_or_alias_stands_twice() -> None:
    assert repeated([name for row in COMPANIES for name in names_of(row)]) == []


def test_no_ticker_stands_twice() -> None:
    tickers = [row["ticker"] for row in COMPANIES if row["ticker"]]
    assert repeated(tickers) == []
    assert [ticker for ticker in tickers if not re.fullmatch(r"[A-Z0-9.]{1,6}", ticker)] == []


def test_names_are_clean() -> None:
    names = [name for row in COMPANIES for name in names_of(row)]
    assert [name for name in names if not name or name != " ".join(name.split()) or len(name) > 60] == []


def test_cells_hold_what_their_column_allows() -> None:
    assert [row["name"] for row in COMPANIES if not re.fullmatch(r"[A-Z]{2}", row["country"])] == []
    assert [row["name"] for row in COMPANIES if row["industry"] not in INDUSTRIES] == []
    assert [row["name"] for row in COMPANIES if row["context"] not in ("", "yes")] == []


def test_every_industry_is_documented_in_the_file_and_in_use() -> None:
    comments = [line for line in (DATA / "companies.csv").read_text(encoding="utf-8").splitlines() if line[0] == "#"]
    documented = " ".join(line.lstrip("# ") for line in comments).partition("Industries: ")[2].split()
    assert set(documented) == INDUSTRIES
    assert {row["industry"] for row in COMPANIES} == INDUSTRIES


def test_a_parent_is_the_name_of_another_row_and_parents_form_no_circle() -> None:
    parent = {row["name"]: row["parent"] for row in COMPANIES}
    assert [name for name, above in parent.items() if above and above not in parent] == []
    for name in parent:
        seen = [name]
        while (above := parent[seen[-1]]) and len(seen) <= len(parent):
            assert above not in seen, f"{name}: its parents run in a circle"
            seen.append(above)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("Square", "Block"),
        ("Twitter", "X"),
        ("Facebook", "Meta"),
        ("Amazon Web Services", "AWS"),
        ("EA", "Electronic Arts"),
        ("International Business Machines", "IBM"),
        ("JLR", "Jaguar Land Rover"),
        ("HPE", "Hewlett Packard Enterprise"),
        ("TCS", "Tata Consultancy Services"),
        ("Wal-Mart", "Walmart"),
        ("Google LLC", "Google"),
        ("PricewaterhouseCoopers", "PwC"),
        ("TransferWise", "Wise"),
        ("Walt Disney Co", "Disney"),
        ("Jet Propulsion Laboratory", "Jet Propulsion Laboratory"),
        ("Statoil", "Equinor"),
    ],
)
def test_other_names_lead_to_the_name_in_use(alias: str, name: str) -> None:
    assert BY_NAME[alias]["name"] == name


@pytest.mark.parametrize(
    ("name", "parent"),
    [
        ("Google", "Alphabet"),
        ("Waze", "Google"),
        ("LinkedIn", "Microsoft"),
        ("GitHub", "Microsoft"),
        ("Instagram", "Meta"),
        ("Cruise", "General Motors"),
        ("Twitch", "Amazon"),
        ("Cash App", "Block"),
        ("Slack", "Salesforce"),
        ("ESPN", "Disney"),
        ("CNN", "Warner Bros. Discovery"),
        ("Business Insider", "Axel Springer"),
        ("Jet Propulsion Laboratory", "NASA"),
        ("Alphabet", ""),
    ],
)
def test_subsidiaries_have_rows_of_their_own(name: str, parent: str) -> None:
    assert BY_NAME[name]["name"] == name
    assert BY_NAME[name]["parent"] == parent


@pytest.mark.parametrize(
    "name",
    ["Block", "Meta", "Snap", "Gap", "Target", "Indeed", "Oracle", "Visa", "Shell", "Apple", "X", "Ford", "Dell"],
)
def test_ordinary_words_ask_for_context(name: str) -> None:
    assert BY_NAME[name]["context"] == "yes"


@pytest.mark.parametrize("name", ["Microsoft", "Amazon", "Salesforce", "Rivian", "Boeing", "Lyft", "Wayfair"])
def test_clear_names_ask_for_none(name: str) -> None:
    assert BY_NAME[name]["context"] == ""


@pytest.mark.parametrize("product", ["Alexa", "Xbox", "Fire TV", "Windows", "Gmail", "iPhone"])
def test_products_are_no_employers(product: str) -> None:
    assert product not in BY_NAME


def test_places_are_sorted_without_doubles_and_of_known_kinds() -> None:
    names = [row["name"] for row in PLACES]
    assert names == sorted(names, key=lambda name: (name.casefold(), name))
    assert repeated(names) == []
    assert {row["kind"] for row in PLACES} == KINDS
    assert [row["name"] for row in PLACES if not re.fullmatch(r"[A-Z]{2}|", row["country"])] == []


def test_countries_and_their_demonyms_agree() -> None:
    country = {row["name"]: row["country"] for row in PLACES}
    pairs = [("Germany", "German"), ("India", "Indian"), ("Netherlands", "Dutch"), ("Israel", "Israeli")]
    assert [country[land] for land, _ in pairs] == ["DE", "IN", "NL", "IL"]
    assert all(country[land] == country[people] for land, people in pairs)
    assert {country[name] for name in ("Calif.", "Menlo Park", "Seattle")} == {"US"}
    assert country["Silicon Valley"] == "US"
    assert country["Europe"] == ""


@pytest.mark.parametrize(
    ("name", "least"),
    [("publishers.txt", 300), ("observers.txt", 200), ("investors.txt", 120), ("given_names.txt", 1200)],
)
def test_plain_lists_are_sorted_without_doubles(name: str, least: int) -> None:
    listed = entries(name)
    assert len(listed) >= least
    assert listed == sorted(listed, key=lambda entry: (entry.casefold(), entry))
    assert [entry for entry in listed if not entry or entry != " ".join(entry.split())] == []
    assert len(set(listed)) == len(listed)


def test_given_names_start_with_a_capital_and_leave_out_employers() -> None:
    listed = entries("given_names.txt")
    assert [name for name in listed if not name[0].isupper()] == []
    assert set(listed).isdisjoint({"Dell", "Ford", "Chase", "Mercedes", "Will", "April", "Georgia", "Alexa"})


def test_well_known_voices_are_listed() -> None:
    assert {"Bloomberg", "Reuters", "TechCrunch", "Layoffs.fyi", "Calcalist"} <= set(entries("publishers.txt"))
    assert {"Challenger, Gray & Christmas", "Wedbush", "CWA", "Verdi"} <= set(entries("observers.txt"))
    assert {"Sequoia Capital", "SoftBank", "Elliott Management"} <= set(entries("investors.txt"))


def test_heads_are_of_known_companies_and_sorted() -> None:
    heads = [(row["company"], row["name"]) for row in table(VOCABULARY / "executives.csv")]
    assert [company for company, _ in heads if company not in {row["name"] for row in COMPANIES}] == []
    assert heads == sorted(set(heads))
