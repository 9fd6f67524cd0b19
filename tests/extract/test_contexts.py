"""Every set of data/vocabulary/contexts.csv is read by the file it names, and every set that a file reads is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from extract import vocabulary, words

EXTRACT = Path(vocabulary.__file__).parent


@cache
def readers() -> dict[str, set[str]]:
    """Set -> the files of extract/ that ask for it by name, without ".py"."""
    found: dict[str, set[str]] = {}
    for path in EXTRACT.rglob("*.py"):
        for match in re.finditer(r"\b(?:phrases|context)\(\s*[\"']([\w.]+)[\"']", path.read_text(encoding="utf-8")):
            found.setdefault(match[1], set()).add(path.stem)
    return found


@pytest.mark.parametrize("name", sorted(vocabulary.contexts()))
def test_each_set_is_read_by_the_file_it_names(name: str) -> None:
    assert name.partition(".")[0] in readers().get(name, set()), "a set that nobody reads; delete its rows"


@pytest.mark.parametrize("name", sorted(readers()))
def test_each_set_that_a_file_reads_is_there(name: str) -> None:
    assert vocabulary.phrases(name)


@pytest.mark.parametrize("name", sorted(vocabulary.contexts()))
def test_each_phrase_matches_itself(name: str) -> None:
    pattern = re.compile(rf"(?i){words.context(name)}")
    assert all(pattern.fullmatch(phrase.replace("*", "")) for phrase in vocabulary.phrases(name))


def test_a_set_without_phrases_is_an_error() -> None:
    with pytest.raises(vocabulary.VocabularyError, match=r"contexts\.csv: no set 'headcount\.nonsense'"):
        vocabulary.phrases("headcount.nonsense")
