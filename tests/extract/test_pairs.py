"""Same round or not: on pairs of articles, through the real reading; and the scoring itself."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from extract.pairs import Score, compare, kinds, load, report, score

FILE = Path(__file__).parents[1] / "data" / "pairs.jsonl"
PAIRS = load(FILE)


def test_floors() -> None:
    found = score(PAIRS)
    print(report(found))
    assert found.precision >= 0.97, report(found)
    assert found.recall >= 0.93, report(found)


def test_the_file_has_what_is_hard() -> None:
    assert len(PAIRS) >= 60
    assert len({pair.pair_id for pair in PAIRS}) == len({pair.urls for pair in PAIRS}) == len(PAIRS)
    found = kinds(PAIRS)
    assert min(len(found[True]), len(found[False])) >= 25
    words = Counter(word for pair in PAIRS for word in pair.kind.replace(",", " ").split())
    assert all(words[word] for word in ("copy", "retold", "namesakes:", "site", "subsidiary", "revised", "rumour"))


def test_scoring() -> None:
    two = PAIRS[:2]
    same, other = replace(two[0], same=True), replace(two[1], same=False)
    a, b = sorted(same.urls)
    c, d = sorted(other.urls)
    assert compare([same, other], [[a, b], [c], [d]]) == Score(1, (), ())
    found = compare([same, other], [[a, c], [b], [d]])
    assert (found.joined, found.precision, found.recall) == (0, 0.0, 0.0)
    assert found.missed == (f"{same.pair_id} {same.kind}",)
    assert compare([same, other], [[c, d], [a, b]]).precision == 0.5
    assert compare([], []) == Score(0, (), ()) and Score(0, (), ()).precision == Score(0, (), ()).recall == 1
    assert report(found).count("\n") == 2


def test_a_line_that_is_no_pair(tmp_path: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('{"id": "p1"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"pairs\.jsonl:1: not a pair"):
        load(path)
