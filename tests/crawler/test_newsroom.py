"""The whole journey: the newsroom crawled into SQLite and CSV, twice, as a user would do it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.newsroom.articles import ACME, GERMAN, HOOLI, PAYWALLED
from tests.newsroom.client import Newsroom, Run, newsroom, options, scrapy, sources_file

LISTED = (
    "feed /feeds/rss.xml",
    "feed /feeds/atom.xml",
    "news_sitemap /sitemaps/news.xml",
    "sitemap /sitemaps/index.xml",
)


@dataclass(frozen=True)
class Journey:
    """Two crawls and the export after each."""

    site: Newsroom
    database: Path
    crawls: tuple[Run, Run]
    exports: tuple[str, str]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The events of the first export."""
        return list(csv.DictReader(io.StringIO(self.exports[0])))


@pytest.fixture(scope="module")
def journey(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Journey]:
    """Crawl, export, crawl, export. The failures that the newsroom is made of are allowed."""
    folder = tmp_path_factory.mktemp("journey")
    database = folder / "ledger.db"
    with newsroom() as site:
        sources = sources_file(folder / "sources.toml", site.home, *LISTED)
        given = options(DATABASE=database, SOURCES=sources, FAILURE_THRESHOLD=1)
        crawls, exports = [], []
        for number in (1, 2):
            crawls.append(scrapy("crawl", "news", *given))
            target = folder / f"{number}.csv"
            assert scrapy("export", str(target), "-s", f"DATABASE={database}").status == 0
            exports.append(target.read_bytes().decode())
        yield Journey(site, database, (crawls[0], crawls[1]), (exports[0], exports[1]))


def test_both_crawls_end_well(journey: Journey) -> None:
    assert [crawl.status for crawl in journey.crawls] == [0, 0]
    for crawl in journey.crawls:
        assert "Traceback" not in crawl.err
        assert "Deprecat" not in crawl.err


def test_the_second_crawl_changes_nothing(journey: Journey) -> None:
    assert journey.exports[0] == journey.exports[1]
    second = journey.crawls[1].summary()
    assert (second["articles"], second["events"]) == ("0 new", "7 unchanged")
    assert "14 known" in second["pages"], "what is stored or rejected is not fetched again"
    assert "rejected" not in second


def test_every_round_of_cuts_is_in_the_csv_once(journey: Journey) -> None:
    told = {(row["company"], row["headcount"], row["date"]) for row in journey.rows if row["status"] != "denied"}
    assert {
        ("Acme Robotics", "1200", "2026-11-02"), ("Globex Logistics", "300", "2026-11-03"), ("Hooli", "150", ""),
        ("Umbrella Travel", "90", "2020-04-07"), ("Vandelay Imports", "75", "2026-11-06"),
    } <= told  # fmt: skip
    assert sum(row["company"] == "Acme Robotics" for row in journey.rows) == 1, "told by two sources, stored once"


def test_what_is_blamed_on_ai_is_told_with_the_sentence(journey: Journey) -> None:
    (acme,) = (row for row in journey.rows if row["company"] == "Acme Robotics")
    assert (acme["ai"], acme["evidence_url"]) == ("company", journey.site.home + ACME.path)
    assert acme["ai_evidence"] in (ACME.title, *ACME.paragraphs[1].split("\n"))
    assert {row["ai"] for row in journey.rows if row["company"] != "Acme Robotics"} == {"none"}


def test_a_denial_is_no_announcement(journey: Journey) -> None:
    layoffs = [row for row in journey.rows if row["company"] == "Initech" and row["action"] == "layoff"]
    assert {row["status"] for row in layoffs} <= {"denied"}


def test_pages_that_go_no_further_are_counted_by_their_rule(journey: Journey) -> None:
    assert journey.crawls[0].summary()["rejected"] == "3 (body.empty 1, gate.text 1, language 1)"
    exported = journey.exports[0]
    assert GERMAN.path not in exported
    assert "pumpkin" not in exported


def test_an_undated_article_stays_undated(journey: Journey) -> None:
    assert "1 undated" in journey.crawls[0].summary()["articles"]
    (hooli,) = (row for row in journey.rows if row["company"] == "Hooli")
    assert (hooli["date"], hooli["date_precision"], hooli["first_reported"]) == ("", "", "")
    assert hooli["evidence_url"].endswith(HOOLI.path)


def test_nothing_from_behind_the_firewall_or_robots_txt(journey: Journey) -> None:
    assert "900" not in {row["headcount"] for row in journey.rows}
    assert "Stark" not in journey.exports[0]


def test_a_paywalled_story_is_told_by_its_entry(journey: Journey) -> None:
    assert any(row["evidence_url"].endswith(PAYWALLED) for row in journey.rows)


def test_items_to_stdout_leave_the_summary_to_stderr(journey: Journey, tmp_path: Path) -> None:
    given = [*options(DATABASE=tmp_path / "a.db"), "-a", f"url={journey.site.home}{ACME.path}", "-o", "-:jsonl"]
    run = scrapy("crawl", "urls", *given)
    (line,) = run.out.splitlines()
    assert json.loads(line)["article"]["title"] == ACME.title
    assert run.err.startswith("crawl urls: finished\n")
    assert run.status == 0


def test_a_dropped_page_is_logged_in_one_line_without_its_body(journey: Journey, tmp_path: Path) -> None:
    given = [*options(DATABASE=tmp_path / "a.db"), "-a", f"url={journey.site.home}{GERMAN.path}", "-L", "INFO"]
    run = scrapy("crawl", "urls", *given)
    (line,) = (line for line in run.err.splitlines() if "NotEnglish: " in line)
    assert "INFO" in line
    assert f"{journey.site.home}{GERMAN.path}: language: " in line
    assert "Betriebsrat" not in run.err
