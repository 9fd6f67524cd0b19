"""The gate: generous, the same with and without Hyperscan, and not fooled by playoffs."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract import gate, vocabulary
from extract.reasons import NotAboutCuts

HEADLINES = """
Acme cuts 200 jobs
Acme to cut 5% of its global workforce
Acme to shed a tenth of staff
Acme lays off hundreds
Acme is laying workers off in Ohio
Acme lay-offs hit Leeds
Workers lose jobs as mill burns
Hundreds of Acme staff face redundancy
Redundancies at Acme
Acme to retrench 40 miners
Acme announces hiring freeze
Acme pauses recruitment of engineers
Acme offers buyouts to senior employees
Acme is shutting down its plant in Goole
Acme closes call centre with loss of 90 posts
Acme furloughs cabin crew
Acme is downsizing
Acme right-sizes its sales team
Job losses feared at Acme
Acme plans a reduction in force
Acme lets go of 30 people
Acme and 50 engineers part ways
Acme trims headcount
Acme files WARN notice in Texas
Acme takes severance charge of $20m
Acme axes 40 roles
Acme slashes one in five positions
Acme sacks 30 journalists
Acme fires a third of its staff
Acme eliminates 120 positions
Acme dismisses 200 contractors
Acme replaces 700 agents and other workers with AI
Pink slips at Acme
Voluntary departures at Acme
Acme begins restructuring
Up to 900 jobs at risk at Acme
Acme reduces staffing by 8%
Acme culls its design team
Acme's jobs bloodbath: 400 gone
Acme enters insolvency, 200 staff sent home
""".strip().splitlines()

OTHERS = [
    "Playoffs: how the league decides who goes on",
    "A recipe for lemon tart with almonds and cream",
    "The weather will be dry with some sun in the west",
    "Layout of the new park shown to the council",
    "How to close a deal on a second-hand car",
    "Bank holds interest rates and waits for the spring",
]

MARKED_UP = [
    b"<p>Acme laid&nbsp;off 90</p>",
    b"<p>Acme laid&#160;off 90</p>",
    b"<p>Acme laid\xc2\xa0off 90</p>",
    b"<p>Acme laid\xa0off 90</p>",  # Latin-1
    b"<p>Acme laid <b>off</b> 90</p>",
    b"<p>lay&shy;offs at Acme</p>",
    b"<p>lay\xc2\xadoffs at Acme</p>",
    b"<p>lay<wbr>offs at Acme</p>",
    b"<p>LAY\nOFFS at Acme</p>",
    b"<p>lay&#8209;offs at Acme</p>",
    b"<p>lay\xe2\x80\x91offs at Acme</p>",
    b"<p>the &ldquo;job&rdquo;&nbsp;cuts</p>",
    b'{"text": "job\\u00a0cuts"}',
    b"<p>Acme cuts <a class='x' href='https://n.example/a/long/address/to/an/article'>200 jobs</a></p>",
    "<p>Acme job cuts</p>".encode("utf-16"),
]


def passes_text(title: str, text: str = "") -> bool:
    try:
        gate.gate_text(title, text)
    except NotAboutCuts:
        return False
    return True


def passes_bytes(body: bytes) -> bool:
    try:
        gate.gate_bytes(body)
    except NotAboutCuts:
        return False
    return True


@pytest.fixture(scope="module", params=["hyperscan", "pure"])
def scanner(request: pytest.FixtureRequest) -> Iterator[str]:
    """Each test once with either scanner."""
    if request.param == "hyperscan" and importlib.util.find_spec("hyperscan") is None:
        pytest.skip("hyperscan has no wheel here")
    with pytest.MonkeyPatch.context() as patch:
        if request.param == "pure":
            patch.setitem(sys.modules, "hyperscan", None)  # as where it has no wheel
        gate._scanner.cache_clear()
        yield request.param
    gate._scanner.cache_clear()


@pytest.mark.parametrize("headline", HEADLINES)
def test_reports_pass_both(scanner: str, headline: str) -> None:
    assert passes_text(headline)
    assert passes_text("", headline)
    assert passes_bytes(f"<html><h1>{headline}</h1></html>".encode())


@pytest.mark.parametrize("headline", OTHERS)
def test_others_are_stopped_by_both(scanner: str, headline: str) -> None:
    assert not passes_text(headline)
    assert not passes_bytes(f"<html><h1>{headline}</h1></html>".encode())


@pytest.mark.parametrize("body", MARKED_UP, ids=repr)
def test_markup_hides_nothing(scanner: str, body: bytes) -> None:
    assert passes_bytes(body)


def test_style_sheets_and_scripts_are_no_reports(scanner: str) -> None:
    style = b"<style>.staff{flex-shrink:0}.cut{}#team{} .job .closed{}</style>"
    assert not passes_bytes(style + b"<script>workers.slash(jobs)</script><p>Tart</p>")


def test_far_apart_words_are_no_pair(scanner: str) -> None:
    assert passes_text("", "They cut the ribbon and praised the staff.")  # near: generous
    assert not passes_text("", "They cut the ribbon." + " The band played on in the rain." * 5 + " The staff sang.")


def test_the_reason_is_in_words() -> None:
    with pytest.raises(NotAboutCuts) as reason:
        gate.gate_bytes(b"<p>tart</p>" * 100)
    assert (reason.value.rule, reason.value.words) == ("gate.bytes", "no word of job cuts in a page of 1,100 bytes")


def test_lone_surrogates_and_nothing_at_all_do_no_harm(scanner: str) -> None:
    assert not passes_text("\ud83d", "")
    assert passes_text("\ud83d layoffs", "")
    assert not passes_bytes(b"")


WORDS = sorted(
    {word for line in vocabulary.lines("gate.txt") for word in line.replace("~", ":").replace(",", ":").split(":")}
)
PIECES = st.sampled_from(
    [w.replace("*", "s") for w in WORDS] + [" ", "-", ".", "&nbsp;", "\u00ad", "<b>", "&shy;", "x ", "play"]
)


@pytest.mark.skipif(importlib.util.find_spec("hyperscan") is None, reason="hyperscan has no wheel here")
@settings(deadline=None)  # the first call compiles the words
@given(st.lists(PIECES, max_size=12).map("".join))
def test_both_scanners_give_the_same_verdict(text: str) -> None:
    data = text.encode()
    fast = gate._scanner()
    for reach in (gate.TEXT_REACH, gate.BYTES_REACH, 8):
        assert gate._decide(fast(data), reach) == gate._decide(gate.pure_scan(data), reach)


def test_every_group_is_used_and_every_word_can_be_found() -> None:
    words = gate._words()
    named = {group for groups in words.beside.values() for group in groups}
    assert named == set(words.groups)
    for line in vocabulary.lines("gate.txt"):
        if ":" not in line and "~" not in line:
            assert passes_text(line.replace("*", "")), line


@pytest.mark.parametrize("entry", ["Layoff", "lay* off", "cut ~ nobody", "off!"])
def test_a_bad_entry_is_named(entry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "lines", lambda _name: (entry,))
    gate._words.cache_clear()
    with pytest.raises(vocabulary.VocabularyError, match=r"gate\.txt"):
        gate._words()
    gate._words.cache_clear()
