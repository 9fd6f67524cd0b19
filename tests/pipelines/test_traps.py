"""Situations in which lists of job cuts have gone wrong: what resolving makes of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extract.article import read
from extract.records import Article, Claim, Event, Page
from extract.resolve import gathered, resolve, rounds
from extract.tellings import Telling, tellings
from pipelines.database import Ledger, events
from tests.extract.told import acme, telling
from tests.pipelines.told import reading


def told(*members: Telling) -> list[Event]:
    return [one.event for one in gathered(members)]


def test_a_school_district_and_its_abbreviation_are_one_employer() -> None:
    names = ("LAUSD", "Los Angeles Unified", "Los Angeles Unified School District")
    (event,) = told(*[telling(name, 6000, "2026-03-02", url="https://paper.example/one#" + name) for name in names])
    assert (event.company, event.headcount, event.event_id) == (
        "Los Angeles Unified School District", 6000, "los-angeles-unified-school-district-2026-03",
    )  # fmt: skip


def test_a_subsidiary_is_one_employer_under_its_names_and_under_its_owner() -> None:
    (event,) = told(
        telling("JLR", 500, "2026-07-14"),
        telling("Jaguar Land Rover", 500, "2026-07-15"),
        _through_owner("Tata Motors", "JLR", 500, "2026-07-15"),
        telling("Tata Motors", 500, "2026-07-16"),
    )
    assert (event.company, event.country, event.unit, event.n_articles) == ("Jaguar Land Rover", "GB", None, 4)
    (event,) = told(_through_owner("Tata Motors", "JLR", 500, "2026-07-15"))
    assert (event.company, event.unit) == ("Tata Motors", "Jaguar Land Rover")
    assert len(told(telling("JLR", 500, "2026-07-14"), telling("Tata Motors", 500, "2027-02-01"))) == 2
    assert len(told(telling("Microsoft", 10_000, "2026-07-14"), telling("LinkedIn", 716, "2026-07-15"))) == 2


def _through_owner(owner: str, unit: str, jobs: int, day: str) -> Telling:
    plain = telling(owner, jobs, day, unit=unit)
    (one,) = tellings(plain.article, (), (plain.event,))
    return one


def test_a_national_number_repeated_for_a_site_is_counted_once() -> None:
    (event,) = told(acme(18_000, "2026-07-28"), acme(18_000, "2026-07-29", unit="Joplin terminal"))
    assert (event.headcount, event.n_articles) == (18_000, 2)


def test_an_old_round_told_again_after_four_months_is_no_new_one() -> None:
    (event,) = told(acme(50_000, "2026-03-02"), acme(50_000, "2026-07-05"))
    assert (event.headcount, event.date, event.n_articles) == (50_000, "2026-03-02", 2)


def test_rival_counts_are_one_event_with_the_employer_s_number_and_are_not_added() -> None:
    (event,) = told(
        acme(20_000, "2026-06-09", status="reported"),
        acme(30_000, "2026-06-10", status="reported"),
        acme(21_000, "2026-06-12"),
    )
    assert (event.headcount, event.headcount_min, event.headcount_max, event.date) == (
        21_000,
        21_000,
        21_000,
        "2026-06-09",
    )


def test_a_longer_name_and_a_slightly_other_count_are_one_event() -> None:
    (event,) = told(telling("Meta", 1400, "2026-03-17"), telling("Meta Platforms, Inc.", 1395, "2026-03-18"))
    assert (event.company, event.headcount, event.n_articles) == ("Meta", 1395, 2)


def test_a_revised_plan_is_one_event() -> None:
    (event,) = told(acme(3700, "2026-03-02"), acme(4500, "2026-03-09"))
    assert (event.headcount, event.date) == (4500, "2026-03-02")


def test_countries_are_codes_and_the_jobs_country_is_not_the_employer_s() -> None:
    (event,) = told(telling("Ford", 4000, "2026-03-02", job_country="TR"))
    assert (event.country, event.job_country) == ("US", "TR")
    (event,) = told(telling("Ford", 4000, "2026-03-02"))
    assert (event.country, event.job_country) == ("US", None), "a global cut is not booked to the employer's country"


@pytest.mark.parametrize(("second", "unit"), [(80, None), (300, "sales"), (None, None)])
def test_two_rounds_within_a_month_stay_two(second: int | None, unit: str | None) -> None:
    other = "engineering" if unit else None
    assert len(told(acme(300, "2026-03-02", unit=other), acme(second, "2026-03-24", unit=unit))) == 2


def test_a_page_found_by_two_addresses_is_one_article_under_its_own(tmp_path: Path) -> None:
    body = (
        '<html lang="en"><head><title>Cuts at Acme</title><link rel="canonical" href="https://paper.example/cuts">'
        "</head><body><article><h1>Cuts at Acme</h1><p>Acme will cut 900 jobs, the company said on Monday. The "
        "maker of anvils has seen fewer orders since spring and will close one of two foundries. Workers "
        "were told at noon.</p>"
        "<p>Shares rose two percent. The union asked for talks and said that it had not been heard.</p>"
        "</article></body></html>"
    )
    pages = [
        Page(url=f"https://paper.example/cuts?from=feed{n}", body=body.encode(), published="2026-03-02") for n in (1, 2)
    ]
    articles = [read(page) for page in pages]
    assert {article.url for article in articles} == {"https://paper.example/cuts"}
    said = reading("https://paper.example/cuts", jobs=900)[1]
    with Ledger(tmp_path / "x.db") as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03")
        assert [ledger.save(article, said, run) for article in articles] == ["new", "unchanged"]
        ledger.rebuild(run)
    (event,) = events(tmp_path / "x.db")
    assert (event.source_urls, event.n_articles) == (("https://paper.example/cuts",), 1)


def test_rival_figures_stay_visible_as_claims() -> None:
    found = rounds(
        [reading("https://a.example/", jobs=3700), reading("https://b.example/", jobs=4500, day="2026-03-09")]
    )
    assert [(claim.low, role) for _, claim, role in found[0].claims if claim.kind == "headcount"] == [
        (3700, "superseded"), (4500, "chosen"),
    ]  # fmt: skip


def test_a_national_number_in_a_site_s_story_is_flagged_and_a_part_is_not(tmp_path: Path) -> None:
    def of_unit(url: str, jobs: int, unit: str) -> tuple[Article, tuple[Claim, ...]]:
        article, said = reading(url, jobs=jobs, day="2026-03-03")
        return article, tuple(replace(claim, unit=unit) if claim.kind == "cut" else claim for claim in said)

    with Ledger(tmp_path / "x.db") as ledger:
        run = ledger.start_run(spider="test", started_at="2026-03-03")
        site, town = (
            of_unit("https://b.example/", 18_000, "Joplin terminal"),
            of_unit("https://c.example/", 300, "Ohio"),
        )
        papers = [reading(f"https://paper{n}.example/", jobs=18_000) for n in range(4)]
        for one in (*papers, site, town):
            ledger.save(*one, run)
        ledger.rebuild(run)
        parts = [(row["unit"], row["low"], row["scope"]) for row in ledger.db.query("select * from event_parts")]
    (event,) = events(tmp_path / "x.db")
    assert (event.headcount, event.unit, event.n_articles) == (18_000, None, 6)
    assert parts == [("Joplin terminal", 18_000, "national"), ("Ohio", 300, "part")]


@pytest.mark.parametrize(
    ("unit", "code"), [("Turkey", "TR"), ("Türkiye", "TR"), ("Turkish plants", "TR"), ("Europe", None)]
)
def test_a_country_under_any_of_its_names_is_one_code_and_its_jobs_are_booked_there(
    unit: str, code: str | None
) -> None:
    article, said = reading("https://a.example/", "Ford", 900)
    (event,) = resolve([(article, tuple(replace(c, unit=unit) if c.kind == "cut" else c for c in said))])
    assert (event.unit, event.job_country, event.country) == (unit, code, "US")


def test_a_part_s_country_is_not_the_country_of_the_whole() -> None:
    (event,) = told(
        telling("Ford", 4000, "2026-03-02"), telling("Ford", 400, "2026-03-03", unit="Australia", job_country="AU")
    )
    assert (event.headcount, event.unit, event.job_country) == (4000, None, None)
