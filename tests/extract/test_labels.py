"""Labelled files that cannot be used are refused with file, line and key."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extract.labels import LabelError, labelled

GOOD: dict[str, Any] = {
    "id": "a-1", "url": None, "published": "2026-02-10", "title": "Acme cuts 40 jobs", "text": "It said so.",
    "events": [{"company": "Acme", "headcount_min": 40, "headcount_max": 40, "evidence": "Acme cuts 40 jobs"}],
}  # fmt: skip


def file(tmp_path: Path, *rows: Any) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def changed(**values: Any) -> dict[str, Any]:
    return GOOD | {"events": [GOOD["events"][0] | values]}


def test_a_good_file_is_read_in_order(tmp_path: Path) -> None:
    found = labelled(file(tmp_path, GOOD, "", GOOD | {"id": 2, "events": []}))
    assert [one.page.page_id for one in found] == ["a-1", "2"]
    assert [len(one.events) for one in found] == [1, 0]
    assert found[0].page.text == "It said so." and found[0].page.published == "2026-02-10"


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("{broken", "line 2: not JSON"),
        ("[]", "line 2: not a JSON object"),
        (GOOD | {"id": None}, "line 2: id: missing"),
        (GOOD, "line 2: id: 'a-1' stands already in line 1"),
        (GOOD | {"id": "b", "events": None}, "line 2: events: missing or no list"),
        (GOOD | {"id": "b", "events": ["Acme"]}, "line 2: events[0]: not a JSON object"),
        (GOOD | {"id": "b", "published": "soon"}, "line 2: published: 'soon' is no date"),
        (changed(company=" ") | {"id": "b"}, 'line 2: events[0].company: " " is not the employer\'s name'),
        (changed(headcount_min="40") | {"id": "b"}, 'events[0].headcount_min: "40" is not a number above 0, or null'),
        (changed(pct_max=True) | {"id": "b"}, "events[0].pct_max: true is not a number"),
        (changed(date="2026-13") | {"id": "b"}, 'events[0].date: "2026-13" is not an ISO day'),
        (changed(action="fired") | {"id": "b"}, 'events[0].action: "fired" is not one of layoff, buyout'),
        (changed(ai="maybe") | {"id": "b"}, 'events[0].ai: "maybe" is not one of company'),
        (changed(aliases="ACME") | {"id": "b"}, 'events[0].aliases: "ACME" is not a list of names'),
        (changed(evidence="Acme cut 40") | {"id": "b"}, "events[0].evidence: 'Acme cut 40' stands neither in"),
    ],
)
def test_a_fault_is_told_with_line_and_key(tmp_path: Path, row: Any, words: str) -> None:
    path = file(tmp_path, GOOD, row)
    with pytest.raises(LabelError) as told:
        labelled(path)
    assert str(told.value).startswith(f"{path}, line 2: ") and words in str(told.value)


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(LabelError) as told:
        labelled(file(tmp_path, changed(action="fired", status="sad"), "{"))
    assert [line.split(": ")[0].rpartition(", ")[2] for line in str(told.value).splitlines()] == [
        "line 1",
        "line 1",
        "line 2",
    ]


def test_an_empty_file_is_no_measure(tmp_path: Path) -> None:
    with pytest.raises(LabelError, match="no article in it"):
        labelled(file(tmp_path, ""))
