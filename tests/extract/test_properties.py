"""What holds of any text: reading never fails, quotes stand where they are said to, the cost grows with the length."""

from __future__ import annotations

import sys
import time
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extract.decide import decide
from extract.events import claims, read
from extract.focus import Focus
from extract.grouping import MOST, rounds
from extract.nlp import marked, zone
from extract.records import Article, Claim
from extract.sentences import sentences
from extract.statements import statements
from tests.extract.reading import told

#: Pieces of news.
WORDS = (
    "Acme|Intel|Nokia Inc.|the company|it|Reuters|London|Sarah Whitcombe|will cut|laid off|is letting go of|layoffs"
    "|job cuts|hiring freeze|1,200 jobs|about 15% of its workforce|hundreds|between 40 and 50 people|1.2 lakh workers"
    "|a third of staff|on Monday|in March 2023|31 February 2026|February 30|last month|because of AI|said|denied|may"
    "|replaced by a chatbot|nothing to do with AI"
)
#: What breaks readers: marks and blanks of all sorts, astral and combining characters, right-to-left, odd digits.
MARKS = "-|- |1. |: |; |. |? |\n|\n\n|\r\n|\t| |’s |'s |“|”|(|)|[|{|0|00|-1|1e9|1,2,3,4|$5bn|%|…"
ODD = (
    "\u00a0|\u200b|\u202e|\ufeff|\u00ad|\u2028|\x00|\x85|\ud7ff|😀|👩‍👩‍👧|🇬🇧|e\u0301|ﬁ|İ|ß|שלום|شركة|裁员|٣٤٥|１２００|²|Ⅻ"
    "|999999999999999999999999999999"
)
PIECES = [*WORDS.split("|"), *MARKS.split("|"), *ODD.split("|"), "|"]
LISTS = st.lists(st.sampled_from(PIECES), max_size=40)
TEXTS = LISTS.map(" ".join) | LISTS.map("".join) | st.text(max_size=200)
DAYS = st.none() | st.dates().map(str)
bounded = settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])

#: Words that come again and again in a hostile page.
HOSTILE = {
    "cuts of many employers": "Acme cuts 10 jobs and Intel cuts 20 jobs and Nokia lays off 30 people, ",
    "numbers and nouns": "1,200 of 9,000 jobs ",
    "names": "Acme Brackwell Zentrix ",
    "percentages": "10% of the ",
    "dates": "March 3 2026 ",
    "lines": "- Acme: 10\n\n",
    "brackets": "Acme (Intel (",
    "dots": "A. B. ",
}
#: A run of blanks, and one without a blank, which the reader turns into blanks.
BLANKS = {"blank lines": "\n \n", "a run without a blank": "1,"}
#: What is compared with its like; counted in calls, since the cost shows in seconds only in much longer texts.
LIKES = {
    "cuts": "Acme cuts 10 jobs. ",
    "dated cuts": "Acme cuts 10 jobs on Monday, and Intel cuts 20 jobs in March. ",
    "distances": "A week later Acme cuts 10 jobs. ",
    "headings": "March\n\nAcme cuts 10 jobs.\n\n",
    "ties": "AI because of ",
}


def quotes_stand(article: Article, found: tuple[Claim, ...]) -> None:
    """Each claim's offsets count code points of its field; its start lies in its sentence, which has no blank ends."""
    for claim in found:
        field = article[claim.field]
        assert field[claim.start : claim.end] == claim.quote
        assert claim.quote
        assert 0 <= claim.sentence_start <= claim.start < claim.sentence_end <= len(field)
        sentence = field[claim.sentence_start : claim.sentence_end]
        assert sentence == sentence.strip()


@bounded
@given(TEXTS, TEXTS, DAYS)
def test_any_text_is_read(title: str, text: str, published: str | None) -> None:
    article = told(text, title, published)
    reading = read(article)
    quotes_stand(article, reading.claims)
    for event in decide(article, reading.claims):
        assert event.company
        assert event.evidence
        assert event.evidence in (article.title if event.evidence_field == "title" else article.text)


