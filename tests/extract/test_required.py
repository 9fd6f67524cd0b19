"""What an expression is known to need, every match has; where it is tried only near such words, no match is lost.

A form of a number, a date or a name that a list of openings or anchors forgot would be found by the plain expression
and not by the reader: here both read the same texts.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extract
from extract import inputs, numbers, time_words
from extract.events import read
from extract.expression import Expression, lacking
from extract.lookup import places
from extract.nlp import marked, zone
from extract.records import Article, Page
from extract.required import openings, required
from extract.sentences import KINDS, Sentence, sentences
from extract.vocabulary import lines, phrases

GOLD = Path(__file__).parents[2] / "data" / "gold" / "articles.jsonl"


@cache
def expressions() -> dict[str, Expression]:
    """Every expression that a module of extract/ holds, or makes when first asked, by its name."""
    found = {}
    for info in pkgutil.walk_packages(extract.__path__, "extract."):
        module = importlib.import_module(info.name) if not info.name.endswith("__main__") else extract
        for name, value in vars(module).items():
            if isinstance(value, Expression):
                found[f"{info.name}.{name}"] = value
    return found


@cache
def texts() -> tuple[str, ...]:
    """Headline and body of the labelled articles."""
    pages = (page for page in inputs.pages(GOLD) if isinstance(page, Page))
    return tuple(f"{page.title}\n\n{page.text}" for page in pages)


@pytest.mark.parametrize("name", sorted(expressions()))
def test_no_match_lacks_what_its_expression_is_said_to_need(name: str) -> None:
    expression = expressions()[name]
    for text in texts():
        for match in expression.finditer(text):
            words = places(text).between(*_whole(text, match))
            assert not lacking(words) & expression.bits, match[0]


def _whole(text: str, match: re.Match[str]) -> tuple[int, int]:
    """The bounds of the match with what it looks at before and behind."""
    return text.rfind("\n", 0, match.start()) + 1, (text.find("\n", match.end()) + 1 or len(text) + 1)


@pytest.mark.parametrize("name", sorted(name for name, one in expressions().items() if one.bits))
@settings(max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_words_made_from_an_expression_lack_what_it_is_said_to_need(name: str, data: st.DataObject) -> None:
    expression = expressions()[name]
    words = data.draw(st.from_regex(expression.pattern))
    if match := expression.search(words):
        held = set(places(words).keys)
        assert not lacking(held) & expression.bits, match[0]


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        (r"(?i)\b(?:not|never)\s+(?:be\s+)?ruled out\b", [["out "], ["ruled "], ["never ", "not "]]),
        (r"\b(?:re-?)?hired\b", [["hired ", "re ", "rehired "]]),
        (r"(?i)\b(?:cut\w*|axe[sd]?) jobs?\b", [["job ", "jobs "], ["axe", "axed", "axes", "cut"]]),
        (r"(?:no jobs|\d+ posts) go", [["go"], ["jobs", "posts"]]),  # "no" may end "casino"
        (r"(?<![\w-])(?:a |the )?\d+%", [["#"]]),
        (r"(?<![\w-])(?:a|the)? ?\d+%", []),  # the digits may stand in "a5"
        (r"unable|\bto\b", []),  # "unable" may end "tunable"
        (r"(?i)\w+ing\b", []),
    ],
)
def test_what_is_read_off_an_expression(pattern: str, words: list[list[str]]) -> None:
    assert sorted(map(sorted, required(pattern))) == sorted(words)


def test_openings_that_cannot_be_listed_are_an_error() -> None:
    with pytest.raises(ValueError, match="with what a match begins is not told"):
        openings(r"\w+ing jobs")


#: Expressions of time, one at least of each kind that is read, and more where a kind has many openings.
TIMES = (
    "8 January 2024|3rd of March, 2024|Jan. 8, 2024|2024-01-08|early January 2024|March of 2024|late-March 2024"
    "|8 January|3rd of March|Jan. 8|on the 27th|the first quarter of 2024|last quarter|Q3 2023|Q1|last March"
    "|the same May|that June|since March last year|of July this year|back in March|from early March|by May|until June"
    "|mid March|March layoffs|the first two weeks of 2024|early days of the new year|opening weeks of this year"
    "|last Monday|Tuesday of last week|early Friday|three weeks ago|a year ago today|11 months earlier|a decade ago"
    "|yesterday|this morning|last night|earlier today|tomorrow|over the weekend|late last week|in recent weeks"
    "|these days|a couple of weeks ago|past two weeks|days ago|earlier this month|the previous month"
    "|several months ago|during 2023|mid-2023|the end of 2023|summer 2023|throughout 2023|so far this year|prior year"
    "|next year|the year before|a 2023 purge|its 2024 layoffs|January was|May has been|Sept. saw|March began with"
    "|at the start of the year|over the summer|early this spring"
)
#: Numbers and shares.
COUNTS = (
    "40|1,200|3 500|1.2 million|17k|4 lakh|two hundred and fifty|a hundred|twelve hundred|two dozen|half a dozen"
    "|a dozen|hundreds|dozens of|tens of thousands of|several hundred|a couple of thousand|the low hundreds"
    "|low thousands|many dozen|between 40 and 50|from 400 to 600|1,000-1,200|forty to fifty|155+|ninety or more"
    "|another 40|a further 40|the 300|15% of its|10 to 12 per cent of its|a third of its|two-thirds of its"
    "|one in five of its|half of its|one-tenth of its|three out of every ten of its|7pct of its"
)
HEDGES = (*phrases("numbers.about"), *phrases("numbers.least"), *phrases("numbers.most"))


def forms() -> Iterator[str]:
    """A line for each form of what is tried only where words of it stand."""
    times = TIMES.split("|")
    for count in COUNTS.split("|"):
        yield f"Acme will cut {count} jobs, or {count} staff, it said on Monday."
    yield from (f"Acme said {time} that it cut jobs, as it did {time}." for time in times)
    yield from (f"Acme will cut {hedge} 40 jobs, or {hedge} 5% of its staff." for hedge in HEDGES)
    yield from (f"Jane Roe said the Berlin-based {noun} was cutting 40 jobs." for noun in lines("descriptors.txt"))
    yield from (f"It was told by {title} Jane Roe of Brackwell, 44, who left." for title in lines("titles.txt"))
    yield from (f"Acme laid off 40 people because of {term}, it said." for term in lines("ai_terms.txt"))
    yield from (f"There was {phrase.replace('*', '')} before the cut." for phrase in phrases("cut.other"))
    yield from (
        f"Zentrix Nine {phrase} Brackwell cut jobs at its Muskegon plant." for phrase in phrases("things.maker")
    )
    yield from (f"Acme is {phrase} Zentrix Nine in Muskegon, Michigan." for phrase in phrases("things.makes"))


def test_every_kind_of_time_has_a_form() -> None:
    kinds = {time_words.kind(match) for time in TIMES.split("|") for match in time_words.DATE.finditer(time)}
    assert kinds >= set(time_words._FORMS) - {"month_of", "weekday"}


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """As if nothing were known of what expressions need or begin with."""
    for info in pkgutil.walk_packages(extract.__path__, "extract."):
        module: Any = importlib.import_module(info.name) if not info.name.endswith("__main__") else extract
        for name in ("near", "starting", "trying"):
            if name in vars(module):
                monkeypatch.setattr(module, name, _everywhere())
    monkeypatch.setattr(Sentence, "lacks", lambda *_: False)
    monkeypatch.setattr(Sentence, "search", _searched)
    return monkeypatch


def _searched(sentence: Sentence, expression: Expression, words: str | None = None, *bounds: int) -> Any:
    return expression.search(sentence.words if words is None else words, *bounds)


@pytest.mark.parametrize("name", sorted(expressions()))
def test_a_sentence_is_searched_as_its_words_are(name: str) -> None:
    expression = expressions()[name]
    for text in texts()[::10]:
        one = Sentence(text, 0, len(text), 0, title=False)
        low, high = text.index(" ", 30), text.rindex(" ", 0, len(text) - 30)
        assert _span(one.search(expression)) == _span(expression.search(text))
        assert _span(one.search(expression, text[low:high])) == _span(expression.search(text[low:high]))
        assert _span(one.search(expression, text, low, high)) == _span(expression.search(text, low, high))


def _span(match: re.Match[str] | None) -> tuple[int, int] | None:
    return match.span() if match else None


def test_a_word_that_a_window_cuts_off_may_begin_a_match() -> None:
    text = "Arrivals were cut"
    sentence = Sentence(text, 0, len(text), 0, title=False)
    expression = Expression(r"\b(?:vals|Arrivals)\b")
    assert _span(sentence.search(expression, text[4:])) == (0, 4)


def test_an_expression_may_be_made_after_the_sentence_was_asked() -> None:
    text = "A maker of quetzal cages cut 40 jobs"
    sentence = Sentence(text, 0, len(text), 0, title=False)
    assert sentence.search(Expression(r"\bcut\b"))
    assert _span(sentence.search(Expression(r"\bquetzal\s+cages\b"))) == (11, 24)


def _everywhere() -> Any:
    def found(pattern: Any, *rest: Any, within: Any = None) -> Iterator[Any]:
        for match in pattern.finditer(rest[-1]):
            if within is None or any(low <= match.start() < high for low, high in within):
                yield match

    return found


def found_in(text: str) -> list[Any]:
    """All marks of the text, with its sentences."""
    with zone():
        found = sentences(marked(text), text.index("\n"))
        return [(s.start, s.end, [(kind, s.of(kind)) for kind in KINDS]) for s in found]


def test_all_that_is_found_everywhere_is_found_where_it_is_tried(plainly: pytest.MonkeyPatch) -> None:
    given_texts = [*texts(), *(f"Acme cuts jobs\n\n{form}" for form in forms())]
    everywhere = list(map(found_in, given_texts))
    plainly.undo()
    for text, expected in zip(given_texts, everywhere, strict=True):
        assert found_in(text) == expected


def test_all_that_is_said_everywhere_is_said_where_it_is_looked_for(plainly: pytest.MonkeyPatch) -> None:
    told = [_article(text) for text in texts()]
    everywhere = [read(one) for one in told]
    plainly.undo()
    assert [read(one) for one in told] == everywhere


def _article(text: str) -> Article:
    title, _, body = text.partition("\n\n")
    return Article(article_id="a", url="urn:a", title=title, text=body, published="2024-03-04")


def test_numbers_reach_as_far_as_their_longest_hedge() -> None:
    assert max(map(len, HEDGES)) + len("a further ") < numbers.REACH
