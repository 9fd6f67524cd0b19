"""Copies of one text are told from other reports, on pairs of texts such as newspapers make of wire stories."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.copies import ALIKE, SIZE, alike, independent, likeness, packed, sketch, unpacked

LINES = (Path(__file__).parents[1] / "data" / "copies.jsonl").read_text(encoding="utf-8").splitlines()
PAIRS = [json.loads(line) for line in LINES]
#: So much is edited that the text is counted as a report of its own.
BEYOND = {"two fifths of the words edited"}
WORDS = (
    "the company said on Monday that it will close two of its four sorting centres in the north and cut the jobs of "
    "those who work there after a year in which fewer parcels came in than at any time since the war and costs rose"
)


def exact(one: str, other: str) -> float:
    """The Jaccard index of the sets of five-word runs, written down anew."""
    words = [re.findall(r"\w+", text.lower()) for text in (one, other)]
    runs = [{tuple(text[i : i + 5]) for i in range(len(text) - 4)} for text in words]
    return len(runs[0] & runs[1]) / len(runs[0] | runs[1])


@pytest.mark.parametrize("pair", PAIRS, ids=[pair["kind"] for pair in PAIRS])
def test_pair(pair: dict[str, object]) -> None:
    one, other = sketch("", str(pair["one"])), sketch("", str(pair["other"]))
    assert alike(one, other) == alike(other, one) == (pair["copy"] and pair["kind"] not in BEYOND)
    assert abs(likeness(one, other) - exact(str(pair["one"]), str(pair["other"]))) < 0.02


def test_the_limit_lies_between_copies_and_others_with_room_on_either_side() -> None:
    found = {p["kind"]: exact(p["one"], p["other"]) for p in PAIRS}
    copies = {p["kind"] for p in PAIRS if p["copy"]} - BEYOND
    assert len(copies) >= 12
    assert max(v for kind, v in found.items() if kind not in copies) < 0.6 * ALIKE
    assert min(found[kind] for kind in copies) > 1.2 * ALIKE


def test_headlines_count_only_where_there_is_hardly_a_body() -> None:
    assert independent([sketch("A", WORDS), sketch("B", WORDS.upper())]) == 1
    assert independent([sketch("Acme cuts 90 jobs", ""), sketch("Apex cuts 90 jobs in the north", "")]) == 2
    assert independent([]) == 0


def test_long_texts_are_estimated() -> None:
    chance = random.Random(1)
    words = chance.choices([f"w{n}" for n in range(3000)], k=2000)
    other = words[:1400] + chance.choices(words, k=600)
    one, two = sketch("", " ".join(words)), sketch("", " ".join(other))
    assert len(one) == SIZE
    assert abs(likeness(one, two) - exact(" ".join(words), " ".join(other))) < 0.08


def test_a_chain_of_copies_is_one_report_in_any_order() -> None:
    texts = [WORDS, WORDS + " " + " ".join(f"extra{n}" for n in range(90))]
    texts.append(texts[1] + " " + " ".join(f"more{n}" for n in range(180)))
    sketches = [sketch("", text) for text in texts]
    assert not alike(sketches[0], sketches[2])
    assert independent(sketches) == independent(sketches[::-1]) == 1


@settings(max_examples=50, deadline=None, derandomize=True)
@given(st.lists(st.text("ab c", max_size=60), max_size=6), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(texts: list[str], chance: random.Random) -> None:
    sketches = [sketch("", text) for text in texts]
    expected = independent(sketches)
    chance.shuffle(sketches)
    assert independent(sketches + sketches[:2]) == expected
    assert all(unpacked(packed(one)) == one for one in sketches)