@bounded
@given(TEXTS, TEXTS)
def test_same_text_same_claims(title: str, text: str) -> None:
    assert claims(told(text, title)) == claims(told(text, title))


@bounded
@given(st.sampled_from(PIECES), st.sampled_from(PIECES), DAYS)
def test_whatever_stands_around_a_cut(before: str, after: str, published: str | None) -> None:
    article = told(f"{before} Zentrix is laying off 40 people on Monday. {after}", "Zentrix lays off 40", published)
    quotes_stand(article, claims(article))


@pytest.mark.parametrize(
    "before", ["😀 ", "e\u0301 ", "שלום ", "👩‍👩‍👧 ", "🇬🇧🇬🇧 ", "İstanbul. ", "\u200b", "\ufeff", "裁员。 "]
)
def test_offsets_count_code_points(before: str) -> None:
    text = f"{before}\n\nZentrix is laying off 40 people."
    article = told(text)
    (headcount,) = [claim for claim in claims(article) if claim.kind == "headcount"]
    assert (headcount.start, headcount.quote) == (text.index("40 people"), "40 people")
    assert text[headcount.sentence_start : headcount.sentence_end] == "Zentrix is laying off 40 people."


def test_what_lies_beyond_the_longest_article_is_not_read() -> None:
    assert claims(told("word " * 30_000 + "\n\nZentrix is laying off 40 people.")) == ()


@pytest.mark.parametrize(
    ("title", "text"),
    [("Zentrix lays off 40", "Layoffs are sad."), ("", "Zentrix is laying off 40\n\nPeople are sad.")],
    ids=["headline", "paragraph"],
)
def test_a_claim_ends_in_its_sentence(title: str, text: str) -> None:
    article = told(text, title)
    found = claims(article)
    assert found
    assert all(claim.end <= claim.sentence_end for claim in found)


def seconds(text: str) -> float:
    """Time of the processor that a reading takes."""
    started = time.process_time()
    claims(told(text))
    return time.process_time() - started


def growth(repeated: str, size: int) -> float:
    """By how much ten times the text takes longer: about 10 where the cost is linear, 100 where it is quadratic."""
    short, long = repeated * (size // len(repeated)), repeated * (10 * size // len(repeated))
    seconds(short)
    return seconds(long) / max(min(seconds(short), seconds(short)), 0.004)


@pytest.mark.parametrize("repeated", HOSTILE.values(), ids=HOSTILE.keys())
def test_cost_grows_with_the_length(repeated: str) -> None:
    assert growth(repeated, 10_000) < 25


def calls(article: Article) -> int:
    """Calls of Python functions that a reading takes."""
    count = 0

    def seen(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        claims(article)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("repeated", LIKES.values(), ids=LIKES.keys())
def test_calls_grow_with_the_length(repeated: str) -> None:
    """Four times the text takes about four times the calls; sixteen times would be quadratic."""
    short, long = (told(repeated * (size // len(repeated))) for size in (3_000, 12_000))
    claims(short)
    assert calls(long) < 7 * calls(short)


def test_calls_grow_with_the_length_of_an_undated_article() -> None:
    """Where no day of publication parts news from earlier rounds, each statement is asked whether it is an old one."""
    short, long = (replace(told("Acme cuts 10 jobs. " * number), published=None) for number in (600, 2_400))
    claims(short)
    assert calls(long) < 6 * calls(short)


def test_a_round_has_only_so_many_statements() -> None:
    """A statement is compared with all others of its round, which a hostile page would make thousands."""
    text = "Acme cuts 10 jobs. " * 3 * MOST
    with zone():
        found = statements(sentences(marked(text), 0), Focus(topic="Acme"), None, [])
    assert len(found) == 3 * MOST
    assert [len(r.statements) for r in rounds(found)] == [MOST]


@pytest.mark.parametrize("repeated", BLANKS.values(), ids=BLANKS.keys())
def test_cost_grows_with_the_blanks(repeated: str) -> None:
    assert growth(repeated, 2_000) < 25
