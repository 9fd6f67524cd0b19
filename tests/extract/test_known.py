"""Known names stand where tokens begin and end; the longest of those that overlap is taken."""

from __future__ import annotations

import pytest
import spacy

from extract.known import KnownNames

NAMES = {"Orvane": "Orvane", "Orvane Bank": "Orvane Bank", "The Orvane": "Orvane", "C3.ai": "C3.ai", "P&Q": "P&Q"}


@pytest.fixture(scope="module")
def known() -> KnownNames:
    return KnownNames(spacy.blank("en").tokenizer, NAMES)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Orvane cuts jobs", ["Orvane"]),
        ("“Orvane’s chief, of Orvane, said (Orvane)", ["Orvane", "Orvane", "Orvane"]),
        ("The Orvane Bank of The Orvane", ["The Orvane", "The Orvane"]),
        ("at Orvane Bank's till", ["Orvane Bank"]),
        ("Orvanesque, orvane, MyOrvane, Orvane.com", []),
        ("Orvane-owned C3.ai and P&Q,", ["Orvane", "C3.ai", "P&Q"]),
        ("", []),
    ],
)
def test_names_stand_as_whole_tokens(known: KnownNames, text: str, written: list[str]) -> None:
    found = known.find(text)
    assert [text[start:end] for start, end, _ in found] == written
    assert [name for _, _, name in found] == [NAMES[one] for one in written]


def test_a_name_between_other_blanks_is_another(known: KnownNames) -> None:
    assert known.find("C 3.ai, P & Q") == []
