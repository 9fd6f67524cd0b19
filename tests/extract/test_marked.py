"""Every marked sentence, through every component: what is marked is found, what is unmarked stays unmarked."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract import marking, matching
from tests.extract.reading import known_wrong

FOLDER = Path(__file__).parent / "marked"
SENTENCES = [sentence for path in sorted(FOLDER.glob("*.txt")) for sentence in marking.read(path)]


@pytest.mark.parametrize("sentence", [pytest.param(s, id=s.place, marks=known_wrong(s.xfail)) for s in SENTENCES])
def test_sentence(sentence: marking.Sentence) -> None:
    differing = matching.faults(sentence)
    assert not differing, matching.report(sentence, differing)


@pytest.mark.parametrize("kind", marking.KINDS)
def test_each_component_has_sentences_of_both_kinds(kind: str) -> None:
    own = [s for s in SENTENCES if kind in s.kinds]
    asking = [s for s in own if any(w.kind == kind and not w.absent for w in s.wanted)]
    assert len(own) >= 25
    assert 0 < len(asking) < len(own)


@pytest.mark.parametrize("line", ["[Acme|firm=Acme] cut 10 jobs.", "[Acme|company=Acme cut 10 jobs."])
def test_a_line_that_is_none_is_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(f"kinds: company\npublished: 2026-02-11\n{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"wrong\.txt:3: "):
        list(marking.read(path))


def test_a_difference_shows_both_lines(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text("kinds: headcount\npublished: 2026-02-11\nIntel cut [90 jobs|headcount=80].\n", encoding="utf-8")
    (sentence,) = marking.read(path)
    shown = matching.report(sentence, matching.faults(sentence))
    assert "as found:  Intel cut [90 jobs|headcount=90]." in shown
    assert "missing:    [90 jobs|headcount=80]" in shown
    assert "not wanted: [90 jobs|headcount=90]" in shown
