"""Totals that articles quote: whose, of when, how many; and what is no total."""

from __future__ import annotations

import datetime as dt

import pytest

from extract.aggregates import aggregates
from extract.periods import periods
from extract.records import Aggregate, Article

Told = tuple[str, str, str, str | None, int | None, int | None]


def article(text: str, title: str = "Job cuts", published: str | None = "2026-05-04") -> Article:
    return Article(article_id="a", url="https://a.example/", title=title, text=text, published=published)


def told(text: str, **columns: str | None) -> list[Told]:
    found = aggregates(article(text, **columns))  # type: ignore[arg-type]
    return [(a.publisher, a.period, a.measure, a.sector, a.value, a.ai_value) for a in found]


CHALLENGER = "Challenger, Gray & Christmas"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "In the first quarter of 2026, 217,362 job cuts were announced across the US, according to Challenger.",
            (CHALLENGER, "2026-Q1", "job cuts", None, 217_362, None),
        ),
        (
            "In the first quarter of 2026, 217,362 job cuts were announced, according to Challenger. Of these, 27,645 "
            "were blamed on AI, among them a quarter of all layoffs in March.",
            (CHALLENGER, "2026-Q1", "job cuts", None, 217_362, 27_645),
        ),
        (
            "more than 35,000 tech layoffs so far in 2026, Layoffs.fyi says",
            ("Layoffs.fyi", "2026", "layoffs", "technology", 35_000, None),
        ),
        (
            "Job cuts totalled 1,206,374 in 2025, according to Challenger, of which 54,836 were attributed to AI.",
            (CHALLENGER, "2025", "job cuts", None, 1_206_374, 54_836),
        ),
        (
            "A RationalFX report counted 45,363 tech job cuts worldwide in the first two months of 2026, 9,238 of them "
            "linked to automation.",
            ("RationalFX", "2026-01/2026-02", "job cuts", "technology", 45_363, 9_238),
        ),
        (
            "After Amazon's round, tech companies have laid off 78,557 employees this year, according to TrueUp.",
            ("TrueUp", "2026", "layoffs", "technology", 78_557, None),
        ),
        (
            "Layoffs and discharges rose to 1.9 million in February, the Bureau of Labor Statistics reported.",
            ("Bureau of Labor Statistics", "2026-02", "layoffs and discharges", None, 1_900_000, None),
        ),
        (
            "Since 2023, artificial intelligence has been cited for 99,470 job cuts, Challenger data shows.",
            (CHALLENGER, "2023/..", "job cuts", None, None, 99_470),
        ),
        (
            "Employers have announced 300,749 cuts through April, Challenger said.",
            (CHALLENGER, "2026-01/2026-04", "job cuts", None, 300_749, None),
        ),
        (
            "Retailers announced 21,500 layoffs in the first half of 2025, Challenger, Gray & Christmas found.",
            (CHALLENGER, "2025-01/2025-06", "layoffs", "retail", 21_500, None),
        ),
        (
            "Layoffs.fyi counts 12,400 tech workers who lost their jobs last month at 41 companies.",
            ("Layoffs.fyi", "2026-04", "job losses", "technology", 12_400, None),
        ),
    ],
)
def test_a_total_is_read(text: str, wanted: Told) -> None:
    assert told(text) == [wanted]


def test_the_share_of_ai_may_stand_in_a_later_sentence() -> None:
    text = (
        "U.S.-based employers announced 60,620 job cuts in March, up 25 percent from the 48,307 announced in February, "
        "Challenger, Gray & Christmas said on Thursday.\n\nAI was cited for 15,341 of them."
    )
    assert told(text) == [
        (CHALLENGER, "2026-03", "job cuts", None, 60_620, 15_341),
        (CHALLENGER, "2026-02", "job cuts", None, 48_307, None),
    ]


def test_several_figures_of_one_sentence_keep_their_own_periods() -> None:
    text = (
        "So far this year, employers have announced 1,099,500 job cuts, up 65% from the 664,839 announced in the first "
        "10 months of last year, Challenger said."
    )
    assert told(text, published="2026-11-04") == [
        (CHALLENGER, "2026", "job cuts", None, 1_099_500, None),
        (CHALLENGER, "2025-01/2025-10", "job cuts", None, 664_839, None),
    ]
    text = "AI was responsible for 31,039 job cuts in October and 48,414 so far this year, Challenger found."
    assert told(text, published="2026-11-04") == [
        (CHALLENGER, "2026-10", "job cuts", None, None, 31_039),
        (CHALLENGER, "2026", "job cuts", None, None, 48_414),
    ]
    text = "Challenger's report showed 71,321 job cuts in November, bringing the year's total to 1,170,821."
    assert told(text, published="2026-12-04") == [
        (CHALLENGER, "2026-11", "job cuts", None, 71_321, None),
        (CHALLENGER, "2026", "job cuts", None, 1_170_821, None),
    ]


def test_a_share_put_down_to_ai_is_no_number_of_people() -> None:
    text = "Employers cited AI for 26% of the 83,387 cuts announced in April, according to Challenger."
    assert told(text) == [(CHALLENGER, "2026-04", "job cuts", None, 83_387, None)]


def test_a_record_since_a_year_is_no_period_and_that_year_is_the_one_before() -> None:
    text = "Through September, employers have announced 946,426 job cuts, the highest since 2020, Challenger said."
    assert told(text, published="2026-10-02") == [(CHALLENGER, "2026-01/2026-09", "job cuts", None, 946_426, None)]
    text = "Alphabet cut 12,000 jobs in January 2023; Layoffs.fyi counted 262,682 tech job losses that year."
    assert told(text) == [("Layoffs.fyi", "2023", "job cuts", "technology", 262_682, None)]


def test_a_headline_counts_and_a_total_told_twice_is_one() -> None:
    text = "Tech companies have cut 35,000 jobs so far in 2026, Layoffs.fyi says."
    found = aggregates(article(text, title="35,000 tech jobs cut so far in 2026, says Layoffs.fyi"))
    assert [(a.field, a.value) for a in found] == [("title", 35_000)]


@pytest.mark.parametrize(
    "text",
    [
        "Meta cut 11,000 jobs in 2022, according to Layoffs.fyi.",
        "Amazon's 30,000 job cuts are the largest of any company this year, Layoffs.fyi data show.",
        "Zyxwv Systems has laid off 2,400 workers this year, according to Layoffs.fyi.",
        "The economy added 178,000 jobs in March, the Bureau of Labor Statistics said.",
        "Employers plan to hire 85,000 seasonal workers in November, Challenger said.",
        "Challenger banks cut 5,000 jobs in March.",
        "Zyxwv Systems reported that it cut 5,000 jobs in 2025, according to Layoffs.fyi.",
        "The retailer cut 5,000 jobs in March, according to Layoffs.fyi.",
        "Job cuts rose 58 percent in March, Challenger said.",
        "Employers announced 60,620 job cuts in March.",
        "Layoffs.fyi, founded in 2020, has tracked layoffs at 1,193 companies this year.",
        "Dodge sold 54,000 of its Challenger muscle cars in March; the plant will close.",
        "The ONS put pay growth at 5 percent in 2025.",
    ],
)
def test_what_is_no_total(text: str) -> None:
    assert told(text) == []


def test_without_a_day_of_publication_only_a_named_year_places_a_period() -> None:
    assert told("Employers announced 60,620 job cuts in March, Challenger said.", published=None) == []
    (one,) = told("Employers announced 60,620 job cuts in March 2026, Challenger said.", published=None)
    assert one[1] == "2026-03"


def test_offsets_hold_and_the_quote_is_the_sentence() -> None:
    one = article("It was a bad spring.\n\nEmployers announced 60,620 job cuts in March, Challenger said. More follow.")
    (found,) = aggregates(one)
    assert isinstance(found, Aggregate)
    assert one[found.field][found.start : found.end] == found.quote
    assert found.quote == "Employers announced 60,620 job cuts in March, Challenger said."


def test_may_is_a_month_only_in_capitals_and_a_day_is_no_period() -> None:
    today = dt.date(2026, 6, 1)
    assert [p.iso for p in periods("It may cut jobs in May", today)] == ["2026-05"]
    assert [p.iso for p in periods("It said on March 3 that Q4 was worse", today)] == ["2025-Q4"]
